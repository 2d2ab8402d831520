"""A faster matcher for spaCy's attribute ruler.

The ruler's own matcher tries about two hundred rules at every token and takes an eighth of the pipeline's time. Nearly
all rules match one token by its tag, its dependency and whether it is one of a few words. Their results are cached for
each combination of these values. The other rules run only on texts with a token or a spelling that they need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_COLUMNS = ("LOWER", "TAG", "DEP", "IS_SPACE")
_LISTS = frozenset({"IN", "NOT_IN"})
_NEEDED = "needed"  # name of the rule that matches the tokens that longer rules need

Pattern = list[dict[str, Any]]  # for Matcher.add: one dictionary for each token
Match = tuple[int, int, int]  # hash of the rule's number, first token, one past the last token


def remember_rules(ruler: AttributeRuler) -> None:
    """Replace the matcher of an attribute ruler by one that finds the same matches in less time."""
    ruler.matcher = RememberingMatcher(ruler)  # type: ignore[assignment]  # it is only ever called


class RememberingMatcher:
    """Replacement for the matcher of an attribute ruler; the ruler itself sorts and applies the matches."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._of_one = Matcher(ruler.vocab, validate=False)
        self._others = Matcher(ruler.vocab, validate=False)
        needed: list[Pattern] = []
        free: list[Pattern] = []  # patterns that need no simple token
        words: set[str] = set()
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            simple: list[Pattern] = [pattern for pattern in patterns if _is_simple(pattern)]
            others: list[Pattern] = [pattern for pattern in patterns if not _is_simple(pattern)]
            words.update(word for pattern in simple for word in _words(pattern[0].get("LOWER", ())))
            needed += [part for pattern in others if (part := _needed(pattern)) is not None]
            free += [pattern for pattern in others if _needed(pattern) is None]
            for matcher, added in ((self._of_one, simple), (self._others, others)):
                if added:
                    matcher.add(str(number), added)
        self._spellings = tuple(spelling for pattern in free if (spelling := _spelling(pattern)) is not None)
        self._always = len(self._spellings) < len(free)
        if needed:
            self._of_one.add(_NEEDED, needed)
        words.update(word for pattern in needed for word in _words(pattern[0].get("LOWER", ())))
        self._words = frozenset(self._strings.add(word) for word in words)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}  # values of a token -> rules; a few thousand

    def __call__(self, doc: Doc, *, allow_missing: bool, as_spans: Literal[False]) -> list[Match]:
        """Return all matches in a Doc; the ruler passes these arguments to its matcher."""
        lowers, *columns = doc.to_array(list(_COLUMNS)).T.tolist()
        known_words = (lower if lower in self._words else 0 for lower in lowers)
        needed = self._strings[_NEEDED]
        found: list[Match] = []
        met = self._always
        for index, kind in enumerate(zip(known_words, *columns, strict=True)):
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
        """Return True if one of these words matches the spelling of a rule."""
        words = [self._strings[lower] for lower in set(lowers)] if self._spellings else ()
        return any(spelling.search(word) for spelling in self._spellings for word in words)


def _is_simple(pattern: Pattern) -> bool:
    """Return True if a pattern describes one token, only by the columns and lists of words."""
    return len(pattern) == 1 and all(
        name in _COLUMNS and (not isinstance(wanted, Mapping) or _LISTS.issuperset(wanted))
        for name, wanted in pattern[0].items()
    )


def _needed(pattern: Pattern) -> Pattern | None:
    """Return a simple pattern for one token that a longer pattern needs, or None."""
    return next(([part] for part in pattern if _is_simple([part])), None)


def _spelling(pattern: Pattern) -> re.Pattern[str] | None:
    """Return the regular expression of a pattern that tests only the spelling of one lower-case word."""
    wanted = pattern[0].get("LOWER") if len(pattern) == len(pattern[0]) == 1 else None
    return re.compile(wanted["REGEX"]) if isinstance(wanted, Mapping) and set(wanted) == {"REGEX"} else None


def _words(wanted: "str | Mapping[str, Iterable[str]]") -> Iterator[str]:
    if isinstance(wanted, Mapping):
        for words in wanted.values():
            yield from words
    elif wanted:
        yield wanted
