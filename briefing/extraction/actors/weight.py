"""Weigh how likely an expert is to list an entity among the actors of an article.

A logistic model of what an expert looks at: where and how often the text mentions an entity, whether it acts, speaks or
holds an office, and how sure its kind is. Fitted on the actors of 400 annotated articles under open licences; a
candidate there was right if the annotation had it in one of its two upper tiers.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.extraction.actors.issuers import BY_STATEMENT
from briefing.extraction.lines.statements import statement_speakers
from briefing.extraction.salience import Prominence, entity_prominence
from briefing.language.analysis import Analysis, Entity, Mention
from briefing.language.names.clusters import is_located
from briefing.language.names.organisations import BY_VOTES

_DESCRIBING = frozenset({"amod", "compound", "npadvmod"})  # labels of words that may describe the word after them

# What counts, each a value from 0.0 to 1.0, and its weight.
_BASE = -1.81
_WEIGHTS = {
    "first mention": 1.09,  # how early it is
    "number": 1.14,  # of mentions
    "role": 1.57,  # subjects weigh more than objects
    "spread": 1.58,  # over the article
    "independence": 0.36,  # the share of mentions that do more than describe a word or say where
    "speaks": 1.19,
    "holds an office": 1.13,
    "is a country": -0.48,
    "is a group": -1.14,
    "is a bare noun": -0.66,  # "officials", "voters"
    "is a guess": -0.8,  # only the recogniser shows its kind
}


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for an actor and against it."""

    values: tuple[tuple[str, float], ...]

    @property
    def parts(self) -> tuple[tuple[str, float, float], ...]:
        """Return the parts of the score that count: name, weight, value."""
        return tuple((name, _WEIGHTS[name], value) for name, value in self.values if value)

    @property
    def share(self) -> float:
        """Return the estimated probability that an expert lists the actor, 0.0 to 1.0."""
        score = _BASE + sum(weight * value for _, weight, value in self.parts)
        return round(1 / (1 + math.exp(-score)), 4)


def entity_weights(analysis: Analysis) -> tuple[Weight, ...]:
    """Return the weight of each entity of the analysis."""
    speakers = {attribution.speaker for attribution in analysis.attributions}
    speakers |= {speaker.index for speaker in statement_speakers(analysis).values()}
    return tuple(
        Weight(tuple(_values(analysis, entity, prominence, entity.index in speakers)))
        for entity, prominence in zip(analysis.entities, entity_prominence(analysis), strict=True)
    )


def _values(analysis: Analysis, entity: Entity, prominence: Prominence, speaks: bool) -> Iterator[tuple[str, float]]:
    named = is_named(entity)
    independent = [mention for mention in entity.mentions if is_independent(analysis, mention)]
    yield "first mention", prominence.first
    yield "number", prominence.count
    yield "role", prominence.role
    yield "spread", prominence.spread
    yield "independence", len(independent) / len(entity.mentions)
    yield "speaks", float(speaks)
    yield "holds an office", float(named and bool(entity.roles))
    yield "is a country", float(entity.kind == "country")
    yield "is a group", float(entity.kind == "group")
    yield "is a bare noun", float(not named and " " not in entity.name)
    yield "is a guess", float(entity.basis.startswith(BY_VOTES))


def is_named(entity: Entity) -> bool:
    """Return True if the text has the name of an entity, or of its seat; or the title of a statement that it speaks."""
    return entity.basis == BY_STATEMENT or any(mention.form in ("name", "metonym") for mention in entity.mentions)


def is_independent(analysis: Analysis, mention: Mention) -> bool:
    """Return True if a mention neither describes the word after it nor only says where something is."""
    token = analysis.doc[mention.head]
    return not is_located(token) and not describes(analysis, mention)


def describes(analysis: Analysis, mention: Mention) -> bool:
    """Return True if a mention describes the word after it: "US troops", "US-led"."""
    token = analysis.doc[mention.head]
    return token.dep_ in _DESCRIBING and token.head.i > token.i
