"""What a time expression is resolved against: the day of publication, the tense, and the times named before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from briefing.language.timex_values import shift_months, week_value

Direction = Literal[-1, 0, 1]  # before publication, unknown, after

# With no tense to go by, a date that lies this far ahead or less is taken for the coming one.
_AHEAD = timedelta(days=61)
# Nobody writes a date without its year from farther back than this, or from farther ahead.
_FAR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where a time expression stands."""

    published: date | None
    day_and_month: date | None  # of publication, in a year of no meaning, where its year is unknown
    direction: Callable[[int], Direction]  # of the words at an offset of the text
    last: str | None = None  # value of the latest date named before, in the paragraph
    quarter: str | None = None  # value of the latest quarter named before, in the article

    def relative_day(self, days: int) -> str | None:
        """Return the day that lies *days* after publication."""
        if self.published is not None:
            return _safe(lambda day: day + timedelta(days=days), self.published)
        if self.day_and_month is None or abs(days) > 31:
            return None
        # The 29th of February is there in one of four years: abstain where that matters.
        readings = {
            (self.day_and_month.replace(year=year) + timedelta(days=days)).strftime("%m-%d") for year in (2001, 2004)
        }
        return f"XXXX-{readings.pop()}" if len(readings) == 1 else None

    def relative_unit(self, unit: str, count: int) -> str | None:
        """Return the day, week, month, quarter, year, decade or century that lies *count* of them after publication."""
        if unit == "D":
            return self.relative_day(count)
        if self.published is None:
            if unit == "M" and self.day_and_month is not None:
                return f"XXXX-{shift_months(self.day_and_month, count).month:02}"
            return None
        return shifted(self.published, unit, count)


def shifted(day: date, unit: str, count: int) -> str | None:
    """Return the value of the unit (``D W M Q Y Y10 C``) that lies *count* of them after the one that holds *day*."""
    try:
        if unit == "D":
            return (day + timedelta(days=count)).isoformat()
        if unit in ("W", "W2"):
            return week_value(day + timedelta(weeks=count * (2 if unit == "W2" else 1)))
        if unit == "M":
            return shift_months(day, count).isoformat()[:7]
        if unit == "Q":
            first = shift_months(day, 3 * count)
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
    except (ValueError, OverflowError):
        return None
    width = {"Y": 1, "Y10": 10, "C": 100}.get(unit)
    if width is None or not 0 < day.year // width + count < 10000 // width:
        return None
    return f"{day.year // width + count:0{5 - len(str(width))}}"


def year_of(month: int, day: int | None, direction: Direction, published: date) -> int | None:
    """Return the year of a month, or of a day of it, that is written without a year; None where no year has that day."""
    candidates = [c for c in (_in_year(published.year + n, month, day) for n in (-1, 0, 1)) if c is not None]
    if not candidates:
        return None
    today = published if day is not None else published.replace(day=1)
    past = max((c for c in candidates if c <= today), default=None)
    coming = min((c for c in candidates if c >= today), default=None)
    if past is None or coming is None:
        return (past or coming or today).year
    if direction == 0:
        direction = 1 if coming - today <= _AHEAD else -1
    if direction < 0:
        return (coming if today - past > _FAR else past).year
    return (past if coming - today > _FAR else coming).year


def _in_year(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _safe(shift: Callable[[date], date], day: date) -> str | None:
    try:
        return shift(day).isoformat()
    except OverflowError:
        return None
