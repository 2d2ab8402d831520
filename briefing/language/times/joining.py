"""Join adjacent times: a clock time with its day, and the two ends of a range."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from briefing.language.times.context import shifted
from briefing.language.times.tokens import TimeToken
from briefing.language.times.values import bounds, precision_of
from briefing.model.brief import TimexType
from briefing.runtime.lexicon import word_set


class Found(NamedTuple):
    """A time expression as a range of tokens of its sentence."""

    first: int
    last: int  # one past the last token
    type: TimexType
    value: str | None


# Symbols between two times that are joined.
_BEFORE_DAY = frozenset({(), (",",), ("on",), (",", "on"), ("of",), ("on", "the")})
_AFTER_DAY = frozenset({(), (",",), ("at",), (",", "at"), ("in",), ("from",)})
_TO = frozenset({("to",), ("-",), ("until",), ("till",), ("through",)})
# Precisions whose times form a range; TimeML keeps "from 2003 to 2008" as two times.
_RANGED = frozenset({"day", "month", "quarter"})
_YEAR_WRITTEN = frozenset({"YEAR", "SHORT", "ISO", "NUMERIC", "year"})


def joined(found: Sequence[Found], tokens: Sequence[TimeToken], word: Callable[[int], Token]) -> list[Found]:
    """Return the times with clock times joined to days ("3 p.m. on Friday") and with joined ranges.

    "From May 3 to June 5, 2019" is a range. *word* returns the token at an offset of the text.
    """
    result: list[Found] = []
    for time in found:
        if result:
            between = tuple(token.symbol for token in tokens[result[-1].last : time.first])
            both = _clock_and_day(result[-1], between, time)
            if both is None and _is_range(result[-1], between, time, tokens, word):
                both = _range(result[-1], time, tokens)
            if both is not None:
                result[-1] = both
                continue
            result[-1] = _on_the_day_of(result[-1], between, time)
        result.append(time)
    return result


def _clock_and_day(one: Found, between: tuple[str, ...], two: Found) -> Found | None:
    if _is_part_of_day(one) and _is_day(two) and between in _BEFORE_DAY:
        return Found(one.first, two.last, "TIME", f"{two.value}{one.value}")
    if _is_day(one) and _is_part_of_day(two) and between in _AFTER_DAY:
        return Found(one.first, two.last, "TIME", f"{one.value}{two.value}")
    day, _, part = (one.value or "").partition("T")
    if day and part and _is_day(two) and between == (",",) and _is_of_weekday(day, two.value or ""):
        return Found(one.first, two.last, "TIME", f"{two.value}T{part}")  # "Thursday morning, May 5"
    if day and part.isalpha() and _is_clock(two) and between in _AFTER_DAY:
        return Found(one.first, two.last, "TIME", f"{day}{two.value}")  # "Friday night at 10:30"
    day, _, part = (two.value or "").partition("T")
    if day and part.isalpha() and _is_clock(one) and between in _BEFORE_DAY:
        return Found(one.first, two.last, "TIME", f"{day}{one.value}")  # "7:30 p.m. last night"
    return None


def _is_of_weekday(weekday: str, day: str) -> bool:
    """Return True if a day can fall on the weekday before it."""
    one, two = bounds(weekday), bounds(day)
    return one is None or two is None or one[0].isoweekday() == two[0].isoweekday()


def _on_the_day_of(clock: Found, between: tuple[str, ...], two: Found) -> Found:
    """Return a clock time with the day of the next time: "from 8 a.m. to 6 p.m. on Sunday"."""
    day, _, hour = (two.value or "").partition("T")
    if not (_is_clock(clock) and day and hour[:1].isdigit() and (between in _TO or between == ("and",))):
        return clock
    return Found(clock.first, clock.last, "TIME", f"{day}{clock.value}")


def _is_clock(time: Found) -> bool:
    return time.value is not None and time.value.startswith("T") and time.value[1:2].isdigit()


def _is_part_of_day(time: Found) -> bool:
    """Return True if a time has no day yet: "3 p.m.", "the morning"."""
    return time.value is not None and time.value.startswith("T")


def _is_day(time: Found) -> bool:
    """Return True if a value is a day of any year, or a weekday."""
    return time.type == "DATE" and (precision_of(time.value) == "day" or (time.value or "").startswith("XXXX-WXX-"))


def _is_range(
    one: Found, between: tuple[str, ...], two: Found, tokens: Sequence[TimeToken], word: Callable[[int], Token]
) -> bool:
    """Return True if two dates are the ends of a range: "July 31 - August 2", "between May and July".

    "moved from Monday to Thursday" has two dates.
    """
    precision = precision_of(one.value)
    if not (one.type == two.type == "DATE" and precision in _RANGED and precision == precision_of(two.value)):
        return False
    before = tokens[one.first - 1] if one.first else None
    if before is None or between not in _TO:
        return between == ("-",) or (before is not None and between == ("and",) and before.symbol == "between")
    if precision == "month" and between == ("to",):
        return True  # "in January to May 2018"
    moved = word(before.start).head.lemma_.lower() in word_set(__name__, "rescheduling")
    return between == ("-",) or (before.symbol == "from" and not moved)


def _range(one: Found, two: Found, tokens: Sequence[TimeToken]) -> Found | None:
    """Return a range; a year written only at one end applies to both, if the order of the ends allows it."""
    first, last = one.value or "", two.value or ""
    if any(token.symbol == "WEEKDAY" for token in tokens[two.first : two.last]):
        days = bounds(last)
        if days and last < first:  # "from Friday to Tuesday"
            last = shifted(days[0], "D", 7) or last
    elif _lacks_year(tokens[two.first : two.last]):
        last = _in_year_of(first, last, 1)
    elif _lacks_year(tokens[one.first : one.last]):
        first = _in_year_of(last, first, -1)
    value = f"{first}/{last}"
    return Found(one.first, two.last, "DATE", value) if "XXXX" in value or bounds(value) else None


def _lacks_year(tokens: Sequence[TimeToken]) -> bool:
    """Return True if a calendar date is written without its year; False for "today"."""
    symbols = {token.symbol for token in tokens}
    return not symbols.isdisjoint({"MONTH", "MON"}) and symbols.isdisjoint(_YEAR_WRITTEN)


def _in_year_of(known: str, other: str, step: int) -> str:
    """Return *other* in the year of *known*, or in the next year in the direction *step* if the order requires it."""
    if not known[:4].isdigit():
        return f"XXXX{other[4:]}"
    beyond = other[4:] < known[4:] if step > 0 else other[4:] > known[4:]
    return f"{int(known[:4]) + (step if beyond else 0):04}{other[4:]}"
