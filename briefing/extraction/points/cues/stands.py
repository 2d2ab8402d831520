"""The turns that parties take in a sentence: a verb of saying, wanting or refusing, its subject, what it holds."""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from briefing.extraction.points.lists import is_in
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality

_DENYING = frozenset({"no", "not", "n't", "never", "nothing", "none", "neither", "nowhere"})
_TURNS = frozenset({"conj", "parataxis"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_REFUSING = frozenset({"refuse", "decline", "reject", "oppose"})


@dataclass(frozen=True)
class Stand:
    """One party's turn: a verb of saying, wanting or refusing, its subject, and what it holds."""

    verb: Token
    holder: Token

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """Return what is held: the verb's clause without its subject and without the turns joined to it."""
        left = {
            token.i
            for child in self.verb.children
            if child.i == self.holder.i or (child.dep_ in ("conj", "parataxis", "cc") and child.i > self.verb.i)
            for token in child.subtree
        }
        return tuple(token for token in self.verb.subtree if token.i not in left and not token.is_punct)

    @cached_property
    def matters(self) -> frozenset[str]:
        """Return the nouns of what is held, times and sums left out."""
        return frozenset(
            token.lemma_.lower()
            for token in self.content
            if token.pos_ == "NOUN" and not token.ent_type_ and not is_in(token, "generic")
        )

    @cached_property
    def figures(self) -> frozenset[str]:
        """Return the numbers of what is held."""
        return frozenset(token.lower_ for token in self.content if token.pos_ == "NUM" and token.ent_type_ != "DATE")

    @property
    def denies(self) -> bool:
        """Say whether the verb, or the clause that it reports, is told with a "no" or "not"."""
        heads = {self.verb.i, *(child.i for child in self.verb.rights if child.dep_ == "ccomp")}
        return any(
            token.lower_ in _DENYING and (token.head.i in heads or token.head.head.i in heads) for token in self.content
        )

    @property
    def denied(self) -> frozenset[str]:
        """Return the nouns of what is held of which there is said to be none: "not one job", "no money"."""
        return frozenset(
            token.lemma_.lower()
            for token in self.content
            if token.pos_ == "NOUN" and any(word.lower_ in _DENYING for child in token.lefts for word in child.subtree)
        )

    @property
    def wants(self) -> bool:
        """Say whether the verb tells what one wants done."""
        return is_in(self.verb, "wanting")

    @property
    def firm(self) -> bool:
        """Say whether the verb tells of a claim that is held against others."""
        return is_in(self.verb, "claiming")

    @property
    def refuses(self) -> bool:
        """Say whether one will not do or have something."""
        said = factuality(self.verb)
        ahead = any(child.tag_ == "MD" for child in self.verb.lefts)
        return (said.negated and ahead) or self.verb.lemma_.lower() in _REFUSING

    def has(self, words: str) -> bool:
        """Say whether a list holds a word of what is held."""
        return any(is_in(token, words) for token in self.content)


def stands(analysis: Analysis, sentence: SentenceSpan) -> list[Stand]:
    """Return the turns of a sentence in reading order."""
    root = analysis.span(sentence).root
    joined = [child for child in root.children if child.dep_ in _TURNS or _is_fronted(child) or _is_set_against(child)]
    found = []
    for verb in sorted((root, *joined), key=lambda token: token.i):
        holder = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if verb.pos_ not in ("VERB", "AUX") or holder is None or not _may_hold(analysis, holder):
            continue
        told = factuality(verb)
        if told.conditional or told.modality in ("possible", "wished"):
            continue
        found.append(Stand(verb, holder))
    return found


def _is_fronted(clause: Token) -> bool:
    """Say whether a clause stands before the one that the parser puts above it: "X says so; Y denies it"."""
    return clause.dep_ == "ccomp" and clause.i < clause.head.i and is_in(clause, "turning")


def _is_set_against(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(word.dep_ == "mark" and is_in(word, "contrasting") for word in clause.lefts)


def _may_hold(analysis: Analysis, subject: Token) -> bool:
    """Say whether a subject may be a party: somebody named, or a body by a common noun."""
    if subject.pos_ == "PRON":
        return bool(analysis.entities_of(subject))
    return (
        subject.pos_ == "PROPN"
        or any(is_in(subject, words) for words in ("bodies", "institutions", "private", "crowds", "localities"))
        or bool(analysis.entities_of(subject))
    )
