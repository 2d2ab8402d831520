"""Rules of the grammar of time expressions, and their results."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from briefing.language.times.context import Context
from briefing.language.times.tokens import TimeToken, calendar
from briefing.model.brief import TimexType
from briefing.runtime.lexicon import read_lexicon

# Parts of patterns. A pattern is matched against the symbols of a sentence, each between two spaces.
UNIT = "(?:(?:day|week|fortnight|month|quarter|year|decade|century|hour|minute) )"
# "early", "the end of", "late in".
EDGE = "(?:(?:the )?(?:EDGE (?:- |in )?|END of )(?:the )?)?"
# "last", "this coming".
DEICTIC = "(?:SHIFT (?=SHIFT ))?(?P<deictic>SHIFT )?"
# "about", "more than", "at least".
ABOUT = "(?:ABOUT |over (?!the |SHIFT )|(?:more|less) than |no more than |at (?:least|_) |up to )?"

# ", 2019", "of 2019", "'98", "last year", "of this year", after a month, day, quarter, season or feast.
YEAR = (
    "(?:(?:, )?(?:of |in )?(?P<year>YEAR )(?!- (?:DAY|NUM|YEAR|SHORT) )|(?P<short>SHORT )"
    "|(?:, )?(?:of )?(?P<shift>SHIFT )(?P<of_year>year ))?"
)
ORDINAL = "(?P<ordinal>ORD |second )"


class Reading(NamedTuple):
    """A time expression as TIMEX3; a clock time or part of a day may have no day yet: ``T15:00``."""

    type: TimexType
    value: str | None


class Hit:
    """A stretch of a sentence that a rule matches."""

    __slots__ = ("_groups", "_match", "_starts", "_tokens")

    def __init__(self, tokens: Sequence[TimeToken], starts: Mapping[int, int], match: re.Match[str]) -> None:
        self._tokens = tokens  # of the whole sentence
        self._starts = starts  # offset in the symbols -> index of the token
        self._match = match
        self._groups = match.groupdict()

    @property
    def first(self) -> int:
        """Return the index of its first token."""
        return self._starts[self._match.start()]

    @property
    def last(self) -> int:
        """Return one past the index of its last token."""
        return self._starts[self._match.end()]

    def has(self, group: str) -> bool:
        """Return True if a named part of the pattern matched."""
        return bool(self._groups.get(group))

    def part(self, group: str) -> Sequence[TimeToken]:
        """Return the tokens of a named part; empty if it did not match."""
        if not self.has(group):
            return ()
        return self._tokens[self._starts[self._match.start(group)] : self._starts[self._match.end(group)]]

    def word(self, group: str) -> str:
        """Return the value of the first token of a named part as a string; empty if it did not match."""
        return str(self.part(group)[0].value) if self.has(group) else ""

    def number(self, group: str) -> int:
        """Return the value of the first token of a named part as a number; 0 if it is not one."""
        value = self.part(group)[0].value if self.has(group) else 0
        return value if isinstance(value, int) else 0

    def ordinal(self) -> int:
        """Return the number in the part ``ordinal``."""
        return 2 if self.word("ordinal") == "second" else self.number("ordinal")

    def unit(self) -> str:
        """Return the TIMEX3 unit in the part ``unit``: ``D``, ``Y10``, ``TH``."""
        token = self.part("unit")[0]
        letters: str = str(token.value) if token.symbol == "UNITS" else read_lexicon(__name__)["units"][token.symbol]
        return letters

    def toward(self, group: str) -> int:
        """Return -1, 0 or 1 for a deictic: "last", "this", "next"; 0 otherwise."""
        distance: int = calendar("deictics").get(self.word(group), 0)
        return distance

    def offset(self, group: str) -> int:
        """Return the character offset of the start of a named part."""
        return self.part(group)[0].start

    def symbol_before(self) -> str:
        """Return the symbol of the token before it; empty at the start of the sentence."""
        return self._tokens[self.first - 1].symbol if self.first else ""

    def symbol_after(self) -> str:
        """Return the symbol of the token after it; empty at the end of the sentence."""
        return self._tokens[self.last].symbol if self.last < len(self._tokens) else ""

    def token_before(self) -> TimeToken | None:
        """Return the token before it; None at the start of the sentence."""
        return self._tokens[self.first - 1] if self.first else None


def written_year(hit: Hit, context: Context) -> int | None:
    """Return the year beside a date, such as "2019", "'98" or "last year", or None."""
    if hit.has("year"):
        return hit.number("year")
    if hit.has("short"):
        number = int(hit.word("short")[1:])
        return 1900 + number if number >= 30 else 2000 + number
    if hit.has("shift") and context.published is not None:
        return context.published.year + hit.toward("shift")
    return None


def dated(year: int | None, rest: str) -> Reading:
    """Return a date from a year, possibly unknown, and the *rest* of its value: ``-07-31``, ``-Q3``."""
    return Reading("DATE", f"{year:04}{rest}" if year is not None and 0 < year < 10000 else f"XXXX{rest}")


Reader = Callable[[Hit, Context], Reading | None]


class Rule(NamedTuple):
    """A pattern over symbols, and the function that reads a match or returns None to reject it."""

    needs: str  # a symbol in every match, for a quick test of the sentence
    pattern: re.Pattern[str]
    read: Reader


def rule(needs: str, pattern: str, read: Reader) -> Rule:
    """Return a rule for a pattern that starts at any symbol of a sentence."""
    return Rule(f" {needs}", re.compile(rf"(?<= )(?:{pattern})"), read)
