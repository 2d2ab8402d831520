"""Rules for durations, frequencies, clock times, and references to the past, present and future."""

from collections.abc import Sequence

from briefing.language.neighbours import token_before
from briefing.language.times.context import Context
from briefing.language.times.rules import ABOUT, UNIT, Hit, Reading, Rule, rule
from briefing.language.times.tokens import TimeToken

_NUMERAL = "(?:DAY |NUM )"
# "two", "twenty-five", "a couple of", "several", "two and a half", "2 1/2", "12 to 18", "half an".
QUANTITY = (
    "(?P<quantity>(?:(?:a )?couple of |(?:a )?FEW |a dozen |half an? |an? (?:half )?"
    f"|YEAR |{_NUMERAL}(?:(?:- )?{_NUMERAL}){{0,4}})(?:and a half |DAY / DAY )?)(?:(?:to |or |- ){_NUMERAL})?"
)
_COUNTED_TAGS = frozenset({"NN", "NNS", "NNP", "CD"})
# For each unit the number of smaller units in it, and the smaller unit.
_SMALLER = {"Y": (12, "M"), "W": (7, "D"), "TH": (60, "M"), "TM": (60, "S")}


def quantity(tokens: Sequence[TimeToken]) -> float | None:
    """Return the number of a quantity; None if it is vague."""
    symbols = [token.symbol for token in tokens]
    if not symbols or "FEW" in symbols or _is_span(tokens):
        return None
    if "couple" in symbols:
        return 2
    if symbols[0] == "half":
        return 0.5
    half = 0.5 if "half" in symbols or "/" in symbols else 0.0
    if symbols[0] in ("a", "an"):
        return 12 if "dozen" in symbols else 1 + half
    total = 0
    for token in tokens[: symbols.index("/") - 1] if "/" in symbols else tokens:
        if token.symbol in ("DAY", "YEAR", "NUM") and isinstance(token.value, int):
            total = total * token.value if token.value in (100, 1000) and total else total + token.value
    return total + half if total else None


def _is_span(tokens: Sequence[TimeToken]) -> bool:
    """Return True for "10-20" and "2-3", not for "twenty-five"."""
    values = [token.value for token in tokens if isinstance(token.value, int)]
    is_hyphened = len(values) == 2 and any(token.symbol == "-" for token in tokens)
    return is_hyphened and (values[0] < 20 or values[1] > 9)


def duration(unit: str, count: float | None) -> str | None:
    """Return a duration: ``P3D``, ``PT5H``, ``P2Y6M``, ``PXY`` if *count* is None; None if TIMEX3 has no form."""
    prefix, letter = ("PT", unit[1]) if unit.startswith("T") else ("P", unit[0])
    if count is None:
        return f"{prefix}X{letter}"
    if unit == "C":
        return f"P{int(count * 100)}Y"
    if len(unit) > 1 and not unit.startswith("T"):
        return f"P{int(count * int(unit[1:]))}{letter}"
    whole = int(count)
    if count == whole:
        return f"{prefix}{whole}{letter}"
    if unit not in _SMALLER:
        return None
    size, smaller = _SMALLER[unit]
    return f"{prefix}{f'{whole}{letter}' if whole else ''}{int((count - whole) * size)}{smaller}"


def _duration(hit: Hit, context: Context) -> Reading | None:
    """Read "two weeks", "a five-year", "nearly an hour", "the past three months"; reject ages of people."""
    unit = hit.unit()
    if hit.has("old") or (unit == "Q" and (hit.symbol_after() == "of" or not hit.has("deictic"))):
        return None
    before = hit.token_before()
    if before is not None and len(hit.part("quantity")) == 1 and hit.word("quantity") in ("a", "an"):
        if before.value in ("once", "twice"):
            return Reading("SET", duration(unit, 1))
        if not hit.has("about") and _is_counted(before, context):  # "three flights a day" is a rate
            return None
    return Reading("DURATION", duration(unit, quantity(hit.part("quantity"))))


def _is_counted(before: TimeToken, context: Context) -> bool:
    """Return True if "a year" follows a count: "flights a day", "$3 million a year"."""
    return before.symbol in ("DAY", "NUM", "YEAR", "$") or context.token(before.start).tag_ in _COUNTED_TAGS


def _half_more(hit: Hit, _context: Context) -> Reading | None:
    """Read "a year and a half"."""
    return Reading("DURATION", duration(hit.unit(), 1.5))


def _per(hit: Hit, _context: Context) -> Reading | None:
    """Read "per day"."""
    return Reading("SET", duration(hit.unit(), 1))


def _vague_span(hit: Hit, _context: Context) -> Reading | None:
    """Read "recent years", "the coming days", "these days", "years" after "for"."""
    if hit.has("these"):
        return Reading("DATE", "PRESENT_REF") if hit.unit() == "D" else None
    if hit.has("deictic") and not hit.toward("deictic"):
        return None
    return Reading("DURATION", duration(hit.unit(), None))


def _every(hit: Hit, _context: Context) -> Reading | None:
    """Read "every day", "every two years", "each Friday", "every summer", "Fridays"."""
    token = hit.part("what")[0]
    if token.symbol in ("WEEKDAY", "WEEKDAYS"):
        part = f"T{hit.word('part')}" if hit.has("part") else ""
        return Reading("SET", f"XXXX-WXX-{token.value}{part}")
    if token.symbol == "MONTH":
        return Reading("SET", f"XXXX-{token.value:02}")
    if token.symbol == "SEASON":
        return Reading("SET", f"XXXX-{token.value}")
    if token.symbol == "DAYPART":
        return Reading("SET", f"XXXX-XX-XXT{token.value}")
    count = quantity(hit.part("quantity")) if hit.has("quantity") else 2 if hit.has("other") else 1
    return Reading("SET", duration(hit.unit(), count))


def _often(hit: Hit, context: Context) -> Reading | None:
    """Read "daily", "weekly"; reject names of newspapers."""
    token = context.token(hit.offset("often"))
    before = token_before(token)
    named = token.text[0].isupper() and token.pos_ == "PROPN"
    if named or (before is not None and before.pos_ == "PROPN"):
        return None
    return Reading("SET", hit.word("often"))


def _reference(hit: Hit, context: Context) -> Reading | None:
    """Read "now", "recently", "soon", "current", "the near future", "the past"."""
    if hit.has("future"):
        token = context.token(hit.offset("future"))
        return None if token.dep_ in ("compound", "amod") else Reading("DATE", "FUTURE_REF")
    if hit.has("soon"):
        return Reading("DATE", "FUTURE_REF") if context.direction(hit.offset("soon")) >= 0 else None
    if hit.has("past"):
        return Reading("DATE", "PAST_REF") if hit.word("past") == "past" else None
    if hit.has("current"):
        return Reading("DATE", "PRESENT_REF") if hit.word("current") == "current" else None
    return Reading("DATE", hit.word("ref"))


def _clock(hit: Hit, _context: Context) -> Reading | None:
    """Read "3 p.m.", "10:30 GMT", "noon": a time of the day beside it or named before."""
    if hit.has("named"):
        token = hit.part("named")[0]
        return Reading("TIME", f"T{token.value}")
    clock = _hours(hit.word("clock"), hit.word("half"))
    return Reading("TIME", f"T{clock}") if clock else None


def _hours(written: str, half: str) -> str | None:
    """Return a clock time as ``hh:mm``; *half* is "a.m.", "p.m." or empty."""
    parts = written.replace(".", ":").split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _military(hit: Hit, _context: Context) -> Reading | None:
    """Read "1800 GMT", "0630 GMT"."""
    number = hit.part("number")[0]
    if number.end - number.start != 4 or not isinstance(number.value, int):
        return None
    hour, minute = divmod(number.value, 100)
    return Reading("TIME", f"T{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


# The same time in another zone: "(1500 GMT)".
_OTHER_ZONE = r"(?:\. (?:CLOCK |YEAR |NUM )(?:AMPM )?(?:ZONE |local _ )\. )?"
_ZONE = f"(?:ZONE |local _ )?{_OTHER_ZONE}"
_ANY_UNIT = f"(?P<unit>{UNIT}|UNITS )"
_LEAD = f"(?P<about>{ABOUT})(?:the )?(?:(?P<deictic>SHIFT )|ORD |recent )?(?:SHIFT )?"

RULES: tuple[Rule, ...] = (
    rule(
        "",
        f"{_LEAD}{QUANTITY}(?:- )?(?:more |trading |full )?{_ANY_UNIT}(?P<old>(?:- )?(?:'s )?(?:old |of age ))?",
        _duration,
    ),
    rule("half", f"(?:an? )(?P<unit>{UNIT})and a half ", _half_more),
    rule("per", f"per (?P<unit>{UNIT})", _per),
    rule(
        "UNITS", "(?:the )?(?:(?P<recent>recent )|(?P<deictic>SHIFT )|(?P<these>these ))(?P<unit>UNITS )", _vague_span
    ),
    rule("UNITS", "(?:(?<= for )|(?<= within ))(?P<unit>UNITS )", _vague_span),
    rule(
        "e",
        f"(?:every |each )(?:of )?(?P<other>other |second )?(?:{QUANTITY})?"
        f"(?P<what>{_ANY_UNIT}|WEEKDAY |MONTH |SEASON |DAYPART )(?P<part>DAYPARTS? )?",
        _every,
    ),
    rule("WEEKDAYS", "(?P<what>WEEKDAYS )", _every),
    rule("WEEKDAY", "(?P<what>WEEKDAY )(?P<part>DAYPARTS )", _every),
    rule("OFTEN", "(?P<often>OFTEN )", _often),
    rule("REF", "(?P<ref>REF )", _reference),
    rule("soon", "(?P<soon>soon )(?!as |after )", _reference),
    rule("future", "the (?:near |foreseeable )?(?P<future>future )(?!of )", _reference),
    rule("SHIFT", "(?P<current>SHIFT )(?=_ |[a-z])", _reference),
    rule(
        "SHIFT",
        f"the (?P<past>SHIFT )(?!{UNIT}|(?:UNITS|NUM|DAY|FEW|SEASON|MONTH|WEEKDAY|ORD|YEAR) |(?:fiscal|full|couple) )",
        _reference,
    ),
    rule("CLOCK", f"(?:ABOUT )?(?P<clock>CLOCK )(?P<half>AMPM )?{_ZONE}", _clock),
    rule("HOUR", "(?P<named>HOUR )", _clock),
    rule("ZONE", f"(?P<number>YEAR |NUM )ZONE {_OTHER_ZONE}", _military),
)
