"""Positions that two parties take in turn: "X wants the quota cut; Y wants it left where it is".

Reporters seldom write that two disagree: they let the one speak, then the other. Two stands by two parties, side by
side and on one matter, are opposed where the second denies, refuses or gives another figure for what the first holds.
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from briefing.extraction.points.cues.stands import SUBJECTS, Stand, stands
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.runtime.lexicon import word_set

_STRENGTH = 0.5
_LONGEST = 60  # tokens; what is said at greater length is seldom answered as one thing
_THINGS = frozenset({"it", "they", "them", "that", "this", "one"})
_LIKEWISE = frozenset({"too", "also", "likewise", "similarly", "both", "agree", "admit", "confirm", "welcome", "same"})
_MEASURES = frozenset({"figure", "number", "total", "toll", "sum", "cost", "it"})
_DISPUTING = frozenset({"deny", "dispute", "contest", "refute", "rebut"})


def exchanges(analysis: Analysis, earlier: SentenceSpan | None, sentence: SentenceSpan) -> Iterator[Cue]:
    """Yield where a stand of a sentence is opposed to the one before it, in it or in the sentence before."""
    turns = [*(stands(analysis, earlier)[-1:] if earlier is not None else ()), *stands(analysis, sentence)]
    for first, second in pairwise(turns):
        if (
            second.verb.i >= sentence.first
            and _are_two(analysis, first, second)
            and _are_opposed(first, second, analysis)
        ):
            yield Cue(second.verb, second.verb, "contrast", "turns", -1, True, _STRENGTH, answered=first.verb)


def _are_two(analysis: Analysis, first: Stand, second: Stand) -> bool:
    """Say whether two turns are those of two parties, told at readable length."""
    if second.holder.pos_ == "PRON" or first.holder.lower_ == second.holder.lower_:
        return False
    return not _is_same(analysis, first.holder, second.holder) and _is_readable(first) and _is_readable(second)


def _is_readable(turn: Stand) -> bool:
    whole = turn.verb.right_edge.i + 1 - turn.verb.left_edge.i  # what is held is part of it
    return whole <= _LONGEST or len(turn.content) <= _LONGEST


def _are_opposed(first: Stand, second: Stand, analysis: Analysis) -> bool:
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


def _is_retort(second: Stand) -> bool:
    """Say whether a turn is told as an answer in anger: "hit back", "bristled"."""
    particles = {child.lower_ for child in second.verb.children if child.dep_ in ("prt", "advmod", "xcomp", "dobj")}
    lemma = second.verb.lemma_.lower()
    phrases = {lemma, *(f"{lemma} {particle}" for particle in particles)}
    told = factuality(second.verb)
    return bool(phrases & word_set(LEXICON, "retorts")) and not told.negated and told.modality == "actual"


def _is_spurned(second: Stand) -> bool:
    """Say whether a turn brushes off what was said in a set phrase: "over my dead body"."""
    words = " ".join(token.lower_ for token in second.content)
    return any(phrase in words for phrase in word_set(LEXICON, "spurning"))


def _disputes_words(second: Stand) -> bool:
    """Say whether a turn denies what was said right before: "disputes that", "denied it"."""
    denied = any(child.dep_ == "dobj" and child.lower_ in _THINGS for child in second.verb.rights)
    return denied and second.verb.lemma_ in _DISPUTING and not factuality(second.verb).negated


def _is_unbent(first: Stand) -> bool:
    """Say whether one will not give way, so that who speaks next is who wants it: "refused to budge on pensions"."""
    return first.refuses and any(is_in(child, "bending") for child in (first.verb, *first.verb.rights))


def _answers_charge(first: Stand, second: Stand, analysis: Analysis) -> bool:
    """Say whether one who was charged with a deed has the word next: "X says Y hid its fees. Y says"."""
    if not (is_in(first.verb, "saying") or first.firm) or not (is_in(second.verb, "saying") or second.firm):
        return False
    for clause in first.verb.rights:
        if clause.dep_ != "ccomp" or factuality(clause).modality not in ("actual", "future"):
            continue
        charged = any(_is_same(analysis, child, second.holder) for child in clause.lefts if child.dep_ in SUBJECTS)
        wrong = is_in(first.holder, "accusers") or is_in(clause, "harming") or is_in(clause, "misdeeds")
        if charged and wrong:
            return True
    return False


def _is_same(analysis: Analysis, one: Token, other: Token) -> bool:
    """Say whether two words mean the same party."""
    shared = {entity.index for entity in analysis.entities_of(one)} & {e.index for e in analysis.entities_of(other)}
    return bool(shared) or (one.pos_ != "PRON" and one.lower_ == other.lower_)


def _gives_other_figure(first: Stand, second: Stand) -> bool:
    """Say whether one puts at another number what the other counted: "put it at 40"."""
    if second.verb.lemma_ != "put":
        return False
    measured = any(
        token.lower_ in _MEASURES
        for token in second.content
        if token.dep_ in ("dobj", "nsubj") and token.pos_ != "VERB"
    )
    return measured and bool(first.figures and second.figures) and first.figures != second.figures


def _is_rejected_offer(first: Stand, second: Stand) -> bool:
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


def _points(second: Stand, analysis: Analysis) -> bool:
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


def _wants_other(first: Stand, second: Stand, analysis: Analysis) -> bool:
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


def _bridges(second: Stand) -> bool:
    """Say whether what is said is about a thing known from before: "said that the cull has no basis"."""
    return any(
        child.pos_ == "NOUN" and [word.lower_ for word in child.lefts] == ["the"] for child in _told_subjects(second)
    )


def _claims_other(first: Stand, second: Stand, analysis: Analysis) -> bool:
    """Say whether both hold something of one thing, the one against the other: "insists", "while Y says"."""
    held = first.firm or second.firm
    heard = all(turn.firm or is_in(turn.verb, "saying") for turn in (first, second))
    return held and heard and _is_about_same(first, second, analysis)


def _is_about_same(first: Stand, second: Stand, analysis: Analysis) -> bool:
    """Say whether what a turn reports is of a thing of the one before, by its noun or a pronoun of its number."""
    plural = {token.tag_ == "NNS" for token in first.content if token.pos_ == "NOUN" and token.lemma_ in first.matters}
    for child in _told_subjects(second):
        if child.lemma_.lower() in first.matters:
            return True
        thing = child.lower_ in _THINGS and not _is_same(analysis, child, second.holder)
        if thing and (child.lower_ in ("they", "them")) in plural:
            return True
    return False


def _told_subjects(second: Stand) -> Iterator[Token]:
    """Yield the subjects of the clause that a turn reports."""
    for clause in second.verb.rights:
        if clause.dep_ == "ccomp":
            yield from (child for child in clause.lefts if child.dep_ in SUBJECTS)


def _is_denial(first: Stand, second: Stand) -> bool:
    """Say whether both say something of one matter, the one with "no" or "not", or the second calls it untrue."""
    heard = all(turn.firm or is_in(turn.verb, "saying") or is_in(turn.verb, "naming") for turn in (first, second))
    if heard and second.has("rebuttals"):
        return bool(first.matters & second.matters) or any(token.lower_ in _THINGS for token in second.content)
    return heard and bool(second.denied & first.matters or first.denied & second.matters)
