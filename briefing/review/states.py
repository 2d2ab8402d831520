"""The state of a brief or digest on its way to its readers, derived from the acts of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.review.acts import PAGE_ACTS, Act
from briefing.review.replay import Reviewed, undone_acts

State = Literal["made", "reviewed", "approved", "withdrawn"]


@dataclass(frozen=True, slots=True)
class ReviewState:
    """The state, the act that it follows from, and why an earlier approval no longer counts."""

    state: State
    act: Act | None = None
    void: Act | None = None  # the last approval, if the brief was changed or made anew after it

    @property
    def who(self) -> str:
        """Return who brought about the state; an empty string if nobody did."""
        return self.act.by.who if self.act is not None else ""


def state_of(reviewed: Reviewed[Briefing] | Reviewed[Digest], acts: Sequence[Act]) -> ReviewState:
    """Return the state of a brief or digest.

    A review or approval is of one exact brief: it counts only if the brief is the same and no line was changed since,
    not even to and fro.
    """
    undone = undone_acts(acts)
    last_edit = max((act.number for act in acts if act.is_of_line and act.draft.kind != "accepted"), default=0)
    state, void = ReviewState("made"), None
    for act in acts:
        if act.is_of_line or act.draft.kind not in PAGE_ACTS or act.number in undone:
            continue
        if act.draft.kind == "withdrawn":
            state, void = ReviewState("withdrawn", act), None
        elif act.draft.state == reviewed.digest and act.number > last_edit:
            if act.draft.kind == "approved" or state.state != "approved":  # a review leaves an approval as it is
                state = ReviewState("approved" if act.draft.kind == "approved" else "reviewed", act)
            void = None
        elif act.draft.kind == "approved":
            void = act
    return state if void is None else ReviewState(state.state, state.act, void)
