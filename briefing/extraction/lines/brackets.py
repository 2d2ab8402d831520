"""Decide which pronouns and definite nominals of a line get names in brackets, and write the brackets."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from briefing.evidence.grounding import Inserted
from briefing.extraction.lines.references import Meaning, names_of, possessive, references_in
from briefing.extraction.lines.statements import statement_speakers
from briefing.language.analysis import Analysis, Entity, Mention, Range, SentenceSpan
from briefing.language.neighbours import word_after, word_before
from briefing.language.roles.phrases import nouns_of
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_PERSONAL = word_set(__name__, "personal")
_POSSESSIVE = word_set(__name__, "possessive")
_OURSELVES = word_set(__name__, "ourselves")
_WITHOUT_NAME = word_set(__name__, "without_name")
_PHRASE_PREPOSITIONS = word_set(__name__, "phrase_prepositions")
_CLAUSES = frozenset({"relcl", "acl", "advcl"})
_ARGUMENTS = SUBJECTS | {"dobj"}
_PLACES = _ARGUMENTS | {"poss", "pobj"}
_RELATIVE = frozenset({"WDT", "WP"})


@dataclass(frozen=True, slots=True)
class Naming:
    """Which references of a line get names."""

    known: Collection[int] = ()  # entities that earlier lines name in full; for them the last name is enough
    thorough: bool = False  # name all pronouns and "both sides", not only subjects and what opens the line
    front: bool = False  # the speaker precedes a quotation, and "we" or "I" that opens the line


class Bracket(NamedTuple):
    """A name in brackets that a line adds."""

    place: Range  # the range that it replaces; empty if it is only added
    written: Inserted
    form: str  # form of the explained words: "pronoun", "nominal", "speaker's turn"
    words: Range


class Brackets:
    """The brackets of one line: a sentence, or a part of it, from the offset *start*."""

    def __init__(self, analysis: Analysis, part: SentenceSpan, start: int, naming: Naming) -> None:
        self._analysis, self._part, self._start, self._naming = analysis, part, start, naming
        self._references = references_in(analysis)
        self._tokens = analysis.tokens_of(part)
        words = (token for token in self._tokens if token.idx >= start and not token.is_punct and not token.is_space)
        self._first = next(words, self._tokens[0])

    def __iter__(self) -> Iterator[Bracket]:
        """Yield the brackets, each with the words that it explains."""
        unnamed, first = tuple(self.unnamed()), self._first
        speakers = self._speakers_in_front(unnamed)
        if speakers:
            name = names_of(speakers, self._naming.known)
            said = Range(self._part.start, self._part.end)
            yield Bracket(Range(self._start, self._start), Inserted(f"[{name}:] "), "speaker's turn", said)
        if self._naming.thorough and (noun := _antecedent(first)):
            yield Bracket(_range(first), Inserted(f"[{noun}]"), "relative pronoun", _range(first))
        for mention, meant in unnamed:
            head = self._analysis.tokens[mention.head]
            if not speakers or head.lower_ != "i":
                name = names_of(meant, self._naming.known)
                if mention.form == "pronoun" and head.dep_ == "poss":
                    name = possessive(name, "’" if self._naming.thorough else "'")
                yield _bracket(head, mention, name, several=len(meant) > 1)

    def unnamed(self) -> Iterator[Meaning]:
        """Yield pronouns and nominals that get names because the line does not explain them, one for each entity."""
        meanings = {token.i: found for token in self._tokens if (found := self._meaning(token)) is not None}
        if not meanings:
            return
        thorough, named = self._naming.thorough, self._references.named
        anywhere = self._references.named_in(self._part)
        before: set[int] = set()  # entities that the article names earlier in the part
        ours: set[int] = set()  # entities of the references so far
        kinds: set[str | None] = set()  # kinds of the entities so far: a pronoun may mean one of them
        several = thing = False  # there is a plural before, which "they" may mean, or a noun, which "it" may mean
        for token in self._tokens[: max(meanings) + 1 - self._part.first]:
            if token.i not in meanings:
                before |= {named[token.i]} if token.i in named else set()
                kinds |= self._kinds_of(token)
                several = several or token.tag_ in ("NNS", "NNPS") or token.dep_ == "conj"
                thing = thing or (thorough and token.pos_ == "NOUN" and token.dep_ in _ARGUMENTS)
                continue
            mention, meant = meanings[token.i]
            word, indices = token.lower_, {entity.index for entity in meant}
            rivals = (several and word in ("they", "their")) or (thing and word in ("it", "its"))
            rivals = rivals or not kinds.isdisjoint(entity.kind for entity in meant)
            opening = mention.start <= self._start + 1
            spoken = thorough and (word == "i" or word in _OURSELVES)
            # A name may come after its pronoun: "When he arrived, Mr Holm said".
            seen = before if thorough and len(meant) > 1 else anywhere
            if indices.isdisjoint(seen | ours) and (opening or spoken or not rivals):
                if self._needs_name(token, mention, meant, opening=opening) and self._may_be_replaced(token):
                    yield mention, meant
                ours |= indices
            kinds |= {entity.kind for entity in meant}

    def _meaning(self, token: Token) -> Meaning | None:
        """Return the referents of a token; for "I" or the "we" of a body in a thorough line, the speaker."""
        known, naming = self._references.referring.get(token.i), self._naming
        if not naming.thorough:
            return known
        mention = Mention(*_range(token), token.i, "pronoun")
        speaks = token.lower_ in ("i", "we") and token.dep_ in SUBJECTS and not _is_glossed(token)
        speaker = self._references.speaker_of(token) if speaks else None
        if speaker is None:
            return known
        if token.i == self._first.i and (naming.front or (known is None and disagrees(token))):
            return None  # its speaker precedes the line
        entity = self._analysis.entities[speaker]
        return known or ((mention, (entity,)) if token.lower_ == "i" or entity.kind != "person" else None)

    def _speakers_in_front(self, unnamed: Collection[Meaning]) -> tuple[Entity, ...]:
        """Return the entities that speak: in a turn, or where a thorough line opens with "we" or the like."""
        first, references = self._first, self._references
        named = references.named_in(self._part)
        stated = statement_speakers(self._analysis).get(self._part.first)
        speaker: Entity | None
        if stated is not None or not self._naming.thorough:
            speaker = references.turns.get(self._part.first)
        elif any(mention.head == first.i for mention, _ in unnamed) or _is_glossed(first):
            return ()
        elif first.lower_ in _WITHOUT_NAME or (self._naming.front and first.i in references.quoted):
            spoken_by = references.speaker_of(first)
            speaker = None if spoken_by is None else self._analysis.entities[spoken_by]
        else:
            return ()
        inside = references.quoted if first.lower_ in _WITHOUT_NAME else ()  # "I've ... stop [Jan Holm]" opens with "I"
        pronouns = (pair for pair in unnamed if pair[0].form == "pronoun" and pair[0].head not in inside)
        named |= {entity.index for _, meant in pronouns for entity in meant}
        return () if speaker is None or speaker.index in named else (speaker,)

    def _kinds_of(self, token: Token) -> set[str | None]:
        if token.i in self._references.named:
            return {self._analysis.entities[self._references.named[token.i]].kind}
        rival = token.pos_ in ("NOUN", "PROPN") and is_person_noun(token) and word_before(token) != "as"
        return {"person"} if rival else set()

    def _may_be_replaced(self, token: Token) -> bool:
        """Return True if brackets may replace a word: not in "she's", and in a quotation only in a thorough line."""
        contracted = not token.whitespace_ and word_after(token).startswith(("'", "’"))
        return (self._naming.thorough or token.i not in self._references.quoted) and not contracted

    def _needs_name(self, head: Token, mention: Mention, meant: tuple[Entity, ...], *, opening: bool) -> bool:
        """Return True if a reader needs a name: for subjects, and for "its" and "the minister" at the head."""
        if self._naming.thorough:
            speaks = head.lower_ == "i" or head.i not in self._references.referring
            return speaks or self._is_unclear(head, mention, meant)
        if mention.form == "nominal":
            unknown = len(meant) == 1 and meant[0].kind == "person" and meant[0].index not in self._naming.known
            owned = any(child.dep_ == "poss" and child.tag_ != "PRP$" for child in head.lefts)
            return opening and unknown and not owned and _is_of_one_state(self._analysis, head, meant[0])
        if head.dep_ == "poss":
            return opening and len(meant) == 1 and head.lower_ in _POSSESSIVE
        if head.lower_ == "it":  # but not in "it was agreed to ..."
            return opening and head.dep_ == "nsubj" and head.head.lemma_ != "be"
        if head.lower_ == "they" and not opening and len(meant) > 1:
            return False
        return is_personal_subject(head) or _is_source(head)

    def _is_unclear(self, head: Token, mention: Mention, meant: tuple[Entity, ...]) -> bool:
        """Return True if a thorough line names a reference: "both sides", or a pronoun with a place in its clause."""
        if mention.form == "nominal":
            return len(meant) > 1
        explained = _is_glossed(head) or any(child.dep_ == "appos" for child in head.rights)
        if explained or head.dep_ not in _PLACES:
            return False
        if head.dep_ == "poss" and head.lower_ in ("our", "their") and head.head.tag_ == "NNS" and len(meant) == 1:
            return False  # "our countries" are several, but not of the same owner
        # The "we" of a person may be a state, a party or mankind; that of a body is the body.
        return head.lower_ not in _OURSELVES or self._references.speaker_of(head) == meant[0].index


def is_personal_subject(token: Token) -> bool:
    """Return True if a token is "he", "she" or "they", as a subject."""
    return token.lower_ in _PERSONAL and token.dep_ in SUBJECTS


def is_person_noun(token: Token) -> bool:
    """Return True if a token is a noun for a person: "minister"."""
    return token.lemma_.lower() in nouns_of("role_nouns")


def _bracket(head: Token, mention: Mention, name: str, *, several: bool) -> Bracket:
    words = Range(mention.start, mention.end)
    pronoun = mention.form == "pronoun"
    if (pronoun and not disagrees(head, several=several)) or (not pronoun and several):
        return Bracket(words, Inserted(f"[{name}]"), mention.form, words)
    end = mention.end if pronoun else _phrase_end(head, mention)
    return Bracket(Range(end, end), Inserted(f" [{name}]"), mention.form, words)


def _is_of_one_state(analysis: Analysis, head: Token, person: Entity) -> bool:
    """Return True if "the Peruvian minister" can be this person, by the states and bodies of their roles."""
    known = {role.affiliation for role in person.roles if role.affiliation is not None}
    tied = {entity.name for token in head.subtree for entity in analysis.entities_of(token)} - {person.name}
    return not known or not tied or not known.isdisjoint(tied)


def _is_glossed(pronoun: Token) -> bool:
    """Return True if the article itself explains a pronoun in brackets: "we [Peru and Chile]"."""
    return word_after(pronoun) == "["


def disagrees(pronoun: Token, *, several: bool = False) -> bool:
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
