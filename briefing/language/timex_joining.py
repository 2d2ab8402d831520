"""Times that stand beside each other: a clock time and its day are one, and so are the two ends of a range."""

from collections.abc import Sequence
from typing import NamedTuple

from briefing.language.timex_tokens import TimeToken
from briefing.language.timex_values import bounds, precision_of
from briefing.model import TimexType


class Found(NamedTuple):
    """A time expression as a range of tokens of its sentence."""

    first: int
    last: int  # one past the last token
    type: TimexType
    value: str | None


# What may stand between the two, as symbols.
_BEFORE_DAY = frozenset({(), (",",), ("on",), (",", "on"), ("of",), ("on", "the")})
_AFTER_DAY = frozenset({(), (",",), ("at",), (",", "at"), ("in",), ("from",)})
_TO = frozenset({("to",), ("-",), ("until",), ("till",), ("through",)})


def joined(found: Sequence[Found], tokens: Sequence[TimeToken]) -> list[Found]:
    """Join a clock time with its day ("3 p.m. on Friday") and the two ends of a range ("from May 3 to June 5, 2019")."""
    result: list[Found] = []
    for time in found:
        if result:
            between = tuple(token.symbol for token in tokens[result[-1].last : time.first])
            before = tokens[result[-1].first - 1].symbol if result[-1].first else ""
            both = _clock_and_day(result[-1], between, time) or _range(before, result[-1], between, time)
            if both is not None:
                result[-1] = both
                continue
        result.append(time)
    return result


def _clock_and_day(one: Found, between: tuple[str, ...], two: Found) -> Found | None:
    if _is_clock(one) and _is_day(two) and between in _BEFORE_DAY:
        return Found(one.first, two.last, "TIME", f"{two.value}{one.value}")
    if _is_day(one) and _is_clock(two) and between in _AFTER_DAY:
        return Found(one.first, two.last, "TIME", f"{one.value}{two.value}")
    return None


def _is_clock(time: Found) -> bool:
    return time.value is not None and time.value.startswith("T")


def _is_day(time: Found) -> bool:
    """Say whether a value is a day, of whatever year, or a weekday."""
    return time.type == "DATE" and time.value is not None and len(time.value) == 10 and "/" not in time.value


def _range(before: str, one: Found, between: tuple[str, ...], two: Found) -> Found | None:
    """Join "July 31 - August 2", "from June to August 2019", "between 2003 and 2008", "from Monday to Friday"."""
    tied = (between in _TO and (between == ("-",) or before == "from")) or (between == ("and",) and before == "between")
    if not tied or one.type != "DATE" or two.type != "DATE" or one.value is None or two.value is None:
        return None
    precision = precision_of(one.value)
    if precision not in ("day", "month", "year", "quarter") or precision != precision_of(two.value):
        return None
    if precision == "year" and between != ("-",):  # TimeML keeps "from 2003 to 2008" apart
        return None
    first, last = one.value, two.value
    value = f"{first}/{last}"
    if "XXXX" not in value and bounds(value) is None:
        return None
    return Found(one.first, two.last, "DATE", value)
