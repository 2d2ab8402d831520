"""The events of all texts by day, from the newest brief of each text."""

import sqlite3
from datetime import date

from briefing.archive.records import AgendaEvent, AgendaPlace

_EVENTS = (
    "SELECT versions.brief_id, version_id, number, events.title, value, first_day, last_day, place, status,"
    " versions.title, outlet FROM events CROSS JOIN versions ON versions.id = version_id WHERE "
)


def events_from(db: sqlite3.Connection, first: date, after: AgendaPlace | None, most: int) -> tuple[AgendaEvent, ...]:
    """Return the events that begin on a day or later, in order of their days."""
    query = (
        f"{_EVENTS} (first_day, last_day, version_id, number) > (?, ?, ?, ?)"
        " ORDER BY first_day, last_day, version_id, number LIMIT ?"
    )
    values = (*(after or (first.isoformat(), "", 0, 0)), most)
    return tuple(AgendaEvent(*row) for row in db.execute(query, values).fetchall())


def events_under_way(db: sqlite3.Connection, day: date, most: int) -> tuple[AgendaEvent, ...]:
    """Return the events that began before a day and last until then or longer, the first to end first."""
    query = f"{_EVENTS} first_day < last_day AND last_day >= ? AND first_day < ? ORDER BY last_day LIMIT ?"
    moment = day.isoformat()
    return tuple(AgendaEvent(*row) for row in db.execute(query, (moment, moment, most)).fetchall())
