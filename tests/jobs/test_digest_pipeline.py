"""A digest of articles from the whole pipeline."""

import pytest

from briefing.digest.members import Member
from briefing.evidence.seal import seal
from briefing.jobs.briefs import brief
from briefing.jobs.verification import verify_bytes
from briefing.model.digest import Digest
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.digest.digests import after, digest_of, marked

FIRST = """Ministers of Norway and Iceland to meet over the western zone

BERGEN, June 9 (Northern Wire) - The fisheries ministers of Norway and Iceland will meet in Bergen on 12 June to discuss
the western zone, Norway's Fisheries Ministry said on Monday.

"We share the view that the zone must stay open to every trawler," Norway's Fisheries Minister Ingrid Solheim said after
a call with her counterpart, Jon Arnarsson.

At least 12 people were killed when a patrol boat rammed a trawler on Sunday. Iceland denied that its patrol boat had
rammed the trawler.

Both countries agreed to extend the patrol-free zone until September. Iceland rejects the quota of 40,000 tonnes that
Norway set in March, Mr Arnarsson told reporters.

The two neighbours signed their first fisheries treaty in 1996, and have quarrelled over the catch since 2022."""
SECOND = """Norway, Iceland ministers to hold talks on Thursday

REYKJAVIK, June 10 (Harbour Post) - Talks between the fisheries ministers of Norway and Iceland will be held on Thursday
in Bergen.

Fourteen people were killed in Sunday's collision, rescue workers said. Norway said that an Icelandic patrol boat had
rammed the trawler without warning.

Iceland rejects Norway's quota of 40,000 tonnes, Iceland's Fisheries Minister Jon Arnarsson said. "The quota is a wall
across the sea," Arnarsson said.

Norway and Iceland agreed to extend the patrol-free zone until September, Arnarsson said."""
THIRD = """Fishermen in Bergen wait for ministers

BERGEN, June 10 (Bergen Herald) - Fishermen's unions in Bergen said that they would go on strike on 20 June. The
fisheries ministers of Norway and Iceland will meet on 13 June in Bergen, a union official said.

Sixteen people were killed in the collision, the harbour master said. "The quota is a wall across the sea, and we will
climb it," Iceland's Fisheries Minister Jon Arnarsson said."""


@pytest.fixture(scope="module")
def members() -> list[Member]:
    texts = ((FIRST, "2031-06-09", "wire"), (SECOND, "2031-06-10", "post"), (THIRD, "2031-06-10", "herald"))
    return [Member(brief(_unwrapped(text), date=day), origin, origin.title()) for text, day, origin in texts]


def _unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n"))


@pytest.fixture(scope="module")
def story(members):
    return digest_of(members).stories[0]


def test_talks_and_a_meeting_are_one_event(story):
    meetings = [event for event in story.events if event.when.value == "2031-06-12"]
    assert [(event.origins, event.participants) for event in meetings] == [(2, ("Norway", "Iceland"))]
    (dates,) = [one for one in story.contradictions if one.kind == "date"]
    assert [side.value for side in dates.sides] == ["12 June", "13 June"]


def test_the_dispute_appears_once_with_its_origins(story):
    points = [point for point in story.disagreements if "40,000" in point.statement]
    assert [point.origins for point in points] == [2]


def test_a_passing_mention_corroborates_an_agreement(story):
    (point,) = [point for point in story.agreements if "patrol-free zone" in point.statement]
    assert point.origins == 2


def test_the_longest_quote_appears_once(story):
    assert [quote.text for quote in story.quotes if "wall" in quote.text] == [
        "The quota is a wall across the sea, and we will climb it,"
    ]


def test_a_later_count_supersedes_a_contradicting_one(story):
    (figures,) = [one for one in story.contradictions if one.kind == "number"]
    assert {side.value for side in figures.sides} == {"Fourteen", "Sixteen"}


def test_a_claim_and_its_denial_are_both_shown(story):
    (denial,) = [one for one in story.contradictions if one.kind == "denial"]
    assert [side.text.split()[0] for side in denial.sides] == ["Norway", "Iceland"]


def test_a_minister_is_one_person_with_the_fullest_role(story):
    (minister,) = [actor for actor in story.actors if "Arnarsson" in actor.name]
    assert (minister.name, minister.origins) == ("Jon Arnarsson", 3)
    assert minister.role is not None
    assert minister.role.endswith("Fisheries Minister")


def test_the_digest_is_verified_as_json_and_as_pdf(members):
    earlier = after(digest_of(members[:1], day="2031-06-10"))
    digest = seal(marked(digest_of(members, day="2031-06-11"), earlier))
    assert Digest.model_validate_json(digest.model_dump_json()) == digest
    assert verify_bytes(render(digest, "json", Layout()), "d.json").failures == ()
    assert verify_bytes(render(digest, "pdf", Layout()), "d.pdf").failures == ()
    kinds = {line.change.kind for _, line in digest.all_lines() if line.change is not None}
    assert {"new", "confirmed"} <= kinds
