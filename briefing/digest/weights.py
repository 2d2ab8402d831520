"""How much each term says about which story an article tells: tf-idf with a prior for common words.

Document frequencies are those of the batch and of a hundred articles that nobody has read: in these a word has the
share that ``data/common_words.yaml`` gives it. So a term keeps its weight in a small batch, and in one with one story.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.digest.tables import read_table
from briefing.digest.terms import Terms, singular

_UNREAD = 100  # articles that stand for all other news
_SHARES = {"frequent": 0.35, "common": 0.1, "places": 0.05}  # of these that have a word of the list
_RARE = 0.01  # of these that have any other word

Vector = dict[str, float]  # of length 1, or empty


@dataclass(frozen=True, slots=True)
class Vectors:
    """What an article is about, as vectors of length 1 (0 where there is nothing of the kind)."""

    names: Vector
    words: Vector
    numbers: Vector


def weigh(terms: Sequence[Terms], groups: Iterable[Sequence[int]]) -> tuple[Vectors, ...]:
    """Return the vectors of articles.

    Args:
        terms: Those of each article.
        groups: The articles, by number, that are one text: forty reprints make no word common.
    """
    together = [list(group) for group in groups]
    names, words, numbers = (
        _vectors([getattr(article, field) for article in terms], together) for field in ("names", "words", "numbers")
    )
    return tuple(Vectors(*each) for each in zip(names, words, numbers, strict=True))


def product(first: Vector, second: Vector) -> float:
    """Return the cosine of two vectors of length 1, 0 to 1."""
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


def _vectors(counts: Sequence[Mapping[str, float]], groups: Sequence[Sequence[int]]) -> list[Vector]:
    held = Counter(term for group in groups for term in {term for number in group for term in counts[number]})
    articles = len(groups) + _UNREAD
    rarity = {term: math.log(articles / (seen + _UNREAD * share_of(term))) for term, seen in held.items()}
    return [_unit({term: (1 + math.log(n)) * rarity[term] for term, n in article.items()}) for article in counts]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items() if weight > 0} if length else {}


def share_of(term: str) -> float:
    """Return the share of all news that has a term, as far as our table knows."""
    return _shares().get(term, _RARE)


@cache
def _shares() -> dict[str, float]:
    table = read_table("common_words")
    return {
        form: share
        for key, share in _SHARES.items()
        for word in " ".join(table[key]).split()
        for form in (word, singular(word))
    }
