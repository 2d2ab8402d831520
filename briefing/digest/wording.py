"""How alike two lines are, by the words that they are made of."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from briefing.digest.tables import read_table
from briefing.evidence.grounding import words

# A number in figures: "12", "2,500", "4.5"; not "G20".
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
# A word as it is written: "may", "May".
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_SHORTEST_STEM = 4  # letters
_REMEMBERED = 20_000  # lines and words whose stems are kept


@cache
def word_list(name: str, key: str) -> frozenset[str]:
    """Return a list of words of ``data/<name>.yaml``."""
    return frozenset(read_table(name)[key])


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """Return a word without the endings of number and tense: "quotas", "quota"; "signed", "sign".

    The steps 1a and 1b of Porter 1980, simplified: stems are compared, never shown.
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


@lru_cache(_REMEMBERED)
def content(text: str) -> frozenset[str]:
    """Return the stems of a line's words that tell something of its matter."""
    stop = word_list("words", "stop")
    return frozenset(stem(word) for word in words(text) if word not in stop)


@lru_cache(_REMEMBERED)
def undated(text: str) -> frozenset[str]:
    """Return the stems of a line's words without its numbers and the names of days and months."""
    return frozenset(word for word in content(text) - _days() if not word[0].isdigit())


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a line that are written in figures, without the signs between thousands."""
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))


@lru_cache(_REMEMBERED)
def is_negated(text: str) -> bool:
    """Whether a line holds a word that turns it into its opposite."""
    found = set(words(text))
    return bool(found & word_list("words", "negations"))


@lru_cache(_REMEMBERED)
def is_unsure(text: str) -> bool:
    """Whether a line holds a word that makes what it says a hope, a plan or a condition; "May" the month is none."""
    return bool(frozenset(_PLAIN_WORD.findall(text)) & word_list("words", "unsure"))


def jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    """Return the share of words that two sets have in common of all that they have: 0.0 to 1.0."""
    first, second = frozenset(one), frozenset(other)
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def held(part: Iterable[str], whole: Iterable[str]) -> float:
    """Return the share of one set of words that another one has; 0.0 where there are none."""
    first, second = frozenset(part), frozenset(whole)
    return len(first & second) / len(first) if first else 0.0


def says_the_same(one: str, other: str, share: float) -> bool:
    """Whether the longer of two lines has a share of the other's words, but for days, its numbers, and its negation."""
    first, second = undated(one), undated(other)
    if len(first) > len(second):
        one, other, first, second = other, one, second, first
    agree = numbers(one) <= numbers(other) and is_negated(one) == is_negated(other)
    return agree and held(first, second) >= share


@cache
def _days() -> frozenset[str]:
    return frozenset(map(stem, word_list("words", "calendar")))
