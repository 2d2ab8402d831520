"""Compare two lines by their words."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from briefing.evidence.grounding import words
from briefing.runtime.lexicon import word_set

# A number in figures: "12", "2,500", "4.5"; not "G20".
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
# A word with its capitals: "may", "May".
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_SHORTEST_STEM = 4  # letters
_CACHED = 20_000  # lines and words whose stems are cached


@lru_cache(_CACHED)
def stem(word: str) -> str:
    """Return a word without endings of number and tense: "quotas" becomes "quota", "signed" becomes "sign".

    This simplifies steps 1a and 1b of Porter (1980). Stems are compared, never shown.
    """
    if word.endswith("ies") and len(word) > _SHORTEST_STEM:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            bare = word[: -len(ending)]
            bare = bare[:-1] if len(bare) > _SHORTEST_STEM - 1 and bare[-1] == bare[-2] else bare
            return bare.removesuffix("e")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= _SHORTEST_STEM:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM - 1 else word


@lru_cache(_CACHED)
def content(text: str) -> frozenset[str]:
    """Return the stems of the content words of a line."""
    stop = word_set(__name__, "stop")
    return frozenset(stem(word) for word in words(text) if word not in stop)


@lru_cache(_CACHED)
def undated(text: str) -> frozenset[str]:
    """Return the stems of the content words of a line, without numbers and names of days and months."""
    return frozenset(word for word in content(text) - _days() if not word[0].isdigit())


def numbers(text: str) -> frozenset[str]:
    """Return the numbers in figures of a line, without thousands separators."""
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))


@lru_cache(_CACHED)
def is_negated(text: str) -> bool:
    """Return True if a line holds a negation."""
    found = set(words(text))
    return bool(found & word_set(__name__, "negations"))


@lru_cache(_CACHED)
def is_hedged(text: str) -> bool:
    """Return True if a line holds a word that marks a hope, plan or condition; the month "May" does not count."""
    return bool(frozenset(_PLAIN_WORD.findall(text)) & word_set(__name__, "unsure"))


def jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    """Return the Jaccard index of two sets of words: 0.0 to 1.0."""
    first, second = frozenset(one), frozenset(other)
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def containment(part: Iterable[str], whole: Iterable[str]) -> float:
    """Return the share of the words in *part* that *whole* also holds; 0.0 if *part* is empty."""
    first, second = frozenset(part), frozenset(whole)
    return len(first & second) / len(first) if first else 0.0


def is_same_statement(one: str, other: str, share: float) -> bool:
    """Return True if the longer line holds a share of the words, all numbers and the negation of the shorter."""
    first, second = undated(one), undated(other)
    if len(first) > len(second):
        one, other, first, second = other, one, second, first
    agree = numbers(one) <= numbers(other) and is_negated(one) == is_negated(other)
    return agree and containment(first, second) >= share


def calendar_words() -> frozenset[str]:
    """Return the names of days and months, and the words that date an event."""
    return word_set(__name__, "calendar")


@cache
def _days() -> frozenset[str]:
    return frozenset(map(stem, calendar_words()))
