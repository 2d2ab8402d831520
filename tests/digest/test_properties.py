"""Properties of every digest."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.ledger import ledger_of
from briefing.digest.members import Member
from briefing.digest.merging import merge_story
from briefing.evidence.line_checks import check_digest_lines
from briefing.evidence.seal import find_edits, seal
from briefing.model.digest import Contradiction, Digest
from tests.digest.digests import MEETING, digest_of, marked
from tests.digest.stories import Draft

PARTIES = ("Norway", "Iceland")
AGREED = "Norway and Iceland agreed on the quota"
NEVER = "Norway and Iceland never agreed on the quota"
REJECTED = "Iceland rejects the quota of 40,000 tonnes"
WALL = "The quota is a wall, and we will climb it,"
# Sentences, and the record that each one gives: list of a brief, and what Draft needs for it.
SENTENCES: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    (f"{MEETING} on 12 June.", "event", (MEETING, "12 June", "2031-06-12", *PARTIES)),
    (f"{MEETING} on 13 June in Bergen.", "event", (MEETING, "13 June", "2031-06-13", *PARTIES)),
    ("Talks of ministers will be held on Thursday.", "event", ("Talks of ministers", "Thursday", "2031-06-12")),
    ("Dockers will vote in June.", "event", ("Dockers will vote", "June", "2031-06")),
    ("At least 12 people were killed.", "summary", ("At least 12 people were killed.",)),
    ("Fourteen people were killed in the collision.", "summary", ("Fourteen people were killed in the collision.",)),
    ("Sixteen people were killed, police said.", "summary", ("Sixteen people were killed, police said.",)),
    ("The fund will hold 200 million euros.", "summary", ("The fund will hold 200 million euros.",)),
    ("The fund will hold 250 million euros.", "background", ("The fund will hold 250 million euros.",)),
    ("Fisheries Minister Ingrid Solheim spoke.", "actor", ("Ingrid Solheim", "Fisheries Minister", "Norway")),
    ("Party leader I. Solheim spoke.", "actor", ("I. Solheim", "Party leader")),
    ("Solheim left early.", "actor", ("Solheim",)),
    ("Fisheries Minister Anders Solheim spoke.", "actor", ("Anders Solheim", "Fisheries Minister", "Norway")),
    (f"{AGREED}.", "agreement", (AGREED, "quota", *PARTIES)),
    (f"{NEVER}.", "dispute", (NEVER, "quota", *PARTIES)),
    (f"{REJECTED}.", "dispute", (REJECTED, "quota", *PARTIES)),
    ("“The quota is a wall,” Ingrid Solheim said.", "quote", ("Ingrid Solheim", "The quota is a wall,")),
    (f"“{WALL}” Solheim said.", "quote", ("Solheim", WALL)),
    ("Iceland denied that its boat had entered the closed zone.", "actor", ("Iceland",)),
    ("Norway said that an Icelandic boat had entered the closed zone.", "actor", ("Norway",)),
    ("The first treaty was signed in 2019.", "background", ("The first treaty was signed in 2019.",)),
)


def article_of(numbers: list[int], day: int) -> Draft:
    """Return an article of some sentences, with their records."""
    draft = Draft(" ".join(SENTENCES[n][0] for n in numbers), published=f"2031-06-{day:02}")
    for _, kind, fields in (SENTENCES[n] for n in numbers):
        match kind:
            case "agreement" | "dispute":
                draft.point("agreements" if kind == "agreement" else "disagreements", *fields)
            case "background":
                draft.fact(*fields)
            case _:
                getattr(draft, kind)(*fields)
    return draft


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    """Return one to six articles of up to four origins; the same text may come several times, from one origin."""
    found: dict[str, Member] = {}
    for _ in range(draw(st.integers(1, 6))):
        numbers = draw(st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=6, unique=True))
        member = article_of(numbers, draw(st.integers(7, 9))).by(draw(st.sampled_from("abcd")))
        found.setdefault(member.id, member)
    return list(found.values())


@given(members(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_story_ignores_the_order_of_its_articles(given_members, random):
    shuffled = list(given_members)
    random.shuffle(shuffled)
    assert merge_story(shuffled, "s") == merge_story(given_members, "s")


@given(members(), members())
@settings(max_examples=60, deadline=None)
def test_every_line_has_verbatim_evidence_of_all_its_origins(one, other):
    known = {member.id for member in one}
    digest = seal(digest_of(one, [member for member in other if member.id not in known]))
    assert Digest.model_validate_json(digest.model_dump_json()) == digest  # the model checks evidence and origins
    assert list(check_digest_lines(digest)) == []
    assert find_edits(digest) == ()
    for story in digest.stories:
        for _, lines in story.lines():
            assert all(1 <= line.origins <= story.origins for line in lines)


@given(members(), members())
@settings(max_examples=40, deadline=None)
def test_marks_are_stable(before, now):
    earlier = ledger_of(digest_of(before, day="2031-06-09"))
    digest = marked(digest_of(now, day="2031-06-10"), earlier)
    assert marked(digest, earlier) == digest
    assert Digest.model_validate_json(digest.model_dump_json()) == digest
    again = marked(digest, ledger_of(digest, earlier))
    assert again.changes == ()
    assert not [line for _, line in again.all_lines() if line.change is not None and line.change.kind == "new"]


@given(members())
@settings(max_examples=40, deadline=None)
def test_a_contradiction_has_sides_of_different_words(given_members):
    found = merge_story(given_members, "s").story.contradictions
    for contradiction in found:
        assert isinstance(contradiction, Contradiction)
        said = [side.value for side in contradiction.sides]
        assert len(set(said)) == len(said)


def test_two_events_of_a_story_never_share_an_id():
    before, now = article_of([1, 2], 7).by("a"), article_of([0], 7).by("a")
    earlier = ledger_of(digest_of([before], day="2031-06-09"))
    digest = marked(digest_of([now, before], day="2031-06-10"), earlier)
    for story in digest.stories:
        assert len({event.id for event in story.events}) == len(story.events)
    assert marked(digest, ledger_of(digest, earlier)).changes == ()
