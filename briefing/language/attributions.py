"""Who is said to have said or thought what: sources, cues and contents (PARC 3, Pareti 2015; PolNeAR, Newell 2018)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity, Range, SentenceSpan
from briefing.language.attribution_sources import owner_of
from briefing.language.direct_speech import Speech, find_direct
from briefing.language.indirect_speech import find_indirect
from briefing.language.lexicon import word_set
from briefing.language.quotations import find_quotations
from briefing.language.transcripts import find_turns

_APPOSED = frozenset({"appos", "compound", "nmod", "flat", "dep"})
_PERSONAL = frozenset({"he", "she"})
_NEAR = 150  # tokens from a speaker to a pronoun that may go on meaning that person
_HOPS = 4  # heads between a name and the head of the source that it belongs to
_MOST = 0.8  # share of a content that is direct speech already


def find_attributions(doc: Doc, sentences: tuple[SentenceSpan, ...]) -> tuple[Attribution, ...]:
    """Return the attributions of the article in reading order, their speakers not yet resolved."""
    speech = Speech.read(doc, sentences, find_quotations(doc, sentences))
    direct = list(find_direct(speech))
    told = _Told(direct)
    others = (*find_turns(doc, sentences), *find_indirect(speech))
    found = [*direct, *(attribution for attribution in others if not told.already(attribution))]
    return tuple(sorted(found, key=lambda attribution: (attribution.content, not attribution.direct)))


class _Told:
    """The characters of direct speech, counted from the start of the text."""

    def __init__(self, direct: Iterable[Attribution]) -> None:
        pieces = sorted(piece for attribution in direct for piece in attribution.content)
        self._ends = [piece.end for piece in pieces]
        self._pieces = pieces

    def already(self, attribution: Attribution) -> bool:
        """Say whether most of what an attribution reports is a quotation that has an attribution of its own."""
        whole = sum(piece.end - piece.start for piece in attribution.content)
        return sum(self._shared(piece) for piece in attribution.content) >= _MOST * whole

    def _shared(self, wanted: Range) -> int:
        index = bisect_right(self._ends, wanted.start)
        shared = 0
        while index < len(self._pieces) and self._pieces[index].start < wanted.end:
            piece = self._pieces[index]
            shared += min(piece.end, wanted.end) - max(piece.start, wanted.start)
            index += 1
        return shared


def resolve_speakers(
    doc: Doc,
    attributions: tuple[Attribution, ...],
    entities: tuple[Entity, ...],
    referents: Mapping[int, tuple[int, ...]],
) -> tuple[Attribution, ...]:
    """Return the attributions with the entity that each source refers to, where it is one.

    The head of the source decides; else the name in its apposition or at its end ("the speaker, Ana Sol", "Chairman of
    the Board Ana Sol"); else the owner of a document ("a statement from the ministry").
    A pronoun that nothing else explains is the person who spoke just before.
    """
    people = {m.head: e.index for e in entities if e.kind == "person" for m in e.mentions if m.form == "name"}
    sources = {a.source_head: a for a in reversed(attributions) if a.source_head is not None}
    speakers: dict[int, int | None] = {}
    last: tuple[int, int] | None = None  # the person who spoke last, and where
    for head in sorted(sources):
        speaker = _speaker(doc[head], sources[head], referents, people)
        if speaker is None and last is not None and head not in referents and doc[head].lower_ in _PERSONAL:
            speaker = last[0] if head - last[1] <= _NEAR else None
        if speaker is not None and entities[speaker].kind == "person":
            last = (speaker, head)
        speakers[head] = speaker
    return tuple(
        replace(attribution, speaker=None if attribution.source_head is None else speakers[attribution.source_head])
        for attribution in attributions
    )


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
