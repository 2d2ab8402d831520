"""A matcher for spaCy's attribute ruler that tries each rule about a single word once on each kind of word.

The ruler's matcher tries its two hundred rules at every token, an eighth of the whole pipeline's time. Nearly all of
them are about one token and ask for no more than its tag, its dependency and whether it is one of a few words. The
others are tried on texts that hold a token, or a spelling, without which none of them matches.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_COLUMNS = ("LOWER", "TAG", "DEP", "IS_SPACE")
_LISTS = frozenset({"IN", "NOT_IN"})
_NEEDED = "needed"  # name of the rule about a token that one of the others needs

Pattern = list[dict[str, Any]]  # as Matcher.add takes it: one dictionary for each token
Match = tuple[int, int, int]  # hash of the rule's number, first token, one past the last


def remember_rules(ruler: AttributeRuler) -> None:
    """Have an attribute ruler find the same matches in less time."""
    ruler.matcher = RememberingMatcher(ruler)  # type: ignore[assignment]  # it is only ever called


class RememberingMatcher:
    """Stands in for the matcher of an attribute ruler; the ruler itself sorts and applies the matches."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._of_one = Matcher(ruler.vocab, validate=False)
        self._others = Matcher(ruler.vocab, validate=False)
        needed: list[Pattern] = []
        untold: list[Pattern] = []  # those that need no token which is simple in itself
        words: set[str] = set()
        for number, rule in enumerate(ruler.patterns):
            asked: Any = rule["patterns"]
            simple: list[Pattern] = [pattern for pattern in asked if _is_simple(pattern)]
            others: list[Pattern] = [pattern for pattern in asked if not _is_simple(pattern)]
            words.update(word for pattern in simple for word in _words(pattern[0].get("LOWER", ())))
            needed += [part for pattern in others if (part := _needed(pattern)) is not None]
            untold += [pattern for pattern in others if _needed(pattern) is None]
            for matcher, patterns in ((self._of_one, simple), (self._others, others)):
                if patterns:
                    matcher.add(str(number), patterns)
        self._spellings = tuple(spelling for pattern in untold if (spelling := _spelling(pattern)) is not None)
        self._always = len(self._spellings) < len(untold)
        if needed:
            self._of_one.add(_NEEDED, needed)
        words.update(word for pattern in needed for word in _words(pattern[0].get("LOWER", ())))
        self._words = frozenset(self._strings.add(word) for word in words)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}  # kind of word -> rules; some thousands at most

    def __call__(self, doc: Doc, *, allow_missing: bool, as_spans: Literal[False]) -> list[Match]:
        """Return all matches in a Doc; the arguments are those that a ruler gives to its matcher."""
        lowers, *columns = doc.to_array(list(_COLUMNS)).T.tolist()
        told_apart = (lower if lower in self._words else 0 for lower in lowers)
        needed = self._strings[_NEEDED]
        found: list[Match] = []
        met = self._always
        for index, kind in enumerate(zip(told_apart, *columns, strict=True)):
            rules = self._known.get(kind)
            if rules is None:
                matches = self._of_one(doc[index : index + 1], allow_missing=allow_missing)
                rules = self._known[kind] = tuple(rule for rule, _, _ in matches)
            for rule in rules:
                if rule == needed:
                    met = True
                else:
                    found.append((rule, index, index + 1))
        if len(self._others) and (met or self._is_spelled(lowers)):
            found += self._others(doc, allow_missing=allow_missing, as_spans=as_spans)
        return found

    def _is_spelled(self, lowers: Iterable[int]) -> bool:
        """Say whether one of these words is spelled as a rule asks."""
        words = [self._strings[lower] for lower in set(lowers)] if self._spellings else ()
        return any(spelling.search(word) for spelling in self._spellings for word in words)


def _is_simple(pattern: Pattern) -> bool:
    """Say whether a pattern asks of one token only what the columns and the lists of words tell."""
    return len(pattern) == 1 and all(
        name in _COLUMNS and (not isinstance(asked, Mapping) or _LISTS.issuperset(asked))
        for name, asked in pattern[0].items()
    )


def _needed(pattern: Pattern) -> Pattern | None:
    """Return a part of a pattern, simple in itself, without which it does not match; None where it has none."""
    return next(([part] for part in pattern if _is_simple([part])), None)


def _spelling(pattern: Pattern) -> re.Pattern[str] | None:
    """Return the regular expression that is all that a pattern asks, of one word in small letters."""
    asked = pattern[0].get("LOWER") if len(pattern) == len(pattern[0]) == 1 else None
    return re.compile(asked["REGEX"]) if isinstance(asked, Mapping) and set(asked) == {"REGEX"} else None


def _words(asked: "str | Mapping[str, Iterable[str]]") -> Iterator[str]:
    if isinstance(asked, Mapping):
        for words in asked.values():
            yield from words
    elif asked:
        yield asked
