"""What waits for a person follows the briefs and the acts on them."""

from datetime import timedelta

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem
from briefing.evidence.seal import record_digest
from briefing.jobs import reviews
from briefing.model.brief import Briefing
from briefing.profile.approval import Approval
from briefing.review.acts import By
from tests.archive.briefs import Clock, brief_of, store
from tests.fakes.briefs import small_brief

EVA = By("eva", "web")
DAY = timedelta(days=1)


def doubtful(text: str, doubts: int = 1, **made: str) -> Briefing:
    """Return a brief with points of one party only."""
    points = [(f"Point {n} of {text}", ("Norway",)) for n in range(doubts)]
    return brief_of(text, title=text, agreements=points, **made)  # type: ignore[arg-type]


def waiting(archive: Archive) -> list[tuple[str, int]]:
    return [(one.title, one.doubts) for one in archive.room.to_review()]


def decide(archive: Archive, number: int, kind: str) -> None:
    review = reviews.brief_review(archive, number)
    assert review is not None
    reviews.decide(archive, EVA, review, kind, Approval(), seen=review.reviewed.digest)  # type: ignore[arg-type]


def test_the_last_day_and_the_most_doubtful_come_first(archive: Archive, clock: Clock) -> None:
    store(archive, doubtful("Old.", 3))
    clock.move(days=1)
    store(archive, doubtful("Sure.", 0))
    store(archive, doubtful("Unsure.", 2))
    assert waiting(archive) == [("Unsure.", 2), ("Sure.", 0), ("Old.", 3)]


def test_a_page_begins_after_the_last_line_before_it(archive: Archive, clock: Clock) -> None:
    for n in range(7):
        store(archive, doubtful(f"Text {n}.", n % 2))
        clock.move(hours=9)
    whole = archive.room.to_review()
    pages = [one for at in (None, whole[2].place, whole[5].place) for one in archive.room.to_review(after=at, most=3)]
    assert tuple(pages) == whole
    store(archive, doubtful("New.", 5))  # nothing moves on the later pages
    assert archive.room.to_review(after=whole[2].place, most=3) == whole[3:6]


def test_a_brief_made_anew_waits_once_and_again(archive: Archive, clock: Clock) -> None:
    first = store(archive, doubtful("Talks begin.", 1))
    decide(archive, first.brief, "reviewed")
    assert not waiting(archive)
    clock.move(days=1)
    store(archive, doubtful("Talks begin.", 2, program="0.2.0"))
    assert waiting(archive) == [("Talks begin.", 2)]


@pytest.mark.parametrize("kind", ["reviewed", "approved", "withdrawn"])
def test_what_was_decided_does_not_wait_for_review(archive: Archive, kind: str) -> None:
    kept = store(archive, doubtful("Talks begin."))
    decide(archive, kept.brief, kind)
    assert not waiting(archive)


def test_a_change_after_a_review_brings_the_brief_back(archive: Archive) -> None:
    brief = small_brief()
    kept = store(archive, brief)
    decide(archive, kept.brief, "reviewed")
    review = reviews.brief_review(archive, kept.brief)
    assert review is not None
    reviews.reject(archive, EVA, review, record_digest(brief.quotes[0]))
    assert [one.brief for one in archive.room.to_review()] == [kept.brief]


def test_a_line_that_a_person_looked_at_is_not_doubtful(archive: Archive) -> None:
    brief = doubtful("Talks begin.", 2)
    kept = store(archive, brief)
    for act in (reviews.accept, reviews.reject):
        review = reviews.brief_review(archive, kept.brief)
        assert review is not None
        line = next(line for line in review.reviewed.lines if line.state == "made")
        act(archive, EVA, review, line.digest)
    assert waiting(archive) == [("Talks begin.", 0)]


def test_briefs_that_must_be_approved_wait_apart(archive: Archive, clock: Clock) -> None:
    store(archive, doubtful("Old.", profile="morning"))
    clock.move(days=5)
    made = store(archive, doubtful("Made.", profile="morning"))
    reviewed = store(archive, doubtful("Reviewed.", 2, profile="morning"))
    approved = store(archive, doubtful("Approved.", profile="morning"))
    store(archive, doubtful("Other."))
    decide(archive, reviewed.brief, "reviewed")
    decide(archive, approved.brief, "approved")
    assert [one.brief for one in archive.room.to_approve("morning", DAY)] == [reviewed.brief, made.brief]
    assert [one.title for one in archive.room.to_review(without=("morning",))] == ["Other."]


def test_a_failure_is_shown_until_the_source_is_made(archive: Archive, clock: Clock) -> None:
    def run(source: str, reason: str) -> None:
        begun = archive.begin_run("make", source + clock().isoformat())
        archive.finish_item(begun, RunItem(source, None, "failed" if reason else "done", reason=reason))
        archive.finish_run(begun)
        clock.move(minutes=1)

    run("old.txt", "it is empty")
    clock.move(days=2)
    run("a.txt", "it is empty")
    run("b.txt", "it is no news")
    run("b.txt", "it is still no news")
    assert [(one.source, one.reason) for one in archive.room.failures(DAY)] == [
        ("b.txt", "it is still no news"),
        ("a.txt", "it is empty"),
    ]
    run("a.txt", "")
    assert [one.source for one in archive.room.failures(DAY)] == ["b.txt"]


def test_what_is_removed_because_of_its_age_does_not_wait(archive: Archive, clock: Clock) -> None:
    store(archive, doubtful("Old."))
    clock.move(days=40)
    archive.prune(timedelta(days=30))
    assert not waiting(archive)
