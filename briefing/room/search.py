"""The page Search: briefs by words, actor, outlet, day and day of an event, page after page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from briefing.archive.archive import Archive
from briefing.archive.records import Entry, Piece, SearchPlace, Selection
from briefing.jobs.briefs import parse_day

_SHOWN: Final = 50
_TEXTS: Final = ("words", "actor", "outlet")
_DAYS: Final = ("since", "until", "event_from", "event_to")


@dataclass(frozen=True, slots=True)
class Hit:
    """A brief, and where its article holds the words; nothing if only the brief or the title holds them."""

    entry: Entry
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    asked: Mapping[str, str]  # what the person wrote, by field
    hits: tuple[Hit, ...]
    more: SearchPlace | None  # where the next page begins
    trouble: str = ""  # why nothing was searched


def search(archive: Archive, asked: Mapping[str, str], after: SearchPlace | None = None) -> Found:
    """Return the briefs that meet all conditions, the newest first; without conditions, all of them."""
    asked = {name: " ".join(asked.get(name, "").split()) for name in (*_TEXTS, *_DAYS)}
    try:
        entries = archive.find(replace(_selection(asked), limit=_SHOWN + 1, after=after))
    except ValueError as error:
        return Found(asked, (), None, str(error))
    shown = entries[:_SHOWN]
    words = asked["words"]
    excerpts = archive.room.excerpts(words, [one.article for one in shown]) if words else ((),) * len(shown)
    hits = tuple(Hit(one, _useful(where)) for one, where in zip(shown, excerpts, strict=True))
    more = (shown[-1].day, shown[-1].brief) if len(entries) > _SHOWN else None
    return Found(asked, hits, more)


def _useful(excerpt: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return excerpt if any(piece.found for piece in excerpt) else ()


def _selection(asked: Mapping[str, str]) -> Selection:
    """Return the conditions that a person wrote.

    Raises:
        ValueError: A day is written in another way than YYYY-MM-DD.
    """
    days = {name: _day(asked[name]) for name in _DAYS}
    return Selection(asked["words"], asked["actor"] or None, asked["outlet"] or None, **days)  # type: ignore[arg-type]


def _day(written: str) -> date | None:
    return parse_day(written) if written else None
