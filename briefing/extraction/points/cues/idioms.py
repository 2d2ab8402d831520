"""Positions that a clause takes as a whole: refusals, strikes, stands that are set against each other."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.points.grammar import clauses_below, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, CueList, is_in, listed
from briefing.extraction.points.polarity import Cue, is_told, settled
from briefing.language.factuality import factuality
from briefing.language.predicate_words import Modality
from briefing.runtime.lexicon import first_words, word_set

_REFUSAL = CueList("refusal", -1, False, False, 0.6)
_STRIKE = CueList("strike", -1, False, False, 0.6)
_BREACH = 0.55
_JOINT_WORK = 0.6
_FORBIDDING = frozenset({"can", "could", "must", "should", "ca"})
_CONTRAST = 0.5  # strength of two stands that are set against each other
_STRIKES = frozenset({"strike", "walkout", "stoppage"})


def refusals(verb: Token) -> Iterator[Cue]:
    """Yield what one says that one will not do or does not own to: "will not lift the ban", "does not recognise"."""
    opening = is_in(verb, "opening") and any(is_in(thing, "talks") for thing in objects(verb))
    ending = verb.lemma_ == "stop" and any(is_in(thing, "campaigns") for thing in objects(verb))
    sharing = verb.lemma_ == "take" and any(thing.lemma_ == "part" for thing in objects(verb))
    borne = next((child.lower_ for child in verb.rights if f"{verb.lemma_} {child.lower_}" in _borne()), None)
    if not (is_in(verb, "withholding") or opening or ending or sharing or borne):
        return
    told = factuality(verb)
    if borne and told.negated and not told.conditional and told.modality in ("future", "possible"):
        yield Cue(verb, verb, "verb", "bearing", -1, False, _REFUSAL.strength, borne, True, True)
        return
    if not told.negated or told.conditional:
        return
    ahead = _is_declined(verb, told.modality)
    if ahead or (told.modality == "actual" and told.tense == "present" and is_in(verb, "disowning")):
        second = "in" if sharing else None
        yield Cue(verb, verb, "verb", _REFUSAL.name, -1, False, _REFUSAL.strength, second, True, ahead)


def _borne() -> frozenset[str]:
    """Return what one says that one will not do with another's plan: "hear of", "live with"."""
    return word_set(LEXICON, "bearing")


def _is_declined(verb: Token, modality: Modality) -> bool:
    """Say whether one says what one will not do: "will not", "is not going to", "has no plans to"."""
    if any(child.dep_ == "neg" for child in verb.lefts):
        return modality == "future"
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "go":
        return any(child.dep_ == "neg" for child in verb.head.lefts)
    plan = verb.head.head if verb.dep_ == "pcomp" else verb.head
    planned = verb.dep_ in ("pcomp", "acl") and is_in(plan, "intentions") and plan.head.lemma_ == "have"
    return planned and any(child.lower_ == "no" for child in plan.lefts)


def strikes(verb: Token) -> Iterator[Cue]:
    """Yield "went on strike", "walked off the job", "staged a walkout"."""
    lemma = verb.lemma_.lower()
    if lemma != "strike" and lemma not in first_words(LEXICON, "striking"):
        return
    follow = [word for child in verb.rights for word in (child, *child.rights) if word.dep_ in ("dobj", "pobj")]
    followed = any(f"{lemma} {word.lemma_.lower()}" in word_set(LEXICON, "striking") for word in follow)
    alone = lemma == "strike" and not objects(verb) and any(is_in(word, "crowds") for word in subjects(verb))
    if not followed and not alone:
        return
    cue = settled(verb, verb, "verb", _STRIKE)
    if cue is not None:
        yield replace(cue, preposition="against")


def obligations(verb: Token) -> Iterator[Cue]:
    """Yield what a speaker says that another must end or undo: "said that X must withdraw"."""
    if not is_in(verb, "ending") or verb.dep_ not in ("ccomp", "ROOT", "conj"):
        return
    bound = any(child.dep_ == "aux" and child.lower_ in ("must", "should", "ought") for child in verb.lefts)
    told = factuality(verb)
    if bound and not told.negated and not told.conditional:
        yield Cue(verb, verb, "fault", "obligation", -1, False, _BREACH)


def forbiddings(verb: Token) -> Iterator[Cue]:
    """Yield what a speaker would not have another do: "said that X could not be allowed to"."""
    if verb.lemma_ not in ("allow", "permit", "let") or not any(child.dep_ == "nsubjpass" for child in verb.lefts):
        return
    modal = any(child.tag_ == "MD" and child.lower_ in _FORBIDDING for child in verb.lefts)
    if modal and any(child.dep_ == "neg" for child in verb.lefts) and not factuality(verb).conditional:
        yield Cue(verb, verb, "fault", "forbidding", -1, False, _BREACH)


def joint_work(verb: Token) -> Iterator[Cue]:
    """Yield "pledged to work with Y", which binds both sides."""
    if not is_in(verb, "pledging") or not is_told(verb):
        return
    for child in verb.rights:
        together = child.dep_ == "xcomp" and is_in(child, "cooperating")
        if together and any(True for _ in prepositional(child, ("with",))):
            yield Cue(verb, verb, "verb", "concur", 1, True, _JOINT_WORK)


def joined(verb: Token) -> Iterator[Cue]:
    """Yield "X joined Y in condemning the raid": both take the stand."""
    if verb.lemma_ != "join" or not objects(verb) or not is_told(verb):
        return
    for child in verb.rights:
        for stand in child.rights if child.lower_ == "in" else ():
            if stand.dep_ == "pcomp" and _is_attitude(stand):
                yield Cue(stand, verb, "verb", "joined", 1, True, _JOINT_WORK)


def _is_attitude(verb: Token) -> bool:
    """Say whether a verb takes a stand: "condemning", "calling for"."""
    return is_in(verb, "attitudes") or (verb.lemma_ == "call" and any(child.lower_ == "for" for child in verb.rights))


def commitments(verb: Token) -> Iterator[Cue]:
    """Yield "reaffirmed its commitment to support Y", "to supporting Y's claim"."""
    if f"{verb.lemma_.lower()}" not in word_set(LEXICON, "voicing") or not is_told(verb):
        return
    for thing in objects(verb):
        if not is_in(thing, "resolves"):
            continue
        for child in clauses_below(thing):
            found = listed("verbs", child)
            if found is not None and found[0].name == "back":
                yield Cue(child, verb, "view", found[0].name, 1, False, found[0].strength)


def pitted(verb: Token) -> Iterator[Cue]:
    """Yield "the dispute pits X against Y": two whom a quarrel sets against each other."""
    found = [listed("nouns", word) for word in subjects(verb)] if verb.lemma_ == "pit" else []
    quarrel = any(words is not None and words[0].sign < 0 for words in found)
    against = tuple(prepositional(verb, ("against",)))
    if quarrel and against and is_told(verb):
        yield Cue(verb, verb, "verb", "differ", -1, True, _STRIKE.strength, sources=objects(verb), targets=against)


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
