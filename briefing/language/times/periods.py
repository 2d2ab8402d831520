"""Rules for quarters, halves, seasons, years, decades and centuries."""

from datetime import date, timedelta

from briefing.language.neighbours import word_after
from briefing.language.times.context import Context, year_of
from briefing.language.times.rules import DEICTIC, EDGE, ORDINAL, YEAR, Hit, Reading, Rule, dated, rule, written_year
from briefing.language.times.values import bounds
from briefing.runtime.lexicon import word_set

# A quarter farther ahead than this is taken for the last one, because news reports quarters when they are over.
_FAR_QUARTER = timedelta(days=190)
_BEFORE_SEASON = word_set(__name__, "before_season")


def _quarter(hit: Hit, context: Context) -> Reading | None:
    """Read "the third quarter", "Q3 2018", "the second quarter of last year"."""
    number = int(hit.word("half")[1]) if hit.has("half") else hit.ordinal()
    if not 1 <= number <= 4 or hit.word("half").startswith("H"):
        return None
    year = written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        direction = context.direction(hit.offset("quarter"))
        year = year_of(3 * number - 2, None, direction, context.published, _FAR_QUARTER)
        if year is not None and hit.has("ago"):
            year = context.published.year - 1
    return dated(year, f"-Q{number}")


def _half(hit: Hit, context: Context) -> Reading | None:
    """Read "the first half of 2019", "H2 2018", "the second half of the year"."""
    which = hit.word("half")
    number = int(which[1]) if which else 2 if hit.word("ordinal") == "last" else hit.ordinal()
    if number not in (1, 2) or which.startswith("Q"):
        return None
    year = written_year(hit, context)
    if year is None and context.published is not None and not hit.has("shift"):
        year = context.published.year
    return dated(year, f"-H{number}")


def _season(hit: Hit, context: Context) -> Reading | None:
    """Read "this summer", "the fall of 1989", "last winter", "in spring"."""
    season = hit.word("season")
    year = written_year(hit, context)
    if year is None and not hit.has("deictic") and _is_no_season(hit, context):
        return None
    if year is None and context.published is not None and not hit.has("shift"):
        direction = context.direction(hit.offset("season"))
        year = _year_of_season(season, hit.word("deictic"), hit.toward("deictic") or direction, context.published)
    return dated(year, f"-{season}")


def _is_no_season(hit: Hit, context: Context) -> bool:
    """Return True if "spring" or "fall" is not a season, or a season is part of a name: "the Arab Spring"."""
    token = context.token(hit.offset("season"))
    if token.pos_ not in ("NOUN", "PROPN") or (token.text[0].isupper() and token.pos_ == "PROPN"):
        return True
    if token.lower_ not in word_set(__name__, "ambiguous_seasons"):
        return False
    if hit.symbol_after() == "of":  # "the fall of the government"
        return True
    return not hit.has("the") and hit.symbol_before() not in _BEFORE_SEASON


def _year_of_season(season: str, deictic: str, direction: int, published: date) -> int:
    """Return the year of a season; a winter has the year of its December."""
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
    """Read "2019", "early 2019", "the year 2000", "fiscal 1989"; reject amounts of money and counts of things."""
    if hit.symbol_before() in ("$", "ABOUT", "than", "/") or hit.symbol_after() in ("UNITS", "-UNITS"):
        return None
    token = context.token(hit.offset("year"))
    after = word_after(token)
    if after in word_set(__name__, "counted") or after in ("%", "°"):
        return None
    return Reading("DATE", f"{hit.number('year'):04}")


def _decade(hit: Hit, _context: Context) -> Reading | None:
    """Read "the 1990s", "the late '80s", "the nineties"."""
    return Reading("DATE", hit.word("tens"))


def _century(hit: Hit, _context: Context) -> Reading | None:
    """Read "the 20th century"."""
    return Reading("DATE", f"{hit.ordinal() - 1:02}") if 1 <= hit.ordinal() <= 30 else None


def _years(hit: Hit, _context: Context) -> Reading | None:
    """Read "1950-53", "2017/18", "2008-2012"."""
    first, last = hit.number("year"), hit.number("until")
    if hit.part("until")[0].symbol != "YEAR":
        last = last + first - first % 100 if last < 100 else 0
    return Reading("DATE", f"{first:04}/{last:04}") if first < last < first + 100 else None


_OF_YEAR = f"(?:of the (?:fiscal )?year |(?:of )?fiscal (?=YEAR ))?{YEAR}"

RULES: tuple[Rule, ...] = (
    rule(
        "quarter",
        f"(?:(?P<shift>SHIFT )year 's |(?:the )?(?P<year>YEAR ))(?:fiscal )?{ORDINAL}(?:- )?(?P<quarter>quarter )",
        _quarter,
    ),
    rule(
        "quarter",
        f"{EDGE}(?:the )?(?:(?P<ago>year - (?:ago|EDGE) )|fiscal (?:- )?)?{ORDINAL}(?:- )?"
        f"(?P<quarter>quarter ){_OF_YEAR}",
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
        f"{EDGE}(?P<the>the )?{DEICTIC}(?P<season>SEASON ){YEAR}",
        _season,
    ),
    rule("YEAR", "(?P<year>YEAR )(?:- |/ )(?P<until>YEAR |NUM |DAY )(?!- |UNITS |/ )", _years),
    rule("YEAR", f"{EDGE}(?:the (?=fiscal |year ))?(?:fiscal )?(?:year )?(?P<year>YEAR )", _bare_year),
    rule("TENS", f"{EDGE}(?:the )?(?P<tens>TENS )", _decade),
    rule("century", f"{EDGE}(?:the )?{ORDINAL}(?:- )?century ", _century),
)
