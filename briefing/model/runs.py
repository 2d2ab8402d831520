"""The records of scheduled runs: what is due, what a run made, and how far it is on its way to each recipient."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

# In this order; "failed" and "missed" end a run too. Up to "merged" a run cut short starts over; from "rendered"
# on, what it made is kept, and only its delivery goes on.
RunState = Literal["due", "fetching", "briefed", "merged", "rendered", "delivering", "done", "failed", "missed"]
# "sending": we do not know whether it was taken. "sent", "refused" and "given up" are final.
DeliveryState = Literal["pending", "sending", "sent", "refused", "given up"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a run made."""

    name: str  # a file name without a folder: "morning-2026-11-30.pdf"
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made, whole: all that is delivered of it."""

    title: str  # what the digest is called where it is one line: the subject of a mail
    outputs: tuple[Output, ...]
    email: bytes | None = None  # the digest as a draft (RFC 5322) without sender and recipients
    notices: tuple[str, ...] = ()  # what is odd but did no harm, for the log
    empty: bool = False  # whether it has nothing to tell


@dataclass(frozen=True, slots=True)
class DueRun:
    """A run of a profile for one due instant; there is at most one for each."""

    number: int
    profile: str
    due: datetime  # UTC, whole seconds
    state: RunState
    attempts: int  # how often it was begun and neither ended nor was stopped
    title: str  # "" until it is known
    reason: str  # why it failed, or what of it was not delivered; "" where nothing is
    changed: datetime  # UTC
    empty: bool = False  # whether what it made has nothing to tell


@dataclass(frozen=True, slots=True)
class Refusal:
    """A recipient that was not served, and why."""

    recipient: str
    reason: str
    temporary: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """The way of a run's result to one target."""

    number: int
    run: int  # the number of its run
    target: str  # "folder /srv/out", "email desk@example.org", "webhook https://example.org/hook"
    state: DeliveryState
    recipients: tuple[str, ...]
    waiting: tuple[str, ...]  # those that have not been served
    refused: tuple[Refusal, ...]  # those that will not be
    attempts: int
    next_attempt: datetime | None  # UTC; None: at the next run, or when the schedule is started again
    reason: str  # why the last attempt failed
    created: datetime  # UTC
    changed: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a hand-over came to."""

    state: DeliveryState
    waiting: tuple[str, ...] = ()  # recipients that are still to be served
    refused: tuple[Refusal, ...] = ()  # those that will not be, beside those of earlier hand-overs
    next_attempt: datetime | None = None  # None: at the next run, or when the schedule is started again
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The result of a run as it is handed to a target."""

    profile: str
    due: datetime  # UTC
    result: RunResult

    def key(self, target: str) -> str:
        """Return what names this hand-over and is the same when it is repeated: 32 hexadecimal digits."""
        written = "\0".join((self.profile, self.due.astimezone(UTC).isoformat(), target))
        return hashlib.sha256(written.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a target said of a hand-over: every recipient was served but these."""

    refused: tuple[Refusal, ...] = ()
