"""The days that a TIMEX3 value covers on a timeline, and the kind of mark for them."""

from datetime import date
from typing import Literal, NamedTuple

from briefing.language.times.values import bounds, precision_of

Kind = Literal["day", "week", "month", "range", "period"]

_LONGEST_PERIOD = 366  # days; a decade has no meaning on a scale of weeks


class Span(NamedTuple):
    """The first and the last day that a value covers, and the kind of mark to draw."""

    first: date
    last: date
    kind: Kind


def span_of(value: str | None) -> Span | None:
    """Return the days that a TIMEX3 value covers; None if it names no day or its year is unknown."""
    days = bounds(value) if value else None
    if value is None or days is None:
        return None
    if "/" in value and days[0] < days[1]:
        return Span(*days, "range")
    precision = precision_of(value.partition("/")[0])
    if precision == "day" or precision == "week" or precision == "month":
        return Span(*days, precision)
    return Span(*days, "period") if (days[1] - days[0]).days <= _LONGEST_PERIOD else None
