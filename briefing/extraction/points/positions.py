"""Points of agreement and disagreement: cues, their parties and matters, gathered into one point for each matter.

The theory is event coding (source actor, verb, target actor: CAMEO, PLOVER); what a verb means is kept apart from how
the text presents it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import ref

from briefing.extraction.explanation import Finding
from briefing.extraction.points.confidence import Signs, confidence, signs_of
from briefing.extraction.points.cues.attitudes import is_joint
from briefing.extraction.points.cues.cooperation import several_bodies
from briefing.extraction.points.cues.finding import find_cues
from briefing.extraction.points.cues.stances import set_off_quarrel
from briefing.extraction.points.grammar import governing_verb
from briefing.extraction.points.lists import LEXICON
from briefing.extraction.points.matters import Found, Ground, gather, is_courtesy, is_vague, stems
from briefing.extraction.points.parties.focus import Focus
from briefing.extraction.points.parties.offices import Offices
from briefing.extraction.points.parties.party import Party, is_person
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.parties.sides import Sides, Speech, completed, sides_of
from briefing.extraction.points.polarity import Cue
from briefing.extraction.points.reasons import confidence_reason, position_reasons
from briefing.extraction.points.statements import statement_of
from briefing.extraction.points.topics import topic_of
from briefing.extraction.record_ids import slug_of, take_id
from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, Range, SentenceSpan
from briefing.language.times.values import bounds
from briefing.model.brief import Evidence, Position
from briefing.runtime.lexicon import word_set

_LONGEST_ID = 60
_MARKED = 0.6  # strength of a joint attitude that "both", "jointly" mark
_HISTORY_DAYS = 120  # what lies farther back is background
_UNDATED = "1990"  # an article that does not tell its day was published since there is a web
_HEAD = 1  # number of the last sentence that tells the news
# Lists of words by which several may take one stand against what is nobody's.
_AGAINST_NOBODY = frozenset({"accuse", "reject", "averse", "endings", "faults"})
_SUPPORTING = frozenset({"back", "support"})
_SIDING = frozenset({"align", "side"})
_GUESSED = 0.1  # off the strength of a cue where a party is whoever was spoken of before


@dataclass(frozen=True, slots=True)
class Point:
    """A matter between parties and its sign: 1 agreement, -1 disagreement."""

    sign: int
    position: Position
    grounds: tuple[Ground, ...]  # of all that says so, the one that says it best first
    signs: Signs  # what its confidence is made of


_latest: list[tuple[ref[Analysis], tuple[Point, ...]]] = []


def find_positions(analysis: Analysis) -> tuple[Point, ...]:
    """Return the points of an article, best first.

    The points of the last article are kept for the second of the two extractors that ask for them.

    All that the cues tell is here; how sure each point is, its confidence says.
    """
    for kept, points in _latest:
        if kept() is analysis:
            return points
    points = tuple(_with_ids(point for point, _ in _read_points(_Reader(analysis))))
    _latest[:] = [(ref(analysis), points)]
    return points


def explain_positions(analysis: Analysis) -> Iterator[tuple[int, Finding]]:
    """Yield the sign of each point, and the point with its cues, parties, matter, source and confidence."""
    reader = _Reader(analysis)
    read = _read_points(reader)
    for point, (_, members) in zip(_with_ids(point for point, _ in read), read, strict=True):
        reasons = position_reasons(analysis, point.position, members, reader.speech)
        yield point.sign, Finding(point.position, (*reasons, confidence_reason(point.position, point.signs)))


def _read_points(reader: "_Reader") -> list[tuple[Point, list[Found]]]:
    """Return the points, best first, each with what says so, the one that says it best first."""
    analysis = reader.analysis
    found = [one for cue in find_cues(analysis) for one in reader.read(cue)]
    salience = entity_salience(analysis)
    read = [
        (_point(members, analysis, reader.speech, salience), sorted(members, key=_telling, reverse=True))
        for members in gather(found)
    ]
    read.sort(key=lambda r: (-r[0].position.salience * r[0].position.confidence, r[0].position.evidence[0].start))
    return read


class _Reader:
    """Reads the cues of one article; its tables are made once."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.speech = Speech.of(analysis)
        self.offices = Offices.of(analysis)
        self.places = {sentence.first: number for number, sentence in enumerate(analysis.sentences)}

    @cached_property
    def focus(self) -> Focus:
        return Focus.of(self.analysis, PhraseReader(self.analysis, None, self.speech.nouns, strict=True))

    @cached_property
    def days(self) -> Sequence[tuple[int, int]]:
        """Return where each dated time begins and the days from it to the day of publication, in reading order."""
        published = bounds(self.analysis.article.published or _UNDATED)
        if published is None:
            return ()
        return [
            (time.start, (published[0] - stretch[1]).days)
            for time in self.analysis.times
            if time.type == "DATE" and time.value and (stretch := bounds(time.value)) is not None
        ]

    def read(self, cue: Cue) -> Iterator[Found]:
        """Yield what a cue says: once, twice where two jointly oppose a third."""
        sentence = self.analysis.sentence_of(cue.token.i)
        topic = topic_of(cue)
        if sentence is None or topic is None or self._is_history(cue, sentence):
            return
        if cue.kind == "decision" and (sentence.number or 0) > _HEAD:  # routine, unless it is the news
            return
        stated = self.offices.represent(sides_of(cue, self.analysis, self.speech))
        sides = self.offices.represent(completed(cue, stated, lambda: self.focus))
        parties = parties_of(cue, sides)
        if self.offices.is_own(parties):
            return
        strength = cue.strength - _GUESSED * sides.guessed
        found = self._found(cue, sentence, parties or (*sides.holders, *sides.others), sides, topic, strength)
        if cue.sign > 0 and (
            is_courtesy(found.topic)
            or _is_reading(cue, sides)
            or (cue.kind in _SUPPORTING and set_off_quarrel(cue.predicate))
        ):
            return
        sought = _keys(sides) - _keys(stated) if sides.guessed else frozenset[str]()
        yield replace(found, partial=not parties, sought=sought)
        several = len(sides.holders) > 1 or (cue.frame == "verb" and any(party.plural for party in sides.holders))
        together = is_joint(cue.predicate) or (not parties and _stand_together(cue, sides))
        if cue.sign < 0 and not cue.mutual and several and together:
            alone = self.offices.represent(replace(sides_of(cue, self.analysis, self.speech), others=()))
            agreed = replace(cue, sign=1, mutual=True, frame="joint")
            yield self._found(agreed, sentence, alone.holders, alone, topic, strength)

    def _found(
        self, cue: Cue, sentence: SentenceSpan, parties: tuple[Party, ...], sides: Sides, topic: Range, strength: float
    ) -> Found:
        text = _lowered(self.analysis, sentence, topic)
        return Found(
            cue=cue,
            sentence=sentence,
            place=self.places[sentence.first],
            parties=parties,
            speaker=sides.speaker,
            topic=text,
            stretch=topic,
            vague=is_vague(text, parties) or self._points_back(sentence) or cue.answered is not None,
            partial=False,
            confidence=strength,
            guessed=sides.guessed,
            homes=frozenset(self.offices.home_key(party) for party in parties),
            targets=self._targets(topic, parties),
        )

    def _targets(self, topic: Range, parties: Sequence[Party]) -> frozenset[int]:
        """Return the entities that a topic names, but for the parties and those whom they act for."""
        sides = {self.offices.home_key(party) for party in parties} | {party.key for party in parties}
        span = self.analysis.doc.char_span(topic.start, topic.end, alignment_mode="expand")
        named = (entity for token in span or () for entity in self.analysis.entities_of(token) if entity.kind)
        return frozenset(entity.index for entity in named if entity.name.casefold() not in sides)

    def _points_back(self, sentence: SentenceSpan) -> bool:
        """Say whether a sentence opens with "The move", "This decision"."""
        words = self.analysis.doc[sentence.first : min(sentence.first + 2, sentence.last)]
        return (
            len(words) == 2
            and words[0].lower_ in ("the", "this", "that", "these", "such")
            and words[1].lemma_.lower() in word_set(LEXICON, "vague")
        )

    def _is_history(self, cue: Cue, sentence: SentenceSpan) -> bool:
        """Say whether the times that a sentence ties to a cue all lie long before publication."""
        first = bisect_left(self.days, (sentence.start, -(10**9)))
        last = bisect_left(self.days, (sentence.end, -(10**9)))
        tied = [ago for start, ago in self.days[first:last] if self._dates(start, cue, sentence)]
        return bool(tied) and all(ago > _HISTORY_DAYS for ago in tied)

    def _dates(self, start: int, cue: Cue, sentence: SentenceSpan) -> bool:
        """Say whether a time belongs to the clause of a cue or one above, and not to one below it."""
        token = next((token for token in self.analysis.tokens_of(sentence) if token.idx >= start), None)
        verb = governing_verb(token) if token is not None else None
        return verb is None or verb.i in (cue.predicate.i, cue.token.i) or verb.is_ancestor(cue.predicate)


def _stand_together(cue: Cue, sides: Sides) -> bool:
    """Say whether several states or bodies take a stand against what is nobody's: "X and Y condemned the raid"."""
    named = [party for party in sides.holders if party.entity is not None and not is_person(party)]
    return cue.kind in _AGAINST_NOBODY and len(named) > 1 and several_bodies(cue.predicate)


def _is_reading(cue: Cue, sides: Sides) -> bool:
    """Say whether it is a third who finds two on one side, which they need not own: "she saw X aligned with Y"."""
    if cue.token.lemma_ not in _SIDING or sides.speaker is None:
        return False
    return sides.speaker.name.casefold() not in _keys(sides)


def _keys(sides: Sides) -> frozenset[str]:
    return frozenset(party.key for party in (*sides.holders, *sides.others))


def parties_of(cue: Cue, sides: Sides) -> tuple[Party, ...]:
    """Return the parties of a cue; none where there is nobody to agree or disagree with."""
    both = (*sides.holders, *sides.others)
    if cue.kind == "members" and any(party.plural for party in both):
        return both
    if cue.frame == "joint" and (cue.strength < _MARKED or len(both) < 2):
        return both if sum(party.entity is not None for party in both) > 1 else ()
    if cue.mutual:
        alone = cue.sign > 0 or cue.frame in ("noun", "adjective")
        many = (
            both if cue.sign > 0 else sides.holders
        )  # "the army's fight against the rebels" is no fight of the rebels
        return both if len(both) > 1 or (alone and any(party.plural for party in many)) else ()
    if cue.sign > 0 and not sides.others and not cue.flipped:  # "both X and Y support the plan"
        return both if len(both) > 1 else ()
    return both if sides.holders and sides.others else ()


# The record


def _point(members: Sequence[Found], analysis: Analysis, speech: Speech, salience: Sequence[float]) -> Point:
    best = max(members, key=_telling)
    telling = (best, *(one for one in members if best.guessed or not one.guessed))
    parties = tuple({party.key: party for one in telling for party in one.parties}.values())
    pair = tuple(party.entity for party in best.parties if party.entity is not None)
    together = best.cue.mutual and best.cue.sign > 0 and len(pair) == len(best.parties) == 2
    line = statement_of(best.cue, analysis, speech, pair if together else ())
    evidence = _evidence(members, analysis)
    position = Position(
        id="",
        statement=line.text,
        insertions=line.insertions,
        topic=best.topic,
        parties=tuple(party.name for party in parties),
        attributed_to=_source(best, members, parties),
        confidence=0.0,
        salience=round(max((salience[p.entity.index] for p in parties if p.entity is not None), default=0.0), 3),
        evidence=evidence,
    )
    ranked = sorted(members, key=_telling, reverse=True)
    grounds = tuple(one.ground for one in ranked)
    signs = signs_of(position, [party.entity for party in parties], best.ground)
    return Point(best.cue.sign, position.model_copy(update={"confidence": confidence(signs)}), grounds, signs)


def _telling(one: Found) -> tuple[bool, bool, bool, float, bool, int]:
    """Rank the members of a matter by how well they state it."""
    return (
        not one.partial,
        not one.vague,
        len(stems(one.topic)) > 1,
        one.confidence,
        one.sentence.number is not None,
        -one.cue.token.i,
    )


def _source(best: Found, members: Iterable[Found], parties: Iterable[Party]) -> str | None:
    """Return whose words a point rests on, unless a state or body tells of itself."""
    told = {party.name for party in parties if not is_person(party)}
    names = (one.speaker.name for one in (best, *members) if one.speaker is not None)
    return next((name for name in names if name not in told), None)


def _evidence(members: Iterable[Found], analysis: Analysis) -> tuple[Evidence, ...]:
    sentences: Mapping[int, SentenceSpan] = {
        sentence.first: sentence for one in members for sentence in (one.sentence, _answered(one, analysis)) if sentence
    }
    return tuple(analysis.sentence_evidence(sentences[first]) for first in sorted(sentences))


def _answered(one: Found, analysis: Analysis) -> SentenceSpan | None:
    """Return the sentence of the stand that one is set against."""
    return analysis.sentence_of(one.cue.answered.i) if one.cue.answered is not None else None


def _lowered(analysis: Analysis, sentence: SentenceSpan, topic: Range) -> str:
    """Return a topic as it reads within a sentence: its first word small unless it is a name."""
    text = " ".join(analysis.article.text[topic.start : topic.end].split())
    first = analysis.doc[sentence.first]
    if first.idx != topic.start or first.pos_ == "PROPN" or first.ent_type_ or text[:2].isupper():
        return text
    return text[0].lower() + text[1:]


def _with_ids(points: Iterable[Point]) -> Iterator[Point]:
    taken: set[str] = set()
    for point in points:
        name = " ".join((*point.position.parties, point.position.topic))
        record_id = take_id(slug_of(name, "point", _LONGEST_ID), taken)
        yield replace(point, position=point.position.model_copy(update={"id": record_id}))
