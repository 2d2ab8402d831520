"""Today shows what waits in the order of deadlines and doubts, and what failed and is sent next."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.jobs import reviews
from briefing.model.runs import RunResult
from briefing.profile.approval import Approval
from briefing.profile.profile import Profile
from briefing.review.acts import By
from briefing.room.today import Send, Today, today
from tests.archive.briefs import Clock, brief_of, store
from tests.digest.digests import digest_of, two_articles

EVA = By("eva", "web")
MORNING = Profile(name="morning", approval=Approval(need="every-brief"))
EVENING = Profile(name="evening", approval=Approval(need="digest"))
FREE = Profile(name="free")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.sqlite", clock=clock) as opened:
        yield opened


def look(archive: Archive, clock: Clock, *profiles: Profile, **more: Any) -> Today:
    sends = tuple(Send(one.name, clock() + timedelta(hours=n), ("desk@a.example",)) for n, one in enumerate(profiles))
    return today(archive, "eva", clock(), profiles, sends, **more)


def titles(page: Today) -> list[str]:
    return [one.title for one in page.to_approve]


def test_the_earliest_deadline_comes_first_then_the_most_doubtful(archive: Archive, clock: Clock) -> None:
    other = MORNING.model_copy(update={"name": "noon"})
    for name, doubts in {"noon": 3, "morning": 0, "morning two": 1}.items():
        points = [(f"Point {n}", ("Norway",)) for n in range(doubts)]
        store(archive, brief_of(f"{name}.", title=name, profile=name.split()[0], agreements=points))
    page = look(archive, clock, MORNING, other)
    assert titles(page) == ["morning two", "morning", "noon"]
    assert [one.deadline for one in page.to_approve] == [clock(), clock(), clock() + timedelta(hours=1)]


def test_a_profile_without_approval_asks_for_reviews_only(archive: Archive, clock: Clock) -> None:
    store(archive, brief_of("Free.", title="Free", profile="free"))
    store(archive, brief_of("Morning.", title="Morning", profile="morning"))
    page = look(archive, clock, FREE, MORNING)
    assert titles(page) == ["Morning"]
    assert [one.title for group in page.to_review for one in group.briefs] == ["Free"]


def test_a_digest_waits_until_somebody_approves_it(archive: Archive, clock: Clock) -> None:
    digest = digest_of(two_articles())
    named = digest.model_copy(update={"provenance": digest.provenance.model_copy(update={"profile": "evening"})})
    due = clock() + timedelta(hours=1)
    named = named.model_copy(update={"at": due.isoformat()})
    archive.digests("evening").keep(due, named, None)
    assert titles(look(archive, clock, EVENING)) == []
    archive.schedule.note_due("evening", (due,), (), clock())
    (run,) = archive.schedule.to_run(("evening",))
    archive.schedule.wait(run, RunResult("Evening digest", ()), clock())
    (line,) = look(archive, clock, EVENING).to_approve
    assert (line.title, line.deadline, line.brief, line.due) == ("Evening digest", due, None, due)
    review = reviews.digest_review(archive, "evening", due)
    reviews.decide(archive, EVA, review, "approved", EVENING.approval, seen=review.reviewed.digest)
    assert titles(look(archive, clock, EVENING)) == []


def test_a_run_that_failed_lately_is_shown(archive: Archive, clock: Clock) -> None:
    archive.schedule.note_due("free", (clock(),), (), clock())
    (run,) = archive.schedule.to_run(("free",))
    archive.schedule.reach(run, "failed", clock(), "the mail server refuses")
    (failure,) = look(archive, clock, FREE).failed
    assert (failure.source, failure.reason) == ("free", "the mail server refuses")
    clock.move(days=4)
    assert look(archive, clock, FREE).failed == ()


def test_the_list_goes_on_after_fifty(archive: Archive, clock: Clock) -> None:
    for number in range(60):
        store(archive, brief_of(f"Text {number}."))
    first = look(archive, clock)
    second = look(archive, clock, after=first.more)
    assert [len(page.to_review[0].briefs) for page in (first, second)] == [50, 10]
    assert second.more is None
