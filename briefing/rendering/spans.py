"""The days that a TIMEX3 value covers, for pictures that draw it to scale (ISO-TimeML 1.2.1, section 3.2)."""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

Kind = Literal["day", "week", "month", "range", "period"]

# Matches "2018-07-31", "2018-07-31T14:00"; not "XXXX-07-31", "2018-W30"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.+)?")
# Matches "2018-W30", "2018-W30-WE", "2018-W30-5"
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
# Matches "2018-Q3", "2018-H1", "2018-SU", "2018"
_PERIOD = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]|SP|SU|FA|WI))?")
# First month of a part of a year, and how many it has.
_PARTS = {
    **{f"Q{number}": (3 * number - 2, 3) for number in range(1, 5)},
    "H1": (1, 6),
    "H2": (7, 6),
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "WI": (12, 3),
}


class Span(NamedTuple):
    """The first and the last day that a value covers, and how it is to be drawn."""

    first: date
    last: date
    kind: Kind


def span_of(value: str | None) -> Span | None:
    """Return the days that a TIMEX3 value covers; None for one that names none, or whose year is unknown."""
    start, slash, end = (value or "").partition("/")
    one = _span(start)
    if one is None or not slash:
        return one
    other = _span(end)
    if other is None or other.last < one.first:
        return None
    return Span(one.first, other.last, "range") if other.last > one.first else one


def month_start(year: int, month: int) -> date:
    """Return the first day of a month; months beyond 12 are those of later years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _span(value: str) -> Span | None:
    try:
        if match := _DAY.fullmatch(value):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Span(day, day, "day")
        if match := _WEEK.fullmatch(value):
            return _week(int(match[1]), int(match[2]), match[3])
        if match := _MONTH.fullmatch(value):
            return _months(int(match[1]), int(match[2]), 1, "month")
        if match := _PERIOD.fullmatch(value):
            return _months(int(match[1]), *_PARTS.get(match[2], (1, 12)), "period")
    except (ValueError, OverflowError):  # 31 June, week 54, year 0
        pass
    return None


def _week(year: int, week: int, part: str | None) -> Span:
    if part and part != "WE":
        day = date.fromisocalendar(year, week, int(part))
        return Span(day, day, "day")
    return Span(date.fromisocalendar(year, week, 6 if part else 1), date.fromisocalendar(year, week, 7), "week")


def _months(year: int, month: int, count: int, kind: Kind) -> Span:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return Span(month_start(year, month), month_start(year, month + count) - timedelta(days=1), kind)
