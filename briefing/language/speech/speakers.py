"""Speakers: the entities that the sources of attributions refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity
from briefing.language.roles.phrases import nouns_of
from briefing.language.speech.contents import verbs_of
from briefing.language.speech.documents import Issuers
from briefing.language.speech.floor import Floor
from briefing.language.speech.reports import callings
from briefing.runtime.lexicon import word_set

_APPOSED = frozenset({"appos", "compound", "nmod", "flat", "dep"})
_CALLING = word_set(__name__, "calling")
_HOPS = 4  # steps up the tree from a name to the head of its source, at most


def resolve_speakers(
    doc: Doc,
    attributions: tuple[Attribution, ...],
    entities: tuple[Entity, ...],
    referents: Mapping[int, tuple[int, ...]],
) -> tuple[Attribution, ...]:
    """Return the attributions with the entity of each source that could be resolved.

    The head of the source decides, else a name in apposition or at its end ("the speaker, Ana Sol", "Chairman of the
    Board Ana Sol"), else the last speaker ("the expert said"). ``Floor`` resolves pronouns. A document speaks for its
    issuer ("the statement said").
    """
    people = {m.head: e.index for e in entities if e.kind == "person" for m in e.mentions if m.form == "name"}
    sources = _Sources(Floor.of(doc, attributions, entities, referents), referents, people)
    speakers: dict[int, int] = {}
    ways: dict[int | None, str] = {}
    first = {a.source_head: a for a in reversed(attributions) if a.source_head is not None}
    for head in sorted(first):
        speaker = sources.speaker(doc[head], first[head])
        if speaker is not None:
            speakers[head] = speaker
            ways[head] = sources.way
    reporting = {a.cue_token: speakers[a.source_head] for a in attributions if a.source_head in speakers}
    issued = Issuers(referents, reporting).read(doc)
    ways |= dict.fromkeys(issued, "it is a document, so its issuer speaks")
    speaking = {**speakers, **issued}
    return tuple(
        a
        if a.source_head is None
        else replace(a, speaker=speaking.get(a.source_head), resolved=ways.get(a.source_head))
        for a in attributions
    )


@dataclass(slots=True)
class _Sources:
    """Resolves sources in the order of the text."""

    floor: Floor
    referents: Mapping[int, tuple[int, ...]]
    people: Mapping[int, int]  # head token of a name -> person
    unnamed: dict[str, int | None] = field(default_factory=dict)  # lemma of "an official" -> entity
    way: str = ""  # how the last source was resolved

    def speaker(self, head: Token, attribution: Attribution) -> int | None:
        """Return the entity of a source and give it the floor."""
        speaker = self._named(head, attribution)
        if speaker is None:
            speaker = self._meant(head, attribution)
        if _speaks(attribution):
            self.floor.take(speaker, head.idx)
        return speaker

    def _named(self, head: Token, attribution: Attribution) -> int | None:
        self.way = "the source is a name"
        if head.i in self.people:
            return self.people[head.i]
        self.way = "a name is beside the source"
        tokens = _tokens_of(head, attribution)
        return next((self.people[t.i] for t in tokens if t.i in self.people and _is_same(t, head)), None)

    def _meant(self, head: Token, attribution: Attribution) -> int | None:
        """Return the entity of a pronoun or a nominal."""
        entities = self.referents.get(head.i, ())
        meant = entities[0] if len(entities) == 1 else None
        self.way = "the words refer back to an earlier mention"
        if head.lower_ in ("he", "she"):
            self.way = "the pronoun fits the last person mentioned or the last speaker"
            return self.floor.meant_by(head, meant, attribution.content) if len(entities) < 2 else None
        lemma = head.lemma_.lower()
        left = [child for child in head.children if child.i < head.i]
        definite = any(child.lower_ == "the" for child in left)
        if lemma in nouns_of("unnamed"):
            if definite and lemma in self.unnamed:
                self.way = "the same unnamed source as before"
                return self.unnamed[lemma]
            if not definite:
                self.unnamed[lemma] = self.unnamed["source"] = meant
        if definite and head.tag_ == "NNP" and lemma in word_set(__name__, "partisans"):
            self.way = "it is the last speaker"
            return self.floor.speaking(head)
        if (
            meant not in self.floor.people
            and definite
            and head.tag_ != "NNS"
            and len(left) == 1
            and lemma in callings()
        ):
            last = self.floor.speaking(head)
            if last is not None:
                self.way = "it is the last speaker"
            return meant if last is None else last
        return meant


def _speaks(attribution: Attribution) -> bool:
    """Return True if a source says something, and does not only think, want or decide it."""
    aloud = attribution.direct or attribution.cue in verbs_of("speech")
    return aloud or attribution.cue not in verbs_of("thought", "with_infinitive")


def _tokens_of(head: Token, attribution: Attribution) -> list[Token]:
    """Return the tokens of a source: first from its head to its end, then backwards from its head."""
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
    """Return True if a name and its noun phrase have one referent: not a possessor or the object of a preposition."""
    node = name
    for _ in range(_HOPS):
        if node.i == head.i:
            return True
        called = node.dep_ == "oprd" or (node.dep_ == "acl" and node.lemma_ in _CALLING)
        if node.dep_ not in _APPOSED and not called:
            return False
        node = node.head
    return False
