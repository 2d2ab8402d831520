"""What goes into an archive and what comes out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from briefing.model.brief import Kind

ItemState = Literal["done", "failed"]
PointKind = Literal["agreement", "disagreement"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a brief went: its number, that of its text, and that of the article which the text is a version of."""

    brief: int
    version: int
    item: int
    new_text: bool  # the archive did not have it yet


@dataclass(frozen=True, slots=True)
class Entry:
    """A brief as a list shows it."""

    brief: int
    article: str  # the article's id
    item: int
    title: str
    outlet: str | None
    published: str | None  # YYYY-MM-DD
    day: str  # the same, else the day on which the article was stored first
    made: datetime
    profile: str
    program: str  # version of briefing
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which briefs are asked for; what is not set asks for nothing.

    Days count from *since* to *until*, both included: those of publication, or of storing where that is unknown. An
    event is found where any of its days lies between *event_from* and *event_to*.
    """

    words: str = ""
    actor: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    event_from: date | None = None
    event_to: date | None = None
    every: bool = False  # all briefs of a text, not its newest alone
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article that an actor appears in, and as what."""

    brief: int
    day: str
    published: str | None
    outlet: str | None
    title: str
    name: str  # as the brief has it
    role: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that an actor is given, and when articles did so; no days where none of them has one."""

    role: str
    first: str | None  # YYYY-MM-DD
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class PointHeld:
    """A point that an actor is party to."""

    brief: int
    published: str | None  # the day of the article, YYYY-MM-DD
    kind: PointKind
    statement: str
    others: tuple[str, ...]  # the other parties


@dataclass(frozen=True, slots=True)
class ActorHistory:
    """What the archive knows of one actor, the newest first; *affiliation* tells it from others of its name."""

    name: str
    kind: Kind
    affiliation: str | None
    roles: tuple[RoleHeld, ...]
    appearances: tuple[Appearance, ...]
    points: tuple[PointHeld, ...]


@dataclass(frozen=True, slots=True)
class RunItem:
    """A source of a run that was worked on."""

    source: str
    digest: str | None  # SHA-256 of its bytes, where they were read before the run
    state: ItemState
    outputs: tuple[Path, ...] = ()
    brief: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run over sources, with those that were worked on so far."""

    number: int
    kind: str
    key: str
    begun: datetime
    ended: datetime | None = None
    items: tuple[RunItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed for its age."""

    briefs: int
    articles: int  # texts of which no brief is left
