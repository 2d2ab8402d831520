"""Rules for dates of the calendar: days, months, quarters, seasons, years, decades, feasts."""

from datetime import date

from briefing.language.lexicon import read_lexicon
from briefing.language.timex_context import Context, year_of
from briefing.language.timex_rules import EDGE, Hit, Reading, Rule, rule
from briefing.language.timex_values import bounds

# "Friday, ", "Fri ", before a date.
_WEEKDAY = "(?:the )?(?:SHIFT )?(?:(?P<weekday>WEEKDAY |WD )(?:, )?(?:the )?)?"
# ", 2019", "of 2019", "'98", "last year", "of this year", after a month or a day.
_YEAR = "(?:(?:, )?(?:of |in )?(?P<year>YEAR )|(?P<short>SHORT )|(?:, )?(?:of )?(?P<shift>SHIFT )year )?"
_ORDINAL = "(?P<ordinal>ORD |second )"


def _day(hit: Hit, context: Context) -> Reading | None:
    """Read "Friday, July 31, 2018", "31st of July", "July 31"."""
    month, day = hit.number("month") or 0, hit.number("day") or 0
    if not _exists(month, day):
        return None
    year = _written_year(hit, context)
    if year is None and hit.has("weekday"):
        year = _year_of_weekday(month, day, hit.number("weekday") or 0, context.published)
    if year is None and context.published is not None:
        year = year_of(month, day, context.direction(hit.offset("month")), context.published)
    return Reading("DATE", _value(year, f"-{month:02}-{day:02}"))


def _days(hit: Hit, context: Context) -> Reading | None:
    """Read "August 3 to 5", "3-5 June 2020", "between 3 and 5 June"."""
    until = hit.number("until") or 0
    if hit.word("to") == "and" and hit.before() != "between" and until != (hit.number("day") or 0) + 1:
        return None
    first = _day(hit, context)
    if first is None or first.value is None or not _exists(hit.number("month") or 0, until):
        return None
    if until <= (hit.number("day") or 0):
        return None
    return Reading("DATE", f"{first.value}/{first.value[:-2]}{until:02}")


def _month(hit: Hit, context: Context) -> Reading | None:
    """Read "May", "mid-July", "last September", "June of this year", "May 2019"."""
    month = hit.number("month") or 0
    year = _written_year(hit, context)
    if year is None and context.published is not None:
        before = hit.word("deictic")
        toward = read_lexicon("times")["deictics"].get(before, 0) if before else context.direction(hit.offset("month"))
        year = year_of(month, None, toward, context.published)
        if before and before != "this" and year == context.published.year and month == context.published.month:
            year += toward
    return Reading("DATE", _value(year, f"-{month:02}"))


def _quarter(hit: Hit, context: Context) -> Reading | None:
    """Read "the third quarter", "Q3 2018", "the second quarter of last year"."""
    number = (
        int(hit.word("half")[1]) if hit.has("half") else hit.number("ordinal") if hit.word("ordinal") != "second" else 2
    )
    if number is None or not 1 <= number <= 4:
        return None
    year = _written_year(hit, context)
    if year is None and hit.has("ago"):
        year = context.published.year - 1 if context.published else None
    elif year is None and context.published is not None:
        year = year_of(3 * number - 2, None, context.direction(hit.offset("quarter")), context.published)
    return Reading("DATE", _value(year, f"-Q{number}"))


def _half(hit: Hit, context: Context) -> Reading | None:
    """Read "the first half of 2019", "H2 2018", "the second half of the year"."""
    which = hit.word("half") or hit.word("ordinal")
    number = {"H1": 1, "H2": 2, "1": 1, "second": 2, "last": 2}.get(which)
    if number is None:
        return None
    year = _written_year(hit, context)
    if year is None and context.published is not None:
        year = context.published.year
    return Reading("DATE", _value(year, f"-H{number}"))


def _season(hit: Hit, context: Context) -> Reading | None:
    """Read "this summer", "the fall of 1989", "last winter", "in spring"."""
    token = hit.part("season")[0]
    year = _written_year(hit, context)
    season = str(token.value)
    bare = not hit.has("deictic") and year is None
    if (
        bare
        and season in ("SP", "FA")
        and (hit.before() not in ("in", "by", "since", "until", "of", "during") and not hit.has("the"))
    ):
        return None
    if year is None and context.published is not None:
        before = hit.word("deictic")
        year = _year_of_season(season, before, context.direction(token.start), context.published)
    return Reading("DATE", _value(year, f"-{season}"))


def _year_of_season(season: str, before: str, direction: int, published: date) -> int:
    """Return the year of a season; a winter bears the year of its December."""
    years = [published.year + distance for distance in (-1, 0, 1)]
    days = {year: bounds(f"{year:04}-{season}") or (published, published) for year in years}
    toward = read_lexicon("times")["deictics"].get(before, 0)
    if toward < 0:
        return max((year for year in years if days[year][1] < published), default=published.year)
    if toward > 0:
        return min((year for year in years if days[year][0] > published), default=published.year)
    if direction < 0 and not before:
        return max((year for year in years if days[year][0] <= published), default=published.year)
    if direction > 0 and not before:
        return min((year for year in years if days[year][1] >= published), default=published.year)
    return published.year - (1 if season == "WI" and published.month <= 4 else 0)


def _bare_year(hit: Hit, context: Context) -> Reading | None:
    """Read "2019", "early 2019", "the year 2000", "fiscal 1989"."""
    return Reading("DATE", f"{hit.number('year'):04}")


def _spoken_year(hit: Hit, context: Context) -> Reading | None:
    """Read "nineteen ninety-six", "the year two thousand"."""
    century, tens, ones = hit.number("century") or 0, hit.number("tens") or 0, hit.number("ones") or 0
    if hit.has("thousand") or century not in (18, 19, 20) or not 10 <= tens <= 90 or ones > 9:
        return Reading("DATE", "2000") if century == 2 and hit.number("thousand") == 1000 else None
    return Reading("DATE", str(100 * century + tens + ones))


def _decade(hit: Hit, context: Context) -> Reading | None:
    """Read "the 1990s", "the late '80s", "the nineties"."""
    return Reading("DATE", hit.word("tens"))


def _century(hit: Hit, context: Context) -> Reading | None:
    """Read "the 20th century"."""
    number = 2 if hit.word("ordinal") == "second" else hit.number("ordinal") or 0
    return Reading("DATE", f"{number - 1:02}") if 1 <= number <= 30 else None


def _iso(hit: Hit, context: Context) -> Reading | None:
    """Read "2018-07-22"."""
    written = hit.word("iso")
    try:
        date.fromisoformat(written[:10])
    except ValueError:
        return None
    return Reading("TIME" if "T" in written else "DATE", written)


def _numeric(hit: Hit, context: Context) -> Reading | None:
    """Read "18.07.2018" and "18/07/2018"; where day and month cannot be told apart only the year is certain."""
    written = hit.word("numeric")
    first, second, year = (int(part) for part in written.replace("/", ".").split("."))
    readings = {(month, day) for month, day in ((second, first), (first, second)) if _exists(month, day)}
    if "." in written:
        readings = {(second, first)} if _exists(second, first) else set()
    if not readings or year == 0:
        return None
    if len(readings) > 1:
        return Reading("DATE", f"{year:04}-XX-XX")
    month, day = readings.pop()
    return Reading("DATE", f"{year:04}-{month:02}-{day:02}")


def _feast(hit: Hit, context: Context) -> Reading | None:
    """Read "Christmas Day", "New Year's Eve 2018"."""
    written = " ".join(hit.word("feast").lower().replace("’", "'").split())
    day: str = read_lexicon("times")["feasts"][written]
    month, number = int(day[:2]), int(day[3:])
    year = _written_year(hit, context)
    if year is None and context.published is not None:
        year = year_of(month, number, context.direction(hit.offset("feast")), context.published)
    return Reading("DATE", _value(year, f"-{day}"))


def _written_year(hit: Hit, context: Context) -> int | None:
    """Return the year that stands beside a date: "2019", "'98", "last year"; None where there is none."""
    if hit.has("year"):
        return hit.number("year")
    if hit.has("short"):
        number = int(hit.word("short")[1:])
        return 1900 + number if number >= 30 else 2000 + number
    if hit.has("shift") and context.published is not None:
        return context.published.year + int(read_lexicon("times")["deictics"][hit.word("shift")])
    return None


def _year_of_weekday(month: int, day: int, weekday: int, published: date | None) -> int | None:
    """Return the year next to publication in which a day of a month falls on a weekday."""
    if published is None:
        return None
    for distance in (0, -1, 1):
        year = published.year + distance
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


def _value(year: int | None, rest: str) -> str:
    return f"XXXX{rest}" if year is None else f"{year:04}{rest}"


_MONTH = "(?P<month>MONTH |MON )"
_TO = "(?P<to>- |to |through |until |till |and |or )"

RULES: tuple[Rule, ...] = (
    rule(
        "M",
        f"{_WEEKDAY}{_MONTH}(?:the )?(?P<day>DAY |ORD ){_TO}(?:the )?(?P<until>DAY |ORD )(?!UNITS |MONTH ){_YEAR}",
        _days,
    ),
    rule("M", f"{_WEEKDAY}(?:the )?(?P<day>DAY |ORD ){_TO}(?:the )?(?P<until>DAY |ORD )(?:of )?{_MONTH}{_YEAR}", _days),
    rule("M", f"{_WEEKDAY}{_MONTH}(?:the )?(?P<day>DAY |ORD ){_YEAR}", _day),
    rule("M", f"{_WEEKDAY}(?:the )?(?P<day>DAY |ORD )(?:of )?{_MONTH}{_YEAR}", _day),
    rule("MONTH", f"{EDGE}(?:the )?(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?(?P<month>MONTH ){_YEAR}", _month),
    rule("MON ", f"(?P<month>MON )(?P<year>YEAR )", _month),
    rule(
        "quarter",
        f"(?:(?:the )?(?:(?P<shift>SHIFT )year 's |(?P<year>YEAR )))(?:fiscal )?{_ORDINAL}(?:- )?(?P<quarter>quarter )",
        _quarter,
    ),
    rule(
        "quarter",
        f"{EDGE}(?:the |its |their )?(?:(?P<ago>year - (?:ago |EDGE ))|fiscal (?:- )?)?{_ORDINAL}(?:- )?(?P<quarter>quarter )(?:of (?:fiscal )?(?:the year )?)?{_YEAR}",
        _quarter,
    ),
    rule("HALF", "(?P<quarter>(?P<half>HALF ))(?:of )?(?P<year>YEAR )?", _quarter),
    rule(
        "half",
        f"(?:the )?(?P<ordinal>ORD |second |SHIFT )half of (?:(?P<year>YEAR )|the year |(?P<shift>SHIFT )year )",
        _half,
    ),
    rule(
        "SEASON",
        f"{EDGE}(?P<the>the )?(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?(?P<season>SEASON )(?:of )?{_YEAR}",
        _season,
    ),
    rule("YEAR", f"{EDGE}(?:the )?(?:fiscal )?(?:year )?(?P<year>YEAR )", _bare_year),
    rule("NUM", "(?P<century>NUM )(?P<tens>NUM )(?:- )?(?P<ones>NUM )?", _spoken_year),
    rule("TENS", f"{EDGE}(?:the )?(?P<tens>TENS )", _decade),
    rule("century", f"{EDGE}(?:the )?{_ORDINAL}(?:- )?century ", _century),
    rule("ISO", "(?P<iso>ISO )", _iso),
    rule("NUMERIC", "(?P<numeric>NUMERIC )", _numeric),
    rule("FEAST", f"(?P<feast>FEAST )(?:, )?{_YEAR}", _feast),
)
