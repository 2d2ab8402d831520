"""The records of scheduled runs: what is due, what a run made, and the state of each delivery."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

# In this order; "failed" and "missed" end a run too. An interrupted run starts over up to "merged"; if its profile asks
# for approval, its digest is then "waiting". From "rendered" on its outputs are kept, and only delivery resumes.
RunState = Literal[
    "due", "fetching", "briefed", "merged", "waiting", "rendered", "delivering", "done", "failed", "missed"
]
# "sending": it is unknown whether it was accepted. "sent", "refused" and "given up" are final.
DeliveryState = Literal["pending", "sending", "sent", "refused", "given up"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a run made."""

    name: str  # a file name without a folder: "morning-2026-11-30.pdf"
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything that a run made and that is delivered."""

    title: str  # the title of the digest on one line: the subject of a mail
    outputs: tuple[Output, ...]
    email: bytes | None = None  # the digest as a draft (RFC 5322) without sender and recipients
    notices: tuple[str, ...] = ()  # warnings for the log that do not stop the run
    empty: bool = False  # it has nothing to report
    mark: str = ""  # how its title is marked: "Correction: {title}"


@dataclass(frozen=True, slots=True)
class DueRun:
    """A run of a profile for one due instant, or a corrected copy of its digest; there is at most one for each."""

    number: int
    profile: str
    due: datetime  # UTC, whole seconds
    state: RunState
    attempts: int  # how often it was started and then interrupted
    title: str  # "" until it is known
    reason: str  # why it failed, or what was not delivered; "" if there is no problem
    changed: datetime  # UTC
    empty: bool = False  # its result has nothing to report
    copy: int = 0  # 0: the digest; 1, 2, ...: its corrected copies
    deadline: datetime | None = None  # UTC; while it waits for approval: from when on it is sent
    mark: str = ""  # how its title is marked
    acts: int = 0  # acts of review up to this number are in what was delivered


@dataclass(frozen=True, slots=True)
class Refusal:
    """A recipient that was not served, and the reason."""

    recipient: str
    reason: str
    temporary: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery of a run's result to one target."""

    number: int
    run: int  # the number of its run
    target: str  # "folder /srv/out", "email desk@example.org", "webhook https://example.org/hook"
    state: DeliveryState
    recipients: tuple[str, ...]
    waiting: tuple[str, ...]  # recipients that have not been served yet
    refused: tuple[Refusal, ...]  # recipients that will not be served
    attempts: int
    next_attempt: datetime | None  # UTC; None: at the next run, or when the schedule starts again
    reason: str  # why the last attempt failed
    created: datetime  # UTC
    changed: datetime  # UTC

    @property
    def served(self) -> tuple[str, ...]:
        """Return the recipients that got it for certain."""
        left_out = {*self.waiting, *(refusal.recipient for refusal in self.refused)}
        if self.state == "sending":
            return ()
        return tuple(recipient for recipient in self.recipients if recipient not in left_out)


@dataclass(frozen=True, slots=True)
class Settlement:
    """The outcome of one delivery attempt."""

    state: DeliveryState
    waiting: tuple[str, ...] = ()  # recipients that are still to be served
    refused: tuple[Refusal, ...] = ()  # recipients that will not be served, besides those of earlier attempts
    next_attempt: datetime | None = None  # None: at the next run, or when the schedule starts again
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The result of a run on its way to a target."""

    profile: str
    due: datetime  # UTC
    result: RunResult
    copy: int = 0  # 0: the digest; 1, 2, ...: its corrected copies

    def key(self, target: str) -> str:
        """Return the key of this delivery: 32 hexadecimal digits, the same at each attempt."""
        copy = (str(self.copy),) if self.copy else ()
        written = "\0".join((self.profile, self.due.astimezone(UTC).isoformat(), target, *copy))
        return hashlib.sha256(written.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a target accepted: every recipient was served except these."""

    refused: tuple[Refusal, ...] = ()
