"""The times and places that an event may have: those written in its sentences and around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.extraction.scoring.features import Described, Tie, Tied
from briefing.extraction.scoring.scores import FLOOR, KINDS, Scores

_REACH = 3  # sentences around those of an event that are looked at, and sentences of the head of an article
_FAR = 30.0  # sentences, as the distance to an earlier mention if the article has no such mention


@dataclass(frozen=True, slots=True)
class Near:
    """A time or place that an event may have, where it is written nearest.

    Attributes:
        sentence: The number of that sentence.
        tie: The words there.
        likely: The probability that it is the event's; 0 before it is judged.
    """

    sentence: int
    tie: Tie
    likely: float = 0.0


def near_ties(
    article: Described, scores: Scores, numbers: Sequence[int], what: Tied
) -> tuple[list[Near], NDArray[np.float32]]:
    """Return what may be tied to an event, a row of features for each: a value or name is one, however often written.

    Args:
        article: The article.
        scores: Of the network.
        numbers: The sentences of the event.
        what: "time" or "place".
    """
    written: dict[str, list[tuple[int, Tie, float]]] = {}
    for number in _looked_at(numbers, len(article.sentence_features)):
        is_scored = max(scores.sentences[kind][number] for kind in KINDS) >= FLOOR
        for place, tie in enumerate(article.ties[number]):
            if tie.what == what:
                likely = scores.ties[number][place] if is_scored else 0.0
                written.setdefault(article.key_of(tie), []).append((number, tie, likely))
    distances = {key: min(_distance(one[0], numbers) for one in ones) for key, ones in written.items()}
    own = {key: max((one[2] for one in ones if one[0] in numbers), default=0.0) for key, ones in written.items()}
    found, rows = [], []
    for order, (key, ones) in enumerate(written.items()):
        number, tie, _ = min(ones, key=lambda one: (_distance(one[0], numbers), one[0]))
        found.append(Near(number, tie))
        rows.append(
            [
                own[key],
                float(own[key] == max(own.values())),
                max(own.values()),
                max(one[2] for one in ones),
                distances[key],
                number - min(numbers, key=lambda one: abs(one - number)),
                min((numbers[0] - one[0] for one in ones if one[0] < numbers[0]), default=_FAR),
                sum(other < distances[key] for other in distances.values()),
                len(ones),
                sum(len(ones) < len(others) for others in written.values()),
                order,
                len(written),
                float(ones[0][0] == 0),
                float(ones[0][0] < _REACH),
                scores.sentences["event"][number],
                scores.sentences["event"][numbers[0]],
                len(numbers),
                numbers[0],
                *article.sentence_features[number],
                *tie.features,
            ]
        )
    return found, np.array(rows, np.float32)


def _looked_at(numbers: Sequence[int], total: int) -> Iterator[int]:
    for number in range(total):
        if number < _REACH or _distance(number, numbers) <= _REACH:
            yield number


def _distance(number: int, numbers: Sequence[int]) -> int:
    return min(abs(number - one) for one in numbers)
