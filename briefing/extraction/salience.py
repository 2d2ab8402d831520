"""Measure how central an entity is to its article, from the places and forms of its mentions.

After Dunietz and Gillick (2014), "A New Entity Salience Task with Millions of Training Examples": position of the first
mention, number of mentions, headline, grammatical role. We add the share of the article that the mentions span.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.language.analysis import Analysis, Entity, Mention
from briefing.language.syntax import ARGUMENT_SUBJECTS, first_conjunct

_ACTED_UPON = frozenset({"dobj", "iobj", "dative", "poss", "oprd", "appos"})
# An entity that acts or speaks is more central than one that is only mentioned.
_WEIGHT_OF_SUBJECT, _WEIGHT_OF_OBJECT, _WEIGHT_OF_REST = 1.0, 0.6, 0.3

# The weights of the score; they add up to 1. Chosen on articles whose readers had marked the main subjects.
_TITLE, _FIRST, _COUNT, _ROLE, _SPREAD = 0.23, 0.25, 0.20, 0.28, 0.04
_HALF_LIFE = 4.0  # a first mention counts half as much for each so many sentences before it
_PARTS = 5  # the article is divided into so many parts to measure spread
_LONGEST_LIST = 8  # names joined by "and" that share one role


@dataclass(frozen=True, slots=True)
class Prominence:
    """Where and how an entity is mentioned; each value is from 0.0 to 1.0."""

    title: float  # 1.0 if the title names it
    first: float  # the later the first mention, the lower
    count: float  # number of mentions relative to the most mentioned entity, on a logarithmic scale
    role: float  # mean weight of its grammatical roles
    spread: float  # share of the article's parts that mention it

    @property
    def parts(self) -> tuple[tuple[str, float, float], ...]:
        """Return the parts of the score: name, weight, value."""
        return (
            ("title", _TITLE, self.title),
            ("first mention", _FIRST, self.first),
            ("number", _COUNT, self.count),
            ("role", _ROLE, self.role),
            ("spread", _SPREAD, self.spread),
        )

    @property
    def salience(self) -> float:
        """Return the weighted sum, 0.0 to 1.0."""
        return (
            _TITLE * self.title + _FIRST * self.first + _COUNT * self.count + _ROLE * self.role + _SPREAD * self.spread
        )


def entity_salience(analysis: Analysis) -> tuple[float, ...]:
    """Return the salience of each entity of the analysis, 0.0 to 1.0."""
    return tuple(round(prominence.salience, 4) for prominence in entity_prominence(analysis))


def entity_prominence(analysis: Analysis) -> tuple[Prominence, ...]:
    """Return the prominence of each entity of the analysis."""
    most = max((len(entity.mentions) for entity in analysis.entities), default=1)
    last = max((sentence.number for sentence in analysis.sentences if sentence.number), default=1)
    return tuple(_prominence(analysis, entity, most, last) for entity in analysis.entities)


def _prominence(analysis: Analysis, entity: Entity, most: int, last: int) -> Prominence:
    sentences = [analysis.sentence_of(mention.head) for mention in entity.mentions]
    numbers = [sentence.number for sentence in sentences if sentence and sentence.number]
    titled = any(sentence is not None and sentence.role == "title" for sentence in sentences)
    return Prominence(
        title=float(titled),
        first=0.5 ** ((min(numbers, default=last) - 1) / _HALF_LIFE),
        count=math.log1p(len(entity.mentions)) / math.log1p(most),
        role=_mean(_weight(analysis, mention) for mention in entity.mentions),
        spread=len({_PARTS * (number - 1) // last for number in numbers}) / min(_PARTS, last),
    )


def _weight(analysis: Analysis, mention: Mention) -> float:
    token = first_conjunct(analysis.doc[mention.head], most=_LONGEST_LIST)
    if token.dep_ in ARGUMENT_SUBJECTS or token.head.dep_ == "agent":
        return _WEIGHT_OF_SUBJECT
    return _WEIGHT_OF_OBJECT if token.dep_ in _ACTED_UPON else _WEIGHT_OF_REST


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
