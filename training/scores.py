"""The probabilities of an article, as points are made from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Sign = Literal["agreement", "disagreement"]

SIGNS: tuple[Sign, ...] = ("agreement", "disagreement")
DECIMALS = 3  # what processors compute differently lies below


@dataclass(frozen=True)
class Scores:
    """The probabilities of an article; each is rounded, so that processors agree on it.

    Attributes:
        sentences: For each sign, the probability that each sentence states such a point.
        parties: For each sign and each sentence that may state a point, the probability of each entity to be a party.
        same_matter: For each sign and pair of such sentences, the probability that both state one matter.
    """

    sentences: Mapping[Sign, Sequence[float]]
    parties: Mapping[Sign, Mapping[int, Mapping[int, float]]]
    same_matter: Mapping[Sign, Mapping[tuple[int, int], float]]
