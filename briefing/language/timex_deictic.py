"""Rules for times that are told from the day of publication or from a time named before."""

from datetime import date, timedelta

from briefing.language.lexicon import read_lexicon
from briefing.language.timex_context import Context, shifted
from briefing.language.timex_durations import QUANTITY, quantity
from briefing.language.timex_rules import ABOUT, EDGE, UNIT, Hit, Reading, Rule, rule
from briefing.language.timex_values import bounds, precision_of, week_value

_PART = "(?P<part>DAYPART |HOUR )?"


def _weekday(hit: Hit, context: Context) -> Reading | None:
    """Read "Friday", "next Monday", "Tuesday of last week", "late Friday", "Friday morning"."""
    weekday = hit.number("weekday") or 0
    before = hit.word("deictic")
    day = None
    if hit.has("week"):
        day = _weekday_of_week(weekday, hit.word("week"), context.published)
    elif context.published is not None:
        day = _nearest_weekday(weekday, before, context.direction(hit.offset("weekday")), context.published)
    return _with_part(hit, f"XXXX-WXX-{weekday}" if day is None else day.isoformat())


def _nearest_weekday(weekday: int, before: str, direction: int, published: date) -> date | None:
    toward = read_lexicon("times")["deictics"].get(before, 0)
    back = (published.isoweekday() - weekday) % 7
    try:
        if toward < 0 or (toward == 0 and direction <= 0):
            return published - timedelta(days=7 if toward < 0 and back == 0 else back)
        ahead = -back % 7
        return published + timedelta(days=7 if toward > 0 and ahead == 0 else ahead)
    except OverflowError:
        return None


def _weekday_of_week(weekday: int, which: str, published: date | None) -> date | None:
    if published is None:
        return None
    weeks = read_lexicon("times")["deictics"][which]
    try:
        return published + timedelta(days=weekday - published.isoweekday(), weeks=weeks)
    except OverflowError:
        return None


def _today(hit: Hit, context: Context) -> Reading | None:
    """Read "today", "late yesterday", "tomorrow morning"."""
    return _with_part(hit, context.relative_day(hit.number("today") or 0))


def _day_beyond(hit: Hit, context: Context) -> Reading | None:
    """Read "the day after tomorrow", "the day before yesterday"."""
    distance = hit.number("today") or 0
    return Reading("DATE", context.relative_day(2 * distance)) if distance else None


def _tonight(hit: Hit, context: Context) -> Reading | None:
    """Read "tonight", "this morning", "last night"."""
    part = str(hit.part("part")[0].value) if hit.has("part") else "NI"
    days = -1 if hit.word("deictic") == "last" else 0
    if hit.word("deictic") not in ("this", "last", "") or (days and part != "NI"):
        return None
    day = context.relative_day(days)
    return Reading("TIME", f"{day}T{part}" if day else None)


def _with_part(hit: Hit, day: str | None) -> Reading:
    """Return a day, or a time where a part of the day stands with it."""
    if not hit.has("part"):
        return Reading("DATE", day)
    return Reading("TIME", f"{day}T{hit.word('part')}" if day else None)


def _unit(hit: Hit, context: Context) -> Reading | None:
    """Read "last year", "later this month", "the end of next week", "the previous quarter"."""
    which = hit.word("deictic")
    unit = read_lexicon("times")["units"][hit.word("unit")]
    if unit.startswith("T"):
        return None
    if which == "past" or (which in ("last", "next") and unit in ("D", "Y10", "C") and hit.has("the")):
        return (
            Reading("DURATION", _span(unit, 1)) if which == "past" and unit != "D" else _neighbour(hit, context, unit)
        )
    if which in ("previous", "preceding", "prior", "following") or (which == "next" and unit == "D"):
        return _neighbour(hit, context, unit)
    if unit == "D":
        return None
    return Reading("DATE", context.relative_unit(unit, read_lexicon("times")["deictics"][which]))


def _neighbour(hit: Hit, context: Context, unit: str) -> Reading | None:
    """Read "the following day", "the previous year": beside the time named before."""
    toward = read_lexicon("times")["deictics"][hit.word("deictic")]
    return Reading("DATE", _beside(context, unit, toward))


def _beside(context: Context, unit: str, count: int) -> str | None:
    """Return the unit that lies *count* of them from the time named before; None where that is not as exact."""
    days = bounds(context.last) if context.last else None
    if days is None or days[0].year == 0:
        return None
    spans = {"D": 1, "W": 7, "W2": 7, "M": 31, "Q": 92, "Y": 366, "Y10": 3660, "C": 36600}
    if (days[1] - days[0]).days >= spans[unit]:
        return None
    return shifted(days[0], unit, count)


def _stretch(hit: Hit, context: Context) -> Reading | None:
    """Read "the end of the year", "the quarter", "for the week": of publication, or of the time named before."""
    unit = read_lexicon("times")["units"][hit.word("unit")]
    if unit == "Q":
        last = context.quarter or (shifted(context.published, "Q", -1) if context.published else None)
        return Reading("DATE", last)
    return Reading("DATE", context.relative_unit(unit, 0))


def _that(hit: Hit, context: Context) -> Reading | None:
    """Read "that year", "the same day"."""
    unit = read_lexicon("times")["units"][hit.word("unit")]
    return Reading("DATE", _beside(context, unit, 0))


def _weekend(hit: Hit, context: Context) -> Reading | None:
    """Read "the weekend", "next weekend"."""
    if context.published is None:
        return Reading("DATE", None)
    toward = read_lexicon("times")["deictics"].get(hit.word("deictic"), 0)
    direction = context.direction(hit.offset("weekend"))
    sat = 6 - context.published.isoweekday()
    weeks = toward
    if not hit.has("deictic") and sat > 0 and direction < 0:
        weeks = -1
    try:
        return Reading("DATE", f"{week_value(context.published + timedelta(weeks=weeks))}-WE")
    except (ValueError, OverflowError):
        return Reading("DATE", None)


def _ago(hit: Hit, context: Context) -> Reading | None:
    """Read "two days ago", "a year ago", "several years ago"."""
    unit = _unit_of(hit)
    count = quantity(hit.part("quantity"))
    if count is None or unit.startswith("T"):
        return Reading("DATE", None if unit.startswith("T") else "PAST_REF")
    if unit == "Y" and count == 1 and context.quarter and hit.word("quantity") == "a":
        return Reading("DATE", _year_before(context.quarter))
    if unit in ("Y10", "C"):
        unit, count = "Y", count * (10 if unit == "Y10" else 100)
    return Reading("DATE", context.relative_unit(unit, -int(count)))


def _year_earlier(hit: Hit, context: Context) -> Reading | None:
    """Read "a year earlier", "the year-ago quarter": one year before the time named before."""
    value = context.last if context.last and precision_of(context.last) != "unknown" else None
    value = context.quarter or value
    if value is None or "/" in value or not value[:4].isdigit():
        return Reading("DATE", context.relative_unit("Y", -1))
    return Reading("DATE", _year_before(value))


def _year_before(value: str) -> str:
    return f"{int(value[:4]) - 1:04}{value[4:]}" if value[:4].isdigit() else value


def _later(hit: Hit, context: Context) -> Reading | None:
    """Read "three years later", "two days earlier", "a week before": from the time named before."""
    unit = _unit_of(hit)
    count = quantity(hit.part("quantity"))
    word = hit.word("way")
    if word not in ("later", "earlier"):
        return None
    if count is None or unit.startswith("T") or unit == "C":
        return Reading("DATE", None)
    sign = 1 if word == "later" else -1
    unit, count = ("Y", count * 10) if unit == "Y10" else (unit, count)
    return Reading("DATE", _beside(context, unit, sign * int(count)))


def _ahead(hit: Hit, context: Context) -> Reading | None:
    """Read "in two weeks", "three months from now", "in ten days' time"; a bare "in two weeks" of the past is none."""
    unit = _unit_of(hit)
    count = quantity(hit.part("quantity"))
    if not hit.has("from") and context.direction(hit.part("quantity")[0].start) <= 0:
        return None
    if count is None or unit.startswith("T") or unit == "C":
        return Reading("DATE", None)
    unit, count = ("Y", count * 10) if unit == "Y10" else (unit, count)
    return Reading("DATE", context.relative_unit(unit, int(count)))


def _unit_of(hit: Hit) -> str:
    word = hit.part("unit")[0]
    letter: str = str(word.value) if word.symbol == "UNITS" else read_lexicon("times")["units"][str(word.value)]
    return letter


def _span(unit: str, count: int) -> str:
    return f"P{count}{unit}" if len(unit) == 1 else f"P{10 * count}Y"


_NUMBERED = f"{ABOUT}{QUANTITY}(?:- )?(?P<unit>{UNIT}|UNITS )"

RULES: tuple[Rule, ...] = (
    rule(
        "WEEKDAY ",
        f"{EDGE}(?:the )?(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?(?P<weekday>WEEKDAY ){_PART}(?:(?:of )?(?P<week>SHIFT )week )?",
        _weekday,
    ),
    rule("TODAY", f"{EDGE}(?P<today>TODAY ){_PART}", _today),
    rule("TODAY", "(?:the )?day (?:after|before) (?P<today>TODAY )", _day_beyond),
    rule("tonight", f"{EDGE}tonight ", _tonight),
    rule("DAYPART", f"{EDGE}(?P<deictic>SHIFT )(?P<part>DAYPART )", _tonight),
    rule("SHIFT", f"{EDGE}(?P<the>the )?(?P<deictic>SHIFT )(?:fiscal |full )?(?P<unit>{UNIT})", _unit),
    rule(
        "EDGE",
        f"(?:the )?EDGE (?:of |in )(?:the )(?:fiscal |calendar )?(?P<unit>week |month |quarter |year |decade |century )",
        _stretch,
    ),
    rule("year", "(?:the )?(?P<unit>year )(?:'s |- )?(?:EDGE )", _stretch),
    rule("the", "(?<=for |ing )the (?:fiscal |full )?(?P<unit>year |week |month |quarter )", _stretch),
    rule("the", "(?<=in |of |on )the (?P<unit>quarter )", _stretch),
    rule("", f"(?:that |the same )(?P<unit>day |week |month |quarter |year )", _that),
    rule("weekend", f"(?:the )?(?P<deictic>SHIFT )?(?P<weekend>weekend )", _weekend),
    rule("ago", f"{_NUMBERED}(?:or (?:so |two |more ))?ago ", _ago),
    rule("ago", "(?P<quantity>UNITS )ago ", lambda hit, context: Reading("DATE", "PAST_REF")),
    rule("year", "(?:the )?(?:_ )?(?:a )?year (?:- )?(?:ago |EDGE )(?:quarter |_ )?", _year_earlier),
    rule("EDGE", f"{_NUMBERED}(?P<way>EDGE )", _later),
    rule("in ", f"(?<=in ){_NUMBERED}(?P<from>'s time )?", _ahead),
    rule("now", f"{_NUMBERED}(?P<from>from )REF ", _ahead),
)
