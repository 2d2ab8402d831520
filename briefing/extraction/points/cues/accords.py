"""What parties have or will do in common where no verb of agreeing says so: accords that hold, terms, shared deeds."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import objects, prepositional, subjects
from briefing.extraction.points.lists import CueList, is_in, listed
from briefing.extraction.points.polarity import Cue, is_told, settled
from briefing.language.factuality import factuality

_STANDING = CueList("standing accord", 1, True, False, 0.65)
_ALIKE = CueList("one mind", 1, True, True, 0.7)
_SHARED = 0.65
_YIELDED = 0.55
_TOGETHER = frozenset({"together", "jointly"})
_ONE = frozenset({"one", "same", "like"})
_UNSURE = frozenset({"no", "any", "proposed", "possible", "potential", "draft", "future", "planned"})
_CARRYING = frozenset({"pass", "clear", "carry", "approve", "adopt", "go", "sail"})
_VOTES = frozenset({"vote", "support", "backing", "blessing"})
_DOING = frozenset({"do", "have", "be"})
_TELLING = frozenset({"confirm", "acknowledge", "express", "voice"})
_PAYING = frozenset({"pay", "agree"})


def standing(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield accords that are there or do their work: "there is a deal between", "X's pact with Y took effect"."""
    if verb is None or noun.head.i != verb.i or any(child.lower_ in _UNSURE for child in noun.lefts):
        return
    if noun.dep_ == "attr" and any(child.dep_ == "expl" for child in verb.lefts):
        common = is_in(noun, "accords") or any(child.lower_ == "common" for child in noun.lefts)
        between = any(child.lower_ in ("between", "among") for child in noun.rights)
        holds = common and between
    elif noun.dep_ == "dobj" and verb.lemma_ == "have":  # "X and Y have a deal"
        joint = any(child.dep_ == "conj" for doer in subjects(verb) for child in doer.rights)
        holds = joint and is_in(noun, "accords") and any(child.lower_ in ("a", "an") for child in noun.lefts)
    else:
        named = any(child.dep_ == "poss" or child.lower_ in ("between", "with") for child in noun.children)
        holds = named and noun.dep_ == "nsubj" and is_in(noun, "accords") and is_in(verb, "effects")
    cue = settled(noun, verb, "accord", _STANDING) if holds else None
    if cue is not None and is_told(verb):
        yield cue


def relenting(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "dropped its objections to Y's plan": one gives way to the other."""
    if verb is not None and noun.dep_ == "dobj" and is_in(verb, "relenting") and is_told(verb):
        yield Cue(noun, verb, "view", "relenting", 1, False, _YIELDED)


def terms(noun: Token) -> Iterator[Cue]:
    """Yield what is done by an accord whose parties are named: "under an arrangement between X and Y"."""
    verb = noun.head.head
    between = any(child.lower_ in ("between", "with") for child in noun.rights)
    if noun.dep_ == "pobj" and noun.head.lower_ == "under" and between and not is_in(noun, "lasting"):
        yield Cue(noun, verb, "accord", _STANDING.name, 1, True, _STANDING.strength)


def made(noun: Token) -> Iterator[Cue]:
    """Yield an accord that a participle tells of: "the agreement, signed by X and Y on Friday, lifts"."""
    for child in noun.rights:
        by = child.dep_ == "acl" and child.tag_ == "VBN" and any(True for _ in prepositional(child, ("by", "between")))
        if by and is_in(child, "making") and is_told(child) and [doer.pos_ for doer in subjects(child)] == ["PROPN"]:
            yield Cue(noun, child, "accord", "accords", 1, True, _SHARED)


def likewise(verb: Token) -> Iterator[Cue]:
    """Yield "X, like Y, wants", "X opposes it, as does Y": both hold the attitude."""
    stands = is_in(verb, "attitudes") or is_in(verb, "saying") or listed("verbs", verb) is not None
    if stands and any(True for _ in others_alike(verb)) and is_told(verb):
        yield Cue(verb, verb, "joint", "likewise", 1, True, _SHARED)


def others_alike(verb: Token) -> Iterator[Token]:
    """Yield whom "like" sets beside the subject of a verb, before the verb, or "as does" and "so does" after it."""
    for child in verb.rights:
        after_as = child.dep_ == "advcl" and any(word.lower_ == "as" and word.dep_ == "mark" for word in child.lefts)
        if after_as and child.ent_type_ and any(word.dep_ == "aux" for word in child.lefts):  # "as will Y"
            yield child
        elif child.dep_ == "advcl" and child.lemma_ in _DOING and any(word.lower_ == "as" for word in child.lefts):
            yield from (word for word in child.rights if word.dep_ in ("nsubj", "attr") and word.ent_type_)
        elif child.dep_ == "conj" and child.ent_type_ and {word.lower_ for word in child.lefts} & {"so", "neither"}:
            yield child
    for host in (verb, *subjects(verb)):
        for child in host.children:
            if child.dep_ == "prep" and child.lower_ == "like" and child.i < verb.i:
                yield from (word for word in child.rights if word.dep_ == "pobj" and word.ent_type_)


def exchanges(noun: Token) -> Iterator[Cue]:
    """Yield what each side will do by the terms of an accord: "under the deal, X will pay and Y will leave"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "under":
        return
    if not _is_ahead(verb) and not (is_told(verb) and any(True for _ in turns(verb))):
        return
    yield Cue(verb, verb, "joint", "exchange", 1, True, _SHARED)


def turns(verb: Token) -> Iterator[Token]:
    """Yield the other clauses of an exchange: "and Y will leave"."""
    yield from (other for other in verb.conjuncts if _is_ahead(other) or is_told(other))


def shared_deeds(verb: Token) -> Iterator[Cue]:
    """Yield what two will do as one: "X and Y will build the line together", "will split the cost"."""
    together = is_in(verb, "undertakings") and any(child.lower_ in _TOGETHER for child in verb.children)
    sharing = is_in(verb, "sharing") and bool(objects(verb))
    if not (together or sharing) or not _is_ahead(verb):
        return
    doers = subjects(verb)
    several = any(child.dep_ == "conj" for doer in doers for child in doer.rights)
    several = several or any(doer.tag_ in ("NNS", "NNPS", "CD") or doer.lower_ == "they" for doer in doers)
    if several and not any(doer.ent_type_ == "PERSON" for doer in doers):
        yield Cue(verb, verb, "joint", "shared deed", 1, True, _SHARED)


def alike(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "are of one mind on", "is on the same page as"."""
    if verb is None or noun.dep_ != "pobj" or noun.head.lower_ not in ("of", "on") or noun.head.head.i != verb.i:
        return
    bare = not any(child.lower_ == "of" for child in noun.rights)  # "on the same side of the river"
    if bare and verb.lemma_ in ("be", "remain", "stay") and any(child.lower_ in _ONE for child in noun.lefts):
        cue = settled(noun, verb, "view", _ALIKE)
        if cue is not None:
            yield cue


def carried(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield what several carried or back: "passed with the votes of X and Y", "has the backing of X and Y"."""
    hosts = (noun, verb) if verb is not None and noun.dep_ == "dobj" else (noun,)
    givers = tuple(word for host in hosts for word in prepositional(host, ("of", "from")))
    if verb is None or not (len(givers) > 1 or any(child.dep_ == "conj" for word in givers for child in word.rights)):
        return
    voted = noun.dep_ == "pobj" and noun.head.lower_ == "with" and verb.lemma_ in _CARRYING and noun.lemma_ in _VOTES
    backed = noun.dep_ == "dobj" and (verb.lemma_ == "have" or is_in(verb, "receiving")) and noun.head.i == verb.i
    if (voted or backed) and is_told(verb):
        yield Cue(noun, verb, "noun", "carried", 1, True, _SHARED, targets=givers)


def neither(verb: Token) -> Iterator[Cue]:
    """Yield "neither X nor Y wants to": both hold back."""
    if not (is_in(verb, "wanting") or is_in(verb, "attitudes")) or verb.lemma_ in _TELLING:
        return
    if any(child.lower_ == "neither" for doer in subjects(verb) for child in (doer, *doer.lefts)):
        told = factuality(verb)
        if told.modality == "actual" and not told.conditional:
            yield Cue(verb, verb, "joint", "neither", 1, True, _SHARED)


def settlements(verb: Token) -> Iterator[Cue]:
    """Yield "settled the suit brought by Y", "will pay a sum to settle the claims of Y"."""
    if not is_in(verb, "quitting") or not any(is_in(thing, "suits") for thing in objects(verb)):
        return
    payer = verb.head if verb.dep_ in ("advcl", "xcomp") and verb.head.lemma_ in _PAYING else None
    told = factuality(payer if payer is not None else verb)
    sure = told.modality == "actual" or (payer is not None and told.modality == "future")
    if sure and not told.negated and not told.conditional:
        yield Cue(verb, verb, "verb", "settlement", 1, True, _SHARED)


def _is_ahead(verb: Token) -> bool:
    """Say whether a verb is told as what will be."""
    told = factuality(verb)
    return told.modality == "future" and not told.negated and not told.conditional
