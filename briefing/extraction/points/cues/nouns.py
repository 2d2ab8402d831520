"""The nouns that say that parties agree or disagree, alone or with the verb that makes, holds or ends them."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.points.cues.accords import alike, carried, exchanges, made, relenting, standing, terms
from briefing.extraction.points.cues.bonds import (
    following_suit,
    fresh_accords,
    negotiated,
    rewritings,
    supporters,
)
from briefing.extraction.points.cues.charges import (
    breaches_told,
    charges_made,
    contested_votes,
    critics,
    restraints,
)
from briefing.extraction.points.cues.grievances import grievances
from briefing.extraction.points.cues.relations import between_parties, views
from briefing.extraction.points.cues.signings import is_text_of_two, signings
from briefing.extraction.points.cues.stirred import receptions
from briefing.extraction.points.cues.vexations import voiced_fears
from briefing.extraction.points.grammar import governing_verb
from briefing.extraction.points.lists import LEXICON, CueList, is_in, listed
from briefing.extraction.points.polarity import Cue, as_real_as_its_verb, bad_move, fault_of, is_told, settled
from briefing.language.factuality import factuality
from briefing.runtime.lexicon import word_set

_ACCORD = CueList("accords", 1, True, True, 0.75)
_BROKEN = CueList("breaking", -1, False, False, 0.6)
_UNDER = CueList("under", -1, False, False, 0.6)
_DISPUTE = "dispute"
_PREPOSITIONS = frozenset({"to", "into", "at", "on", "from", "with", "of", "upon", "in"})
_ENDING = frozenset({"end", "conclude", "finish", "close"})


def noun_cues(noun: Token) -> Iterator[Cue]:
    """Yield what a noun says, alone or with its verb."""
    verb = governing_verb(noun)
    if noun.lemma_ == "suit" and noun.head.lemma_ == "follow":
        yield from following_suit(noun)
        return
    if verb is not None and (_governs(verb, noun) or (is_in(noun, "endings") and noun.head.lower_ == "for")):
        yield from _held(noun, verb)
    yield from _common(noun, verb)
    if is_in(noun, "blames") and verb is not None and noun.dep_ == "nsubj" and verb.lemma_ in ("lie", "rest"):
        if is_told(verb):
            yield Cue(noun, verb, "fault", "blame", -1, False, 0.55)
        return
    yield from between_parties(noun, verb)
    yield from _laid(noun)
    if verb is not None and is_in(noun, "under") and noun.head.lower_ == "under" and verb.lemma_ == "come":
        yield from as_real_as_its_verb(noun, verb, "noun", _UNDER)
        return
    found = listed("nouns", noun)
    if found is not None and found[0].name == _DISPUTE and verb is not None and _settles(verb, noun):
        yield from _settlement(noun, verb)
    elif found is not None and noun.dep_ != "compound" and not (found[0].name == "struggle" and _is_aside(verb)):
        cue = settled(noun, verb if verb is not None else noun, "noun", found[0])
        if cue is not None:
            yield cue


def _common(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield what an accord that holds says, and what parties hold alike."""
    if is_in(noun, "accords"):
        yield from exchanges(noun)
        yield from standing(noun, verb)
        yield from terms(noun)
        yield from made(noun)
        yield from fresh_accords(noun)
        yield from signings(noun)
    elif is_text_of_two(noun):
        yield from signings(noun)
    if is_in(noun, "talks"):
        yield from negotiated(noun)
    if is_in(noun, "advocates"):
        yield from supporters(noun)
    if is_in(noun, "rewritings"):
        yield from rewritings(noun)
    if is_in(noun, "alike"):
        yield from alike(noun, verb)
        yield from standing(noun, verb)
    if is_in(noun, "reserves"):
        yield from relenting(noun, verb)
    if is_in(noun, "carrying"):
        yield from carried(noun, verb)


def _laid(noun: Token) -> Iterator[Cue]:
    """Yield what one holds, lays or says against another, by the words around the noun."""
    found = listed("nouns", noun)
    if is_in(noun, "adversaries"):
        yield from critics(noun)
    if is_in(noun, "impositions"):
        yield from restraints(noun)
    yield from grievances(noun)
    yield from voiced_fears(noun)
    if noun.lemma_ == "vote":
        yield from contested_votes(noun)
    if noun.lemma_ in ("violation", "breach", "infringement"):
        yield from breaches_told(noun)
    if found is not None and found[0].name in ("criticism", "displeasure"):
        yield from charges_made(noun)
        yield from receptions(noun)


def _held(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield what a noun and its verb say together: "signed a treaty", "suspended aid", "shares the view"."""
    accord, tie = is_in(noun, "accords"), is_in(noun, "ties")
    if accord and _is_outcome(noun, verb):
        if is_told(verb):
            yield Cue(noun, verb, "accord", _ACCORD.name, 1, True, _ACCORD.strength)
    elif _makes(verb, noun) and not (tie and _breaks(verb)):  # "cut a deal", "cut ties"
        cue = settled(noun, verb, "accord", _ACCORD)
        if cue is not None:
            yield cue
    elif (accord or tie) and _breaks(verb):
        yield from as_real_as_its_verb(noun, verb, "accord", _BROKEN)
    elif is_in(noun, "endings"):
        yield from _ending(noun, verb)
    elif is_in(noun, "views"):
        yield from views(noun, verb)
    elif is_in(noun, "faults") and noun.dep_ == "attr":
        yield from fault_of(noun, verb)
    elif noun.dep_ == "attr":
        yield from bad_move(noun, verb)


def _is_outcome(noun: Token, verb: Token) -> bool:
    """Say whether an accord is what talks ended in: "ended with an agreement", "resulted in a deal"."""
    led = noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in") and noun.head.head.i == verb.i
    return led and (verb.lemma_ in _ENDING or verb.lemma_ in ("result", "culminate"))


def _breaks(verb: Token) -> bool:
    """Say whether a verb ends a deal or tie: "scrapped", "called off"."""
    particles = (child.lower_ for child in verb.rights if child.dep_ == "prt")
    return is_in(verb, "breaking") or any(
        f"{verb.lemma_.lower()} {particle}" in word_set(LEXICON, "breaking") for particle in particles
    )


def _makes(verb: Token, noun: Token) -> bool:
    """Say whether a verb makes what its noun names: "signed a treaty", "hammered out a formula", "came to terms"."""
    if is_in(noun, "terms"):
        return noun.tag_ == "NNS" and is_in(verb, "termed")
    particle = next((child.lower_ for child in verb.rights if child.dep_ in ("prt", "prep")), "")
    makes = is_in(verb, "making") or f"{verb.lemma_.lower()} {particle}" in word_set(LEXICON, "making")
    return makes and (is_in(noun, "accords") or is_text_of_two(noun))


def _governs(verb: Token, noun: Token) -> bool:
    """Say whether a noun is what a verb makes or has: its object, its passive subject, or after "to", "into", "on"."""
    head = noun.head
    if head.i == verb.i:
        return noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "conj")
    if noun.dep_ == "pobj":
        return head.lower_ in _PREPOSITIONS and head.head.i == verb.i
    if noun.dep_ == "conj":
        return _governs(verb, head)
    return verb.dep_ in ("relcl", "acl") and verb.head.i == noun.i


def _ending(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "called for an end to the blockade", "announced a suspension of aid"."""
    if is_told(verb) and (is_in(verb, "demanding") or verb.lemma_ in ("announce", "order")):
        yield Cue(noun, verb, "accord", "endings", -1, False, 0.55)


def _settles(verb: Token, noun: Token) -> bool:
    particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt" or child.lower_ == "aside"), "")
    phrase = f"{verb.lemma_.lower()} {particle}".strip()
    return phrase in word_set(LEXICON, "resolving") and _governs(verb, noun)


def _settlement(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield what the settling of a dispute says: it is over where they settled it, and there is one till then."""
    cue = Cue(noun, verb, "noun", _DISPUTE, 1, True, 0.65)
    if is_told(verb):
        yield cue
    elif not factuality(verb).conditional and any(is_definite(child) for child in noun.lefts):
        yield replace(cue, sign=-1)


def is_definite(word: Token) -> bool:
    """Say whether a word makes its noun known: "the dispute", "their differences"."""
    return word.lower_ in ("the", "their", "its") or word.dep_ == "poss"


def _is_aside(verb: Token | None) -> bool:
    """Say whether a verb only takes up what is known: "neutral in settling the war", "the ship that the war sank"."""
    return verb is not None and verb.dep_ in ("pcomp", "advcl", "relcl", "acl", "xcomp", "csubj")
