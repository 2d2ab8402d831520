"""The context that resolves a time expression: the day of publication, the tense, and earlier times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from briefing.language.times.direction import Direction, direction_of
from briefing.language.times.values import shift_months, week_value

# Writers give the year of dates farther ahead or farther back than this.
_FAR_AHEAD = timedelta(days=350)
_FAR_BACK = timedelta(days=310)


@dataclass(frozen=True, slots=True)
class Context:
    """The context at the position of a time expression."""

    published: date | None
    day_and_month: date | None  # of publication if its year is unknown, in an arbitrary leap year
    token: Callable[[int], Token]  # returns the token at an offset of the text
    has_tree: bool = True  # False if the sentence is too long for a reliable parse
    last: str | None = None  # value of the last date before, in this paragraph
    quarter: str | None = None  # value of the quarter that the text reports on: the first one named recently

    def direction(self, offset: int, *, is_date: bool = False) -> Direction:
        """Return the direction from publication of an event at the time that is written at *offset*."""
        return direction_of(self.token(offset), is_date=is_date) if self.has_tree else 0

    def relative(self, unit: str, count: int) -> str | None:
        """Return the value *count* units (``D W W2 M Q Y Y10 C``) after publication.

        If only the year of publication is unknown, days and months are still resolved: ``XXXX-08-01``.
        """
        if self.published is not None:
            return shifted(self.published, unit, count)
        if self.day_and_month is None or unit not in ("D", "M") or abs(count) > 31:
            return None
        day = self.day_and_month
        values = {(shifted(day, unit, count) or "")[4:]}
        if unit == "D" and (day.month, day.day) != (2, 29):  # return None if leap years make a difference
            values.add((shifted(day.replace(year=day.year + 1), unit, count) or "")[4:])
        return f"XXXX{values.pop()}" if len(values) == 1 else None


def shifted(day: date, unit: str, count: int) -> str | None:
    """Return the value *count* units after the unit with *day*; None outside the calendar."""
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
    width, digits = {"Y": (1, 4), "Y10": (10, 3), "C": (100, 2)}.get(unit, (0, 0))
    number = day.year // width + count if width else 0
    return f"{number:0{digits}}" if 0 < number < 10**digits else None


def year_of(
    month: int, day: int | None, direction: Direction, published: date, ahead: timedelta = _FAR_AHEAD
) -> int | None:
    """Return the year of a month or day that is written without one; None if no year has that day.

    An unknown direction takes the nearer year. A date that would be farther ahead than *ahead*, or too far back, takes
    the other year.
    """
    candidates = [c for c in (_in_year(published.year + n, month, day) for n in (-1, 0, 1)) if c is not None]
    today = published if day is not None else published.replace(day=1)
    past = max((c for c in candidates if c <= today), default=None)
    coming = min((c for c in candidates if c >= today), default=None)
    if past is None or coming is None:
        return (past or coming or today).year if candidates else None
    if direction > 0 or (direction == 0 and coming - today <= today - past):
        return (past if coming - today > ahead else coming).year
    return (coming if today - past > _FAR_BACK else past).year


def _in_year(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None
