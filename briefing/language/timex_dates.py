"""Rules for dates of the calendar: days, months, quarters, seasons, years, decades, feasts."""

from datetime import date, timedelta

from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.timex_context import Context, year_of
from briefing.language.timex_rules import EDGE, Hit, Reading, Rule, rule
from briefing.language.timex_values import bounds

# Quarters are told of the business year: the nearer one is meant.
_FAR_QUARTER = timedelta(days=190)
# Months and seasons whose name is a word of its own stand after one of these, or beside a year or a day.
_BEFORE_MONTH = frozenset(
    "in by since until till from to of through throughout during before after between and or for on at - / over".split()
)


def _day(hit: Hit, context: Context) -> Reading | None:
    """Read "Friday, July 31, 2018", "31st of July", "July 31"."""
    month, day = hit.number("month"), hit.number("day")
    return Reading("DATE", _value(_year_of_day(hit, context), f"-{month:02}-{day:02}")) if _exists(month, day) else None


def _days(hit: Hit, context: Context) -> Reading | None:
    """Read "August 3 to 5", "3-5 June 2020", "between 3 and 5 June"."""
    month, day, until = hit.number("month"), hit.number("day"), hit.number("until")
    if not day < until or not _exists(month, until):
        return None
    if hit.word("to") == "and" and hit.symbol_before() != "between" and until != day + 1:
        return None
    year = _year_of_day(hit, context)
    first, last = (_value(year, f"-{month:02}-{number:02}") for number in (day, until))
    return Reading("DATE", f"{first}/{last}")


def _month(hit: Hit, context: Context) -> Reading | None:
    """Read "May", "mid-July", "last September", "June of this year", "May 2019"."""
    token, month = hit.part("month")[0], hit.number("month")
    year = _written_year(hit, context)
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
    return Reading("DATE", _value(year, f"-{month:02}"))


def _is_no_month(hit: Hit, context: Context) -> bool:
    """Say whether a bare month is part of a name, or "May" or "March" where no preposition of time stands before it."""
    token = context.token(hit.offset("month"))
    if token.ent_type_ == "PERSON":
        return True
    if token.lower_ not in word_set("times", "ambiguous_months"):
        return False
    return hit.symbol_before() not in _BEFORE_MONTH and token.ent_type_ != "DATE"


def _quarter(hit: Hit, context: Context) -> Reading | None:
    """Read "the third quarter", "Q3 2018", "the second quarter of last year"."""
    number = int(hit.word("half")[1]) if hit.has("half") else hit.ordinal()
    if not 1 <= number <= 4 or hit.word("half").startswith("H"):
        return None
    year = _written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        direction = context.direction(hit.offset("quarter"))
        year = year_of(3 * number - 2, None, direction, context.published, _FAR_QUARTER)
        if year is not None and hit.has("ago"):
            year = context.published.year - 1
    return Reading("DATE", _value(year, f"-Q{number}"))


def _half(hit: Hit, context: Context) -> Reading | None:
    """Read "the first half of 2019", "H2 2018", "the second half of the year"."""
    which = hit.word("half")
    number = int(which[1]) if which else 2 if hit.word("ordinal") == "last" else hit.ordinal()
    if number not in (1, 2) or which.startswith("Q"):
        return None
    year = _written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        year = context.published.year
    return Reading("DATE", _value(year, f"-H{number}"))


def _season(hit: Hit, context: Context) -> Reading | None:
    """Read "this summer", "the fall of 1989", "last winter", "in spring"."""
    season = hit.word("season")
    year = _written_year(hit, context)
    if year is None and not hit.has("deictic") and _is_no_season(hit, context):
        return None
    if year is None and context.published is not None and not hit.has("shift"):
        direction = context.direction(hit.offset("season"))
        year = _year_of_season(season, hit.word("deictic"), hit.toward("deictic") or direction, context.published)
    return Reading("DATE", _value(year, f"-{season}"))


def _is_no_season(hit: Hit, context: Context) -> bool:
    """Say whether "spring" or "fall" is a verb or a noun of its own, or a season part of a name ("the Arab Spring")."""
    token = context.token(hit.offset("season"))
    if token.pos_ not in ("NOUN", "PROPN") or (token.text[0].isupper() and token.pos_ == "PROPN"):
        return True
    if token.lower_ not in word_set("times", "ambiguous_seasons"):
        return False
    if hit.symbol_after() == "of":  # "the fall of the government"
        return True
    return not hit.has("the") and hit.symbol_before() not in _BEFORE_MONTH


def _year_of_season(season: str, deictic: str, direction: int, published: date) -> int:
    """Return the year of a season; a winter bears the year of its December."""
    years = [published.year + distance for distance in (-1, 0, 1)]
    days = {year: bounds(f"{year:04}-{season}") or (published, published) for year in years}
    if deictic == "last":
        return max((year for year in years if days[year][1] < published), default=published.year)
    if deictic == "next":
        return min((year for year in years if days[year][0] > published), default=published.year)
    if direction < 0 and deictic != "this":
        return max((year for year in years if days[year][0] <= published), default=published.year)
    if direction > 0 and deictic != "this":
        return min((year for year in years if days[year][1] >= published), default=published.year)
    return published.year - (1 if season == "WI" and published.month <= 4 else 0)


def _bare_year(hit: Hit, context: Context) -> Reading | None:
    """Read "2019", "early 2019", "the year 2000", "fiscal 1989"; amounts of money and numbers of things are none."""
    if hit.symbol_before() in ("$", "ABOUT", "than", "/") or hit.symbol_after() in ("UNITS", "-UNITS"):
        return None
    token = context.token(hit.offset("year"))
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if after.lower_ in word_set("times", "counted") or after.text in ("%", "°"):
        return None
    return Reading("DATE", f"{hit.number('year'):04}")


def _decade(hit: Hit, _context: Context) -> Reading | None:
    """Read "the 1990s", "the late '80s", "the nineties"."""
    return Reading("DATE", hit.word("tens"))


def _century(hit: Hit, _context: Context) -> Reading | None:
    """Read "the 20th century"."""
    return Reading("DATE", f"{hit.ordinal() - 1:02}") if 1 <= hit.ordinal() <= 30 else None


def _iso(hit: Hit, _context: Context) -> Reading | None:
    """Read "2018-07-22"."""
    written = hit.word("iso")
    try:
        date.fromisoformat(written[:10])
    except ValueError:
        return None
    return Reading("TIME" if "T" in written else "DATE", written)


def _numeric(hit: Hit, _context: Context) -> Reading | None:
    """Read "18.07.2018" and "18/07/2018"; where day and month cannot be told apart only the year is certain."""
    written = hit.word("numeric")
    first, second, year = (int(part) for part in written.replace("/", ".").split("."))
    orders = ((second, first), (first, second)) if "/" in written else ((second, first),)
    readings = sorted({(month, day) for month, day in orders if _exists(month, day)})
    if not readings or not 1000 <= year < 2200:
        return None
    if len(readings) > 1:
        return Reading("DATE", f"{year}-XX-XX")
    return Reading("DATE", f"{year}-{readings[0][0]:02}-{readings[0][1]:02}")


def _feast(hit: Hit, context: Context) -> Reading | None:
    """Read "Christmas Day", "New Year's Eve 2018"."""
    token = hit.part("feast")[0]
    written = " ".join(str(token.value).lower().replace("’", "'").split())
    if str(token.value)[0].islower():
        return None
    day: str = read_lexicon("times")["feasts"][written]
    year = _written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        year = year_of(int(day[:2]), int(day[3:]), context.direction(token.start, is_date=True), context.published)
    return Reading("DATE", _value(year, f"-{day}"))


def _year_of_day(hit: Hit, context: Context) -> int | None:
    """Return the year of a day and month: as written, as the weekday has it, as tense has it."""
    year = _written_year(hit, context)
    if year is not None or context.published is None or hit.has("shift"):
        return year
    month, day = hit.number("month"), hit.number("day")
    if hit.has("weekday"):
        year = _year_of_weekday(month, day, hit.number("weekday"), context.published)
    if year is None and (month, day) != (9, 11):  # "September 11" names an event: nobody says of which year
        return year_of(month, day, context.direction(hit.offset("month"), is_date=True), context.published)
    return year


def _written_year(hit: Hit, context: Context) -> int | None:
    """Return the year that stands beside a date: "2019", "'98", "last year"; None where there is none."""
    if hit.has("year"):
        return hit.number("year")
    if hit.has("short"):
        number = int(hit.word("short")[1:])
        return 1900 + number if number >= 30 else 2000 + number
    if hit.has("shift") and context.published is not None:
        return context.published.year + hit.toward("shift")
    return None


def _year_of_weekday(month: int, day: int, weekday: int, published: date) -> int | None:
    """Return the year next to publication in which a day of a month falls on a weekday."""
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


def _value(year: int | None, rest: str) -> str:
    return f"XXXX{rest}" if year is None else f"{year:04}{rest}"


# "the ", "last ", "Friday, ", "Fri ", before a date.
_WEEKDAY = "(?:the )?(?:SHIFT )?(?:(?P<weekday>WEEKDAY |WD )(?:, )?(?:the )?)?"
# ", 2019", "of 2019", "'98", "last year", "of this year", after a month or a day.
_YEAR = "(?:(?:, )?(?:of |in )?(?P<year>YEAR )(?!- |_ UNITS )|(?P<short>SHORT )|(?:, )?(?:of )?(?P<shift>SHIFT )year )?"
_MONTH = "(?P<month>MONTH |MON )"
_DAY = "(?:the )?(?P<day>DAY |ORD )"
_UNTIL = "(?P<to>- |to |through |until |till |and |or )(?:the )?(?P<until>DAY |ORD )"
_ORDINAL = "(?P<ordinal>ORD |second )"
_OF_YEAR = f"(?:of (?:fiscal )?(?:the year )?)?{_YEAR}"

RULES: tuple[Rule, ...] = (
    rule("MON", f"{_WEEKDAY}{_MONTH}{_DAY}{_UNTIL}(?!UNITS |MONTH |MON ){_YEAR}", _days),
    rule("MON", f"{_WEEKDAY}{_DAY}{_UNTIL}(?:of )?{_MONTH}{_YEAR}", _days),
    rule("MON", f"{_WEEKDAY}{_MONTH}{_DAY}(?!UNITS ){_YEAR}", _day),
    rule("MON", f"{_WEEKDAY}{_DAY}(?:of )?{_MONTH}{_YEAR}", _day),
    rule("MONTH", f"(?P<edge>{EDGE})(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?(?P<month>MONTH ){_YEAR}", _month),
    rule("MON ", "(?P<month>MON )(?P<year>YEAR )", _month),
    rule(
        "quarter",
        f"(?:(?P<shift>SHIFT )year 's |(?:the )?(?P<year>YEAR ))(?:fiscal )?{_ORDINAL}(?:- )?(?P<quarter>quarter )",
        _quarter,
    ),
    rule(
        "quarter",
        f"{EDGE}(?:the )?(?:(?P<ago>year - (?:ago|EDGE) )|fiscal (?:- )?)?{_ORDINAL}(?:- )?(?P<quarter>quarter ){_OF_YEAR}",
        _quarter,
    ),
    rule("HALF", "(?P<quarter>(?P<half>HALF ))(?:of )?(?P<year>YEAR )?", _quarter),
    rule("HALF", "(?P<half>HALF )(?:of )?(?P<year>YEAR )?", _half),
    rule(
        "half",
        "(?:the )?(?P<ordinal>ORD |second |SHIFT )half of (?:(?P<year>YEAR )|the year |(?P<shift>SHIFT )year )",
        _half,
    ),
    rule(
        "SEASON",
        f"{EDGE}(?P<the>the )?(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?(?P<season>SEASON )(?:of )?{_YEAR}",
        _season,
    ),
    rule("YEAR", f"{EDGE}(?:the )?(?:fiscal )?(?:year )?(?P<year>YEAR )", _bare_year),
    rule("TENS", f"{EDGE}(?:the )?(?P<tens>TENS )", _decade),
    rule("century", f"{EDGE}(?:the )?{_ORDINAL}(?:- )?century ", _century),
    rule("ISO", "(?P<iso>ISO )", _iso),
    rule("NUMERIC", "(?P<numeric>NUMERIC )", _numeric),
    rule("FEAST", f"(?P<feast>FEAST )(?:, )?{_YEAR}", _feast),
)
