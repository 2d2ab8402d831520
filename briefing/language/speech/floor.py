"""The floor: who speaks in "he said" and "she added".

Coreference takes the nearest fitting antecedent. Speakers show by other signs too (Almeida and others 2014, "A joint
model for quotation attribution and coreference resolution"): speakers rarely name themselves in their own words, and
after a sentence about one person that person usually speaks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity, Range
from briefing.language.surface import given_names, pronoun_sex
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_FAR = 900  # characters outside reported speech after which a speaker loses the floor
_BACK = 120  # tokens that are searched back for a subject, at most
_TITLED = 3  # tokens before the head of a name that may be a title
_WITHIN = frozenset({"pobj", "poss", "compound", "nmod"})


@dataclass(frozen=True, slots=True)
class Reported:
    """Stretches of reported speech, in order and disjoint."""

    pieces: Sequence[Range]
    covered: Sequence[int]  # for each piece the number of characters in the pieces before it; last, in all pieces

    @classmethod
    def of(cls, pieces: Iterable[Range]) -> "Reported":
        """Return the pieces in order; pieces that touch are joined."""
        joined: list[Range] = []
        for piece in sorted(pieces):
            if joined and piece.start <= joined[-1].end:
                joined[-1] = Range(joined[-1].start, max(joined[-1].end, piece.end))
            else:
                joined.append(piece)
        covered = [0]
        for piece in joined:
            covered.append(covered[-1] + piece.end - piece.start)
        return cls(joined, covered)

    def holds(self, offset: int) -> bool:
        """Return True if an offset is in one of the pieces."""
        index = self._index(offset)
        return index >= 0 and offset < self.pieces[index].end

    def outside(self, offset: int) -> int:
        """Return the number of characters before an offset that are in no piece."""
        index = self._index(offset)
        if index < 0:
            return offset
        piece = self.pieces[index]
        return offset - self.covered[index] - (min(offset, piece.end) - piece.start)

    def _index(self, offset: int) -> int:
        return bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1


@dataclass(slots=True)
class Floor:
    """The last speaker, the mentions of each entity, and the pronouns that can mean it."""

    doc: Doc
    referents: Mapping[int, tuple[int, ...]]
    people: frozenset[int]
    reported: Reported
    quoted: Reported
    named: Mapping[int, Sequence[int]]  # offsets of the mentions of each entity, except pronouns
    heads: Mapping[int, int]  # offset of a mention -> its head token
    titles: Mapping[int, frozenset[str]]  # sex of each entity by its titles and given names
    pronouns: Mapping[int, frozenset[str]]  # sex by its pronouns, which coreference may have misread
    last: tuple[int, int] | None = field(default=None)  # entity, offset of the source

    @classmethod
    def of(
        cls,
        doc: Doc,
        attributions: Sequence[Attribution],
        entities: Sequence[Entity],
        referents: Mapping[int, tuple[int, ...]],
    ) -> "Floor":
        """Return the floor at the start of the text."""
        sources = frozenset(attribution.source_head for attribution in attributions)
        return cls(
            doc=doc,
            referents=referents,
            people=frozenset(
                e.index for e in entities if e.kind == "person" and any(m.form == "name" for m in e.mentions)
            ),
            reported=Reported.of(piece for attribution in attributions for piece in attribution.content),
            quoted=Reported.of(piece for a in attributions if a.direct for piece in a.content),
            named={e.index: sorted(m.start for m in e.mentions if m.form != "pronoun") for e in entities},
            heads={m.start: m.head for e in entities for m in e.mentions},
            titles={e.index: _sexes_by_title(doc, e) for e in entities},
            pronouns={e.index: _sexes_by_pronoun(doc, e, sources) for e in entities},
        )

    def take(self, speaker: int | None, offset: int) -> None:
        """Give the floor to a speaker who is a named person."""
        if speaker is not None and speaker in self.people:
            self.last = (speaker, offset)

    def speaking(self, token: Token) -> int | None:
        """Return the last speaker, unless that is too far back or the token is a pronoun of the other sex."""
        if self.last is None:
            return None
        speaker, offset = self.last
        quiet = self.reported.outside(token.idx) - self.reported.outside(offset)
        return speaker if quiet <= _FAR and self._fits(speaker, token) else None

    def meant_by(self, pronoun: Token, meant: int | None, content: Sequence[Range]) -> int | None:
        """Return the person that "he" or "she" means as a source.

        This is *meant* (the result of coreference), the subject of the sentence before, or the last speaker.
        """
        edge = min(pronoun.idx, content[0].start)
        last = self.speaking(pronoun)
        named = meant is not None and meant != last and self._is_named_in(meant, content)
        doubtful = meant is None or named or self._is_aside(meant, pronoun)
        subject = self._subject_before(edge)
        about = self._person(subject)
        if about is not None and about == meant:
            return meant
        apt = about is not None and self._fits(about, pronoun) and not self._is_named_in(about, content)
        if about is not None and apt and (doubtful or self._is_lesser(meant, about, subject, edge)):
            return about
        if about is not None and apt and meant is not None and self._begins_anew(subject, meant, edge):
            return about
        if not doubtful:
            return meant
        stranger = subject is not None and subject.ent_type_ == "PERSON" and subject.i not in self.referents
        if last is not None and not stranger:
            return last
        return None if named or stranger else meant

    def _fits(self, entity: int, pronoun: Token) -> bool:
        sex = pronoun_sex(pronoun)
        known = self.titles[entity] or self.pronouns[entity]
        return sex is None or not known or sex in known

    def _subject_before(self, edge: int) -> Token | None:
        """Return the only subject of the sentence before an offset, outside quotations."""
        place = _token_before(self.doc, edge)
        while place >= 0 and (self.doc[place].is_space or self.doc[place].is_punct):
            place -= 1
        if place < 0 or self.quoted.holds(self.doc[place].idx):
            return None
        for token in reversed(self.doc[max(place - _BACK, 0) : place + 1]):
            if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT":
                return None if any(child.dep_ == "conj" for child in token.children) else token
            if token.is_sent_start:
                return None
        return None

    def _person(self, token: Token | None) -> int | None:
        if token is None:
            return None
        for noun in (token, *(child for child in token.children if child.dep_ == "appos")):
            meant = self.referents.get(noun.i, ())
            if len(meant) == 1 and meant[0] in self.people:
                return meant[0]
        return None

    def _is_lesser(self, entity: int | None, about: int, subject: Token | None, edge: int) -> bool:
        """Return True if an entity is not the last speaker and is mentioned after the subject *about*."""
        if entity is None or subject is None or entity == about or (self.last is not None and self.last[0] == entity):
            return False
        places = self.named[entity]
        index = bisect_left(places, edge) - 1
        return index >= 0 and places[index] > subject.idx

    def _begins_anew(self, subject: Token | None, meant: int, edge: int) -> bool:
        """Return True if the paragraph so far is about a named person and does not mention *meant*."""
        if subject is None or subject.ent_type_ != "PERSON" or _breaks(self.doc, subject.i, edge):
            return False
        opening = next((t for t in reversed(self.doc[max(subject.i - _BACK, 0) : subject.i]) if "\n" in t.text), None)
        if opening is None:
            return False
        places = self.named[meant]
        return bisect_left(places, opening.idx) == bisect_left(places, edge)

    def _is_named_in(self, entity: int, content: Sequence[Range]) -> bool:
        places = self.named[entity]
        return any(bisect_left(places, piece.start) < bisect_left(places, piece.end) for piece in content)

    def _is_aside(self, entity: int, pronoun: Token) -> bool:
        """Return True if the last mention of an entity is in reported speech, or part of another noun phrase."""
        places = self.named[entity]
        index = bisect_left(places, pronoun.idx) - 1
        if index < 0:
            return False
        head = self.doc[self.heads[places[index]]]
        within = head.dep_ in _WITHIN and head.i < pronoun.sent.start
        return within or head.head.dep_ == "pcomp" or self.reported.holds(places[index])


def _breaks(doc: Doc, first: int, edge: int) -> bool:
    """Return True if a paragraph ends between the token *first* and an offset."""
    return any("\n" in token.text for token in doc[first : _token_before(doc, edge) + 1])


def _token_before(doc: Doc, offset: int) -> int:
    """Return the index of the last token that starts before an offset; -1 otherwise."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < offset:
            low = middle + 1
        else:
            high = middle
    return low - 1


def _sexes_by_title(doc: Doc, entity: Entity) -> frozenset[str]:
    """Return the sexes by titles, else by the given name."""
    titled = _sexes_by_address(doc, entity)
    given = entity.name.casefold().split()
    if titled or len(given) < 2:
        return titled
    return frozenset(sex for sex in ("male", "female") if given[0] in given_names(sex))


def _sexes_by_address(doc: Doc, entity: Entity) -> frozenset[str]:
    words = (w for m in entity.mentions if m.form != "pronoun" for w in doc[max(m.head - _TITLED, 0) : m.head])
    return frozenset(filter(None, (_title_sex(word) for word in words)))


def _sexes_by_pronoun(doc: Doc, entity: Entity, sources: frozenset[int | None]) -> frozenset[str]:
    heads = (m.head for m in entity.mentions if m.form == "pronoun" and m.head not in sources)
    return frozenset(filter(None, (pronoun_sex(doc[head]) for head in heads)))


def _title_sex(word: Token) -> str | None:
    text = word.lower_.rstrip(".")
    if text in word_set(__name__, "titles_of_men"):
        return "male"
    return "female" if text in word_set(__name__, "titles_of_women") else None
