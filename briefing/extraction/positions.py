"""Points of agreement and disagreement: cues, their parties and matters, gathered into one point for each matter.

The theory is event coding (source actor, verb, target actor: CAMEO, PLOVER), the verb's meaning kept apart from
how the text presents it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.extraction.position_cues import Cue, find_cues
from briefing.extraction.position_parties import Sides, Speech, sides_of
from briefing.extraction.position_statements import statement_of
from briefing.extraction.position_topics import topic_of
from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, Entity, SentenceSpan
from briefing.language.timex_values import bounds
from briefing.model import Evidence, Position

_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "its",
        "of",
        "on",
        "or",
        "over",
        "the",
        "their",
        "to",
        "with",
    )
)
_STEM = 6  # letters that two words of one family share
_HISTORY_DAYS = 120  # what lies farther back is background


@dataclass(frozen=True, slots=True)
class Found:
    """One cue with its parties and matter."""

    cue: Cue
    sentence: SentenceSpan
    parties: tuple[Entity, ...]
    speaker: Entity | None
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Point:
    """A matter between parties and its sign: 1 agreement, -1 disagreement."""

    sign: int
    position: Position


def find_positions(analysis: Analysis) -> tuple[Point, ...]:
    """Return the points of an article, best first."""
    speech = Speech.of(analysis)
    found = [one for cue in find_cues(analysis) for one in _found(cue, analysis, speech)]
    salience = entity_salience(analysis)
    points = [_point(group, analysis, speech, salience) for group in _matters(found)]
    ordered = sorted(points, key=lambda p: (-p.position.salience * p.position.confidence, p.position.evidence[0].start))
    return tuple(_with_ids(ordered))


def _found(cue: Cue, analysis: Analysis, speech: Speech) -> Iterator[Found]:
    sentence = analysis.sentence_of(cue.token.i)
    if sentence is None or _is_history(sentence, analysis):
        return
    sides = sides_of(cue, analysis, speech)
    parties = _parties(cue, sides)
    if len(parties) < 2:
        return
    stretch = topic_of(cue)
    if stretch is None:
        return
    topic = _lowered(analysis.article.text[stretch.start : stretch.end], analysis, stretch.start)
    yield Found(cue, sentence, parties, sides.speaker, topic, cue.strength)


def _parties(cue: Cue, sides: Sides) -> tuple[Entity, ...]:
    if not sides.holders or (not cue.mutual and cue.frame != "joint" and not sides.others):
        return ()
    return (*sides.holders, *sides.others)


def _is_history(sentence: SentenceSpan, analysis: Analysis) -> bool:
    """Say whether a cue's sentence tells of long before publication."""
    published = analysis.article.published
    if published is None:
        return False
    day = bounds(published)
    ends = [
        times[1]
        for time in analysis.times_in(sentence.start, sentence.end)
        if time.type == "DATE" and time.value and (times := bounds(time.value)) is not None
    ]
    return bool(ends) and day is not None and all((day[0] - end).days > _HISTORY_DAYS for end in ends)


# Matters


def _matters(found: Sequence[Found]) -> list[list[Found]]:
    """Gather what is said on one matter between the same parties."""
    groups: list[list[Found]] = []
    for one in found:
        for group in groups:
            if _same_matter(one, group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _same_matter(one: Found, group: list[Found]) -> bool:
    first = group[0]
    if one.cue.sign != first.cue.sign:
        return False
    mine = {entity.index for entity in one.parties}
    theirs = {entity.index for other in group for entity in other.parties}
    if 2 * len(mine & theirs) < min(len(mine), len(theirs)) + 1:
        return False
    if any(one.sentence.first == other.sentence.first for other in group):
        return True
    return any(_overlap(_stems(one.topic), _stems(other.topic)) >= 0.5 for other in group)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _EMPTY_WORDS)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


# The record


def _point(group: list[Found], analysis: Analysis, speech: Speech, salience: Sequence[float]) -> Point:
    best = max(group, key=lambda one: (one.confidence, one.sentence.number is not None, -one.cue.token.i))
    parties = tuple({entity.index: entity for one in (best, *group) for entity in one.parties}.values())
    line = statement_of(best.cue, analysis, speech)
    evidence = _evidence(group, analysis)
    share = max((salience[entity.index] for entity in parties), default=0.0)
    position = Position(
        id="",
        statement=line.text,
        insertions=line.insertions,
        topic=best.topic,
        parties=tuple(entity.name for entity in parties),
        attributed_to=best.speaker.name if best.speaker is not None else None,
        confidence=round(min(1.0, best.confidence + 0.05 * (len(evidence) - 1)), 3),
        salience=round(share, 3),
        evidence=evidence,
    )
    return Point(best.cue.sign, position)


def _evidence(group: Iterable[Found], analysis: Analysis) -> tuple[Evidence, ...]:
    sentences = {one.sentence.first: one.sentence for one in group}
    return tuple(analysis.sentence_evidence(sentences[first]) for first in sorted(sentences))


def _lowered(topic: str, analysis: Analysis, start: int) -> str:
    """Return a topic as it reads within a sentence: its first word small unless it is a name."""
    text = " ".join(topic.split())
    sentence = analysis.sentence_at(start)
    if sentence is None or sentence.start != start:
        return text
    first = next((token for token in analysis.span(sentence) if token.idx == start), None)
    if first is None or first.pos_ == "PROPN" or first.ent_type_ or text[:2].isupper():
        return text
    return text[0].lower() + text[1:]


def _with_ids(points: Iterable[Point]) -> Iterator[Point]:
    taken: dict[str, int] = {}
    for point in points:
        words = _WORD.findall(f"{'-'.join(point.position.parties)} {point.position.topic}".casefold())
        slug = "-".join(words)[:60].strip("-") or "point"
        taken[slug] = taken.get(slug, 0) + 1
        suffix = f"-{taken[slug]}" if taken[slug] > 1 else ""
        yield replace(point, position=point.position.model_copy(update={"id": slug + suffix}))
