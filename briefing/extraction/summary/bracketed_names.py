"""Explain pronouns by names in brackets, and find sentences that cannot be read alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.evidence.grounding import Inserted
from briefing.extraction.summary.cuts import connectives
from briefing.extraction.summary.speaking_turns import is_setting, speaker_before, turn_speakers
from briefing.language.analysis import Analysis, Entity, Mention, Range, SentenceSpan
from briefing.language.coreference.pronouns import empty_subject_verbs
from briefing.language.lexicon import word_set
from briefing.language.neighbours import word_after, word_before
from briefing.language.roles.phrases import nouns_of
from briefing.language.syntax import SUBJECTS, is_passive

_PERSONAL = word_set(__name__, "personal")
_POSSESSIVE = word_set(__name__, "possessive")
_COUNTING = word_set(__name__, "counting")
_MOST_NAMES = 3  # in one pair of brackets
_PHRASE_PREPOSITIONS = word_set(__name__, "phrase_prepositions")
_CLAUSES = frozenset({"relcl", "acl", "advcl"})

Meaning = tuple[Mention, tuple[Entity, ...]]


class Bracket(NamedTuple):
    """A name in brackets that a line adds."""

    place: Range  # the range that it replaces; empty if it is only added
    written: Inserted
    form: str  # form of the explained words: "pronoun", "nominal", "speaker's turn"
    words: Range


@dataclass(frozen=True)
class BracketedNames:
    """The referents of the pronouns and definite nominals of an article."""

    analysis: Analysis
    named: Mapping[int, int]  # head token of a name -> entity
    referring: Mapping[int, Meaning]  # head token of a pronoun or nominal -> its referents
    quoted: frozenset[int]  # tokens in quotation marks
    turns: Mapping[int, int]  # first token of a sentence within a speaker's turn -> entity that speaks

    @classmethod
    def of(cls, analysis: Analysis, quoted: frozenset[int]) -> "BracketedNames":
        """Return the referents of an article; *quoted* holds its tokens in quotation marks."""
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
        turns |= dict(_speakers_named_afterwards(analysis))
        return cls(analysis, named, referring, quoted, turns)

    def insertions(self, sentence: SentenceSpan, named_before: Collection[int], start: int) -> dict[Range, Inserted]:
        """Return the bracketed names that replace pronouns, follow definite nominals and open a turn.

        Args:
            sentence: The sentence.
            named_before: Indices of entities that earlier lines name in full; for them the last name is enough.
            start: Offset at which the line starts, after a connective that it leaves out.
        """
        return {bracket.place: bracket.written for bracket in self.brackets(sentence, named_before, start)}

    def brackets(self, sentence: SentenceSpan, named_before: Collection[int], start: int) -> "Iterator[Bracket]":
        """Yield the brackets of a line, each with the words that it explains; arguments as for :meth:`insertions`."""
        speaker = self.turns.get(sentence.first)
        if speaker is not None and speaker not in self._named_in(sentence):
            entity = self.analysis.entities[speaker]
            name = _short_name(entity) if speaker in named_before else entity.name
            said = Range(sentence.start, sentence.end)
            yield Bracket(Range(start, start), Inserted(f"[{name}:] "), "speaker's turn", said)
        for mention, meant in self._unnamed(sentence, named_before, start):
            known = all(entity.index in named_before for entity in meant)
            name = " and ".join(_names_of(meant, short=known))
            if mention.form == "nominal":
                end = _phrase_end(self.analysis.doc[mention.head], mention)
                yield Bracket(Range(end, end), Inserted(f" [{name}]"), mention.form, Range(mention.start, mention.end))
            else:
                owner = "'s" if self._word(mention) in _POSSESSIVE else ""
                place = Range(mention.start, mention.end)
                yield Bracket(place, Inserted(f"[{name}{owner}]"), mention.form, place)

    def entities_named(self, sentence: SentenceSpan, start: int) -> frozenset[int]:
        """Return the entities that a sentence names, in its own words or in brackets."""
        names = self._named_in(sentence)
        names |= {entity.index for _, meant in self._unnamed(sentence, (), start) for entity in meant}
        if sentence.first in self.turns:
            names.add(self.turns[sentence.first])
        return frozenset(names)

    def is_loose(self, sentence: SentenceSpan, start: int) -> bool:
        """Return True if the line opens with a connective, or its subject is clear only from the sentence before."""
        explained = {mention.head for mention, _ in self._unnamed(sentence, (), start)}
        tokens = [token for token in self.analysis.tokens_of(sentence) if token.idx >= start]
        words = [token for token in tokens if not token.is_punct and not token.is_space]
        if not words or _is_connective(words[0]):
            return True
        if (words[0].i not in explained and _points_back(words[0])) or any(map(_is_ordinal_subject, words)):
            return True
        return self._has_bare_pronoun(words, self.analysis.span(sentence).root, explained)

    def _has_bare_pronoun(self, words: Sequence[Token], root: Token, explained: Collection[int]) -> bool:
        """Return True if "he" comes before any person, or "their" before any plural or body."""
        known = several = thing = False
        for token in words:
            if token.i not in explained and not thing and self._is_bare_it(token):
                return True
            thing = thing or token.pos_ in ("NOUN", "PROPN")
            met = several if token.lower_ == "they" else known
            bare = not met and token.dep_ in SUBJECTS and token.lower_ in _PERSONAL
            bare = bare or (not known and _owns_main_subject(token))
            theirs = token.lower_ == "their" and token.i > root.i and not several
            if (bare or theirs) and token.i not in explained and not _is_cataphoric(token):
                return True
            known = known or self._may_be_meant(token)
            several = several or token.tag_ in ("NNS", "NNPS") or token.dep_ == "conj" or self._is_body(token)
        return False

    def _is_bare_it(self, token: Token) -> bool:
        """Return True if "it" is a subject before any noun that it may mean: "The longer it waits, ..."."""
        if token.lower_ != "it" or token.dep_ not in SUBJECTS or token.dep_ == "expl":
            return False
        opened = any(child.dep_ == "mark" or child.tag_ == "WRB" for child in token.head.children)
        return not _is_empty_subject(token) and not (opened and _is_cataphoric(token))

    def _is_body(self, token: Token) -> bool:
        """Return True if a token names a body of people: "the company ... their plan"."""
        return any(entity.kind != "person" for entity in self.analysis.entities_of(token))

    def _may_be_meant(self, token: Token) -> bool:
        """Return True if "he" or "she" may refer back to a word."""
        if token.pos_ not in ("NOUN", "PROPN", "PRON"):
            return False
        if token.i in self.named:
            return self.analysis.entities[self.named[token.i]].kind in ("person", None)
        known = (token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "")) or token.i in self.referring
        return known or token.lemma_.lower() in _persons()

    def _unnamed(self, sentence: SentenceSpan, named_before: Collection[int], start: int) -> Iterator[Meaning]:
        """Yield pronouns and nominals that the sentence itself does not explain, one for each entity."""
        references = [index for index in range(sentence.first, sentence.last) if index in self.referring]
        if not references:
            return
        seen = self._named_in(sentence)
        kinds: set[str | None] = set()  # kinds of the entities so far: a pronoun may mean one of them
        several = False  # there is a plural before: "they" may mean it
        for token in self.analysis.tokens[sentence.first : references[-1] + 1]:
            mention, meant = self.referring.get(token.i, (None, ()))
            if mention is None:
                kinds |= self._kinds_of(token)
                several = several or token.tag_ in ("NNS", "NNPS") or token.dep_ == "conj"
                continue
            opening = mention.start <= start + 1
            indices = {entity.index for entity in meant}
            rivals = several and self._word(mention) in ("they", "their")
            if seen.isdisjoint(indices) and (opening or not (rivals or kinds & {entity.kind for entity in meant})):
                if self._needs_name(mention, meant, named_before, opening=opening) and self._may_be_replaced(token):
                    yield mention, meant
                seen |= indices
            kinds |= {entity.kind for entity in meant}

    def _named_in(self, sentence: SentenceSpan) -> set[int]:
        return {self.named[i] for i in range(sentence.first, sentence.last) if i in self.named}

    def _kinds_of(self, token: Token) -> set[str | None]:
        if token.i in self.named:
            return {self.analysis.entities[self.named[token.i]].kind}
        return {"person"} if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in _persons() else set()

    def _may_be_replaced(self, token: Token) -> bool:
        """Return True if brackets may replace a word: not in a quotation, and not in "she's"."""
        contracted = not token.whitespace_ and word_after(token).startswith(("'", "’"))
        return token.i not in self.quoted and not contracted

    def _needs_name(
        self, mention: Mention, meant: tuple[Entity, ...], named_before: Collection[int], *, opening: bool
    ) -> bool:
        """Return True if a reader needs a name: for subjects, and for "its" and "the minister" at the head."""
        head = self.analysis.doc[mention.head]
        word = self._word(mention)
        if mention.form == "nominal":
            is_unnamed_person = len(meant) == 1 and meant[0].kind == "person" and meant[0].index not in named_before
            owned = any(child.dep_ == "poss" and child.tag_ != "PRP$" for child in head.lefts)
            return opening and is_unnamed_person and not owned and self._is_of_one_state(head, meant[0])
        if head.dep_ == "poss":
            return opening and len(meant) == 1 and word in _POSSESSIVE
        if word == "it":  # but not in "it was agreed to ..."
            return opening and head.dep_ == "nsubj" and head.head.lemma_ != "be"
        if word == "they" and not opening and len(meant) > 1:
            return False
        return (word in _PERSONAL and head.dep_ in SUBJECTS) or _is_source(head)

    def _is_of_one_state(self, head: Token, person: Entity) -> bool:
        """Return True if "the Peruvian minister" can be this person, by the states and bodies of their roles."""
        known = {role.affiliation for role in person.roles if role.affiliation is not None}
        tied = {entity.name for token in head.subtree for entity in self.analysis.entities_of(token)} - {person.name}
        return not known or not tied or not known.isdisjoint(tied)

    def _word(self, mention: Mention) -> str:
        return self.analysis.article.text[mention.start : mention.end].lower()


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
    """Return True if entities have printable names: at most three, and none known only as an adjective ("African")."""
    return 0 < len(meant) <= _MOST_NAMES and all(
        entity.kind is not None
        and (entity.kind != "person" or entity.name.split()[-1][:1].isupper())
        and (entity.kind != "group" or any(doc[m.head].pos_ != "ADJ" for m in entity.mentions if m.form == "name"))
        for entity in meant
    )


def _names_of(meant: Sequence[Entity], *, short: bool) -> list[str]:
    """Return the names of entities; last names only if each of them has one."""
    names = [_short_name(entity) if short else entity.name for entity in meant]
    full = [entity.name for entity in meant]
    return full if any(name == whole for name, whole in zip(names, full, strict=True)) else names


def _short_name(entity: Entity) -> str:
    """Return the last name of a person if the text uses it; the full name otherwise, as for "Ban Ki-moon"."""
    last = entity.name.split()[-1]
    return last if entity.kind == "person" and last in entity.aliases else entity.name


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


def _points_back(word: Token) -> bool:
    """Return True if the first word of a line needs the sentence before: "This", "Such"; not "There were"."""
    if word.lower_ not in word_set(__name__, "pointing") or word.tag_ == "EX" or word.dep_ == "expl":
        return False
    if word.lower_ in _COUNTING:
        return word.dep_ in SUBJECTS and not any(child.lower_ == "of" for child in word.children)
    if word.lower_ == "both":
        return word.dep_ in SUBJECTS
    return word.lower_ != "it" or not _is_empty_subject(word)


def _is_ordinal_subject(token: Token) -> bool:
    """Return True if a subject is "the first", "the other", "the latter", which an earlier sentence explains."""
    return (
        token.dep_ in SUBJECTS
        and token.lower_ in word_set(__name__, "ordinals")
        and token.head.dep_ == "ROOT"
        and not any(child.lower_ in ("of", "to") for child in token.children)
    )


def _is_empty_subject(word: Token) -> bool:
    """Return True if "it" has no referent: "it was agreed to ...", "it is clear that ...", "it rained"."""
    verb = word.head
    if verb.lemma_ in empty_subject_verbs():
        return True
    passive = is_passive(verb)
    clause = any(child.dep_ in ("ccomp", "xcomp", "csubj", "advcl") for child in verb.children)
    return clause and (passive or verb.lemma_ == "be")


def _is_connective(word: Token) -> bool:
    """Return True if a line begins with "But" or "Moreover,", or is only a clause with "because"."""
    if word.dep_ == "mark" and word.head.dep_ == "ROOT":
        return True
    if word.lower_ not in connectives():
        return False
    return word_after(word) == "," or (word.dep_ == "cc" and word.head.i > word.i)


def _owns_main_subject(word: Token) -> bool:
    """Return True if "his" or "her" comes before the subject of the sentence: "On Monday his words were clear"."""
    noun = word.head
    return word.lower_ in ("his", "her") and noun.dep_ in SUBJECTS and noun.head.dep_ == "ROOT"


def _is_cataphoric(pronoun: Token) -> bool:
    """Return True if a pronoun comes before its name, in an opening clause: "When he arrived, Mr Holm said ..."."""
    clause = pronoun.head
    return clause.dep_ == "advcl" and clause.head.i > clause.i


def _persons() -> frozenset[str]:
    return nouns_of("role_nouns")
