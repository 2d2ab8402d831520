"""People accept, reject, correct and add lines, undo it, and approve: what is refused, and what follows from it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.errors import ConflictError, ReviewError
from briefing.evidence.line_checks import check_lines
from briefing.evidence.seal import seal
from briefing.jobs.reviews import Review, accept, add, brief_review, correct, decide, digest_review, reject, undo
from briefing.jobs.verification import check_seal
from briefing.model.brief import Briefing
from briefing.profile.approval import Approval
from briefing.review.acts import By
from tests.archive.briefs import store
from tests.digest.digests import digest_of, two_articles
from tests.fakes.briefs import TEXT, small_brief
from tests.fakes.schedules import moment

ANN, BEN = By("ann", "web"), By("ben", "web")
DUE = moment("2031-06-10T04:00")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.sqlite") as opened:
        store(opened, small_brief())
        opened.digests("morning").keep(DUE, seal(digest_of(two_articles())), None)
        yield opened


def review(archive: Archive) -> Review[Briefing]:
    found = brief_review(archive, 1)
    assert found is not None
    return found


def digest_of_line(found: Review[Any], place: str = "quotes") -> str:
    return next(line.digest for line in found.reviewed.lines if line.field == place)


def test_each_act_shows_in_the_brief_and_undoing_restores_it(archive: Archive) -> None:
    made = small_brief().model_dump_json()
    quote = digest_of_line(review(archive))
    accept(archive, ANN, review(archive), quote)
    correct(archive, ANN, review(archive), quote, {"speaker": "Jon Arnarsson"})
    assert review(archive).reviewed.record.quotes[0].speaker == "Jon Arnarsson"
    reject(archive, ANN, review(archive), quote, "not said so")
    assert review(archive).reviewed.record.quotes == ()
    start = TEXT.index("The ministers")
    added = add(archive, ANN, review(archive), "summary", {}, [(start, len(TEXT))])
    assert review(archive).reviewed.record.summary[-1].text == TEXT[start:]
    found = review(archive)
    assert (list(check_seal(found.reviewed.record)), list(check_lines(found.reviewed.record))) == ([], [])
    assert [one.kind for one in (act.draft for act in found.acts)] == ["accepted", "corrected", "rejected", "added"]
    assert found.reviewed.line(added) is not None
    for number in (4, 3, 2, 1):
        undo(archive, ANN, review(archive), number)
    assert review(archive).reviewed.record.model_dump_json() == made
    assert archive.reviews.check()[2] == ()


def test_a_line_of_a_digest_is_corrected_in_place(archive: Archive) -> None:
    def again() -> Review[Any]:
        found = digest_review(archive, "morning", DUE)
        assert found is not None
        return found

    made = again().reviewed.record
    event = digest_of_line(again(), "stories[0].events")
    correct(archive, ANN, again(), event, {"place": "Oslo"})
    reject(archive, ANN, again(), digest_of_line(again(), "stories[0].background"))
    story = again().reviewed.record.stories[0]
    assert (story.events[0].place, story.background) == ("Oslo", ())
    changed = {edit.where: edit.change for edit in again().reviewed.record.edits}
    assert changed["stories[0].events[0]"] == "changed"
    assert changed["stories[0].background[0]"] == "removed"
    for number in (1, 2):
        undo(archive, ANN, again(), number)
    assert again().reviewed.record == made


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": "They never met."}, "text cannot be corrected; these can: speaker"),
        ({"speaker": 7}, "speaker: 7 is not a text"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(archive: Archive, values: dict[str, Any], reason: str) -> None:
    found = review(archive)
    with pytest.raises(ReviewError, match=reason):
        correct(archive, ANN, found, digest_of_line(found), values)
    assert review(archive).acts == ()


def test_a_correction_that_changes_nothing_is_no_act(archive: Archive) -> None:
    found = review(archive)
    correct(archive, ANN, found, digest_of_line(found), {"speaker": "Ingrid Solheim"})
    correct(
        archive,
        ANN,
        found,
        digest_of_line(found, "events"),
        {"participants": found.reviewed.made.events[0].participants},
    )
    assert review(archive).acts == ()


@pytest.mark.parametrize(
    ("field", "values", "spans", "reason"),
    [
        ("opinions", {}, [(0, 5)], "there is no such list"),
        ("summary", {}, [], "select the text"),
        ("summary", {}, [(5, 5)], "no characters 5 to 5"),
        ("summary", {}, [(0, 10_000)], "no characters 0 to 10000"),
        ("summary", {"text": "Norway left the talks."}, [(0, 60)], "is not, in this order, in its evidence"),
        ("quotes", {"speaker": ["a"]}, [(0, 60)], "speaker: "),
    ],
)
def test_an_addition_without_evidence_is_refused(
    archive: Archive, field: str, values: dict[str, Any], spans: list[tuple[int, int]], reason: str
) -> None:
    with pytest.raises(ReviewError, match=reason):
        add(archive, ANN, review(archive), field, values, spans)


def test_the_second_person_on_a_line_gets_both_values(archive: Archive) -> None:
    seen = review(archive)  # by both
    quote = digest_of_line(seen)
    correct(archive, ANN, seen, quote, {"speaker": "Jon Arnarsson"}, after=0)
    with pytest.raises(ConflictError) as caught:
        correct(archive, BEN, seen, quote, {"speaker": "Iceland"}, after=0)
    assert (caught.value.theirs, caught.value.mine) == ({"speaker": "Jon Arnarsson"}, {"speaker": "Iceland"})
    assert review(archive).reviewed.record.quotes[0].speaker == "Jon Arnarsson"
    line = review(archive).reviewed.line(quote)
    assert line is not None
    correct(archive, BEN, review(archive), quote, caught.value.mine, after=line.last)
    assert review(archive).reviewed.record.quotes[0].speaker == "Iceland"


def _edit(archive: Archive) -> None:
    reject(archive, BEN, review(archive), digest_of_line(review(archive)))


def _edit_and_undo(archive: Archive) -> None:
    _edit(archive)
    undo(archive, BEN, review(archive), review(archive).last)


def _remake(archive: Archive) -> None:
    store(archive, small_brief(events=()))


@pytest.mark.parametrize("change", [_edit, _edit_and_undo, _remake])
def test_any_change_voids_an_approval(archive: Archive, change: Callable[[Archive], None]) -> None:
    found = review(archive)
    decide(archive, ANN, found, "approved", Approval(), seen=found.reviewed.digest)
    assert (review(archive).state.state, review(archive).state.who) == ("approved", "ann")
    change(archive)
    assert review(archive).state.state == "made"
    assert review(archive).state.void is not None


def test_an_approval_of_an_unseen_brief_is_refused(archive: Archive) -> None:
    found = review(archive)
    _edit(archive)
    with pytest.raises(ReviewError, match="look at it again"):
        decide(archive, ANN, review(archive), "approved", Approval(), seen=found.reviewed.digest)
    with pytest.raises(ConflictError, match="ben rejected it meanwhile"):
        decide(archive, ANN, found, "approved", Approval(), seen=found.reviewed.digest)


@pytest.mark.parametrize(
    ("approval", "roles", "refusal"),
    [
        (Approval(by=("chief",)), (), "only chief"),
        (Approval(by=("chief",)), ("chief",), None),
        (Approval(by=("ben",)), (), None),
        (Approval(four_eyes=True), (), "somebody else"),
        (Approval(), (), None),
    ],
)
def test_the_profile_says_who_may_approve(
    archive: Archive, approval: Approval, roles: tuple[str, ...], refusal: str | None
) -> None:
    _edit(archive)
    found = review(archive)
    if refusal is None:
        decide(archive, BEN, found, "approved", approval, roles, seen=found.reviewed.digest)
        assert review(archive).state.state == "approved"
    else:
        with pytest.raises(ReviewError, match=refusal):
            decide(archive, BEN, found, "approved", approval, roles, seen=found.reviewed.digest)


def test_what_is_undone_cannot_be_undone_twice(archive: Archive) -> None:
    _edit_and_undo(archive)
    for number, reason in [(1, "undone already"), (9, "no act on this brief")]:
        with pytest.raises(ReviewError, match=reason):
            undo(archive, ANN, review(archive), number)
