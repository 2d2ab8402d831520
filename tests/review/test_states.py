"""An approval is of one exact brief: any change of a line and any other brief voids it."""

from typing import Any

import pytest
from hypothesis import given

from briefing.model.brief import Briefing
from briefing.review.acts import Draft
from briefing.review.replay import exact_digest, replay
from briefing.review.states import ReviewState, state_of
from tests.fakes.briefs import small_brief
from tests.fakes.reviewing import NEW, edits, lines_of, stored, undoing

BRIEF = small_brief()
SEEN = exact_digest(BRIEF)
LINE = dict(lines_of(BRIEF))["quotes"]
REJECT = Draft("rejected", "quotes", LINE)


def whole(kind: Any, state: str = SEEN) -> Draft:
    return Draft(kind, state=state)


def state(drafts: list[Draft], brief: Briefing = BRIEF) -> ReviewState:
    acts = stored(BRIEF, drafts)
    return state_of(replay(brief, acts), acts)


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [
        ([], "made"),
        ([whole("reviewed")], "reviewed"),
        ([whole("approved")], "approved"),
        ([whole("approved"), whole("reviewed")], "approved"),
        ([whole("approved"), whole("withdrawn")], "withdrawn"),
        ([whole("approved"), whole("withdrawn"), whole("approved")], "approved"),
        ([whole("approved"), undoing([whole("approved")], 1)], "made"),
        ([whole("approved"), Draft("accepted", "quotes", LINE)], "approved"),
        ([whole("approved"), REJECT], "made"),
        ([REJECT, whole("approved")], "made"),  # of the brief before the rejection
        ([whole("approved"), whole("held"), whole("sent")], "approved"),
        ([whole("sent")], "made"),
    ],
)
def test_the_state_follows_from_the_acts(drafts: list[Draft], expected: str) -> None:
    assert state(drafts).state == expected


@given(edits(BRIEF))
def test_any_edit_voids_an_approval_even_to_and_fro(drafts: list[Draft]) -> None:
    undone = [undoing([whole("approved"), *drafts], number) for number in range(2, len(drafts) + 2)]
    for later in (drafts, [*drafts, *undone]):
        found = state([whole("approved"), *later])
        is_void = any(draft.kind != "accepted" for draft in later)
        assert (found.state, found.void is not None) == (("made", True) if is_void else ("approved", False))


def test_an_approval_is_void_for_a_brief_made_anew() -> None:
    remade = small_brief(events=())
    assert state([whole("approved")], remade).state == "made"
    assert state([whole("approved")], small_brief()).state == "approved"


def test_an_approval_of_the_corrected_brief_counts() -> None:
    corrected = Draft("corrected", "quotes", LINE, new=NEW["quotes"])
    seen = replay(BRIEF, stored(BRIEF, [corrected])).digest
    assert state([corrected, whole("approved", seen)]).state == "approved"


def test_a_review_after_an_approval_leaves_it_with_its_approver() -> None:
    found = state([whole("approved"), whole("reviewed")])
    assert (found.state, found.act and found.act.number) == ("approved", 1)
