"""The records that an archive takes and returns."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from briefing.model.brief import EventStatus, Kind

ItemState = Literal["done", "failed"]
PointKind = Literal["agreement", "disagreement"]

# The places of the last line of a page, after which the next page begins.
SearchPlace = tuple[str, int]  # day, brief
WaitingPlace = tuple[str, int, int]  # day, doubts, brief
AgendaPlace = tuple[str, str, int, int]  # first day, last day, version, number


@dataclass(frozen=True, slots=True)
class Kept:
    """The numbers of a stored brief, of its text (a version), and of its article (an item)."""

    brief: int
    version: int
    item: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A brief in a list of results."""

    brief: int
    article: str  # the article's id
    item: int
    title: str
    outlet: str | None
    published: str | None  # YYYY-MM-DD
    day: str  # day of publication if known, else the day on which the article was first stored
    made: datetime
    profile: str
    program: str  # version of briefing
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt."""

    text: str
    found: bool  # it is what was searched for


@dataclass(frozen=True, slots=True)
class Selection:
    """The conditions that selected briefs meet; unset fields are no conditions.

    The range from *since* to *until* includes both days. It applies to the day of publication or, if that is unknown,
    to the day of storing. An event matches if any of its days lies between *event_from* and *event_to*.
    """

    words: str = ""
    actor: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    event_from: date | None = None
    event_to: date | None = None
    every: bool = False  # all briefs of a text, not only the newest
    limit: int | None = None
    after: SearchPlace | None = None  # only briefs that are listed after this place


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article that names an actor, and how it describes the actor."""

    brief: int
    day: str
    published: str | None
    outlet: str | None
    title: str
    name: str  # as in the brief
    role: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role of an actor, and when articles named it; no days if the articles have no dates."""

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
    """All that the archive holds about one actor, the newest first; *affiliation* separates namesakes."""

    name: str
    kind: Kind
    affiliation: str | None
    roles: tuple[RoleHeld, ...]
    appearances: tuple[Appearance, ...]
    points: tuple[PointHeld, ...]


@dataclass(frozen=True, slots=True)
class RunItem:
    """A finished source of a run."""

    source: str
    digest: str | None  # SHA-256 of its bytes, if they were read before the run
    state: ItemState
    outputs: tuple[Path, ...] = ()
    brief: int | None = None
    reason: str = ""  # why it failed


@dataclass(frozen=True, slots=True)
class Run:
    """A run over sources, with the items that are finished so far."""

    number: int
    kind: str
    key: str
    items: tuple[RunItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many records were removed because of their age."""

    briefs: int
    articles: int  # texts without any brief left


@dataclass(frozen=True, slots=True)
class WaitingBrief:
    """A brief that waits for a person."""

    brief: int
    title: str
    outlet: str | None
    published: str | None
    day: str  # on which it was made, in UTC
    profile: str
    doubts: int  # doubtful lines; -1 if they are not counted
    state: str

    @property
    def place(self) -> WaitingPlace:
        """Its place among those to review."""
        return self.day, self.doubts, self.brief


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that failed in a run."""

    source: str
    reason: str  # an empty string if it was not kept
    kind: str  # of the run: "make", "add"
    at: datetime


@dataclass(frozen=True, slots=True)
class AgendaEvent:
    """An event of a text, and the text's newest brief."""

    brief: int
    version: int
    number: int
    title: str
    value: str | None  # TIMEX3
    first_day: str
    last_day: str
    place: str | None
    status: EventStatus
    headline: str  # of the article
    outlet: str | None

    @property
    def time(self) -> str:
        """The time of day, "10:00"; an empty string if the article gives none."""
        time = (self.value or "").partition("T")[2]
        return time if time[:1].isdecimal() else ""

    @property
    def position(self) -> AgendaPlace:
        """Its place in the agenda."""
        return self.first_day, self.last_day, self.version, self.number


@dataclass(frozen=True, slots=True)
class Sight:
    """A text that names an actor that a person follows."""

    brief: int
    title: str
    outlet: str | None
    day: str


@dataclass(frozen=True, slots=True)
class Followed:
    """An actor that a person follows, and the texts of the last days that name it, the newest first."""

    name: str
    sights: tuple[Sight, ...]
