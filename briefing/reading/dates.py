"""Parse days as news writes them: "July 22, 2018", "22nd July", "2018-07-22"."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from briefing.runtime.lexicon import read_lexicon, word_pattern

MONTH = word_pattern(__name__, "months") + r"\.?"
WEEKDAY = word_pattern(__name__, "weekdays") + r"\.?"
# "July 22", "Sunday, July 22, 2018", "22 July 2018", "2018-07-22"; not "July 2018" or "22/07/18".
DAY = (
    rf"(?:(?i:{WEEKDAY}),?\s)?(?:(?P<month1>(?i:{MONTH}))\s?(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year1>(?:19|20)\d\d))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month2>(?i:{MONTH}))(?:,?\s(?P<year2>(?:19|20)\d\d))?"
    r"|(?P<year3>(?:19|20)\d\d)[-/.](?P<month3>\d\d)[-/.](?P<day3>\d\d))(?!\d)"
)
_DAY = re.compile(DAY)


@dataclass(frozen=True, slots=True)
class Day:
    """A day; its year may be unknown."""

    year: int | None
    month: int
    day: int

    def __str__(self) -> str:
        """Return the day in ISO form: ``2018-07-22``, ``XXXX-07-22``."""
        return f"{'XXXX' if self.year is None else f'{self.year:04}'}-{self.month:02}-{self.day:02}"

    def as_date(self) -> date | None:
        """Return the day as a date; None without a year."""
        return None if self.year is None else date(self.year, self.month, self.day)

    def nearest(self, other: date) -> "Day":
        """Return the day with a missing year filled in, the one that is closest to *other*."""
        if self.year is not None:
            return self
        near = [_date(year, self.month, self.day) for year in (other.year - 1, other.year, other.year + 1)]
        best = min((day for day in near if day), key=lambda day: abs((day - other).days), default=None)
        return self if best is None else Day(best.year, best.month, best.day)


def day_of(match: re.Match[str]) -> Day | None:
    """Return the day of a match of ``DAY``; None if the day does not exist."""
    groups = match.groupdict()
    month = groups["month1"] or groups["month2"]
    number = groups["day1"] or groups["day2"] or groups["day3"]
    year = groups["year1"] or groups["year2"] or groups["year3"]
    day = Day(
        year=int(year) if year else None,
        month=_months()[month.lower().rstrip(".")] if month else int(groups["month3"]),
        day=int(number),
    )
    return day if _date(day.year or 2000, day.month, day.day) else None  # 2000 is a leap year


def find_day(text: str) -> Day | None:
    """Return the first day in a short text, or None."""
    match = _DAY.search(text)
    return None if match is None else day_of(match)


def parse_day(text: str) -> date | None:
    """Return the date of a text that is a date, with or without a time of day; None without a year."""
    match = _DAY.match(text)
    if match is None or not re.fullmatch(
        r"[T ,]{0,2}(?:\d{1,2}:\d\d[\d:.]*\s?(?:[ap]m)?\s?(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?",
        text[match.end() :],
        re.IGNORECASE,
    ):
        return None
    day = day_of(match)
    return None if day is None else day.as_date()


@cache
def _months() -> dict[str, int]:
    return {name.lower(): number for name, number in read_lexicon(__name__)["months"].items()}


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
