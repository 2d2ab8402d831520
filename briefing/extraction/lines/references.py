"""Decide which pronouns and definite nominals of a line get names in brackets, and write the brackets."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.evidence.grounding import Inserted
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.speaking_turns import is_setting, speaker_before, turn_speakers
from briefing.language.analysis import Analysis, Attribution, Entity, Mention, Range, SentenceSpan
from briefing.language.lexicon import word_set
from briefing.language.memory import once_per_analysis
from briefing.language.neighbours import word_after, word_before
from briefing.language.roles.phrases import nouns_of
from briefing.language.syntax import SUBJECTS

_PERSONAL = word_set(__name__, "personal")
_POSSESSIVE = word_set(__name__, "possessive")
_OURSELVES = word_set(__name__, "ourselves")
_FIRST_PERSON = _OURSELVES | {"i"}
_WITHOUT_NAME = word_set(__name__, "without_name")
_MOST_NAMES = 4  # in one pair of brackets
_PHRASE_PREPOSITIONS = word_set(__name__, "phrase_prepositions")
_CLAUSES = frozenset({"relcl", "acl", "advcl"})
_ARGUMENTS = SUBJECTS | {"dobj"}
_PLACES = _ARGUMENTS | {"poss", "pobj"}
_RELATIVE = frozenset({"WDT", "WP"})

Meaning = tuple[Mention, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Naming:
    """Which references of a line get names."""

    known: Collection[int] = ()  # entities that earlier lines name in full; for them the last name is enough
    thorough: bool = False  # name all pronouns and "both sides", not only subjects and what opens the line
    last: int | None = None  # the last token whose pronoun gets a name; None for no limit
    meant: Mapping[int, tuple[Entity, ...]] = field(default_factory=dict)  # pronouns that the caller resolves, by token
    front: bool = False  # the speaker precedes a quotation, and "we" or "I" that opens the line


class Bracket(NamedTuple):
    """A name in brackets that a line adds."""

    place: Range  # the range that it replaces; empty if it is only added
    written: Inserted
    form: str  # form of the explained words: "pronoun", "nominal", "speaker's turn"
    words: Range


class _Tables(NamedTuple):
    named: Mapping[int, int]  # head token of a name, metonym or demonym -> entity
    referring: Mapping[int, Meaning]  # head token of a pronoun or nominal -> its referents
    turns: Mapping[int, int]  # first token of a sentence within a speaker's turn -> entity that speaks
    quoted: frozenset[int]  # tokens in quotation marks


class References:
    """The names that the pronouns and definite nominals of an article stand for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.named, self.referring, self.turns, self.quoted = _tables(analysis)

    def brackets(self, part: SentenceSpan, start: int, naming: Naming) -> Iterator[Bracket]:
        """Yield the brackets of a line, each with the words that it explains.

        Args:
            part: The sentence, or a part of it.
            start: Offset at which the line starts, after a connective that it leaves out.
            naming: Which references get names.
        """
        unnamed = tuple(self.unnamed(part, start, naming))
        first = self._first(part, start)
        speaker = self._speaker_in_front(part, first, unnamed, naming)
        if speaker is not None:
            name, said = names_of([self.analysis.entities[speaker]], naming.known), Range(part.start, part.end)
            yield Bracket(Range(start, start), Inserted(f"[{name}:] "), "speaker's turn", said)
        if naming.thorough and (noun := _antecedent(first)):
            yield Bracket(_range(first), Inserted(f"[{noun}]"), "relative pronoun", _range(first))
        for mention, meant in unnamed:
            if speaker is None or self.analysis.tokens[mention.head].lower_ != "i":
                yield self._bracket(mention, meant, naming)

    def entities_named(self, sentence: SentenceSpan, start: int) -> frozenset[int]:
        """Return the entities that a sentence names, in its own words or in brackets."""
        names = self._named_in(sentence)
        names |= {entity.index for _, meant in self.unnamed(sentence, start, Naming()) for entity in meant}
        if sentence.first in self.turns:
            names.add(self.turns[sentence.first])
        return frozenset(names)

    def unnamed(self, part: SentenceSpan, start: int, naming: Naming) -> Iterator[Meaning]:
        """Yield pronouns and nominals that get names because the part does not explain them, one for each entity."""
        first = self._first(part, start).i
        meanings = {i: m for i in range(part.first, part.last) if (m := self._meaning(i, first, naming)) is not None}
        if not meanings:
            return
        anywhere = self._named_in(part)
        before: set[int] = set()  # entities that the article names earlier in the part
        ours: set[int] = set()  # entities of the references so far
        kinds: set[str | None] = set()  # kinds of the entities so far: a pronoun may mean one of them
        several = thing = False  # there is a plural before, which "they" may mean, or a noun, which "it" may mean
        for token in self.analysis.tokens[part.first : max(meanings) + 1]:
            if token.i not in meanings:
                before |= {self.named[token.i]} if token.i in self.named else set()
                kinds |= self._kinds_of(token)
                several = several or token.tag_ in ("NNS", "NNPS") or token.dep_ == "conj"
                thing = thing or (token.pos_ == "NOUN" and token.dep_ in _ARGUMENTS)
                continue
            mention, meant = meanings[token.i]
            opening = mention.start <= start + 1
            indices = {entity.index for entity in meant}
            rivals = (several and token.lower_ in ("they", "their")) or kinds & {entity.kind for entity in meant}
            rivals = rivals or (naming.thorough and thing and token.lower_ in ("it", "its"))
            told = naming.thorough and token.lower_ in _FIRST_PERSON
            # A name may come after its pronoun: "When he arrived, Mr Holm said". Each "I" gets a name if one does.
            seen = before if naming.thorough and (told or len(meant) > 1) else anywhere
            seen = seen if token.lower_ == "i" else seen | ours
            if seen.isdisjoint(indices) and (opening or told or not rivals):
                if self._needs_name(mention, meant, naming, opening=opening) and self._may_be_replaced(token, naming):
                    yield mention, meant
                ours |= indices
            kinds |= {entity.kind for entity in meant}

    def _first(self, part: SentenceSpan, start: int) -> Token:
        """Return the first word of a line."""
        tokens = self.analysis.tokens_of(part)
        words = (token for token in tokens if token.idx >= start and not token.is_punct and not token.is_space)
        return next(words, tokens[0])

    def _speaker_in_front(
        self, part: SentenceSpan, first: Token, unnamed: Collection[Meaning], naming: Naming
    ) -> int | None:
        """Return the entity that speaks: in a turn, or where a thorough line opens with "we" or the like."""
        named = self._named_in(part)
        if not naming.thorough:
            speaker = self.turns.get(part.first)
            return speaker if speaker not in named else None
        if any(mention.head == first.i for mention, _ in unnamed) or _is_glossed(first):
            return None
        if first.lower_ in _WITHOUT_NAME:
            return self._speaker_of(first)
        named |= {entity.index for mention, meant in unnamed for entity in meant if mention.form == "pronoun"}
        speaker = self._speaker_of(first) if naming.front and first.i in self.quoted else None
        return speaker if speaker not in named else None

    def _speaker_of(self, token: Token) -> int | None:
        """Return the entity whose reported words hold a token; within a report, the inner report counts."""
        around = [a for a in self.analysis.attributions if any(r.start <= token.idx < r.end for r in a.content)]
        inner: Attribution | None = min(reversed(around), key=_length, default=None)
        return inner.speaker if inner is not None else None

    def _meaning(self, index: int, first: int, naming: Naming) -> Meaning | None:
        """Return the referents of a token; for "I" or the "we" of a body in a thorough line, the speaker."""
        known = self.referring.get(index)
        if not naming.thorough:
            return known
        token = self.analysis.tokens[index]
        mention = Mention(*_range(token), index, "pronoun")
        if index in naming.meant:
            return mention, naming.meant[index]
        speaker = self._speaker_of(token) if token.lower_ in ("i", "we") and token.dep_ in SUBJECTS else None
        if speaker is None or _is_glossed(token):
            return known
        if index == first and (naming.front or (known is None and _disagrees(token, several=False))):
            return None  # its speaker precedes the line
        entity = self.analysis.entities[speaker]
        by_speaker = (mention, (entity,)) if token.lower_ == "i" or entity.kind != "person" else None
        return known or by_speaker

    def _bracket(self, mention: Mention, meant: tuple[Entity, ...], naming: Naming) -> Bracket:
        head = self.analysis.doc[mention.head]
        name, words = names_of(meant, naming.known), Range(mention.start, mention.end)
        if mention.form == "nominal" and len(meant) == 1:
            end = _phrase_end(head, mention)
        elif mention.form == "pronoun" and _disagrees(head, several=len(meant) > 1):
            end = mention.end
        else:
            owner = possessive(name) if mention.form == "pronoun" and head.dep_ == "poss" else name
            return Bracket(words, Inserted(f"[{owner}]"), mention.form, words)
        return Bracket(Range(end, end), Inserted(f" [{name}]"), mention.form, words)

    def _named_in(self, part: SentenceSpan) -> set[int]:
        return {self.named[i] for i in range(part.first, part.last) if i in self.named}

    def _kinds_of(self, token: Token) -> set[str | None]:
        if token.i in self.named:
            return {self.analysis.entities[self.named[token.i]].kind}
        rival = token.pos_ in ("NOUN", "PROPN") and is_person_noun(token) and word_before(token) != "as"
        return {"person"} if rival else set()

    def _may_be_replaced(self, token: Token, naming: Naming) -> bool:
        """Return True if brackets may replace a word: not in "she's", nor in a quotation unless all are."""
        contracted = not token.whitespace_ and word_after(token).startswith(("'", "’"))
        return (naming.thorough or token.i not in self.quoted) and not contracted

    def _needs_name(self, mention: Mention, meant: tuple[Entity, ...], naming: Naming, *, opening: bool) -> bool:
        """Return True if a reader needs a name: for subjects, and for "its" and "the minister" at the head."""
        head = self.analysis.doc[mention.head]
        if naming.thorough:
            return mention.head not in self.referring or head.lower_ == "i" or _is_unclear(head, mention, meant, naming)
        if mention.form == "nominal":
            is_unnamed_person = len(meant) == 1 and meant[0].kind == "person" and meant[0].index not in naming.known
            owned = any(child.dep_ == "poss" and child.tag_ != "PRP$" for child in head.lefts)
            return opening and is_unnamed_person and not owned and self._is_of_one_state(head, meant[0])
        if head.dep_ == "poss":
            return opening and len(meant) == 1 and head.lower_ in _POSSESSIVE
        if head.lower_ == "it":  # but not in "it was agreed to ..."
            return opening and head.dep_ == "nsubj" and head.head.lemma_ != "be"
        if head.lower_ == "they" and not opening and len(meant) > 1:
            return False
        return is_personal_subject(head) or _is_source(head)

    def _is_of_one_state(self, head: Token, person: Entity) -> bool:
        """Return True if "the Peruvian minister" can be this person, by the states and bodies of their roles."""
        known = {role.affiliation for role in person.roles if role.affiliation is not None}
        tied = {entity.name for token in head.subtree for entity in self.analysis.entities_of(token)} - {person.name}
        return not known or not tied or not known.isdisjoint(tied)


def entities_meant(analysis: Analysis, token: Token) -> tuple[Entity, ...]:
    """Return the entities that a pronoun or definite nominal stands for; none if they are unknown or not printable."""
    known = _tables(analysis).referring.get(token.i)
    return known[1] if known is not None else ()


@once_per_analysis
def _tables(analysis: Analysis) -> _Tables:
    named: dict[int, int] = {}
    referring: dict[int, Meaning] = {}
    for entity in analysis.entities:
        for mention in entity.mentions:
            if mention.form not in ("pronoun", "nominal"):
                named[mention.head] = entity.index
            elif analysis.referents.get(mention.head, (None,))[0] == entity.index:
                meant = tuple(analysis.entities[index] for index in analysis.referents[mention.head])
                if _is_printable(analysis.doc, meant):
                    referring[mention.head] = (mention, meant)
    turns = {first: speaker for first, speaker in turn_speakers(analysis).items() if speaker is not None}
    return _Tables(named, referring, turns | dict(_speakers_named_afterwards(analysis)), quoted_tokens(analysis))


def _speakers_named_afterwards(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield sentences without a source before "This was stated by Ana Sol.": their first token, and the speaker."""
    sourced = {analysis.sentence_of(a.cue_token) for a in analysis.attributions if a.cue_token is not None}
    for before, sentence in pairwise(analysis.sentences):
        verb = analysis.span(sentence).root
        if before.role == sentence.role == "body" and before not in sourced and is_setting(verb):
            speaker = speaker_before(analysis, verb)
            if speaker is not None:
                yield before.first, speaker


def _is_printable(doc: Doc, meant: tuple[Entity, ...]) -> bool:
    """Return True if entities have printable names: at most four, and none known only as an adjective ("African")."""
    return 0 < len(meant) <= _MOST_NAMES and all(
        entity.kind is not None
        and (entity.kind != "person" or entity.name.split()[-1][:1].isupper())
        and (entity.kind != "group" or any(doc[m.head].pos_ != "ADJ" for m in entity.mentions if m.form == "name"))
        for entity in meant
    )


def names_of(meant: Sequence[Entity], known: Collection[int] = ()) -> str:
    """Return the names of entities as a list in words; last names if all are *known* and each of them has one."""
    full = [entity.name for entity in meant]
    short = [_short_name(entity) for entity in meant if entity.index in known]
    names = short if len(short) == len(full) and not set(short) & set(full) else full
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def possessive(name: str) -> str:
    """Return "Peru’s" for "Peru", "Reuters’" for "Reuters"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def is_personal_subject(token: Token) -> bool:
    """Return True if a token is "he", "she" or "they", as a subject."""
    return token.lower_ in _PERSONAL and token.dep_ in SUBJECTS


def is_person_noun(token: Token) -> bool:
    """Return True if a token is a noun for a person: "minister"."""
    return token.lemma_.lower() in nouns_of("role_nouns")


def _short_name(entity: Entity) -> str:
    """Return the last name of a person if the text uses it; the full name otherwise, as for "Ban Ki-moon"."""
    last = entity.name.split()[-1]
    return last if entity.kind == "person" and last in entity.aliases else entity.name


def _is_unclear(head: Token, mention: Mention, meant: tuple[Entity, ...], naming: Naming) -> bool:
    """Return True if a thorough line names a reference: "both sides", or a pronoun with a place in its clause."""
    if mention.form == "nominal":
        return len(meant) > 1
    late = naming.last is not None and head.i > naming.last
    if late or head.dep_ not in _PLACES or _is_glossed(head):
        return False
    if head.dep_ == "poss" and head.lower_ in ("our", "their") and head.head.tag_ == "NNS" and len(meant) == 1:
        return False  # "our countries" are several, but not of the same owner
    explained = any(child.dep_ == "appos" for child in head.rights)
    ours = head.lower_ in _OURSELVES and any(entity.kind == "person" for entity in meant)
    return not explained and (not ours or head.i in naming.meant)  # "we" are more than one person


def _is_glossed(pronoun: Token) -> bool:
    """Return True if the article itself explains a pronoun in brackets: "we [Peru and Chile]"."""
    return word_after(pronoun) == "["


def _disagrees(pronoun: Token, *, several: bool) -> bool:
    """Return True if the verb after "I", "we" or "they" does not go with the name of one: "we oppose", "they have"."""
    if pronoun.lower_ not in ("i", "we", "they") or pronoun.dep_ not in SUBJECTS or (several and pronoun.lower_ != "i"):
        return False
    verb = next((child for child in pronoun.head.lefts if child.dep_ in ("aux", "auxpass")), pronoun.head)
    return verb.tag_ == "VBP" or verb.lower_ in ("were", "am")


def _antecedent(relative: Token) -> str | None:
    """Return the phrase that a relative pronoun means, if it is a subject: "foreign governments" for "that"."""
    noun = relative.head.head
    if relative.tag_ not in _RELATIVE or relative.dep_ not in SUBJECTS or relative.head.dep_ != "relcl":
        return None
    return " ".join(noun.doc[noun.left_edge.i : noun.i + 1].text.split()) if noun.i < relative.i else None


def _phrase_end(head: Token, mention: Mention) -> int:
    """Return the offset after "the President of the Republic", before a clause or comma."""
    last = head
    for child in head.rights:
        if child.dep_ != "prep" or child.lower_ not in _PHRASE_PREPOSITIONS or child.i != last.i + 1:
            break
        for token in child.subtree:
            if token.is_punct or token.dep_ in _CLAUSES:
                break
            last = token
    return max(mention.end, last.idx + len(last))


def _is_source(head: Token) -> bool:
    """Return True if a word is the "him" of "according to him"."""
    return word_before(head) == "to" and word_before(head, 2) == "according"


def _range(token: Token) -> Range:
    return Range(token.idx, token.idx + len(token))


def _length(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)
