"""Weigh terms by how specific they are for a story: tf-idf with a prior for common words.

Document frequencies come from the batch and from a hundred imaginary articles, in which the share of a word is given
by ``weights.yaml``. So weights stay stable in a small batch, or in a batch with only one story.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.digest.terms import Terms, singular
from briefing.runtime.lexicon import read_lexicon

_IMAGINARY = 100  # articles that represent all other news
_SHARES = {"frequent": 0.35, "common": 0.1, "places": 0.05}  # share of these articles that have a word of the list
_RARE = 0.01  # share of these articles that have any other word

Vector = dict[str, float]  # of length 1, or empty


@dataclass(frozen=True, slots=True)
class Vectors:
    """The weighted terms of an article, as vectors of length 1, or empty."""

    names: Vector
    words: Vector
    numbers: Vector


def weigh(terms: Sequence[Terms], groups: Iterable[Sequence[int]]) -> tuple[Vectors, ...]:
    """Return the vectors of articles.

    Args:
        terms: The terms of each article.
        groups: The numbers of the articles with the same text, which count as one article for the frequencies.
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
    articles = len(groups) + _IMAGINARY
    rarity = {term: math.log(articles / (seen + _IMAGINARY * share_of(term))) for term, seen in held.items()}
    return [_unit({term: (1 + math.log(n)) * rarity[term] for term, n in article.items()}) for article in counts]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items() if weight > 0} if length else {}


def share_of(term: str) -> float:
    """Return the estimated share of all news that has a term."""
    return _shares().get(term, _RARE)


@cache
def _shares() -> dict[str, float]:
    table = read_lexicon(__name__)
    return {
        form: share
        for key, share in _SHARES.items()
        for word in " ".join(table[key]).split()
        for form in (word, singular(word))
    }
