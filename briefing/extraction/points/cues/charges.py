"""Nouns of opposition whose two sides stand in the words around them: critics, charges, breaches, votes, measures."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.extraction.points.polarity import Cue, is_told

_STRENGTH = 0.6
_BREACH = 0.55
_AGAINST = ("against", "at", "toward", "towards")


def critics(noun: Token) -> Iterator[Cue]:
    """Yield "X is a fierce critic of Y", "X, an opponent of Y"."""
    targets = tuple(prepositional(noun, ("of", "to")))
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "remain", "become"):
        sources = subjects(noun.head)
        told = is_told(noun.head)
    else:
        sources = (noun.head,) if noun.dep_ == "appos" else ()
        told = True
    if targets and sources and told:
        yield Cue(noun, noun, "noun", "critic", -1, False, _STRENGTH, sources=sources, targets=targets)


def charges_made(noun: Token) -> Iterator[Cue]:
    """Yield "accusations that X made against Y": who makes them is told in a clause upon the noun."""
    for clause in noun.rights:
        if clause.dep_ in ("relcl", "acl") and clause.tag_ != "VBN" and is_in(clause, "voicing") and is_told(clause):
            targets = tuple(prepositional(clause, _AGAINST)) or tuple(prepositional(noun, _AGAINST))
            if targets and subjects(clause):
                kind = "criticism"
                yield Cue(noun, noun, "noun", kind, -1, False, _STRENGTH, sources=subjects(clause), targets=targets)


def breaches_told(noun: Token) -> Iterator[Cue]:
    """Yield "reported violations of the truce by Y", "spoke of Y's breach of the treaty"."""
    verb = governing_verb(noun)
    near = (noun, *prepositional(noun, ("of", "by")))
    broken = [thing for host in near for thing in prepositional(host, ("of",)) if is_in(thing, "rules")]
    if verb is None or not is_told(verb) or noun.dep_ == "nsubj" or not broken:
        return
    by = (word for host in near for word in prepositional(host, ("by",)))
    doers = (*by, *(child for child in noun.lefts if child.dep_ == "poss"))
    if doers and (is_in(verb, "telling") or is_in(verb, "naming")):
        yield Cue(noun, noun, "noun", "breach", -1, False, _BREACH, sources=subjects(verb), targets=doers)


def contested_votes(noun: Token) -> Iterator[Cue]:
    """Yield "all votes against the bill came from X"."""
    against = tuple(prepositional(noun, ("against",)))
    verb = noun.head
    if against and noun.dep_ == "nsubj" and verb.lemma_ == "come" and is_told(verb):
        sources = tuple(prepositional(verb, ("from",)))
        yield Cue(noun, noun, "noun", "reject", -1, False, _STRENGTH, sources=sources, targets=against)


def restraints(noun: Token) -> Iterator[Cue]:
    """Yield "approved a new round of sanctions on Y", "sanctions aimed at Y": measures told by what holds them."""
    whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if whole.i != noun.i and not is_in(whole, "batches"):
        return
    verb = whole.head
    if whole.dep_ not in ("dobj", "nsubjpass") or not is_in(verb, "imposing") or not is_told(verb):
        return
    hosts = (noun, whole, verb)
    targets = [word for host in hosts for word in prepositional(host, ("on", "against", "over"))]
    for host in hosts:
        for clause in host.rights:
            if clause.dep_ in ("acl", "advcl", "relcl") and is_in(clause, "aiming"):
                targets += (*objects(clause), *prepositional(clause, ("at", "against")))
    if targets:
        yield Cue(noun, verb, "noun", "criticism", -1, False, _STRENGTH, sources=subjects(verb), targets=tuple(targets))
