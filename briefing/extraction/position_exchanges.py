"""Positions that two parties take in turn: "X wants the quota cut; Y wants it left where it is".

Reporters seldom write that two disagree: they let the one speak, then the other. Two stands by two parties, side by
side and on one matter, are opposed where the second denies, refuses or gives another figure for what the first holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Token

from briefing.extraction.position_lists import LEXICON, is_in
from briefing.extraction.position_polarity import Cue
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set

_STRENGTH = 0.5
_LONGEST = 60  # tokens; what is said at greater length is seldom answered as one thing
_DENYING = frozenset({"no", "not", "n't", "never", "nothing", "none", "neither", "nowhere"})
_THINGS = frozenset({"it", "they", "them", "that", "this", "one"})
_LIKEWISE = frozenset({"too", "also", "likewise", "similarly", "both", "agree", "admit", "confirm", "welcome", "same"})
_MEASURES = frozenset({"figure", "number", "total", "toll", "sum", "cost", "it"})
_TURNS = frozenset({"conj", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DISPUTING = frozenset({"deny", "dispute", "reject", "contest", "refute", "dismiss", "rebut"})
_REFUSING = frozenset({"refuse", "decline", "reject", "oppose"})


@dataclass(frozen=True)
class _Stand:
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


def exchanges(analysis: Analysis, earlier: SentenceSpan | None, sentence: SentenceSpan) -> Iterator[Cue]:
    """Yield where a stand of a sentence is opposed to the one before it, in it or in the sentence before."""
    turns = [*(_stands(analysis, earlier)[-1:] if earlier is not None else ()), *_stands(analysis, sentence)]
    for first, second in pairwise(turns):
        if (
            second.verb.i >= sentence.first
            and _are_two(analysis, first, second)
            and _are_opposed(first, second, analysis)
        ):
            yield Cue(second.verb, second.verb, "contrast", "turns", -1, True, _STRENGTH, answered=first.verb)


def _stands(analysis: Analysis, sentence: SentenceSpan) -> list[_Stand]:
    """Return the turns of a sentence in reading order."""
    root = analysis.span(sentence).root
    joined = [child for child in root.children if child.dep_ in _TURNS or _is_fronted(child) or _is_set_against(child)]
    found = []
    for verb in sorted((root, *joined), key=lambda token: token.i):
        holder = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if verb.pos_ not in ("VERB", "AUX") or holder is None or not _may_hold(analysis, holder):
            continue
        told = factuality(verb)
        if told.conditional or told.modality in ("possible", "wished"):
            continue
        found.append(_Stand(verb, holder))
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


def _are_two(analysis: Analysis, first: _Stand, second: _Stand) -> bool:
    """Say whether two turns are those of two parties, told at readable length."""
    if second.holder.pos_ == "PRON" or max(len(first.content), len(second.content)) > _LONGEST:
        return False
    return not _is_same(analysis, first.holder, second.holder) and first.holder.lower_ != second.holder.lower_


def _are_opposed(first: _Stand, second: _Stand, analysis: Analysis) -> bool:
    """Say whether a turn opposes the one before."""
    if _is_retort(second) or _is_spurned(second) or _is_unbent(first) or _disputes_words(second):
        return True
    if any(_says_likewise(token) for token in second.content):
        return False
    return (
        _gives_other_figure(first, second)
        or _is_rejected_offer(first, second)
        or _wants_other(first, second, analysis)
        or _claims_other(first, second, analysis)
        or _is_denial(first, second)
        or _answers_charge(first, second, analysis)
    )


def _says_likewise(token: Token) -> bool:
    """Say whether a word tells that a turn holds the same: "also", "too", not the "too" of "too much"."""
    degree = token.lower_ == "too" and token.head.i > token.i
    return (token.lower_ in _LIKEWISE or token.lemma_ in _LIKEWISE) and not degree


def _is_retort(second: _Stand) -> bool:
    """Say whether a turn is told as an answer in anger: "hit back", "thinks nothing of the sort"."""
    particles = {child.lower_ for child in second.verb.children if child.dep_ in ("prt", "advmod", "xcomp", "dobj")}
    lemma = second.verb.lemma_.lower()
    phrases = {lemma, *(f"{lemma} {particle}" for particle in particles)}
    words = [token.lower_ for token in second.content]
    nothing = any(
        word in ("nothing", "none", "no") and {"sort", "kind", "such"} & set(words[place : place + 4])
        for place, word in enumerate(words)
    )
    return bool(phrases & word_set(LEXICON, "retorts")) or nothing


def _is_spurned(second: _Stand) -> bool:
    """Say whether a turn brushes off what was said in a set phrase: "over my dead body"."""
    words = " ".join(token.lower_ for token in second.content)
    return any(phrase in words for phrase in word_set(LEXICON, "spurning"))


def _disputes_words(second: _Stand) -> bool:
    """Say whether a turn denies what was said right before: "disputes that", "denied it"."""
    denied = any(child.dep_ == "dobj" and child.lower_ in _THINGS for child in second.verb.rights)
    return denied and second.verb.lemma_ in _DISPUTING and not factuality(second.verb).negated


def _is_unbent(first: _Stand) -> bool:
    """Say whether one will not give way, so that who speaks next is who wants it: "refused to budge on pensions"."""
    return first.refuses and any(is_in(child, "bending") for child in (first.verb, *first.verb.rights))


def _answers_charge(first: _Stand, second: _Stand, analysis: Analysis) -> bool:
    """Say whether one who was charged with a deed has the word next: "X says Y hid its fees. Y says"."""
    if not (is_in(first.verb, "saying") or first.firm) or not (is_in(second.verb, "saying") or second.firm):
        return False
    for clause in first.verb.rights:
        if clause.dep_ != "ccomp" or factuality(clause).modality not in ("actual", "future"):
            continue
        charged = any(_is_same(analysis, child, second.holder) for child in clause.lefts if child.dep_ in _SUBJECTS)
        wrong = is_in(first.holder, "accusers") or is_in(clause, "harming") or is_in(clause, "misdeeds")
        if charged and wrong:
            return True
    return False


def _is_same(analysis: Analysis, one: Token, other: Token) -> bool:
    """Say whether two words mean the same party."""
    shared = {entity.index for entity in analysis.entities_of(one)} & {e.index for e in analysis.entities_of(other)}
    return bool(shared) or (one.pos_ != "PRON" and one.lower_ == other.lower_)


def _gives_other_figure(first: _Stand, second: _Stand) -> bool:
    """Say whether one puts at another number what the other counted: "put it at 40"."""
    measured = any(
        token.lower_ in _MEASURES
        for token in second.content
        if token.dep_ in ("dobj", "nsubj") and token.pos_ != "VERB"
    )
    return (
        second.verb.lemma_ == "put"
        and measured
        and bool(first.figures and second.figures)
        and first.figures != second.figures
    )


def _is_rejected_offer(first: _Stand, second: _Stand) -> bool:
    """Say whether a turn names the maker of what the one before rejects: "called the offer an insult"."""
    proposes = is_in(second.verb, "proposing") and not is_in(second.verb, "naming")
    if not proposes and not any(
        child.lower_ == "forward" for child in second.verb.rights if second.verb.lemma_ in ("put", "bring")
    ):
        return False
    against = (
        first.verb.lemma_ == "hold"
        or first.refuses
        or first.has("faults")
        or first.has("harming")
        or first.has("ruining")
    )
    definite = any(
        is_in(token, "proposals") and any(child.lower_ == "the" for child in token.lefts) for token in first.content
    )
    return against and (definite or bool(first.matters & second.matters))


def _points(second: _Stand, analysis: Analysis) -> bool:
    """Say whether a turn takes up a thing of the one before by a pronoun."""
    return any(
        token.lower_ in _THINGS
        and token.pos_ == "PRON"
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        and (_is_bound(token, second.verb) or not _is_same(analysis, token, second.holder))
        for token in second.content
    )


def _is_bound(pronoun: Token, verb: Token) -> bool:
    """Say whether a pronoun stands where it cannot mean the verb's own subject: "wants it left", "part with it"."""
    near = verb.i in (pronoun.head.i, pronoun.head.head.i)
    return near and not is_in(verb, "saying")


def _wants_other(first: _Stand, second: _Stand, analysis: Analysis) -> bool:
    """Say whether one wants another thing of a matter, or will not have what the other wants."""
    if not first.wants:
        return False
    linked = bool(first.matters & second.matters) or _points(second, analysis)
    limits = any(token.lower_ == "only" for token in second.content)
    spurns = second.refuses or second.denies or limits or second.has("objections")
    other = second.wants and is_in(second.verb, "preferring") and is_in(first.verb, "preferring")
    said = second.refuses or second.firm or second.verb.lemma_ == "see" or is_in(second.verb, "saying")
    placed = second.firm and _is_about_same(first, second, analysis)
    return (
        placed
        or (linked and (other or (spurns and said)))
        or (spurns and is_in(second.verb, "saying") and _bridges(second))
    )


def _bridges(second: _Stand) -> bool:
    """Say whether what is said is about a thing known from before: "said that the cull has no basis"."""
    return any(
        child.pos_ == "NOUN" and [word.lower_ for word in child.lefts] == ["the"] for child in _told_subjects(second)
    )


def _claims_other(first: _Stand, second: _Stand, analysis: Analysis) -> bool:
    """Say whether both hold something of one thing, the one against the other: "insists", "while Y says"."""
    held = first.firm or second.firm
    heard = all(turn.firm or is_in(turn.verb, "saying") for turn in (first, second))
    return held and heard and _is_about_same(first, second, analysis)


def _is_about_same(first: _Stand, second: _Stand, analysis: Analysis) -> bool:
    """Say whether what a turn reports is of a thing of the one before, by its noun or a pronoun of its number."""
    plural = {token.tag_ == "NNS" for token in first.content if token.pos_ == "NOUN" and token.lemma_ in first.matters}
    for child in _told_subjects(second):
        if child.lemma_.lower() in first.matters:
            return True
        thing = child.lower_ in _THINGS and not _is_same(analysis, child, second.holder)
        if thing and (child.lower_ in ("they", "them")) in plural:
            return True
    return False


def _told_subjects(second: _Stand) -> Iterator[Token]:
    """Yield the subjects of the clause that a turn reports."""
    for clause in second.verb.rights:
        if clause.dep_ == "ccomp":
            yield from (child for child in clause.lefts if child.dep_ in _SUBJECTS)


def _is_denial(first: _Stand, second: _Stand) -> bool:
    """Say whether both say something of one matter, the one with "no" or "not", or the second calls it untrue."""
    heard = all(turn.firm or is_in(turn.verb, "saying") or is_in(turn.verb, "naming") for turn in (first, second))
    if heard and second.has("rebuttals"):
        return bool(first.matters & second.matters) or any(token.lower_ in _THINGS for token in second.content)
    return heard and bool(second.denied & first.matters or first.denied & second.matters)
