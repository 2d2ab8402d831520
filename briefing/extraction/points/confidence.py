"""How sure a point is: the share of points with the same signs that a reader calls right.

A logistic regression over signs that can be seen in the text. Its weights were fitted to 239 points that were judged
right or wrong: those of 71 articles by an expert's briefs, those of 99 others one by one; tried on tenths left out it
tells a right point from a wrong one in 65 of 100 pairs. `benchmarks/quality/confidence.py` draws its curve.
"""

from collections.abc import Mapping, Sequence
from math import exp
from types import MappingProxyType
from typing import NamedTuple

from briefing.extraction.points.matters import Ground
from briefing.language.analysis import Entity
from briefing.model.brief import Position

_EARLY = 3  # sentences at the head of an article
_JUDGING = ("fault", "adjective")  # rules that read a position out of a judgement: "the plan is hasty"
_MARKS = ('"', "“", "”", "«", "»", "``")


class Signs(NamedTuple):
    """What can be seen of a point that makes it more or less likely to be right."""

    guessed: bool  # a party is whoever was spoken of before
    unnamed: bool  # a party is not named in its sentences
    quoted: bool  # its first sentence quotes somebody
    judging: bool  # it is read out of a judgement
    names_party: bool  # its matter is nothing but the name of a party
    early: bool  # it is told in the title or at the head of the article


WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "guessed": -0.8,
        "unnamed": -0.7,
        "quoted": -0.45,
        "judging": -0.7,
        "names_party": -0.65,
        "early": 0.25,
    }
)
BASE = 1.33


def signs_of(position: Position, parties: Sequence[Entity | None], ground: Ground) -> Signs:
    """Return the signs of a point.

    Args:
        position: The point; its confidence is not looked at.
        parties: Its parties as entities; None for one that is none.
        ground: What it rests on most.
    """
    evidence, topic = position.evidence, position.topic.casefold()
    return Signs(
        guessed=not ground.named,
        unnamed=any(entity is None or not _is_named(entity, position) for entity in parties),
        quoted=any(mark in evidence[0].text for mark in _MARKS),
        judging=ground.rule.startswith(_JUDGING),
        names_party=any(topic == name.casefold() for name in position.parties),
        early=any(piece.sentence is None or piece.sentence <= _EARLY for piece in evidence),
    )


def confidence(signs: Signs) -> float:
    """Return the share of points with these signs that are right, to two decimals."""
    total = BASE + sum(WEIGHTS[name] for name, seen in signs._asdict().items() if seen)
    return round(1 / (1 + exp(-total)), 2)


def _is_named(entity: Entity, position: Position) -> bool:
    return any(
        piece.start <= mention.start < piece.end and mention.form in ("name", "metonym", "demonym")
        for mention in entity.mentions
        for piece in position.evidence
    )
