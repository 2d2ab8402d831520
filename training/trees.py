"""Boosted trees that score the parties of a point by features alone.

They see all sentences of a point at once, as the network does not. The mean of both, as logits, chooses better than
either alone.
"""

import random
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from training.examples import Example

_SEEDS = (0, 1)
_FEWER = 2  # times that one sentence of a point stands for the point, so that trees know points found in part


class Trees:
    """Models for each sign."""

    def __init__(self, examples: Iterable[Example]) -> None:
        examples = list(examples)
        self._models = [_fitted(examples, sign) for sign in (0, 1)]

    def parties(self, example: Example, sign: int, numbers: Sequence[int]) -> dict[int, float]:
        """Return the probability of each entity near these sentences to be a party of the point that they state."""
        features = point_features(example, numbers)
        if not features:
            return {}
        rows = np.array(list(features.values()))
        likely = np.mean([model.predict_proba(rows)[:, 1] for model in self._models[sign]], axis=0)
        return dict(zip(features, map(float, likely), strict=True))


def point_features(example: Example, numbers: Sequence[int]) -> Mapping[int, NDArray[np.float32]]:
    """Return the features of each entity near these sentences: over all of them, and beside the other entities."""
    seen: dict[int, list[tuple[float, ...]]] = {}
    for number in numbers:
        for candidate in example.candidates[number]:
            seen.setdefault(candidate.entity, []).append(candidate.features)
    if not seen:
        return {}
    rows = [_entity_row(example, index, np.array(found, np.float32), numbers) for index, found in seen.items()]
    inside = np.array([row[_INSIDE] for row in rows])
    share = np.array([row[-1] for row in rows])
    beside = np.stack(
        [_ranks(share), _ranks(inside), np.full(len(rows), len(rows)), np.full(len(rows), sum(inside > 0))]
    )
    return dict(zip(seen, np.concatenate([rows, beside.T], axis=1).astype(np.float32), strict=True))


_INSIDE = -6  # place in a row of how many of the sentences mention the entity


def _entity_row(
    example: Example, index: int, found: NDArray[np.float32], numbers: Sequence[int]
) -> NDArray[np.float32]:
    occurrences = example.occurrences[index]
    inside = found[:, 0]
    more = [
        len(numbers),
        inside.sum(),
        inside.mean(),
        len(occurrences),
        len({one.sentence for one in occurrences}),
        numbers[0],
        sum(one.sentence in numbers for one in occurrences) / len(occurrences),
    ]
    return np.concatenate([found.max(axis=0), found.mean(axis=0), found[0], more])


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the rank of each value, the highest first."""
    return np.argsort(np.argsort(-values, kind="stable"), kind="stable")


def _fitted(examples: Sequence[Example], sign: int) -> list[HistGradientBoostingClassifier]:
    drawn = random.Random(0)  # noqa: S311 - for reproducible training
    rows, labels, weights = [], [], []
    for example in examples:
        points = (example.gold.agreements, example.gold.disagreements)[sign]
        for point, numbers in zip(points, example.points[sign], strict=True):
            for chosen in (parts := _parts(sorted(numbers), drawn)):
                for index, row in point_features(example, chosen).items():
                    rows.append(row)
                    labels.append(example.actor_of.get(index) in point.parties)
                    weights.append(1 / len(parts))
    return [
        HistGradientBoostingClassifier(
            max_iter=250,
            learning_rate=0.06,
            max_leaf_nodes=15,
            l2_regularization=1.0,
            max_features=0.3,
            random_state=seed,
        ).fit(np.array(rows), np.array(labels), sample_weight=np.array(weights))
        for seed in _SEEDS
    ]


def _parts(numbers: list[int], drawn: random.Random) -> list[list[int]]:
    """Return the sentences of a point, and some of them."""
    if not numbers:
        return []
    fewer = [[drawn.choice(numbers)] for _ in range(_FEWER)] if len(numbers) > 1 else []
    pair = [sorted(drawn.sample(numbers, 2))] if len(numbers) > 2 else []
    return [numbers, *fewer, *pair]
