"""Rules for durations, for how often, for clock times, and for the past, present and future at large."""

from collections.abc import Sequence

from briefing.language.lexicon import read_lexicon
from briefing.language.timex_context import Context
from briefing.language.timex_rules import ABOUT, UNIT, Hit, Reading, Rule, rule
from briefing.language.timex_tokens import TimeToken

_NUMERAL = "(?:DAY |YEAR |NUM )"
# "two", "twenty-five", "a couple of", "several", "two and a half", "12 to 18", "half a".
QUANTITY = (
    f"(?P<quantity>(?:a couple of |couple of |a FEW |FEW |a dozen |half an? |an? (?:half )?|{_NUMERAL}(?:(?:- )?{_NUMERAL})*)"
    "(?:and a half )?)"
    f"(?:(?:to |or |- ){_NUMERAL})?"
)


def quantity(tokens: Sequence[TimeToken]) -> float | None:
    """Return the number that a quantity names; None where it is vague."""
    symbols = [token.symbol for token in tokens]
    if not symbols or "FEW" in symbols:
        return None
    if "couple" in symbols:
        return 2
    if symbols[0] == "half":
        return 0.5
    half = 0.5 if "half" in symbols else 0.0
    total = 0
    for token in tokens:
        if token.symbol in ("DAY", "YEAR", "NUM") and isinstance(token.value, int):
            total = total * token.value if token.value in (100, 1000) and total else total + token.value
        elif token.symbol in ("DAY", "YEAR", "NUM"):
            return None
    if symbols[0] in ("a", "an"):
        total = 12 if "dozen" in symbols else 1
    return total + half if total else None


def duration(unit: str, count: float | None) -> str:
    """Return a TIMEX3 duration: ``P3D``, ``PT5H``, ``P2Y6M``, ``PXY`` for an unknown number."""
    letter = unit[1] if unit.startswith("T") else unit[0]
    prefix = "PT" if unit.startswith("T") else "P"
    if count is None:
        return f"{prefix}X{letter}"
    if unit == "C":
        return f"P{int(count * 100)}Y"
    if len(unit) > 1 and not unit.startswith("T"):
        return f"{prefix}{int(count * int(unit[1:]))}{letter}"
    whole = int(count)
    if count == whole:
        return f"{prefix}{whole}{letter}"
    smaller = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "D": (24, "TH"), "M": (2, "F"), "W": (7, "D")}.get(
        unit
    )
    if smaller is None or unit == "M":
        return f"{prefix}{count}{letter}"
    head = f"{whole}{letter}" if whole else ""
    return f"{prefix}{head}{'T' if smaller[1] == 'TH' else ''}{int((count - whole) * smaller[0])}{smaller[1][-1]}"


def _duration(hit: Hit, context: Context) -> Reading | None:
    """Read "two weeks", "a five-year", "nearly an hour", "the past three months"; ages of people are none."""
    unit = hit.part("unit")[0]
    letter = _letter(unit)
    count = quantity(hit.part("quantity"))
    if hit.has("old") or (
        unit.symbol != "UNITS" and hit.word("quantity") == "a" and not hit.has("about") and not _has_room(hit)
    ):
        return None
    return Reading("DURATION", duration(letter, count))


def _has_room(hit: Hit) -> bool:
    return hit.before() in (
        "for",
        "in",
        "within",
        "after",
        "than",
        "over",
        "until",
        "to",
        "of",
        "ABOUT",
        "before",
        "as",
    )


def _rate(hit: Hit, context: Context) -> Reading | None:
    """Read "a year", "per day" after what is counted."""
    if hit.before() in ("", "_", ",") and not hit.has("per"):
        return None
    return Reading("SET", duration(_letter(hit.part("unit")[0]), 1))


def _vague_span(hit: Hit, context: Context) -> Reading | None:
    """Read "recent years", "the coming days", "years" after "for"."""
    if hit.has("recent"):
        return Reading("DATE", "PAST_REF")
    if hit.has("deictic"):
        toward = read_lexicon("times")["deictics"][hit.word("deictic")]
        return Reading("DATE", "FUTURE_REF" if toward > 0 else "PAST_REF") if toward else None
    return Reading("DURATION", duration(_letter(hit.part("unit")[0]), None))


def _every(hit: Hit, context: Context) -> Reading | None:
    """Read "every day", "every two years", "each Friday", "every summer"."""
    token = hit.part("what")[0]
    if token.symbol in ("WEEKDAY", "WEEKDAYS"):
        part = f"T{hit.word('part')}" if hit.has("part") else ""
        return Reading("SET", f"XXXX-WXX-{token.value}{part}")
    if token.symbol == "MONTH":
        return Reading("SET", f"XXXX-{token.value:02}")
    if token.symbol in ("SEASON", "DAYPART"):
        return Reading("SET", f"XXXX-{token.value}" if token.symbol == "SEASON" else f"XXXX-XX-XXT{token.value}")
    count = quantity(hit.part("quantity")) if hit.has("quantity") else 2 if hit.has("other") else 1
    return Reading("SET", duration(_letter(token), count))


def _often(hit: Hit, context: Context) -> Reading | None:
    """Read "daily", "annually"."""
    return Reading("SET", hit.word("often"))


def _reference(hit: Hit, context: Context) -> Reading | None:
    """Read "now", "recently", "the near future"."""
    if hit.has("future"):
        return Reading("DATE", "FUTURE_REF")
    if hit.has("past"):
        return Reading("DATE", "PAST_REF") if hit.word("past") == "past" else None
    return Reading("DATE", hit.word("ref"))


def _clock(hit: Hit, context: Context) -> Reading | None:
    """Read "3 p.m.", "10:30 GMT", "noon": on the day named before, else with no day."""
    if hit.has("named"):
        clock: str | None = hit.word("named")
    else:
        clock = _hours(hit.word("clock"), hit.word("half"))
    if clock is None:
        return None
    last = context.last
    if last is not None and len(last) == 10 and last[5] != "W":
        return Reading("TIME", f"{last}T{clock}")
    return Reading("TIME", f"{context.relative_day(0) or 'XXXX-XX-XX'}T{clock}")


def _hours(written: str, half: str) -> str | None:
    """Return a clock time as ``hh:mm``; *half* is "a.m.", "p.m." or empty."""
    parts = written.replace(".", ":").split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _letter(token: TimeToken) -> str:
    letter: str = str(token.value) if token.symbol == "UNITS" else read_lexicon("times")["units"][str(token.value)]
    return letter


_ANY_UNIT = f"(?P<unit>{UNIT}|UNITS )"

RULES: tuple[Rule, ...] = (
    rule(
        "",
        f"(?P<about>(?:the )?(?:{ABOUT}))?(?:the )?(?:SHIFT |first |ORD |recent )?{QUANTITY}(?:- )?(?:more |trading )?{_ANY_UNIT}(?P<old>(?:- )?old |of age )?",
        _duration,
    ),
    rule("", f"(?P<per>per |(?=a |an ))(?:an? )?(?P<unit>{UNIT})", _rate),
    rule(
        "UNITS",
        "(?:the )?(?:(?P<recent>recent )|(?P<deictic>SHIFT )|(?<=for )|(?<=in )|(?<=within )|(?<=over ))(?P<unit>UNITS )",
        _vague_span,
    ),
    rule(
        "e",
        f"(?:every |each )(?:of )?(?P<other>other |second )?(?:{QUANTITY})?(?P<what>{UNIT}|UNITS |WEEKDAY |WEEKDAYS |MONTH |SEASON |DAYPART )(?P<part>DAYPARTS? )?",
        _every,
    ),
    rule("WEEKDAYS", "(?P<what>WEEKDAYS )", _every),
    rule("OFTEN", "(?P<often>OFTEN )", _often),
    rule("REF", "(?P<ref>REF )", _reference),
    rule("future", "(?:the )?(?:(?:near |foreseeable |_ )?)(?P<future>future )", _reference),
    rule("SHIFT", "the (?P<past>SHIFT )(?!UNIT|_ |NUM |DAY |FEW )", _reference),
    rule("CLOCK", "(?P<clock>CLOCK )(?P<half>AMPM )?(?:_ )?(?:ZONE )?", _clock),
    rule("HOUR", "(?P<named>HOUR )", _clock),
)
