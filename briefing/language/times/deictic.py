"""Rules for times relative to the day of publication or to an earlier time in the text."""

from datetime import date, timedelta

from spacy.tokens import Token

from briefing.language.neighbours import token_before
from briefing.language.times.context import Context, shifted
from briefing.language.times.durations import QUANTITY, duration, quantity
from briefing.language.times.rules import ABOUT, DEICTIC, EDGE, UNIT, Hit, Reading, Rule, rule
from briefing.language.times.values import bounds, precision_of
from briefing.runtime.lexicon import word_set

# Longest length of each unit in days.
_DAYS = {"D": 1, "W": 7, "W2": 14, "M": 31, "Q": 92, "Y": 366, "Y10": 3653, "C": 36525}
# Words for the beginning of a month or year, and the last day and month that count as the beginning.
_OPENINGS = word_set(__name__, "openings")
_LATE_DAY = 15
_LATE_MONTH = 6
_BESIDE = word_set(__name__, "beside")


def _weekday(hit: Hit, context: Context) -> Reading | None:
    """Read "Friday", "next Monday", "Tuesday of last week", "late Friday", "Friday morning"."""
    weekday, published = hit.number("weekday"), context.published
    if published is None:
        return _with_part(hit, f"XXXX-WXX-{weekday}")
    try:
        if hit.has("week"):
            day = published + timedelta(days=weekday - published.isoweekday(), weeks=hit.toward("week"))
        else:
            day = _nearest_weekday(weekday, hit.toward("deictic"), published, context, hit.offset("weekday"))
    except OverflowError:
        return _with_part(hit, None)
    return _with_part(hit, day.isoformat())


def _nearest_weekday(weekday: int, toward: int, published: date, context: Context, offset: int) -> date:
    """Return the weekday before or after publication; without "last" or "next" it may be the day of publication."""
    back = (published.isoweekday() - weekday) % 7
    if toward < 0 or (toward == 0 and context.direction(offset) <= 0):
        return published - timedelta(days=7 if toward and not back else back)
    ahead = -back % 7
    return published + timedelta(days=7 if toward and not ahead else ahead)


def _today(hit: Hit, context: Context) -> Reading | None:
    """Read "today", "late yesterday", "tomorrow morning"."""
    if _is_in_name(context.token(hit.offset("today"))):
        return None
    return _with_part(hit, context.relative("D", hit.number("today")))


def _day_beyond(hit: Hit, context: Context) -> Reading | None:
    """Read "the day after tomorrow", "the day before yesterday"."""
    distance = hit.number("today")
    return Reading("DATE", context.relative("D", 2 * distance)) if distance else None


def _tonight(hit: Hit, context: Context) -> Reading | None:
    """Read "tonight", "this morning", "last night", "the next morning"."""
    if hit.has("today") and _is_in_name(context.token(hit.offset("today"))):
        return None
    part = hit.word("part") or "NI"
    which = hit.word("deictic")
    if which in ("next", "following"):
        day = _beside(context, "D", 1)
        return Reading("TIME", f"{day}T{part}" if day else None)
    if which not in ("", "this", "last") or (which == "last" and part != "NI"):
        return None
    day = context.relative("D", hit.toward("deictic"))
    return Reading("TIME", f"{day}T{part}" if day else None)


def _is_in_name(token: Token) -> bool:
    """Return True if "Today" or "Tonight" ends the name of a broadcast or newspaper."""
    before = token_before(token)
    if before is None or not token.is_title:
        return False
    return before.pos_ == "PROPN" and before.text[0].isupper() and before.is_sent_start is not True


def _part_of_day(hit: Hit, _context: Context) -> Reading | None:
    """Read "the morning", a time of the day beside it."""
    return Reading("TIME", f"T{hit.word('part')}")


def _with_part(hit: Hit, day: str | None) -> Reading:
    """Return a day, or a time if a part of the day follows it."""
    if not hit.has("part"):
        return Reading("DATE", day)
    return Reading("TIME", f"{day}T{hit.word('part')}" if day else None)


def _unit(hit: Hit, context: Context) -> Reading | None:
    """Read "last year", "later this month", "the end of next week", "the previous quarter"."""
    which, unit = hit.word("deictic"), hit.unit()
    if which == "past":
        return Reading("DURATION", duration(unit, 1))
    if unit.startswith("T"):
        return Reading("DURATION", duration(unit, 1)) if which in ("last", "next") and unit == "TH" else None
    if which in _BESIDE or (unit == "D" and which == "next"):
        return Reading("DATE", _beside(context, unit, hit.toward("deictic")))
    if unit == "D":
        return None
    return Reading("DATE", context.relative(unit, hit.toward("deictic")))


def _beside(context: Context, unit: str, count: int) -> str | None:
    """Return the value *count* units after the last date; None if that date is not exact enough."""
    days = bounds(context.last) if context.last else None
    if days is None or (days[1] - days[0]).days >= _DAYS[unit]:
        return None
    return shifted(days[0], unit, count)


def _stretch(hit: Hit, context: Context) -> Reading | None:
    """Read "the end of the year", "year-end", "for the week": the unit of publication.

    "The beginning of the year" late in a year means the next year if the tense is future.
    """
    unit = hit.unit()
    opening = hit.word("edge") in _OPENINGS and context.published is not None and _is_late(context.published, unit)
    return Reading("DATE", context.relative(unit, 1 if opening and context.direction(hit.offset("unit")) > 0 else 0))


def _is_late(day: date, unit: str) -> bool:
    """Return True if the beginning of the month or year of *day* is over."""
    return day.day > _LATE_DAY if unit == "M" else day.month > _LATE_MONTH if unit == "Y" else False


def _business_year(hit: Hit, _context: Context) -> Reading | None:
    """Read "the year ended June 30"."""
    return Reading("DURATION", duration(hit.unit(), 1))


def _reported_quarter(hit: Hit, context: Context) -> Reading | None:
    """Read "the quarter", "the latest period": the reported quarter, else the last complete one."""
    if hit.has("latest") and hit.symbol_before() == "_" and context.quarter is None:
        return None
    last = shifted(context.published, "Q", -1) if context.published else None
    return Reading("DATE", context.quarter or last)


def _quarter_of_year(hit: Hit, context: Context) -> Reading | None:
    """Read "the 1988 quarter", "the 1988 period": the reported quarter in another year."""
    quarter = f"-{context.quarter[5:]}" if context.quarter else ""
    return Reading("DATE", f"{hit.number('year'):04}{quarter}")


def _that(hit: Hit, context: Context) -> Reading | None:
    """Read "that year", "the same day"."""
    return Reading("DATE", _beside(context, hit.unit(), 0))


def _weekend(hit: Hit, context: Context) -> Reading | None:
    """Read "the weekend", "next weekend", "over the weekend"."""
    if context.published is None:
        return Reading("DATE", None)
    weeks = hit.toward("deictic")
    before_saturday = context.published.isoweekday() < 6
    if not hit.has("deictic") and before_saturday and context.direction(hit.offset("weekend")) < 0:
        weeks = -1
    week = shifted(context.published, "W", weeks)
    return Reading("DATE", f"{week}-WE" if week else None)


def _ago(hit: Hit, context: Context) -> Reading | None:
    """Read "two days ago", "a year ago", "several years ago"."""
    unit, count = hit.unit(), quantity(hit.part("quantity"))
    if count is None:
        return Reading("DATE", "PAST_REF")
    if unit.startswith("T"):
        return Reading("DATE", None)
    if unit == "Y" and count == 1 and context.quarter:
        return Reading("DATE", _year_before(context.quarter))
    return Reading("DATE", context.relative(*_whole(unit, -count)))


def _vaguely_ago(_hit: Hit, _context: Context) -> Reading | None:
    """Read "years ago"."""
    return Reading("DATE", "PAST_REF")


def _year_earlier(hit: Hit, context: Context) -> Reading | None:
    """Read "a year earlier", "the year-ago quarter": one year before the last date."""
    if hit.word("way") not in word_set(__name__, "backwards"):
        return None
    value = context.quarter or (context.last if precision_of(context.last) != "unknown" else None)
    if value is None or "/" in value or not value[:4].isdigit():
        return Reading("DATE", context.relative("Y", -1))
    return Reading("DATE", _year_before(value))


def _year_before(value: str) -> str:
    earlier = f"{int(value[:4]) - 1:04}{value[4:]}"
    return earlier if bounds(earlier) else earlier[:4]  # February 29


def _later(hit: Hit, context: Context) -> Reading | None:
    """Read "three years later", "two days earlier": relative to the last date; a duration otherwise."""
    unit, count, way = hit.unit(), quantity(hit.part("quantity")), hit.word("way")
    if way not in ("later", "earlier"):
        return None
    value = None
    if count is not None and not unit.startswith("T"):
        value = _beside(context, *_whole(unit, count if way == "later" else -count))
    return Reading("DATE", value) if value else Reading("DURATION", duration(unit, count))


def _ahead(hit: Hit, context: Context) -> Reading | None:
    """Read "in two weeks", "three months from now", "in ten days' time"; past "in two weeks" is a duration."""
    unit, count = hit.unit(), quantity(hit.part("quantity"))
    if count is None or unit.startswith("T"):
        return None
    start = hit.offset("quantity")
    if not hit.has("from") and (context.direction(hit.offset("unit")) <= 0 or _is_record(context.token(start))):
        return None
    return Reading("DATE", context.relative(*_whole(unit, count)))


def _whole(unit: str, count: float) -> tuple[str, int]:
    """Return a distance in whole units: decades and centuries as years, half years as months."""
    if unit in ("Y10", "C"):
        return "Y", int(count * (10 if unit == "Y10" else 100))
    if unit == "Y" and count != int(count):
        return "M", int(count * 12)
    return unit, int(count)


def _is_record(time: Token) -> bool:
    """Return True if "in three years" is a past period: "the first summit in three years"."""
    preposition = time.head.head if time.dep_ == "nummod" else time.head
    held = preposition.head
    return preposition.lower_ == "in" and any(
        child.tag_ in ("JJS", "RBS") or child.lower_ in ("first", "only") for child in (held, *held.lefts)
    )


_NUMBERED = f"{ABOUT}{QUANTITY}(?:- )?(?P<unit>{UNIT}|UNITS )"
_PART = "(?P<part>DAYPART )?"
# After a preposition of time.
_WITHIN = "(?:(?<= for )|(?<= in )|(?<= during )|(?<= through )|(?<= throughout )|(?<= of ))"
_STRETCH = "(?P<unit>week |month |year |decade |century )"

RULES: tuple[Rule, ...] = (
    rule(
        "WEEKDAY ",
        f"{EDGE}(?:the (?=SHIFT ))?{DEICTIC}(?P<weekday>WEEKDAY ){_PART}(?:(?:of )?(?P<week>SHIFT )week )?",
        _weekday,
    ),
    rule("TODAY", f"{EDGE}(?P<today>TODAY ){_PART}", _today),
    rule("TODAY", "(?:the )?day (?:after|before) (?P<today>TODAY )", _day_beyond),
    rule("tonight", f"{EDGE}(?P<today>tonight )", _tonight),
    rule("DAYPART", f"{EDGE}(?:the )?(?P<deictic>SHIFT )(?P<part>DAYPART )", _tonight),
    rule("DAYPART", f"{EDGE}(?:the )?(?P<part>DAYPART )", _part_of_day),
    rule("SHIFT", f"{EDGE}(?:the )?(?P<deictic>SHIFT )(?:fiscal |full )?(?P<unit>{UNIT})", _unit),
    rule("END", f"(?:the )?(?P<edge>END )(?:of |in )the (?:fiscal |full )?{_STRETCH}", _stretch),
    rule("EDGE", f"EDGE (?:of |in )the (?:fiscal |full )?{_STRETCH}", _stretch),
    rule("year", "(?:the )?(?P<unit>year )(?:'s |- )?END ", _stretch),
    rule("the", f"{_WITHIN}the (?:fiscal |full )?(?P<unit>year |week |month )(?!end)", _stretch),
    rule("end", "(?:the )?(?:fiscal )?(?P<unit>year )(?:ended |ending )", _business_year),
    rule("quarter", f"{_WITHIN}the (?P<unit>quarter )(?!- )", _reported_quarter),
    rule("YEAR", "(?:the )?(?P<year>YEAR )(?:quarter |period )", _quarter_of_year),
    rule("latest", "the (?P<latest>latest )(?:fiscal )?(?:quarter |period )", _reported_quarter),
    rule("", "(?:that |the same )(?P<unit>day |week |month |quarter |year )", _that),
    rule("weekend", "(?:the )?(?P<deictic>SHIFT )?(?P<weekend>weekend )", _weekend),
    rule("ago", f"{_NUMBERED}(?:or (?:so |two |more ))?ago ", _ago),
    rule("ago", "(?P<quantity>UNITS )ago ", _vaguely_ago),
    rule(
        "year",
        "(?:the |a )?(?:comparable )?year (?:- )?(?P<way>ago |EDGE |before )(?:quarter |period )?",
        _year_earlier,
    ),
    rule("EDGE", f"{_NUMBERED}(?P<way>EDGE )", _later),
    rule("in ", f"(?<= in ){_NUMBERED}(?P<from>'s _ )?", _ahead),
    rule("REF", f"{_NUMBERED}(?P<from>from )REF ", _ahead),
)
