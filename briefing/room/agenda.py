"""The page Agenda: the events of all briefs by day, and the same as a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from briefing.archive.archive import Archive
from briefing.archive.folding import folded
from briefing.archive.records import AgendaEvent, AgendaPlace
from briefing.jobs.plan import layout_of
from briefing.profile.profile import Profile
from briefing.rendering.calendar import render_agenda

_SHOWN: Final = 100
_IN_CALENDAR: Final = 500
_CALENDAR: Final = "Agenda of the briefs"


@dataclass(frozen=True, slots=True)
class SharedEvent:
    """An event, and the articles that announce it in the same words for the same days."""

    event: AgendaEvent
    also: tuple[AgendaEvent, ...]


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The events that begin on a day."""

    day: str  # YYYY-MM-DD
    events: tuple[SharedEvent, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """A page of the agenda."""

    first: date
    under_way: tuple[SharedEvent, ...]  # began earlier, or at some time in a longer span
    days: tuple[AgendaDay, ...]
    more: AgendaPlace | None  # where the next page begins


def agenda(archive: Archive, first: date, after: AgendaPlace | None = None) -> Agenda:
    """Return the events from a day on."""
    found = archive.room.events(first, after=after, most=_SHOWN + 1)
    shown = found[:_SHOWN]
    days = (AgendaDay(day, _shared(tuple(events))) for day, events in groupby(shown, lambda event: event.first_day))
    more = shown[-1].position if len(found) > _SHOWN else None
    under_way = archive.room.events_under_way(first) if after is None else ()
    return Agenda(first, _shared(under_way), tuple(days), more)


def agenda_calendar(archive: Archive, first: date, profile: Profile) -> bytes:
    """Return the events from a day on as a calendar (iCalendar)."""
    events = archive.room.events(first, most=_IN_CALENDAR)
    briefs = (archive.brief(number) for number in dict.fromkeys(event.brief for event in events))
    return render_agenda([brief for brief in briefs if brief is not None], _CALENDAR, first, layout_of(profile))


def _shared(events: Sequence[AgendaEvent]) -> tuple[SharedEvent, ...]:
    """Return each event once, in the order of the first."""
    same: dict[tuple[str, str, str], list[AgendaEvent]] = {}
    for event in events:
        same.setdefault((event.first_day, event.last_day, folded(event.title)), []).append(event)
    return tuple(SharedEvent(one, tuple(others)) for one, *others in same.values())
