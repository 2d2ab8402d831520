"""From the scores of sentences and entities to points: sentences on one matter are joined, and their parties chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from training.scores import Scores, Sign

FLOOR = 0.5  # probability below which a sentence states nothing
_LINK = 0.6  # likeness from which two groups of sentences are one matter
_TELLING = 0.97  # share of the best sentence's probability that the others of a point need to be its evidence
_MOST = 6  # entities that a set of parties is chosen among
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class ScoredPoint:
    """A point before it is worded.

    Attributes:
        sentences: Numbers of the sentences that state it, in reading order.
        stated: The probability that its surest sentence states such a point.
        parties: Indices of its parties, the surest first.
        fit: The probability that at least half of the parties, taken together with the true ones, are right.
    """

    sign: Sign
    sentences: tuple[int, ...]
    stated: float
    parties: tuple[int, ...]
    fit: float


def join(
    scores: Scores,
    sign: Sign,
    same: Callable[[int], object],
    second: Callable[[Sequence[int]], Mapping[int, float]],
) -> list[ScoredPoint]:
    """Return the points of one sign, in reading order.

    Args:
        scores: Of the article.
        sign: Which points.
        same: What two entities share that are one for a reader, such as their name.
        second: Returns a second opinion on the parties of some sentences; the mean of both, as logits, counts.
    """
    parties = scores.parties[sign]
    likeness = {
        pair: (_shared(parties[pair[0]], parties[pair[1]]) + matter) / 2
        for pair, matter in scores.same_matter[sign].items()
    }
    joined: list[tuple[int, ...]] = [(number,) for number in sorted(parties)]
    while len(joined) > 1:
        best, one, other = max(
            (_mean_likeness(joined[i], joined[j], likeness), -i, -j) for i, j in combinations(range(len(joined)), 2)
        )
        if best < _LINK:
            break
        merged = tuple(sorted(joined[-one] + joined[-other]))
        joined = [group for place, group in enumerate(joined) if place not in (-one, -other)] + [merged]
    return [_point(scores, sign, numbers, same, second) for numbers in sorted(joined)]


def _point(
    scores: Scores,
    sign: Sign,
    numbers: Sequence[int],
    same: Callable[[int], object],
    second: Callable[[Sequence[int]], Mapping[int, float]],
) -> ScoredPoint:
    stated = scores.sentences[sign]
    best = max(stated[number] for number in numbers)
    telling = [number for number in numbers if stated[number] >= _TELLING * best]
    first = _likely([scores.parties[sign][number] for number in telling], [stated[number] for number in telling], same)
    other = second(telling)
    by_name: dict[object, float] = {}
    for index, value in other.items():
        by_name[same(index)] = max(by_name.get(same(index), 0.0), value)
    likely = {index: _mixed(value, by_name.get(same(index), value)) for index, value in first.items()}
    parties, fit = choose_parties(likely)
    return ScoredPoint(sign, tuple(telling), best, parties, fit)


def _mixed(one: float, other: float) -> float:
    """Return the mean of two probabilities as logits."""
    odds = np.array([min(max(value, 1e-4), 1 - 1e-4) for value in (one, other)])
    return round(float(1 / (1 + np.exp(-np.log(odds / (1 - odds)).mean()))), _DECIMALS)


def _likely(
    parties: Sequence[Mapping[int, float]], weights: Sequence[float], same: Callable[[int], object]
) -> dict[int, float]:
    """Return the probability of each entity to be a party: half the mean over the sentences, half the maximum."""
    kept: dict[object, tuple[float, int]] = {}
    for index in sorted({index for one in parties for index in one}):
        values = [one.get(index, 0.0) for one in parties]
        mean = sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)
        value = round((mean + max(values)) / 2, _DECIMALS)
        kept[same(index)] = max(kept.get(same(index), (-1.0, index)), (value, index), key=lambda one: one[0])
    return {index: value for value, index in kept.values()}


def choose_parties(likely: Mapping[int, float]) -> tuple[tuple[int, ...], float]:
    """Return the set of two or more entities that fits best, and how surely.

    A set fits if it shares at least half of the members that it and the true set have together. Entities are taken as
    independent, given that there are two or more parties.
    """
    ranked = sorted(likely, key=lambda index: (-likely[index], index))[:_MOST]
    if len(ranked) < 2:
        return tuple(ranked), 0.0
    sets, fits = _sets(len(ranked))
    each = np.clip(np.array([likely[index] for index in ranked]), 1e-4, 1 - 1e-4)
    chance = np.where(sets, each, 1 - each).prod(axis=1)
    value = np.round(fits @ (chance / chance.sum()), _DECIMALS)
    best = int(np.argmax(value + 1e-6 * sets.sum(axis=1)))
    return tuple(index for index, member in zip(ranked, sets[best], strict=True) if member), float(value[best])


@cache
def _sets(size: int) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return all sets of two or more of *size* members, and which of them fit which."""
    numbers = np.arange(2**size)
    every = (numbers[:, None] >> np.arange(size)) & 1
    sets = every[every.sum(axis=1) >= 2]
    shared = sets @ sets.T
    union = sets.sum(axis=1)[:, None] + sets.sum(axis=1) - shared
    return sets.astype(bool), (2 * shared >= union).astype(float)


def _shared(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Return how alike the parties of two sentences are, 0 to 1."""
    indices = one.keys() | other.keys()
    most = sum(max(one.get(index, 0.0), other.get(index, 0.0)) for index in indices)
    return sum(min(one.get(index, 0.0), other.get(index, 0.0)) for index in indices) / most if most else 0.0


def _mean_likeness(one: Sequence[int], other: Sequence[int], likeness: Mapping[tuple[int, int], float]) -> float:
    values = [likeness[min(i, j), max(i, j)] for i in one for j in other]
    return round(sum(values) / len(values), _DECIMALS)
