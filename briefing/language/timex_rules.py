"""How a rule of the grammar of time expressions is written and what it gives."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from briefing.language.timex_context import Context
from briefing.language.timex_tokens import TimeToken
from briefing.model import TimexType

# Pieces of patterns. A pattern is matched against the symbols of a sentence, each followed by a space.
UNIT = "(?:(?:day|week|fortnight|month|quarter|year|decade|century|hour|minute) )"
# "early", "the end of", "late in": for stretches of time that have a beginning and an end.
EDGE = "(?:(?:(?:the )?(?P<edge>EDGE )(?:- |of |in )?(?:the )?)?)"
# "about", "more than", "at least".
ABOUT = "(?:(?:ABOUT |(?:more|less) than |no more than |at (?:least|most) |up to |as (?:_ |many )as )?)"


class Reading(NamedTuple):
    """A time expression as TIMEX3."""

    type: TimexType
    value: str | None


class Hit:
    """A stretch of a sentence that a rule matches."""

    __slots__ = ("_match", "_starts", "tokens")

    def __init__(self, tokens: Sequence[TimeToken], starts: Mapping[int, int], match: re.Match[str]) -> None:
        self.tokens = tokens  # of the whole sentence
        self._starts = starts  # offset in the symbols -> index of the token
        self._match = match

    @property
    def first(self) -> int:
        """Return the index of its first token."""
        return self._starts[self._match.start()]

    @property
    def last(self) -> int:
        """Return the index after that of its last token."""
        return self._starts[self._match.end()]

    def has(self, group: str) -> bool:
        """Say whether a named part of the pattern matched."""
        return bool(self._match.groupdict().get(group))

    def word(self, group: str) -> str:
        """Return the value of the first token of a named part as a string; empty where it did not match."""
        return str(self._value(group)) if self.has(group) else ""

    def number(self, group: str) -> int | None:
        """Return the value of the first token of a named part as a number; None where it did not match."""
        value = self._value(group) if self.has(group) else None
        return int(value) if value is not None else None

    def part(self, group: str) -> Sequence[TimeToken]:
        """Return the tokens of a named part; none where it did not match."""
        if not self.has(group):
            return ()
        return self.tokens[self._starts[self._match.start(group)] : self._starts[self._match.end(group)]]

    def before(self, count: int = 1) -> str:
        """Return the symbol of the token that stands *count* before it; empty at the sentence's start."""
        index = self.first - count
        return self.tokens[index].symbol if index >= 0 else ""

    def offset(self, group: str) -> int:
        """Return the character offset where a named part starts."""
        return self.part(group)[0].start

    def _value(self, group: str) -> str | int:
        return self.part(group)[0].value


Reader = Callable[[Hit, Context], Reading | None]


class Rule(NamedTuple):
    """A pattern over symbols and the function that reads what it matches; None rejects the match."""

    needs: str  # a symbol that every match holds: most sentences have few of them
    pattern: re.Pattern[str]
    read: Reader


def rule(needs: str, pattern: str, read: Reader) -> Rule:
    """Return a rule for a pattern that starts at any symbol of a sentence."""
    return Rule(needs, re.compile(rf"(?<!\S)(?:{pattern})"), read)
