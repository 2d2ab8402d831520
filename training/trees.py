"""Fit boosted trees to what a network predicts of articles that it did not learn from.

Trees choose the parties of a point, and the time and place of an event: they see all its sentences at once, as the
network does not. Other trees judge the points so made: the probability that a point is right is its confidence.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from briefing.extraction.scoring.around import Near, near_ties
from briefing.extraction.scoring.features import TIED_AROUND, Tied
from briefing.extraction.scoring.joining import Scored, party_rows, point_row, unjudged
from briefing.extraction.scoring.scores import KINDS, Kind, Scores
from briefing.extraction.scoring.trees import PARTS, Trees
from training.examples import Example, is_time_of
from training.gold import GoldEvent, GoldPoint, same_name

_FEWER = 2  # times that one sentence of a point stands for the point, so that trees know points found in part
_FOLDS = 3

Predicted = Sequence[tuple[Example, Scores]]


class _Rows(NamedTuple):
    rows: list[NDArray[np.float32]]
    labels: list[bool]
    weights: list[float]


def fitted_trees(predicted: Predicted) -> dict[str, Trees]:
    """Return the trees of all kinds."""
    trees = _choosing_trees(predicted, KINDS)
    crossed: dict[str, _Rows] = {kind: _Rows([], [], []) for kind in KINDS}
    for fold in range(_FOLDS):  # trees that judge points see what was chosen by trees that did not learn from them
        learned = [pair for place, pair in enumerate(predicted) if place % _FOLDS != fold]
        for kind in KINDS:
            inner = _choosing_trees(learned, [kind])
            for example, scores in predicted[fold::_FOLDS]:
                points = unjudged(example, scores, kind, inner)
                right = matches(example, points, kind)
                for place, point in enumerate(points):
                    crossed[kind].rows.append(np.array(point_row(example, scores, point, points), np.float32))
                    crossed[kind].labels.append(right.get(place, False))
                    crossed[kind].weights.append(1.0)
    return trees | {f"{kind}-point": _fitted(crossed[kind], 60, 6) for kind in KINDS}


def _choosing_trees(predicted: Predicted, kinds: Sequence[Kind]) -> dict[str, Trees]:
    """Return the trees that choose the parties of points, and the times and places of events."""
    rows: dict[str, _Rows] = {f"{kind}-party": _party_rows(predicted, kind) for kind in kinds}
    if "event" in kinds:
        rows |= {what: _tie_rows(predicted, what) for what in TIED_AROUND}
    return {name: _fitted(ones, 120, 15) for name, ones in rows.items()}


def matches(example: Example, points: Sequence[Scored], kind: Kind) -> dict[int, bool]:
    """Return the points that an expert's point is found by, one for each, and whether their parties are right.

    A point is found if half of its sentences are the expert's.
    """
    number = KINDS.index(kind)
    wanted: Sequence[GoldPoint | GoldEvent] = (
        example.gold.agreements,
        example.gold.disagreements,
        example.gold.events,
    )[number]
    found = sorted(
        (
            (_is_right(example, one, point), -i, -j)
            for i, one in enumerate(points)
            for j, point in enumerate(wanted)
            if 2 * len(example.points[number][j].intersection(one.group.sentences)) >= len(one.group.sentences)
        ),
        reverse=True,
    )
    used: set[int] = set()
    right: dict[int, bool] = {}
    for is_right, i, j in found:
        if -i not in right and -j not in used:
            used.add(-j)
            right[-i] = is_right
    return right


def _is_right(example: Example, one: Scored, point: GoldPoint | GoldEvent) -> bool:
    """Return True if the parties and the expert's share half of their union, but for speakers who are no parties."""
    if isinstance(point, GoldEvent):
        return True
    names = {example.actor_of.get(index, example.names[index]) for index in one.parties}
    wanted = set(point.parties)
    names -= {example.gold.actor(speaker) or speaker for speaker in point.speakers} - wanted
    return 2 * len(names & wanted) >= len(names | wanted)


def _party_rows(predicted: Predicted, kind: Kind) -> _Rows:
    drawn = random.Random(0)  # noqa: S311 - for reproducible training
    rows = _Rows([], [], [])
    number = KINDS.index(kind)
    for example, scores in predicted:
        points = (example.gold.agreements, example.gold.disagreements, example.gold.events)[number]
        for point, numbers in zip(points, example.points[number], strict=True):
            names = point.participants if isinstance(point, GoldEvent) else point.parties
            for chosen in (parts := _parts(sorted(numbers), drawn)):
                for index, row in party_rows(example, scores, kind, chosen).items():
                    rows.rows.append(row)
                    rows.labels.append(example.actor_of.get(index) in names)
                    rows.weights.append(1 / len(parts))
    return rows


def _tie_rows(predicted: Predicted, what: Tied) -> _Rows:
    """Return the times or places around the events, and whether each is the event's."""
    drawn = random.Random(0)  # noqa: S311 - for reproducible training
    rows = _Rows([], [], [])
    for example, scores in predicted:
        for event, numbers in zip(example.gold.events, example.points[KINDS.index("event")], strict=True):
            for chosen in (parts := _parts(sorted(numbers), drawn)):
                near, features = near_ties(example, scores, chosen, what)
                rows.rows.extend(features)
                rows.labels.extend(is_tied(example, event, one) for one in near)
                rows.weights.extend([1 / len(parts)] * len(near))
    return rows


def is_tied(example: Example, event: GoldEvent, near: Near) -> bool:
    """Return True if a time or place is that of an event."""
    key = example.key_of(near.tie)
    return is_time_of(event, key) if near.tie.what == "time" else any(same_name(place, key) for place in event.place)


def _parts(numbers: list[int], drawn: random.Random) -> list[list[int]]:
    """Return the sentences of a point, and some of them."""
    if not numbers:
        return []
    fewer = [[drawn.choice(numbers)] for _ in range(_FEWER)] if len(numbers) > 1 else []
    pair = [sorted(drawn.sample(numbers, 2))] if len(numbers) > 2 else []
    return [numbers, *fewer, *pair]


def _fitted(rows: _Rows, iterations: int, leaves: int) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=iterations,
        learning_rate=0.08,
        max_leaf_nodes=leaves,
        l2_regularization=1.0,
        max_features=0.3,
        random_state=0,
    )
    return _as_arrays(model.fit(np.array(rows.rows), np.array(rows.labels), sample_weight=np.array(rows.weights)))


def _as_arrays(model: HistGradientBoostingClassifier) -> Trees:
    """Return the nodes of all trees as arrays; a leaf leads to itself."""
    columns: dict[str, list[NDArray[np.generic]]] = {name: [] for name in PARTS}
    roots, first, depth = [], 0, 0
    for (tree,) in model._predictors:  # noqa: SLF001 - scikit-learn offers no other way
        nodes = tree.nodes
        own = np.arange(len(nodes)) + first
        leaf = nodes["is_leaf"].astype(bool)
        columns["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16))
        columns["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]).astype(np.float32))
        columns["left"].append(np.where(leaf, own, nodes["left"] + first).astype(np.int32))
        columns["right"].append(np.where(leaf, own, nodes["right"] + first).astype(np.int32))
        columns["value"].append(np.where(leaf, nodes["value"], 0).astype(np.float32))
        roots.append(first)
        first += len(nodes)
        depth = max(depth, int(nodes["depth"].max()))
    arrays = {name: np.concatenate(ones) for name, ones in columns.items()}
    baseline = float(model._baseline_prediction.item())  # noqa: SLF001
    return Trees(arrays | {"roots": np.array(roots, np.int32), "shape": np.array([depth, baseline])})
