"""Rules for calendar days and months, and for feasts."""

from datetime import date, timedelta

from spacy.tokens import Token

from briefing.language.times.context import Context, year_of
from briefing.language.times.rules import DEICTIC, EDGE, YEAR, Hit, Reading, Rule, dated, rule, written_year
from briefing.language.times.tokens import calendar
from briefing.language.times.values import week_value
from briefing.runtime.lexicon import word_set

_BEFORE_MONTH = word_set(__name__, "before_month")
# September 11 may name the attacks on that day.
_NAMED_DAY = (9, 11)
# Tokens on each side of it that are searched for words of attacks.
_NEAR = 6


def _day(hit: Hit, context: Context) -> Reading | None:
    """Read "Friday, July 31, 2018", "31st of July", "July 31"."""
    month, day = hit.number("month"), hit.number("day")
    return dated(_year_of_day(hit, context), f"-{month:02}-{day:02}") if _exists(month, day) else None


def _week(hit: Hit, context: Context) -> Reading | None:
    """Read "the week of March 6", "the week beginning 6 March": the week with this day."""
    day = _day(hit, context)
    if day is None or day.value is None or day.value.startswith("XXXX"):
        return day
    return Reading("DATE", week_value(date.fromisoformat(day.value)))


def _days(hit: Hit, context: Context) -> Reading | None:
    """Read "August 3 to 5", "3-5 June 2020", "between 3 and 5 June", "7, 8 and 9 June"."""
    month, day, until = hit.number("month"), hit.number("day"), hit.number("until")
    listed = len(hit.part("between")) // 2  # each a comma and a day
    if not day < until or not _exists(month, until):
        return None
    if hit.word("to") in ("and", "or") and hit.symbol_before() != "between" and until != day + 1 + listed:
        return None
    year = _year_of_day(hit, context)
    first, last = (dated(year, f"-{month:02}-{number:02}").value for number in (day, until))
    return Reading("DATE", f"{first}/{last}")


def _month(hit: Hit, context: Context) -> Reading | None:
    """Read "May", "mid-July", "last September", "June of this year", "May 2019"."""
    token, month = hit.part("month")[0], hit.number("month")
    year = written_year(hit, context)
    if year is None and not (hit.has("deictic") or hit.has("edge")) and _is_no_month(hit, context):
        return None
    if year is None and context.published is not None and not hit.has("shift"):
        toward, published = hit.toward("deictic"), context.published
        if hit.word("deictic") == "this":
            year = published.year
        elif toward:  # "last May" is over, "next May" has not begun
            beyond = month >= published.month if toward < 0 else month <= published.month
            year = published.year + (toward if beyond else 0)
        else:
            year = year_of(month, None, context.direction(token.start, is_date=True), published)
    return dated(year, f"-{month:02}")


def _is_no_month(hit: Hit, context: Context) -> bool:
    """Return True if a bare month is part of a person's name, or is "May" or "March" without a preposition of time."""
    token = context.token(hit.offset("month"))
    if token.ent_type_ == "PERSON":
        return True
    if token.lower_ not in word_set(__name__, "ambiguous_months"):
        return False
    return hit.symbol_before() not in _BEFORE_MONTH and token.ent_type_ != "DATE"


def _iso(hit: Hit, _context: Context) -> Reading | None:
    """Read "2018-07-22" and, to the minute, "2018-07-22T15:00:00Z"."""
    written = hit.word("iso")
    try:
        date.fromisoformat(written[:10])
    except ValueError:
        return None
    return Reading("TIME" if "T" in written else "DATE", written[:16])


def _numeric(hit: Hit, _context: Context) -> Reading | None:
    """Read "18.07.2018" and "18/07/2018"; if day and month are ambiguous, only the year is kept."""
    written = hit.word("numeric")
    first, second, year = (int(part) for part in written.replace("/", ".").split("."))
    orders = ((second, first), (first, second)) if "/" in written else ((second, first),)
    readings = sorted({(month, day) for month, day in orders if _exists(month, day)})
    if not readings or not 1000 <= year < 2200:
        return None
    return dated(year, f"-{readings[0][0]:02}-{readings[0][1]:02}") if len(readings) == 1 else dated(year, "-XX-XX")


def _feast(hit: Hit, context: Context) -> Reading | None:
    """Read "Christmas Day", "New Year's Eve 2018", "last Thanksgiving"."""
    token = hit.part("feast")[0]
    written = " ".join(hit.word("feast").replace("’", "'").split())
    if written[0].islower():
        return None
    month, day, weekday = _day_of_feast(written.lower())
    year = written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        toward = hit.toward("deictic")
        direction = context.direction(token.start, is_date=True)
        year = year_of(month, day, (1 if toward > 0 else -1) if toward else direction, context.published)
    if weekday and year is None:
        return dated(None, f"-{month:02}")
    if weekday and year is not None:
        first = date(year, month, day)  # the feast is on the first such weekday from this day on
        return Reading("DATE", (first + timedelta(days=(weekday - first.isoweekday()) % 7)).isoformat())
    return dated(year, f"-{month:02}-{day:02}")


def _day_of_feast(name: str) -> tuple[int, int, int]:
    """Return month, day and 0 of a fixed feast; month, first possible day and weekday of a movable one."""
    if name in calendar("weekday_feasts"):
        month, weekday, which = calendar("weekday_feasts")[name]
        return month, 7 * which - 6, weekday
    written: str = calendar("feasts")[name]
    return int(written[:2]), int(written[3:]), 0


def _year_of_day(hit: Hit, context: Context) -> int | None:
    """Return the year of a day and month: as written, else by the weekday, else by the tense."""
    year = written_year(hit, context)
    if year is not None or context.published is None or hit.has("shift"):
        return year
    month, day = hit.number("month"), hit.number("day")
    if hit.has("weekday"):
        year = _year_of_weekday(month, day, hit.number("weekday"), context.published)
    if year is None and not ((month, day) == _NAMED_DAY and _is_about_attacks(context.token(hit.offset("month")))):
        return year_of(month, day, context.direction(hit.offset("month"), is_date=True), context.published)
    return year


def _is_about_attacks(token: Token) -> bool:
    words = token.doc[max(0, token.i - _NEAR) : token.i + _NEAR]
    return any(word.lemma_.lower() in word_set(__name__, "attacks") for word in words)


def _year_of_weekday(month: int, day: int, weekday: int, published: date) -> int | None:
    """Return the year nearest to publication in which this day falls on this weekday."""
    for year in (published.year, published.year - 1, published.year + 1):
        try:
            if date(year, month, day).isoweekday() == weekday:
                return year
        except ValueError:
            continue
    return None


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


# "late ", "last ", "Friday, ", "Fri ", before a day of a month.
_WEEKDAY = "(?:EDGE )?(?:the (?=SHIFT ))?(?:SHIFT )?(?:(?P<weekday>WEEKDAY |WD )(?:, )?(?:the )?)?"
_WEEK = "(?:the )?week (?:of |END |starting |ending |ended )"
_MONTH = "(?P<month>MONTH |MON )"
_DAY = "(?:the )?(?P<day>DAY |ORD )"
_UNTIL = "(?P<between>(?:, DAY ){0,6})(?P<to>- |to |through |until |till |and |or )(?:the )?(?P<until>DAY |ORD )"

RULES: tuple[Rule, ...] = (
    rule("MON", f"{_WEEKDAY}{_MONTH}{_DAY}{_UNTIL}(?!UNITS |MONTH |MON ){YEAR}", _days),
    rule("MON", f"{_WEEKDAY}{_DAY}{_UNTIL}(?:of )?{_MONTH}{YEAR}", _days),
    rule("MON", f"{_WEEKDAY}{_MONTH}{_DAY}(?!UNITS ){YEAR}", _day),
    rule("MON", f"{_WEEKDAY}{_DAY}(?:of )?{_MONTH}{YEAR}", _day),
    rule("week", f"{EDGE}{_WEEK}{_WEEKDAY}{_MONTH}{_DAY}{YEAR}", _week),
    rule("week", f"{EDGE}{_WEEK}{_WEEKDAY}{_DAY}(?:of )?{_MONTH}{YEAR}", _week),
    rule("MONTH", f"(?P<edge>{EDGE}){DEICTIC}(?P<month>MONTH ){YEAR}", _month),
    rule("MON ", "(?P<month>MON )(?:(?P<year>YEAR )|(?=- MON))", _month),
    rule("ISO", "(?P<iso>ISO )", _iso),
    rule("NUMERIC", "(?P<numeric>NUMERIC )", _numeric),
    rule("FEAST", f"(?P<deictic>SHIFT )?(?P<feast>FEAST )(?:, )?{YEAR}", _feast),
)
