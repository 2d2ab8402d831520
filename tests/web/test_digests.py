"""A digest is read, corrected and approved in the room; what was corrected is counted."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.archive.archive import Archive
from briefing.evidence.seal import seal
from briefing.jobs.reviews import digest_review
from briefing.model.digest import Digest
from briefing.model.runs import RunResult
from briefing.profile.profile import Profile, load_profile
from tests.digest.digests import digest_of, two_articles
from tests.fakes.schedules import moment

DUE = moment("2031-06-10T04:00")
PATH = "/digests/morning/2031-06-10T04:00:00Z"

OpenRoom = Callable[..., TestClient]


def a_digest() -> Digest:
    made = digest_of(two_articles())
    return seal(made.model_copy(update={"provenance": made.provenance.model_copy(update={"profile": "morning"})}))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    file = tmp_path / "morning.yaml"
    file.write_text("extends: digest\nschedule: {cron: '0 6 * * *'}\napproval: {need: digest, four_eyes: true}\n")
    return load_profile(str(file))


@pytest.fixture
def room(open_room: OpenRoom, kept: Path, profile: Profile) -> TestClient:
    with Archive.open(kept) as archive:
        archive.digests("morning").keep(DUE, a_digest(), None)
        archive.schedule.ask_for("morning", DUE, DUE)
        (run,) = archive.schedule.to_run(("morning",))
        archive.schedule.wait(run, RunResult("Morning <digest>", ()), DUE)
    return open_room(profile=profile)


def line(kept: Path, field: str) -> str:
    with Archive.open(kept) as archive:
        review = digest_review(archive, "morning", DUE)
    assert review is not None
    return next(one.digest for one in review.reviewed.lines if one.field == field)


def state(room: TestClient) -> str:
    return str(room.get(f"{PATH}.json").json()["standing"]["state"])


def seen(room: TestClient) -> str:
    return str(room.get(f"{PATH}.json").json()["standing"]["seen"])


def test_the_list_leads_to_each_digest(room: TestClient) -> None:
    page = room.get("/digests")
    assert f'href="{PATH}"' in page.text
    (entry,) = room.get("/digests.json").json()["digests"]
    assert (entry["profile"], entry["run"], entry["state"]) == ("morning", "waiting", "made")


@pytest.mark.parametrize("path", [PATH, "/digests/morning/2031-06-10T04:00:00+00:00"])
def test_a_digest_shows_its_lines_beside_its_articles(room: TestClient, path: str) -> None:
    page = room.get(path)
    assert page.status_code == 200
    assert "It must be approved by" in page.text
    assert page.text.count('class="seg') > 4
    assert room.get("/digests/morning/soon").status_code == 404
    assert room.get("/digests/other/2031-06-10T04:00:00Z").status_code == 404


def test_each_link_to_evidence_leads_into_an_article(room: TestClient) -> None:
    text = room.get(PATH).text
    targets = set(re.findall(r'class="spot" href="#([^"]+)"', text))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', text))


def test_lines_are_corrected_and_rejected_without_scripts(room: TestClient, kept: Path) -> None:
    quote, event = line(kept, "stories[0].quotes"), line(kept, "stories[0].events")
    done = room.post(f"{PATH}/lines/{quote}/correct", data={"speaker": "Iceland", "after": "0"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"{PATH}#line-{quote}")
    room.post(f"{PATH}/lines/{event}/reject", data={"reason": "over", "after": "0"})
    page = room.get(PATH).text
    assert "corrected by <bdi>Ada Berg</bdi>" in page
    assert "rejected by <bdi>Ada Berg</bdi>: <q>over</q>" in page
    fragment = room.post(f"{PATH}/lines/{event}/accept", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Refresh"] == "true"
    assert "The reasons are in the briefs" in room.get(f"{PATH}/lines/{quote}/why").text


def test_the_second_of_two_people_gets_both_values(room: TestClient, kept: Path) -> None:
    quote = line(kept, "stories[0].quotes")
    room.post(f"{PATH}/lines/{quote}/correct", data={"speaker": "Iceland", "after": "0"})
    refused = room.post(f"{PATH}/lines/{quote}/correct", data={"speaker": "Norway", "after": "0"})
    assert refused.status_code == 409
    assert '<td dir="auto">Iceland</td><td dir="auto">Norway</td>' in refused.text
    assert 'name="speaker" value="Norway"' in refused.text
    part = room.post(
        f"{PATH}/lines/{quote}/correct", data={"speaker": "Norway", "after": "0"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text


def test_a_digest_is_approved_by_somebody_else(room: TestClient, open_room: OpenRoom, profile: Profile) -> None:
    room.post(f"{PATH}/reviewed", data={"seen": seen(room)})
    assert state(room) == "reviewed"
    refused = room.post(f"{PATH}/approved", data={"seen": seen(room)})
    assert (refused.status_code, "four_eyes" in refused.text) == (422, True)
    other = open_room("Ben", "approver", profile=profile)
    assert other.post(f"{PATH}/approved", data={"seen": "0" * 64}).status_code == 422
    other.post(f"{PATH}/approved", data={"seen": seen(other)})
    assert state(room) == "approved"
    other.post(f"{PATH}/withdrawn", data={"seen": seen(other)})
    assert state(room) == "withdrawn"


def test_corrections_are_counted(room: TestClient) -> None:
    assert "Nobody has decided about a line yet" in room.get("/corrections").text
    brief = room.get("/briefs/3.json").json()
    quote = next(one for section in brief["sections"] if section["name"] == "quotes" for one in section["lines"])
    room.post(f"/briefs/3/lines/{quote['digest']}/correct", data={"speaker": "Jon", "after": "0"})
    page = room.get("/corrections").text
    assert '<th scope="row">quotes</th><td>speaker</td><td>1</td>' in page
    assert "direct, cue say" in page
