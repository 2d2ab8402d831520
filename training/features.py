"""What the heads see beside the words: where a sentence stands, and how an entity occurs in it.

Each feature is a number of about 0 to 1. Training and scoring call the same functions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, Entity, MentionForm
from briefing.language.syntax import SUBJECTS

MOST_CANDIDATES = 24  # entities that are scored as parties of one sentence
_LEAD = 2  # last sentence, from 0, of the head of an article
_MOST_MENTIONS_SEEN = 3  # of one entity in one sentence
_SPOKEN = 0.3  # share of a sentence within an attribution that makes it reported speech

_KINDS = ("person", "organisation", "country", "group")
_FORMS: tuple[MentionForm, ...] = ("name", "metonym", "demonym", "nominal", "pronoun")
_ROLES = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "compound", "agent", "attr", "ROOT", "nmod")
_PREPOSITIONS = ("with", "against", "by", "of", "from", "to", "between", "for", "over", "on", "in", "at", "among")
_CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "conj", "xcomp", "acl", "pcomp")
_MOST_STEPS = 8  # up a tree
_MOST_CONJUNCTS = 3


class Occurrence(NamedTuple):
    """A mention of an entity: its sentence, its characters, its head token and its form."""

    sentence: int
    start: int
    end: int
    head: int
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be a party of a sentence."""

    entity: int
    near: tuple[Occurrence, ...]  # its mentions in the sentence; otherwise the nearest before, or after
    features: tuple[float, ...]


@dataclass(frozen=True)
class Scene:
    """The entities, speech and sentences of an article, in the tables that the features need."""

    analysis: Analysis

    @cached_property
    def salience(self) -> Sequence[float]:
        """Return the salience of each entity."""
        return entity_salience(self.analysis)

    @cached_property
    def occurrences(self) -> Mapping[int, tuple[Occurrence, ...]]:
        """Return where each entity occurs, in reading order; an entity outside all sentences is missing."""
        found: dict[int, dict[int, Occurrence]] = {}
        place = self._places
        for entity in self.analysis.entities:
            for mention in entity.mentions:
                if mention.head in place:
                    one = Occurrence(place[mention.head], mention.start, mention.end, mention.head, mention.form)
                    found.setdefault(entity.index, {})[mention.head] = one
        for head, entities in self.analysis.referents.items():  # "both", "the two sides" are mentions of each
            if head not in place:
                continue
            token = self.analysis.tokens[head]
            form: MentionForm = "pronoun" if token.pos_ == "PRON" else "nominal"
            one = Occurrence(place[head], token.idx, token.idx + len(token), head, form)
            for index in entities:
                found.setdefault(index, {}).setdefault(head, one)
        return {index: tuple(sorted(ones.values())) for index, ones in sorted(found.items())}

    @cached_property
    def actors(self) -> Sequence[Entity]:
        """Return the entities that may be parties, the most mentioned first."""
        named = [one for one in self.analysis.entities if one.kind is not None and one.index in self.occurrences]
        return sorted(named, key=lambda one: (-len(self.occurrences[one.index]), one.index))

    @cached_property
    def rank_of(self) -> Mapping[int, int]:
        """Return the rank of each actor by mentions, from 0."""
        return {entity.index: rank for rank, entity in enumerate(self.actors)}

    @cached_property
    def links(self) -> "dict[int, _Link]":
        """Return how mentions are governed, by head token; filled on use."""
        return {}

    @cached_property
    def speakers(self) -> Sequence[frozenset[tuple[int | None, bool]]]:
        """Return who speaks in each sentence, and whether in direct speech; None is a speaker not resolved."""
        spoken: list[set[tuple[int | None, bool]]] = [set() for _ in self.analysis.sentences]
        for attribution in self.analysis.attributions:
            for stretch in attribution.content:
                for number, sentence in enumerate(self.analysis.sentences):
                    shared = min(stretch.end, sentence.end) - max(stretch.start, sentence.start)
                    if shared > _SPOKEN * (sentence.end - sentence.start):
                        spoken[number].add((attribution.speaker, attribution.direct))
        return [frozenset(ones) for ones in spoken]

    @cached_property
    def sources(self) -> frozenset[int]:
        """Return the head tokens of sources of speech."""
        return frozenset(one.source_head for one in self.analysis.attributions if one.source_head is not None)

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {
            token: number
            for number, sentence in enumerate(self.analysis.sentences)
            for token in range(sentence.first, sentence.last)
        }


def sentence_features(scene: Scene) -> list[list[float]]:
    """Return the features of each sentence."""
    total = len(scene.analysis.sentences)
    present = [0] * total
    for ones in scene.occurrences.values():
        for number in {one.sentence for one in ones}:
            present[number] += 1
    return [
        [
            float(sentence.number is None),
            float(sentence.role == "title"),
            float(sentence.role == "heading"),
            number / total,
            min(number, 10) / 10,
            float(bool(scene.speakers[number])),
            float(any(direct for _, direct in scene.speakers[number])),
            present[number] / 5,
            min(sentence.last - sentence.first, 60) / 60,
            total / 50,
        ]
        for number, sentence in enumerate(scene.analysis.sentences)
    ]


def candidates_of(scene: Scene, number: int) -> tuple[Candidate, ...]:
    """Return the entities that may be parties of the sentence with this number, counted from 0."""
    reader = _SentenceReader(scene, number)
    nearest = sorted(reader.nearness(entity) for entity in scene.actors)[:MOST_CANDIDATES]
    return tuple(
        Candidate(index, reader.near[index], tuple(reader.features(scene.analysis.entities[index], rank)))
        for rank, (_, _, index) in enumerate(nearest)
    )


class _SentenceReader:
    """Describes the entities around one sentence."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene, self.number = scene, number
        self.near = {entity.index: self._near(scene.occurrences[entity.index]) for entity in scene.actors}
        inside = [index for index, ones in self.near.items() if ones[0].sentence == number]
        self.order = {index: rank for rank, index in enumerate(sorted(inside, key=lambda one: self.near[one][0].start))}
        entities = [scene.analysis.entities[index] for index in inside]
        self.names = {entity.name for entity in entities}
        self.kinds = [entity.kind for entity in entities]
        self.served = {entity.affiliation for entity in entities if entity.kind == "person"} - {None}
        self.entity_at = {one.head: index for index in inside for one in self.near[index]}
        self.speakers = {speaker for speaker, _ in scene.speakers[number]}
        known = [scene.analysis.entities[speaker] for speaker in self.speakers if speaker is not None]
        self.speakers_serve = {entity.affiliation for entity in known} - {None}

    def nearness(self, entity: Entity) -> tuple[int, int, int]:
        """Rank an entity: in the sentence, then before it, then after it; the more mentioned first."""
        distance = self.number - self.near[entity.index][0].sentence
        return distance if distance >= 0 else 3 - distance, -len(self.scene.occurrences[entity.index]), entity.index

    def _near(self, occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
        inside = tuple(one for one in occurrences if one.sentence == self.number)
        before = [one for one in occurrences if one.sentence < self.number]
        return inside or (before[-1] if before else occurrences[0],)

    def features(self, entity: Entity, rank: int) -> Iterator[float]:
        """Yield the features of an entity beside this sentence."""
        scene, all_of, near = self.scene, self.scene.occurrences[entity.index], self.near[entity.index]
        is_inside = entity.index in self.order
        distance = self.number - near[0].sentence
        sentence = scene.analysis.sentences[self.number]
        token = scene.analysis.tokens[near[0].head]
        yield float(is_inside)
        yield len(near) / 3 if is_inside else 0.0
        yield min(max(distance, 0), 6) / 6
        yield float(distance < 0)
        yield min(len(all_of), 10) / 10
        yield float(all_of[0].sentence == 0)
        yield float(all_of[0].sentence <= _LEAD)
        yield from _one_of(entity.kind, _KINDS)
        yield from _one_of(near[0].form, _FORMS)
        yield from _one_of(token.dep_, _ROLES)
        yield float(entity.index in self.speakers)
        yield float(bool(self.speakers) and entity.index not in self.speakers)
        yield scene.salience[entity.index]
        yield float(entity.name in self.speakers_serve)
        yield float(entity.name in self.served)
        yield float(entity.affiliation in self.names)
        yield rank / 10
        yield float(any(one.sentence == self.number - 1 for one in all_of))
        yield float(entity.territory is not None)
        yield from _one_of(min(len(self.order), 4), range(5))
        yield from _one_of(min(self.order.get(entity.index, 4), 4), range(4))
        yield from _one_of(scene.rank_of[entity.index], range(4))
        yield from self._syntax(near[:_MOST_MENTIONS_SEEN])
        yield float(sentence.role == "title")
        yield float(self.number == 0)
        yield self.kinds.count(entity.kind) / 4
        yield sum(kind != "person" for kind in self.kinds) / 4
        yield float("person" in self.kinds)

    def _syntax(self, mentions: Sequence[Occurrence]) -> Iterator[float]:
        """Yield how mentions are governed: their prepositions, clauses, depth, and neighbours in the tree."""
        links = [self._link(one.head) for one in mentions]
        for preposition in _PREPOSITIONS:
            yield float(any(link.preposition == preposition for link in links))
        yield float(any(link.preposition and link.preposition not in _PREPOSITIONS for link in links))
        for clause in _CLAUSES:
            yield float(any(link.clause == clause for link in links))
        yield max(link.depth for link in links) / 4
        yield float(any(link.is_conjunct for link in links))
        yield float(any(link.role in SUBJECTS for link in links))
        yield float(any(link.role == "nsubj" and link.clause == "ROOT" for link in links))
        yield float(any(one.head in self.scene.sources for one in mentions))
        yield float(any(self._is_beside_another(one) for one in mentions))

    def _link(self, head: int) -> "_Link":
        links = self.scene.links
        if head not in links:
            links[head] = _link(self.scene.analysis, head)
        return links[head]

    def _is_beside_another(self, mention: Occurrence) -> bool:
        """Return True if the governor of a mention is the head of another entity in the sentence."""
        own = self.entity_at.get(mention.head)
        governor = self.scene.analysis.tokens[mention.head].head.i
        return self.entity_at.get(governor, own) != own


class _Link(NamedTuple):
    preposition: str | None
    clause: str  # label of the governing verb
    depth: int  # nouns between the mention and that verb
    role: str
    is_conjunct: bool


def _link(analysis: Analysis, head: int) -> _Link:
    token = analysis.tokens[head]
    is_conjunct = token.dep_ == "conj"
    for _ in range(_MOST_CONJUNCTS):
        if token.dep_ != "conj":
            break
        token = token.head
    role, governor = token.dep_, token.head
    preposition = governor.lemma_.lower() if governor.dep_ in ("prep", "agent") else None
    depth = 0
    while governor.pos_ not in ("VERB", "AUX") and governor.head.i != governor.i and depth < _MOST_STEPS:
        governor = governor.head
        depth += 1
    return _Link(preposition, governor.dep_, depth, role, is_conjunct)


def _one_of(value: object, values: Sequence[object]) -> Iterator[float]:
    yield from (float(value == one) for one in values)
