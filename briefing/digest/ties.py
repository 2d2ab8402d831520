"""Explain why articles belong to one story: list what they share, the most significant first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import Literal

from briefing.digest.likeness import Trait
from briefing.digest.weights import Vector
from briefing.model.brief import Record

TieKind = Literal["actors", "names", "words", "numbers", "days"]

_SHOWN = 5  # of each kind


class Tie(Record):
    """Something that articles share."""

    kind: TieKind
    shared: tuple[str, ...]  # "Norway", "mackerel", "2018-07-31"


def ties_of(traits: Sequence[Trait]) -> tuple[Tie, ...]:
    """Return what at least two articles, and at least a third of them, share; empty for a single article.

    Names that are part of the name of an actor are listed under actors only.
    """
    actors = _shared([trait.actors for trait in traits], lambda _: 1.0)
    of_actors = {word for name in actors for word in name.lower().split()}
    names, words, numbers = (
        _shared([tuple(vector) for vector in vectors], _weight(vectors))
        for vectors in (
            [trait.vectors.names for trait in traits],
            [trait.vectors.words for trait in traits],
            [trait.vectors.numbers for trait in traits],
        )
    )
    days = _shared([tuple(sorted(trait.days)) for trait in traits], lambda _: 1.0)
    found: tuple[tuple[TieKind, list[str]], ...] = (
        ("actors", actors),
        ("names", [name for name in names if name not in of_actors]),
        ("words", words),
        ("numbers", numbers),
        ("days", days),
    )
    return tuple(Tie(kind=kind, shared=tuple(shared[:_SHOWN])) for kind, shared in found if shared)


def _shared(terms: Sequence[Iterable[str]], weight: Callable[[str], float]) -> list[str]:
    """Return the terms that enough articles have, by number of articles and weight."""
    counts = Counter(term for article in terms for term in article)
    enough = max(2, -(-len(terms) // 3))
    shared = [term for term, count in counts.items() if count >= enough]
    return sorted(shared, key=lambda term: (-counts[term] * weight(term), term))


def _weight(vectors: Sequence[Vector]) -> Callable[[str], float]:
    """Return the mean weight of a term in the articles that have it."""
    weights = defaultdict[str, list[float]](list)
    for vector in vectors:
        for term, weight in vector.items():
            weights[term].append(weight)
    return lambda term: fmean(weights[term])
