"""Positions that a clause takes as a whole: refusals, strikes, stands that are set against each other."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.position_grammar import objects, subjects
from briefing.extraction.position_lists import LEXICON, CueList, is_in
from briefing.extraction.position_polarity import Cue, is_told, settled
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set

_REFUSAL = CueList("refusal", -1, False, False, 0.6)
_STRIKE = CueList("strike", -1, False, False, 0.6)
_CONTRAST = 0.5  # strength of two stands that are set against each other
_STRIKES = frozenset({"strike", "walkout", "stoppage"})


def refusals(verb: Token) -> Iterator[Cue]:
    """Yield what one says that one will not do or does not own to: "will not lift the ban", "does not recognise"."""
    if not is_in(verb, "withholding"):
        return
    told = factuality(verb)
    if not told.negated or told.conditional:
        return
    ahead = told.modality == "future" and any(child.dep_ == "neg" for child in verb.lefts)
    if ahead or (told.modality == "actual" and told.tense == "present" and is_in(verb, "disowning")):
        yield Cue(verb, verb, "verb", _REFUSAL.name, -1, False, _REFUSAL.strength, None, True, ahead)


def strikes(verb: Token) -> Iterator[Cue]:
    """Yield "went on strike", "walked off the job", "staged a walkout"."""
    lemma = verb.lemma_.lower()
    follow = [word for child in verb.rights for word in (child, *child.rights) if word.dep_ in ("dobj", "pobj")]
    followed = any(f"{lemma} {word.lemma_.lower()}" in word_set(LEXICON, "striking") for word in follow)
    alone = lemma == "strike" and not objects(verb) and any(is_in(word, "crowds") for word in subjects(verb))
    if not followed and not alone:
        return
    cue = settled(verb, verb, "verb", _STRIKE)
    if cue is not None:
        yield replace(cue, preposition="against")


def contrasts(mark: Token) -> Iterator[Cue]:
    """Yield "X wants M, whereas Y prefers N": two stands of two subjects that a conjunction sets against each other."""
    below = mark.head
    above = below.head
    if below.dep_ != "advcl" or not (_is_stand(below) and _is_stand(above)):
        return
    own, other = {word.lower_ for word in subjects(below)}, {word.lower_ for word in subjects(above)}
    if own and other and not own & other:
        yield Cue(below, above, "contrast", "contrast", -1, True, _CONTRAST)


def _is_stand(verb: Token) -> bool:
    return verb.pos_ == "VERB" and is_in(verb, "stands") and is_told(verb)
