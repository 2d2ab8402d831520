"""The probabilities of an article, from which points and events are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model.brief import EventStatus

Kind = Literal["agreement", "disagreement", "event"]

KINDS: tuple[Kind, ...] = ("agreement", "disagreement", "event")
STATUSES: tuple[EventStatus, ...] = ("scheduled", "expected", "proposed", "conditional", "postponed", "cancelled")
FLOOR = 0.3  # probability below which a sentence states nothing
DECIMALS = 3  # what processors compute differently lies below


@dataclass(frozen=True)
class Scores:
    """The probabilities of an article; each is rounded, so that processors agree on it.

    Attributes:
        sentences: For each kind, the probability of each sentence to state such a point, or an event to come.
        parties: For each kind and each sentence that may state any kind, the probability of each entity to be a party,
            or to take part in the event.
        same_matter: For each kind and pair of such sentences, the probability that both state the same.
        ties: For each such sentence, the probability of what may be tied to its event or point, such as a time, to be
            so; in the order of ``features.ties_of``.
        status: For each such sentence, the probability of each of ``STATUSES``, if it states an event.
    """

    sentences: Mapping[Kind, Sequence[float]]
    parties: Mapping[Kind, Mapping[int, Mapping[int, float]]]
    same_matter: Mapping[Kind, Mapping[tuple[int, int], float]]
    ties: Mapping[int, Sequence[float]]
    status: Mapping[int, Sequence[float]]
