"""The ticks of a time axis."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date, format_skeleton

_DAYS = (1, 2, 7, 14)  # steps between ticks, the shortest first; weeks begin on Monday
_MONTHS = (1, 2, 3, 6, 12, 24, 60)
_DAY_ROOM = 36.0  # points that the label of a day takes, including space around it
_MONTH_ROOM = 27.0


class Tick(NamedTuple):
    """A day on the axis and its label."""

    day: date
    label: str


def ticks(first: date, after: date, room: float, locale: Locale) -> list[Tick]:
    """Return the ticks for the days from *first* to the day before *after*, as many as fit into *room* points.

    Days are labelled "12 Jun" and months "Jun". If the axis covers two years, January is labelled with the year.
    """
    for step in _DAYS:
        if (after - first).days / step * _DAY_ROOM <= room:
            return [Tick(day, str(format_skeleton("MMMd", day, locale=locale))) for day in _days(first, after, step)]
    step = next((step for step in _MONTHS if (after - first).days / 30 / step * _MONTH_ROOM <= room), _MONTHS[-1])
    years = step >= 12 or first.year < (after - timedelta(days=1)).year
    return [
        Tick(day, str(day.year) if years and day.month == 1 else str(format_date(day, "LLL", locale)))
        for day in _months(first, after, step)
    ]


def _days(first: date, after: date, step: int) -> Iterator[date]:
    day = first + timedelta(days=-first.weekday() % 7) if step >= 7 else first
    while day < after:
        yield day
        day += timedelta(days=step)


def _months(first: date, after: date, step: int) -> Iterator[date]:
    month = first.year * 12 + first.month - 1 + (first.day > 1)
    month += -month % step
    while (day := date(month // 12, month % 12 + 1, 1)) < after:
        yield day
        month += step
