"""Measure points and events on articles that neither the network nor the trees learned from."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from briefing.extraction.scoring.joining import SURE_PLACE, SURE_TIME, Scored, scored
from briefing.extraction.scoring.scores import KINDS, STATUSES, Kind, Scores
from briefing.extraction.scoring.trees import Trees
from training.examples import Example
from training.trees import Predicted, fitted_trees, is_tied, matches

_CUTS = np.arange(0.05, 0.9, 0.01)
_DRAWS = 1000  # samples of the articles for an interval


class Counts(NamedTuple):
    """How many points of an article are found, right and of the wrong sign, printed, and wanted by the expert."""

    found: int
    right: int
    wrong_sign: int
    printed: int
    wanted: int


class Read(NamedTuple):
    """An article that was not learned from, its scores, and its points of a kind, doubtful ones, too."""

    example: Example
    scores: Scores
    points: Sequence[Scored]


def out_of_fold(predicted: Predicted, folds: Sequence[int]) -> dict[Kind, list[Read]]:
    """Return the points of all articles with a fold of their own; trees learn from all other folds."""
    read: dict[Kind, list[Read]] = {kind: [] for kind in KINDS}
    for fold in sorted(set(folds)):
        trees = fitted_trees([pair for pair, own in zip(predicted, folds, strict=True) if own != fold])
        kept_out = [pair for pair, own in zip(predicted, folds, strict=True) if own == fold and _is_measured(pair[0])]
        for kind, ones in points_of(kept_out, trees).items():
            read[kind] += ones
    return read


def _is_measured(example: Example) -> bool:
    """Return True for whole articles of others."""
    return example.gold.batch >= 0 and example.is_whole


def points_of(predicted: Predicted, trees: Mapping[str, Trees]) -> dict[Kind, list[Read]]:
    """Return the points of articles."""
    return {
        kind: [Read(example, scores, scored(example, scores, kind, trees)) for example, scores in predicted]
        for kind in KINDS
    }


def counts(read: Read, kind: Kind, cut: float) -> Counts:
    """Return what the points above a cut are worth."""
    points = [one for one in read.points if one.confidence >= cut and (kind == "event" or len(one.parties) > 1)]
    right = matches(read.example, points, kind)
    wrong = 0
    if kind != "event":
        other: Kind = "disagreement" if kind == "agreement" else "agreement"
        told = frozenset().union(*read.example.points[KINDS.index(other)])
        missed = [one for place, one in enumerate(points) if place not in right]
        wrong = sum(2 * len(told.intersection(one.group.sentences)) >= len(one.group.sentences) for one in missed)
    wanted = len(read.example.points[KINDS.index(kind)])
    return Counts(len(right), sum(right.values()), wrong, len(points), wanted)


def best_cut(read: Sequence[Read], kind: Kind) -> float:
    """Return the cut with the best F1 of right points."""
    return float(max(_CUTS, key=lambda cut: f1([counts(one, kind, cut) for one in read], "right")))


def precision(ones: Sequence[Counts], what: str) -> float:
    """Return the share of the printed points that are found, or right."""
    return sum(getattr(one, what) for one in ones) / max(1, sum(one.printed for one in ones))


def f1(ones: Sequence[Counts], what: str) -> float:
    """Return the F1 of found, or right points."""
    total = sum(one.printed + one.wanted for one in ones)
    return 2 * sum(getattr(one, what) for one in ones) / total if total else 0.0


def interval(ones: Sequence[Counts], figure: Callable[[Sequence[Counts]], float]) -> tuple[float, float]:
    """Return the 95 % interval of a figure, by drawing articles anew."""
    drawn = random.Random(0)  # noqa: S311 - for reproducible figures
    values = sorted(figure(drawn.choices(ones, k=len(ones))) for _ in range(_DRAWS))
    return values[int(0.025 * _DRAWS)], values[int(0.975 * _DRAWS)]


def table(read: Mapping[Kind, Sequence[Read]], cuts: Mapping[Kind, float]) -> list[str]:
    """Return the figures of all kinds at their cuts, a line each."""
    lines = []
    for kind in KINDS:
        ones = [counts(one, kind, cuts[kind]) for one in read[kind]]
        figures = {
            "found F1": lambda some: f1(some, "found"),
            "right F1": lambda some: f1(some, "right"),
            "found of printed": lambda some: precision(some, "found"),
            "right of printed": lambda some: precision(some, "right"),
            "wrong sign": lambda some: precision(some, "wrong_sign"),
        }
        printed, wanted = sum(one.printed for one in ones), sum(one.wanted for one in ones)
        lines.append(f"{kind}: {len(ones)} articles, cut {cuts[kind]:.2f}, {printed} printed, {wanted} wanted")
        for name, figure in figures.items():
            low, high = interval(ones, figure)
            lines.append(f"  {name}: {figure(ones):.3f} ({low:.3f} to {high:.3f})")
    return lines + _of_events(read["event"], cuts["event"])


def _of_events(read: Sequence[Read], cut: float) -> list[str]:
    """Return how many times, places and statuses of found events are right."""
    asked = {"time": [0, 0], "place": [0, 0], "status": [0, 0]}
    for example, scores, points in read:
        kept = [one for one in points if one.confidence >= cut]
        found = matches(example, kept, "event")
        for place, one in enumerate(kept):
            numbers = set(one.group.sentences)
            gold = [
                event
                for event, told in zip(example.gold.events, example.points[2], strict=True)
                if 2 * len(told & numbers) >= len(numbers)
            ]
            if not gold or place not in found:
                continue
            (event, *_) = gold
            time = next((near for near in one.near["time"] if near.likely >= SURE_TIME), None)
            is_time_right = is_tied(example, event, time) if time else not event.when
            asked["time"][0] += is_time_right
            asked["time"][1] += 1
            if event.place:
                where = next((near for near in one.near["place"] if near.likely >= SURE_PLACE), None)
                asked["place"][0] += where is not None and is_tied(example, event, where)
                asked["place"][1] += 1
            status = np.mean([scores.status[number] for number in one.group.sentences], axis=0)
            asked["status"][0] += STATUSES[int(np.argmax(status))] == event.status
            asked["status"][1] += 1
    return [f"  {name}: {right} of {total}" for name, (right, total) in asked.items()]
