"""What the heads see beside the words: where a sentence is, and how an entity, time or place occurs in it.

Each feature is a number of about 0 to 1. Training and scoring call the same functions.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, Protocol, TypeVar

from spacy.tokens import Span, Token

from briefing.extraction.salience import entity_salience
from briefing.extraction.scoring.scores import Kind
from briefing.language.analysis import Analysis, Entity, MentionForm
from briefing.language.syntax import SUBJECTS
from briefing.language.times.values import is_after, precision_of

MOST_CANDIDATES = 16  # entities that are scored as parties of one sentence
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
_PRECISIONS = ("unknown", "year", "season", "quarter", "month", "week", "range", "day")
_PLACES = ("GPE", "LOC", "FAC")
_FORMS_OF_VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_NO_MATTERS = ("PERSON", "GPE", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY")

Tied = Literal["time", "place", "matter", "deed"]
TIED: tuple[Tied, ...] = ("time", "place", "matter", "deed")
TIED_TO: Mapping[Kind, tuple[Tied, ...]] = {
    "agreement": ("matter",),
    "disagreement": ("matter",),
    "event": ("time", "place", "deed"),
}
TIED_AROUND: tuple[Tied, ...] = ("time", "place")  # to an event, from the sentences around it, too
_Value = TypeVar("_Value")


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


@dataclass(frozen=True, slots=True)
class Tie:
    """A word or phrase in a sentence that may be something of its event or point.

    A time or place of the event; a noun phrase that is the matter of the point; a noun phrase or verb that is what
    happens at the event.
    """

    what: Tied
    start: int  # characters
    end: int
    index: int  # of a time in Analysis.times; of the head token of any other
    features: tuple[float, ...]


class _OnUse(dict[int, _Value]):
    """A table whose values are computed when they are asked for."""

    def __init__(self, value_of: Callable[[int], _Value]) -> None:
        self._value_of = value_of

    def __missing__(self, key: int) -> _Value:
        self[key] = value = self._value_of(key)
        return value


class Described(Protocol):
    """An article as its points are judged: by number of sentence, and index of entity."""

    @property
    def names(self) -> Sequence[str]:
        """Return the name of each entity."""

    @property
    def sentence_features(self) -> Sequence[Sequence[float]]:
        """Return the features of each sentence."""

    @property
    def candidates(self) -> Mapping[int, Sequence[Candidate]] | Sequence[Sequence[Candidate]]:
        """Return the entities that may be parties of each sentence."""

    @property
    def ties(self) -> Mapping[int, Sequence[Tie]] | Sequence[Sequence[Tie]]:
        """Return what may be tied to an event or point in each sentence."""

    @property
    def occurrences(self) -> Mapping[int, Sequence[Occurrence]]:
        """Return where each entity occurs."""

    def key_of(self, tie: Tie) -> str:
        """Return what a time or place denotes: the value of the time, the name of the place."""


@dataclass(frozen=True)
class Scene:
    """The entities, speech and sentences of an article, in the tables that the features need."""

    analysis: Analysis

    @cached_property
    def names(self) -> Sequence[str]:
        """Return the name of each entity."""
        return [entity.name for entity in self.analysis.entities]

    @cached_property
    def sentence_features(self) -> Sequence[Sequence[float]]:
        """Return the features of each sentence."""
        return sentence_features(self)

    @cached_property
    def candidates(self) -> Mapping[int, Sequence[Candidate]]:
        """Return the entities that may be parties of each sentence."""
        return _OnUse(lambda number: candidates_of(self, number))

    @cached_property
    def ties(self) -> dict[int, Sequence[Tie]]:
        """Return what may be tied to the event or point of each sentence: its times and places, and what is scored."""
        return _OnUse(lambda number: ties_of(self, number, TIED_AROUND))

    def key_of(self, tie: Tie) -> str:
        """Return what a time or place denotes: the value of the time, the name of the place."""
        value = self.analysis.times[tie.index].value if tie.what == "time" else None
        return value or place_name(self.analysis.article.text[tie.start : tie.end])

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
    def links(self) -> dict[int, tuple[float, ...]]:
        """Return how mentions are governed, by head token; filled on use."""
        return {}

    @cached_property
    def places(self) -> Sequence[Span]:
        """Return the names of places, which spaCy reads from the whole text at once."""
        return [entity for entity in self.analysis.doc.ents if entity.label_ in _PLACES]

    @cached_property
    def chunks(self) -> Sequence[Span]:
        """Return the noun phrases of the article, which spaCy reads from the whole text at once."""
        return [chunk for chunk in self.analysis.doc.noun_chunks if chunk.root.pos_ in ("NOUN", "PROPN")]

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


def place_name(written: str) -> str:
    """Return the name of a place in one form."""
    return " ".join(written.casefold().split()).removeprefix("the ")


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
        mentions = near[:_MOST_MENTIONS_SEEN]
        yield from _syntax(scene, [one.head for one in mentions])
        yield float(any(one.head in scene.sources for one in mentions))
        yield float(any(self._is_beside_another(one) for one in mentions))
        yield float(sentence.role == "title")
        yield float(self.number == 0)
        yield self.kinds.count(entity.kind) / 4
        yield sum(kind != "person" for kind in self.kinds) / 4
        yield float("person" in self.kinds)

    def _is_beside_another(self, mention: Occurrence) -> bool:
        """Return True if the governor of a mention is the head of another entity in the sentence."""
        own = self.entity_at.get(mention.head)
        governor = self.scene.analysis.tokens[mention.head].head.i
        return self.entity_at.get(governor, own) != own


def ties_of(scene: Scene, number: int, wanted: Collection[Tied] = TIED) -> tuple[Tie, ...]:
    """Return what may be tied to an event or point in the sentence with this number, counted from 0."""
    groups = [(what, _may_be_tied(scene, number, what)) for what in TIED if what in wanted]
    return tuple(
        Tie(what, held.start_char, held.end_char, index, tuple(_tie_features(scene, number, tie, place, len(group))))
        for what, group in groups
        for place, (held, index) in enumerate(group)
        if held is not None and (tie := (what, held, index))
    )


def _may_be_tied(scene: Scene, number: int, what: Tied) -> Sequence[tuple[Span | None, int]]:
    """Return the times, places, noun phrases, or noun phrases and verbs of a sentence, each with its own number."""
    doc, sentence = scene.analysis.doc, scene.analysis.sentences[number]
    if what == "time":
        return [
            (doc.char_span(time.start, time.end, alignment_mode="expand"), index)
            for index, time in enumerate(scene.analysis.times)
            if sentence.start <= time.start < sentence.end
        ]
    inside = [
        span
        for span in (scene.places if what == "place" else scene.chunks)
        if sentence.first <= span.start and span.end <= sentence.last
    ]
    if what == "place":
        return [(span, span.root.i) for span in inside]
    heads = ((span, span.root) for span in inside)
    phrases = [(span, root.i) for span, root in heads if root.ent_type_ not in _NO_MATTERS]
    if what == "matter":
        return phrases
    tokens = doc[sentence.first : sentence.last]
    verbs = [(doc[token.i : token.i + 1], token.i) for token in tokens if token.pos_ == "VERB"]
    return sorted((*phrases, *verbs), key=lambda held: held[1])


def _tie_features(scene: Scene, number: int, tie: tuple[Tied, Span, int], place: int, total: int) -> Iterator[float]:
    """Yield the features of the *place*-th of all that may be tied in one way."""
    analysis, sentence, (what, held, index) = scene.analysis, scene.analysis.sentences[number], tie
    head = next((token for token in held if token.head not in held), held.root)
    written = analysis.times[index] if what == "time" else None
    ahead = None if written is None else is_after(written.value, analysis.article.published)
    yield from _one_of(what, TIED)
    yield float(ahead is True)
    yield float(ahead is False)
    yield from _one_of(written and written.type, ("DATE", "TIME", "DURATION", "SET"))
    yield from _one_of(written and precision_of(written.value), _PRECISIONS)
    yield from _one_of(head.ent_type_ if what == "place" else None, _PLACES)
    yield float(any(entity.territory is not None for entity in analysis.entities_of(head)))
    yield float(any(entity.kind is not None for entity in analysis.entities_of(head)))
    yield float(head.pos_ == "PROPN")
    yield float(head.pos_ == "VERB")
    yield from _one_of(head.tag_, _FORMS_OF_VERBS)
    yield float(any(child.tag_ == "MD" for child in head.lefts))
    yield float(any(child.tag_ == "TO" for child in head.lefts))
    yield float(any(child.dep_ == "neg" for child in head.children))
    yield float(bool(head.ent_type_))
    yield min(len(held), 8) / 8
    yield float(any(child.dep_ in ("prep", "acl", "relcl") for child in head.rights))
    yield from _one_of(head.dep_, _ROLES)
    yield from _one_of(min(place, 3), range(4))
    yield min(total, 8) / 8
    yield (head.i - sentence.first) / max(1, sentence.last - sentence.first)
    yield float(sentence.role == "title")
    yield from _syntax(scene, [head.i])


def _syntax(scene: Scene, heads: Sequence[int]) -> Iterator[float]:
    """Yield how mentions with these head tokens are governed: prepositions, clauses, depth, and roles."""
    for head in heads:
        if head not in scene.links:
            scene.links[head] = tuple(_link_features(scene.analysis.tokens[head]))
    yield from map(max, zip(*(scene.links[head] for head in heads), strict=True))


def _link_features(token: Token) -> Iterator[float]:
    """Yield how a mention is governed: its preposition, the clause of its verb, and the nouns between."""
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
    yield from _one_of(preposition, _PREPOSITIONS)
    yield float(preposition is not None and preposition not in _PREPOSITIONS)
    yield from _one_of(governor.dep_, _CLAUSES)
    yield depth / 4
    yield float(is_conjunct)
    yield float(role in SUBJECTS)
    yield float(role == "nsubj" and governor.dep_ == "ROOT")


@lru_cache(1024)
def _one_of(value: object, values: Sequence[object]) -> tuple[float, ...]:
    return tuple(float(value == one) for one in values)
