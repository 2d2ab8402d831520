"""TIMEX3 values: their precision, their first and last days, and whether they are past or future.

Values follow ISO-TimeML: ``2018-07-31``, ``2018-07-31T15:00``, ``2018-W30``, ``2018-W30-WE``, ``2018-07``,
``2018-Q3``, ``2018-H2``, ``2018-SU``, ``2018``, ``201`` (decade), ``19`` (century), ``2018-07-31/2018-08-02``, ``P3D``,
``PRESENT_REF``. ``XXXX`` is an unknown year.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from briefing.model.brief import Precision

# A point of time: matches "2018-07-31" and "XXXX-07-31T15:00", not "P3D".
_POINT = re.compile(
    r"(?P<year>\d{4}|XXXX)"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)(?P<part>-WE|-[1-7])?|-(?P<span>Q[1-4]|H[12]|SP|SU|FA|WI))?"
    r"(?:T\S+)?"
)
_DECADE_OR_CENTURY = re.compile(r"\d{2,3}")

# First month and number of months; a winter has the year of its December.
_SPANS = {
    **{f"Q{n}": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{f"H{n}": (6 * n - 5, 6) for n in (1, 2)},
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "WI": (12, 3),
}


def precision_of(value: str | None) -> Precision:
    """Return the precision of a value.

    A ``day`` may have a clock time or lack a year. A weekend is a ``week``. A half-year, decade or century is a
    ``range``. The precision is ``unknown`` for None, durations, sets, references such as ``FUTURE_REF``, and
    values without a day, week or month: ``XXXX-WXX-5``, ``XXXX-XX-XXT15:00``.
    """
    if value is None:
        return "unknown"
    if "/" in value or _DECADE_OR_CENTURY.fullmatch(value):
        return "range"
    point = _POINT.fullmatch(value)
    if point is None:
        return "unknown"
    if point["day"] or (point["part"] and point["part"] != "-WE"):
        return "day"
    if point["month"]:
        return "month"
    if point["week"]:
        return "week"
    if point["span"]:
        return "quarter" if point["span"][0] == "Q" else "range" if point["span"][0] == "H" else "season"
    return "unknown" if point["year"] == "XXXX" else "year"


def bounds(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of a value; None if its year is unknown or it is not a period."""
    first, _, last = value.partition("/")
    start = _point_bounds(first)
    end = _point_bounds(last) if last else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def is_after(value: str | None, published: str | None) -> bool | None:
    """Return True if all of a time is after the day of publication (``YYYY-MM-DD``), False if all is before.

    Return None if that is unknown: there is no year, no publication day, or the time includes that day ("today", "later
    this month", a range that has begun). Then the tense decides. ``FUTURE_REF`` is after, ``PAST_REF`` before.
    """
    if value in ("FUTURE_REF", "PAST_REF"):
        return value == "FUTURE_REF"
    days = bounds(value) if value else None
    today = bounds(published) if published else None
    if days is None or today is None:
        return None
    return True if days[0] > today[0] else False if days[1] < today[0] else None


def week_value(day: date) -> str:
    """Return the ISO week of a day: ``2018-W30``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def shift_months(day: date, months: int) -> date:
    """Return the first day of the month *months* after the month of *day*.

    Raises:
        ValueError: That month is outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _point_bounds(value: str) -> tuple[date, date] | None:
    if _DECADE_OR_CENTURY.fullmatch(value):
        return _guarded(lambda: (date(int(value.ljust(4, "0")), 1, 1), date(int(value.ljust(4, "9")), 12, 31)))
    point = _POINT.fullmatch(value)
    if point is None or point["year"] == "XXXX":
        return None
    return _guarded(lambda: _days(point))


def _days(point: re.Match[str]) -> tuple[date, date]:
    year = int(point["year"])
    if point["week"]:
        monday = date.fromisocalendar(year, int(point["week"]), 1)
        if point["part"] == "-WE":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        if point["part"]:
            day = monday + timedelta(days=int(point["part"][1]) - 1)
            return day, day
        return monday, monday + timedelta(days=6)
    if point["day"]:
        day = date(year, int(point["month"]), int(point["day"]))
        return day, day
    month, length = (int(point["month"]), 1) if point["month"] else _SPANS.get(point["span"] or "", (1, 12))
    first = date(year, month, 1)
    return first, shift_months(first, length) - timedelta(days=1)


def _guarded(days: Callable[[], tuple[date, date]]) -> tuple[date, date] | None:
    """Return the days; None if the calendar does not have them: February 30, year 0."""
    try:
        return days()
    except (ValueError, OverflowError):
        return None
