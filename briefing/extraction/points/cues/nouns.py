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
    signings,
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
from briefing.extraction.points.cues.stirred import receptions
from briefing.extraction.points.cues.vexations import voiced_fears
from briefing.extraction.points.grammar import governing_verb, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, CueList, is_in, listed
from briefing.extraction.points.polarity import Cue, bad_move, fault_of, is_told, settled
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set

_ACCORD = CueList("accords", 1, True, True, 0.75)
_BROKEN = CueList("breaking", -1, False, False, 0.6)
_SHARED = CueList("views", 1, True, True, 0.75)
_OPPOSED = CueList("views", -1, True, True, 0.75)
_FAILED = CueList("failed talks", -1, True, False, 0.7)
_SOURED = CueList("soured", -1, True, False, 0.6)
_SOURED_AS = frozenset({"nsubj", "nsubjpass", "dobj"})
_UNDER = CueList("under", -1, False, False, 0.6)
_DISPUTE = "dispute"
_SIGNING = frozenset({"signing", "conclusion", "ratification"})
_PREPOSITIONS = frozenset({"to", "into", "at", "on", "from", "with", "of", "upon", "in"})
_JOINT = frozenset({"joint", "bilateral", "trilateral", "common"})
_ENDING = frozenset({"end", "conclude", "finish", "close"})
_ATTENDING = frozenset({"attend", "witness", "oversee", "see", "watch"})


def noun_cues(noun: Token) -> Iterator[Cue]:
    """Yield what a noun says, alone or with its verb."""
    verb = governing_verb(noun)
    if noun.lemma_ == "suit" and noun.head.lemma_ == "follow":
        yield from following_suit(noun)
        return
    if verb is not None and (_governs(verb, noun) or (is_in(noun, "endings") and noun.head.lower_ == "for")):
        yield from _held(noun, verb)
    elif is_in(noun, "accords"):
        yield from _signing(noun)
    yield from _common(noun, verb)
    if is_in(noun, "blames") and verb is not None and noun.dep_ == "nsubj" and verb.lemma_ in ("lie", "rest"):
        if is_told(verb):
            yield Cue(noun, verb, "fault", "blame", -1, False, 0.55)
        return
    yield from _between(noun, verb)
    yield from _laid(noun)
    if verb is not None and is_in(noun, "under") and noun.head.lower_ == "under" and verb.lemma_ == "come":
        yield from _settle(noun, verb, _UNDER)
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


def _between(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield what becomes of talks, relations and views between parties."""
    if is_in(noun, "talks"):
        yield from _failed_talks(noun, verb)
        yield from _concluded_talks(noun, verb)
    if is_in(noun, "relations"):
        yield from _soured(noun, verb)
    if is_in(noun, "views"):
        yield from _shared(noun)


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
        yield from _settle(noun, verb, _BROKEN)
    elif is_in(noun, "endings"):
        yield from _ending(noun, verb)
    elif is_in(noun, "views"):
        yield from _view(noun, verb)
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


def is_text_of_two(noun: Token) -> bool:
    """Say whether a text is one that parties make together: "a joint statement", "a package of bilateral documents"."""
    within = list(prepositional(noun, ("of",)))
    shared = any(child.lower_ in _JOINT for word in (noun, *within) for child in word.lefts)
    return shared and any(is_in(word, "texts") for word in (noun, *within))


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


def _signing(noun: Token) -> Iterator[Cue]:
    """Yield "the signing of a treaty between X and Y", "of the Peruvian-Chilean pact", "they attended the signing"."""
    act = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or act.lemma_.lower() not in _SIGNING:
        return
    told, verb = factuality(act), governing_verb(act)
    if told.modality != "actual" or told.negated or told.conditional:
        return
    named = any(child.lower_ in ("between", "by") for host in (noun, act) for child in host.rights)
    if named or _is_hyphened(noun):
        yield Cue(noun, noun, "noun", _ACCORD.name, 1, True, _ACCORD.strength - 0.1)
    elif verb is not None and act.head.i == verb.i and verb.lemma_ in _ATTENDING and is_told(verb):
        yield Cue(noun, verb, "accord", _ACCORD.name, 1, True, _ACCORD.strength - 0.2)


def _is_hyphened(noun: Token) -> bool:
    """Say whether a hyphen joins two names before a noun: "the Peruvian-Chilean treaty"."""
    before = noun.doc[noun.left_edge.i + 1 : noun.i]
    return any(word.text in ("-", "–") and word.nbor(-1).text[:1].isupper() for word in before)


def _settle(noun: Token, verb: Token, words: CueList) -> Iterator[Cue]:
    """Yield a cue that is as real as its verb: a deal that is scrapped is real, though there is none any more."""
    cue = settled(verb, verb, "accord" if words is _BROKEN else "noun", words)
    if cue is not None:
        yield replace(cue, token=noun)


def _ending(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "called for an end to the blockade", "announced a suspension of aid"."""
    if is_told(verb) and (is_in(verb, "demanding") or verb.lemma_ in ("announce", "order")):
        yield Cue(noun, verb, "accord", "endings", -1, False, 0.55)


def _view(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "share the view", "have close positions", "hold different opinions"."""
    if not is_in(verb, "holding"):
        return
    modifiers = [child for child in noun.children if child.dep_ in ("amod", "compound")]
    if verb.lemma_.lower() == "share" or any(_is_one(child, "same") for child in modifiers):
        words = _SHARED
    elif any(_is_one(child, "opposed") for child in modifiers):
        words = _OPPOSED
    else:
        return
    cue = settled(noun, verb, "view", words)
    if cue is not None:
        yield cue


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


def _is_one(word: Token, words: str) -> bool:
    """Say whether a list holds a word or its lemma: "shared" may be the verb."""
    return is_in(word, words) or word.lower_ in word_set(LEXICON, words)


def _failed_talks(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "the talks between X and Y broke down", "the failed negotiations between X and Y"."""
    if any(child.dep_ == "amod" and is_in(child, "failed") for child in noun.lefts):
        yield Cue(noun, noun, "noun", _FAILED.name, -1, True, _FAILED.strength)
    elif verb is not None and noun.head.i == verb.i and noun.dep_ == "nsubj" and _collapses(verb):
        yield from _settle(noun, verb, _FAILED)


def _concluded_talks(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "concluded negotiations on a trade deal": what is negotiated is agreed."""
    if verb is None or noun.dep_ not in ("dobj", "nsubjpass") or not is_in(verb, "concluding") or not is_told(verb):
        return
    accord = next((word for word in prepositional(noun, ("on", "for", "about", "of")) if is_in(word, "accords")), None)
    if accord is not None:
        yield Cue(accord, verb, "accord", _ACCORD.name, 1, True, _ACCORD.strength - 0.1)


def _soured(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "relations between X and Y have soured", "have been strained", "the strained ties with Y"."""
    if any(child.dep_ == "amod" and child.lower_ in word_set(LEXICON, "strained") for child in noun.lefts):
        yield Cue(noun, noun, "noun", _SOURED.name, -1, True, _SOURED.strength)
    elif verb is not None and noun.head.i == verb.i and noun.dep_ in _SOURED_AS and _sours(verb):
        yield from _settle(noun, verb, _SOURED)


def _sours(verb: Token) -> bool:
    """Say whether a verb tells that relations are bad: "have soured", "are tense"."""
    strained = word_set(LEXICON, "strained")
    bad = any(child.dep_ == "acomp" and child.lower_ in strained for child in verb.rights)
    return is_in(verb, "souring") or (verb.lemma_ in ("be", "remain", "become") and bad)


def _shared(noun: Token) -> Iterator[Cue]:
    """Yield "the concerns shared by both countries", "the common interest of X and Y in"."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.lemma_.lower() == "share" and any(map(_are_two, subjects(child))):
            yield Cue(noun, child, "view", _SHARED.name, 1, True, _SHARED.strength)
    same = any(child.dep_ in ("amod", "compound") and _is_one(child, "same") for child in noun.lefts)
    if same and any(map(_are_named, prepositional(noun, ("of",)))) and is_told(governing_verb(noun) or noun):
        yield Cue(noun, noun, "noun", _SHARED.name, 1, True, _SHARED.strength - 0.1)


def _are_named(holder: Token) -> bool:
    """Say whether a phrase names two: "X and Y", or means two: "both countries"."""
    return _are_two(holder) and (holder.pos_ == "PROPN" or not any(child.dep_ == "conj" for child in holder.children))


def _are_two(sharer: Token) -> bool:
    """Say whether a phrase names two that may share something: "X and Y", "both countries"."""
    return any(child.dep_ == "conj" or child.lower_ in ("both", "two") for child in sharer.children)


def _collapses(verb: Token) -> bool:
    """Say whether a verb tells that talks came to nothing: "broke down", "ended without agreement"."""
    if verb.lemma_ in _ENDING:
        results = (word for child in verb.rights if child.lower_ == "without" for word in child.rights)
        return any(is_in(word, "accords") or is_in(word, "results") for word in results)
    particle = next((child.lower_ for child in verb.rights if child.dep_ in ("prt", "advmod")), "")
    lemma = verb.lemma_.lower()
    return bool({lemma, f"{lemma} {particle}"} & word_set(LEXICON, "collapsing"))
