"""How a TIMEX3 value is drawn to scale: the days that it covers, and what kind of mark stands for them."""

from datetime import date
from typing import Literal, NamedTuple

from briefing.language.times.values import bounds, precision_of

Kind = Literal["day", "week", "month", "range", "period"]

_LONGEST_PERIOD = 366  # days; a decade says nothing on a scale of weeks


class Span(NamedTuple):
    """The first and the last day that a value covers, and how it is to be drawn."""

    first: date
    last: date
    kind: Kind


def span_of(value: str | None) -> Span | None:
    """Return the days that a TIMEX3 value covers; None for one that names none, or whose year is unknown."""
    days = bounds(value) if value else None
    if value is None or days is None:
        return None
    if "/" in value and days[0] < days[1]:
        return Span(*days, "range")
    precision = precision_of(value.partition("/")[0])
    if precision == "day" or precision == "week" or precision == "month":
        return Span(*days, precision)
    return Span(*days, "period") if (days[1] - days[0]).days <= _LONGEST_PERIOD else None
