"""The settings of approval: what a person must approve before it is sent, and what happens if nobody does."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from briefing.profile.settings import Settings

Need = Literal["none", "digest", "every-brief"]
AtDeadline = Literal["hold", "approved-only", "send-marked"]


class Approval(Settings):
    """Who approves what, and what is sent at the deadline, which is the time of the schedule."""

    need: Need = "none"
    by: Annotated[tuple[str, ...], Field(max_length=100)] = ()  # names of approvers, or roles; empty: every approver
    four_eyes: bool = False  # who changed or reviewed a brief may not approve it
    # hold: nothing is sent until it is approved; approved-only: the digest has the approved briefs alone; send-marked:
    # it is sent, marked as not approved.
    at_deadline: AtDeadline = "hold"
    ready: Annotated[int, Field(ge=1, le=1440)] = 60  # minutes before the deadline at which the digest is made

    @model_validator(mode="after")
    def _can_be_sent_in_part(self) -> Self:
        if below := sorted({"reader", "editor"} & set(self.by)):
            raise ValueError(f"by: a person with the role {below[0]} may not approve; write approver, admin, or names")
        if self.at_deadline == "approved-only" and self.need != "every-brief":
            raise ValueError("at_deadline: approved-only needs need: every-brief, so that there are approved briefs")
        return self
