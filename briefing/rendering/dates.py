"""Wording and order of TIMEX3 values: ``2018-07-31`` -> "31 July 2018" (ISO-TimeML 1.2.1, section 3.2)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import format_date, format_interval, format_skeleton, get_quarter_names

from briefing.model.brief import When
from briefing.rendering.labels import Labels

_UNKNOWN_YEAR = "XXXX"
_LEAP_YEAR = 2000  # has 29 February; used where the year is unknown

# Matches "2018-07-31", "XXXX-07-31", "2018-07-31T14:00", "2018-07-31TMO"; not "2018-W30"
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)(?:T(.+))?")
# Matches "2018-07", "XXXX-07"; not "2018-7"
_MONTH = re.compile(r"(\d{4}|XXXX)-(\d\d)")
# Matches "2018-W30", "2018-W30-WE", "2018-W30-5"; not "XXXX-WXX-5"
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?")
# Matches "2018-Q3", "XXXX-Q3"
_QUARTER = re.compile(r"(\d{4}|XXXX)-Q([1-4])")
# Matches "2018-H1"
_HALF = re.compile(r"(\d{4}|XXXX)-H([12])")
# Matches "2018-SU"
_SEASON = re.compile(r"(\d{4}|XXXX)-(SP|SU|FA|WI)")
_YEAR = re.compile(r"\d{4}")
# Matches "201X" and "201", a decade
_DECADE = re.compile(r"(\d{3})X?")
# Matches "14:00", "14:00:00Z", "14"; not "MO"
_CLOCK = re.compile(r"(\d\d)(?::(\d\d))?(?::\d\d)?(Z|[+-]\d\d(?::?\d\d)?)?")

# Prepositions of a time, and the label that says the same.
_BOUNDS = {"by": "by", "until": "until", "till": "until", "through": "until", "before": "before", "after": "after"}
_PARTS_OF_DAY = ("MO", "MI", "AF", "EV", "NI", "DT")
_SEASONS = {"SP": 5, "SU": 8, "FA": 11, "WI": 12}  # season: its last month


class Moment(NamedTuple):
    """A value in words, and its place in sorted order: the last day that it can mean."""

    words: str
    order: tuple[int, int, int, int]  # 0 known year, 1 unknown year, 2 unknown date; year, month, day


NO_MOMENT = (2, 0, 0, 0)


def read_value(value: str | None, labels: Labels) -> Moment | None:
    """Return a TIMEX3 value in the words of a locale; None if it is not a calendar date.

    Args:
        value: TIMEX3 value, or two of them as a range: "2018-07-31/2018-08-02".
        labels: The words and date formats of the locale.
    """
    if not value:
        return None
    first, slash, second = value.partition("/")
    start = _moment(first, labels)
    if start is None or not slash:
        return start
    end = _moment(second, labels)
    if end is None:
        return None
    return Moment(_range(first, second, start.words, end.words, labels), start.order)


def time_in_words(when: When, labels: Labels) -> str | None:
    """Return the time of an event in the words of a locale, "by 31 July 2018"; None if it is not a calendar date."""
    moment = read_value(when.value, labels)
    first = (when.text or "").split(" ", 1)[0].casefold()
    if moment is None or first not in _BOUNDS:
        return moment and moment.words
    return labels(f"event.{_BOUNDS[first]}", when=moment.words)


def day_in_words(day: str, labels: Labels) -> str:
    """Return a day or partial date in words ("22 July, year unknown"); unchanged if it is not a date."""
    moment = read_value(day, labels)
    if moment is None:
        return day
    return labels("page.no_year", day=moment.words) if day.startswith(_UNKNOWN_YEAR) else moment.words


def _moment(value: str, labels: Labels) -> Moment | None:
    for pattern, read in _READERS:
        match = pattern.fullmatch(value)
        if match:
            try:
                return read(match, labels)
            except (ValueError, OverflowError):  # 31 June, week 54, year 0
                return None
    return None


def _order(year: str, month: int, day: int) -> tuple[int, int, int, int]:
    return (1, 0, month, day) if year == _UNKNOWN_YEAR else (0, int(year), month, day)


def _day(match: re.Match[str], labels: Labels) -> Moment:
    year, month, day, time = match.groups()
    if year == _UNKNOWN_YEAR:
        words = format_skeleton("MMMMd", date(_LEAP_YEAR, int(month), int(day)), locale=labels.locale)
    else:
        words = _day_in_full(date(int(year), int(month), int(day)), labels)
    hour = _hour(time, labels) if time else None
    return Moment(labels("dates.at", day=words, time=hour) if hour else words, _order(year, int(month), int(day)))


def _day_in_full(day: date, labels: Labels) -> str:
    return format_date(day, labels.day_pattern, labels.locale)


def _hour(time: str, labels: Labels) -> str | None:
    match = _CLOCK.fullmatch(time)
    if match is None:
        return labels(f"dates.{time}") if time in _PARTS_OF_DAY else None
    zone = {None: "", "Z": " UTC"}.get(match[3], f" UTC{match[3]}")
    return f"{match[1]}:{match[2] or '00'}{zone}"


def _month(match: re.Match[str], labels: Labels) -> Moment:
    year, month = match[1], int(match[2])
    if year == _UNKNOWN_YEAR:
        words = format_date(date(_LEAP_YEAR, month, 1), "LLLL", labels.locale)
    else:
        words = format_skeleton("yMMMM", date(int(year), month, 1), locale=labels.locale)
    return Moment(words, _order(year, month, 31))


def _week(match: re.Match[str], labels: Labels) -> Moment:
    year, week, part = int(match[1]), int(match[2]), match[3]
    if part and part != "WE":
        day = date.fromisocalendar(year, week, int(part))
        return Moment(_day_in_full(day, labels), _order(f"{day.year:04}", day.month, day.day))
    first = date.fromisocalendar(year, week, 6 if part else 1)
    last = date.fromisocalendar(year, week, 7)
    words = labels("dates.weekend" if part else "dates.week", day=_day_in_full(first, labels))
    return Moment(words, _order(f"{last.year:04}", last.month, last.day))


def _quarter(match: re.Match[str], labels: Labels) -> Moment:
    year, number = match[1], int(match[2])
    name = get_quarter_names("wide", locale=labels.locale)[number]
    words = name if year == _UNKNOWN_YEAR else labels("dates.quarter", quarter=name, year=year)
    return Moment(words, _order(year, number * 3, 31))


def _half(match: re.Match[str], labels: Labels) -> Moment:
    year, number = match[1], int(match[2])
    bare = year == _UNKNOWN_YEAR
    words = labels(f"dates.bare_half_{number}") if bare else labels(f"dates.half_{number}", year=year)
    return Moment(words, _order(year, number * 6, 31))


def _season(match: re.Match[str], labels: Labels) -> Moment:
    year, name = match[1], labels(f"dates.{match[2]}")
    words = name if year == _UNKNOWN_YEAR else labels("dates.season", season=name, year=year)
    return Moment(words, _order(year, _SEASONS[match[2]], 31))


def _year(match: re.Match[str], _labels: Labels) -> Moment:
    return Moment(match[0], _order(match[0], 12, 31))


def _decade(match: re.Match[str], labels: Labels) -> Moment:
    return Moment(labels("dates.decade", year=f"{match[1]}0"), _order(f"{match[1]}9", 12, 31))


def _range(first: str, second: str, start: str, end: str, labels: Labels) -> str:
    """Return two values as a range; two days name a shared month or year only once: "2–5 June 2018"."""
    days = [_DAY.fullmatch(value) for value in (first, second)]
    if all(day and day[1] != _UNKNOWN_YEAR and not day[4] for day in days):
        one, other = (date(*(int(part) for part in day.groups()[:3])) for day in days if day)
        if one < other and (other - one) < timedelta(days=366):
            return format_interval(one, other, "yMMMd", locale=labels.locale)
    return f"{start} – {end}"


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Labels], Moment]], ...] = (
    (_DAY, _day),
    (_MONTH, _month),
    (_WEEK, _week),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_SEASON, _season),
    (_YEAR, _year),
    (_DECADE, _decade),
)
