"""Points of agreement and disagreement: cues, their parties and matters, gathered into one point for each matter.

The theory is event coding (source actor, verb, target actor: CAMEO, PLOVER), the verb's meaning kept apart from
how the text presents it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from briefing.extraction.position_cues import Cue, find_cues, is_joint
from briefing.extraction.position_focus import Focus
from briefing.extraction.position_offices import Offices
from briefing.extraction.position_parties import Sides, Speech, completed, sides_of
from briefing.extraction.position_phrases import Party, PhraseReader, is_person
from briefing.extraction.position_statements import statement_of
from briefing.extraction.position_topics import topic_of
from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, Entity, SentenceSpan
from briefing.language.lexicon import word_set
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
_BREAKS = frozenset(
    ("on", "of", "over", "about", "to", "for", "against", "in", "with", "between", "by", "from", "at", "into")
)
_STEM = 6  # letters that two words of one family share
_REACH = 2  # sentences that a matter is kept in mind for
_MARKED = 0.6  # strength of a joint attitude that "both", "jointly" mark
_HISTORY_DAYS = 120  # what lies farther back is background


@dataclass(frozen=True, slots=True)
class Found:
    """One cue with its parties and matter."""

    cue: Cue
    sentence: SentenceSpan
    place: int  # the sentence's place in the article
    parties: tuple[Party, ...]
    speaker: Entity | None
    topic: str
    vague: bool  # the topic only points back: "the move"
    partial: bool  # one party or none: it may add to a point, but makes none
    confidence: float


@dataclass(frozen=True, slots=True)
class Point:
    """A matter between parties and its sign: 1 agreement, -1 disagreement."""

    sign: int
    position: Position


def find_positions(analysis: Analysis) -> tuple[Point, ...]:
    """Return the points of an article, best first."""
    speech = Speech.of(analysis)
    focus = Focus.of(analysis, PhraseReader(analysis, None, speech.nouns))
    offices = Offices.of(analysis)
    places = {sentence.first: number for number, sentence in enumerate(analysis.sentences)}
    found = [one for cue in find_cues(analysis) for one in _found(cue, analysis, speech, focus, offices, places)]
    salience = entity_salience(analysis)
    points = [_point(group, analysis, speech, salience) for group in _matters(found)]
    ordered = sorted(points, key=lambda p: (-p.position.salience * p.position.confidence, p.position.evidence[0].start))
    return tuple(_with_ids(ordered))


def _found(
    cue: Cue, analysis: Analysis, speech: Speech, focus: Focus, offices: Offices, places: Mapping[int, int]
) -> Iterator[Found]:
    sentence = analysis.sentence_of(cue.token.i)
    if sentence is None or _is_history(sentence, analysis):
        return
    place = places[sentence.first]
    named = offices.represent(sides_of(cue, analysis, speech))
    sides = offices.represent(completed(cue, named, focus))
    parties = _parties(cue, sides)
    partial = not parties
    if partial:
        parties = (*sides.holders, *sides.others)
    stretch = topic_of(cue)
    if stretch is None:
        return
    if cue.sign > 0 and not _stems(analysis.article.text[stretch.start : stretch.end]) - _courtesies():
        return
    names = frozenset().union(*(_stems(party.name) for party in parties))
    vague = not _stems(analysis.article.text[stretch.start : stretch.end]) - _vague_stems() - names
    topic = _lowered(analysis.article.text[stretch.start : stretch.end], analysis, stretch.start)
    yield Found(cue, sentence, place, parties, sides.speaker, topic, vague, partial, cue.strength - 0.1 * sides.guessed)
    several = len(sides.holders) > 1 or (cue.frame == "verb" and any(party.plural for party in sides.holders))
    if cue.sign < 0 and not cue.mutual and several and is_joint(cue.predicate):
        agreed = replace(cue, sign=1, mutual=True, frame="joint")
        yield Found(agreed, sentence, place, sides.holders, sides.speaker, topic, vague, False, cue.strength - 0.05)


def _parties(cue: Cue, sides: Sides) -> tuple[Party, ...]:
    """Return the parties of a cue; none where there is nobody to agree or disagree with."""
    both = (*sides.holders, *sides.others)
    if cue.frame == "joint" and (cue.strength < _MARKED or len(both) < 2):
        return both if sum(party.entity is not None for party in both) > 1 else ()
    if cue.mutual:
        alone = cue.sign > 0 or cue.frame in ("noun", "adjective")
        return both if len(both) > 1 or (alone and any(party.plural for party in both)) else ()
    return both if sides.holders and sides.others else ()


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
        for group in reversed(groups):
            if (_adds_to if one.partial else _same_matter)(one, group):
                group.append(one)
                break
        else:
            if not one.partial:
                groups.append([one])
    return groups


def _adds_to(one: Found, group: list[Found]) -> bool:
    """Say whether a cue whose other party is not named takes up the matter of a sentence or two before."""
    last = group[-1]
    if one.cue.sign != last.cue.sign or not 0 < one.place - last.place <= _REACH or not one.cue.mutual:
        return False
    theirs = {party.key for party in last.parties}
    return {party.key for party in one.parties} <= theirs and any(
        _overlap(_key(one.topic), _key(other.topic)) >= 0.5 for other in group
    )


def _same_matter(one: Found, group: list[Found]) -> bool:
    first = group[0]
    if one.cue.sign != first.cue.sign:
        return False
    mine = {party.key for party in one.parties}
    theirs = {party.key for other in group for party in other.parties}
    if 2 * len(mine & theirs) < min(len(mine), len(theirs)) + 1:
        return False
    if one.cue.kind == "fight" and first.cue.kind == "fight":
        return True
    if any(one.sentence.first == other.sentence.first for other in group) or one.vague:
        return True
    return any(_overlap(_key(one.topic), _key(other.topic)) >= 0.5 for other in group)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _EMPTY_WORDS)


def _key(topic: str) -> frozenset[str]:
    """Return the stems of a topic's head phrase: "open dialogue" of "need for open dialogue on trade"."""
    light = word_set("positions", "light_heads")
    key: list[str] = []
    for word in _WORD.findall(topic.casefold()):
        if word in _BREAKS:
            if key:
                break
        elif word not in _EMPTY_WORDS and (key or word not in light):
            key.append(word[:_STEM])
    return frozenset(key) or _stems(topic)


@cache
def _courtesies() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in word_set("positions", "courtesies"))


@cache
def _vague_stems() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in word_set("positions", "vague")) | {"latest", "such", "new", "this"}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


# The record


def _point(group: list[Found], analysis: Analysis, speech: Speech, salience: Sequence[float]) -> Point:
    best = max(group, key=_telling)
    parties = tuple({party.key: party for one in (best, *group) for party in one.parties}.values())
    line = statement_of(best.cue, analysis, speech)
    evidence = _evidence(group, analysis)
    share = max((salience[party.entity.index] for party in parties if party.entity is not None), default=0.0)
    position = Position(
        id="",
        statement=line.text,
        insertions=line.insertions,
        topic=best.topic,
        parties=tuple(party.name for party in parties),
        attributed_to=_source(best, group, parties),
        confidence=round(min(1.0, best.confidence + 0.05 * (len(evidence) - 1)), 3),
        salience=round(share, 3),
        evidence=evidence,
    )
    return Point(best.cue.sign, position)


def _source(best: Found, group: Iterable[Found], parties: Iterable[Party]) -> str | None:
    """Return whose words a point rests on, unless a state or body tells of itself."""
    told = {party.name for party in parties if not is_person(party)}
    names = (one.speaker.name for one in (best, *group) if one.speaker is not None)
    return next((name for name in names if name not in told), None)


def _telling(one: Found) -> tuple[bool, bool, bool, float, bool, int]:
    """Rank the members of a group by how well they state its matter."""
    return (
        not one.partial,
        not one.vague,
        len(_stems(one.topic)) > 1,
        one.confidence,
        one.sentence.number is not None,
        -one.cue.token.i,
    )


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
