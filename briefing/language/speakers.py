"""Whom the source of an attribution refers to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity, Range
from briefing.language.attribution_sources import owner_of
from briefing.language.lexicon import word_set

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_APPOSED = frozenset({"appos", "compound", "nmod", "flat", "dep"})
_HOPS = 4  # heads between a name and the head of the source that it belongs to
_NEAR = 150  # tokens from a speaker to a pronoun that may go on meaning that person


def resolve_speakers(
    doc: Doc,
    attributions: tuple[Attribution, ...],
    entities: tuple[Entity, ...],
    referents: Mapping[int, tuple[int, ...]],
) -> tuple[Attribution, ...]:
    """Return the attributions with the entity that each source refers to, where it is one.

    The head of the source decides; else the name in its apposition or at its end ("the speaker, Ana Sol", "Chairman of
    the Board Ana Sol"); else the owner of a document ("a statement from the ministry"). Who speaks goes on speaking: a
    pronoun that is nobody, or somebody told of only in what that speaker says, is the person who spoke before.
    """
    floor = _Floor.of(doc, attributions, entities)
    sources = {a.source_head: a for a in reversed(attributions) if a.source_head is not None}
    people = {m.head: e.index for e in entities if e.kind == "person" for m in e.mentions if m.form == "name"}
    speakers: dict[int, int | None] = {}
    for head in sorted(sources):
        speaker = _speaker(doc[head], sources[head], referents, people)
        if doc[head].lower_ in ("he", "she") and len(referents.get(head, ())) < 2:
            speaker = floor.holder(doc[head], speaker)
        if speaker is not None and entities[speaker].kind == "person":
            floor.last = (speaker, head)
        speakers[head] = speaker
    return tuple(
        replace(attribution, speaker=None if attribution.source_head is None else speakers[attribution.source_head])
        for attribution in attributions
    )


@dataclass(slots=True)
class _Floor:
    """Who spoke last, and where each entity is told of."""

    told: Sequence[Range]  # what is reported, in order and apart
    mentions: Mapping[int, Sequence[tuple[int, int]]]  # of each entity, but for pronouns: head token, offset
    sexes: Mapping[int, frozenset[str]]
    last: tuple[int, int] | None = field(default=None)  # entity, head token

    @classmethod
    def of(cls, doc: Doc, attributions: Iterable[Attribution], entities: Iterable[Entity]) -> "_Floor":
        told: list[Range] = []
        for piece in sorted(piece for attribution in attributions for piece in attribution.content):
            if told and piece.start <= told[-1].end:
                told[-1] = Range(told[-1].start, max(told[-1].end, piece.end))
            else:
                told.append(piece)
        entities = tuple(entities)
        return cls(
            told,
            {e.index: sorted((m.head, m.start) for m in e.mentions if m.form != "pronoun") for e in entities},
            {e.index: frozenset(filter(None, (_sex(doc[m.head]) for m in e.mentions))) for e in entities},
        )

    def holder(self, pronoun: Token, speaker: int | None) -> int | None:
        """Return whom the pronoun before or after a cue means: *speaker*, or who spoke before."""
        if self.last is None or pronoun.i - self.last[1] > _NEAR or self.last[0] == speaker:
            return speaker
        sexes = self.sexes[self.last[0]]
        if sexes and _sex(pronoun) not in sexes:
            return speaker
        return self.last[0] if speaker is None or self._only_told_of(speaker, pronoun.i) else speaker

    def _only_told_of(self, entity: int, token: int) -> bool:
        """Say whether the last mention before a token stands in what somebody is reported to have said."""
        mentions = self.mentions[entity]
        place = bisect_left(mentions, (token, 0)) - 1
        if place < 0:
            return False
        offset = mentions[place][1]
        index = bisect_right(self.told, (offset, len(self.told) and self.told[-1].end)) - 1
        return index >= 0 and self.told[index].start <= offset < self.told[index].end


def _sex(token: Token) -> str | None:
    if token.lower_ in _MALE:
        return "male"
    return "female" if token.lower_ in _FEMALE else None


def _speaker(
    head: Token, attribution: Attribution, referents: Mapping[int, tuple[int, ...]], people: Mapping[int, int]
) -> int | None:
    if head.i in people:
        return people[head.i]
    named = [people[token.i] for token in _tokens_of(head, attribution) if token.i in people and _is_same(token, head)]
    if named:
        return named[0]
    meant = referents.get(head.i, ())
    if not meant and head.lemma_.lower() in word_set("attribution", "documents"):
        owner = owner_of(head)
        meant = () if owner is None else referents.get(owner.i, ())
    return meant[0] if len(meant) == 1 else None


def _tokens_of(head: Token, attribution: Attribution) -> list[Token]:
    """Return the tokens of a source, from its head on and then before it."""
    if attribution.source is None:
        return []
    first, last = attribution.source
    before, after = [], []
    for token in head.doc[head.i : head.right_edge.i + 1]:
        if token.idx >= last:
            break
        after.append(token)
    for token in reversed(list(head.doc[head.left_edge.i : head.i])):
        if token.idx < first:
            break
        before.append(token)
    return after + before


def _is_same(name: Token, head: Token) -> bool:
    """Say whether a name within a noun phrase names whom the phrase means: no possessor, no object of a preposition."""
    node = name
    for _ in range(_HOPS):
        if node.i == head.i:
            return True
        if node.dep_ not in _APPOSED:
            return False
        node = node.head
    return False
