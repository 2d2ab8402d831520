"""Who is put out by what another does: "the raid angered Oslo", "the plan was met with scorn by Oslo"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import objects, prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.extraction.points.polarity import Cue, is_told

_STRENGTH = 0.6
_RECEIVED = ("from", "by", "in", "among", "within")
_REACTING = frozenset({"react", "respond"})


def angerings(verb: Token) -> Iterator[Cue]:
    """Yield "Y's test angered X": the one who is angry opposes whose deed it is."""
    if not is_in(verb, "angering") or not is_told(verb):
        return
    deeds = tuple(word for subject in subjects(verb) for word in _deeds(subject))
    if deeds and objects(verb):
        yield Cue(verb, verb, "verb", "anger", -1, False, _STRENGTH, sources=objects(verb), targets=deeds)


def _deeds(subject: Token) -> Iterator[Token]:
    """Yield a deed, or who did what a word only points back to: "banned the fish, a move that angered Y"."""
    if is_in(subject, "vague") and subject.dep_ in ("appos", "npadvmod"):
        host = subject.head
        while host.pos_ not in ("VERB", "AUX") and host.dep_ != "ROOT":
            host = host.head
        yield from subjects(host)
    yield subject


def receptions(noun: Token) -> Iterator[Cue]:
    """Yield "Y's plan was met with scorn by X", "drew protests from X", "sparked outrage in Y"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "for") else noun.head
    comes_in = verb.lemma_ == "come" and any(child.lower_ == "in" for child in verb.rights)  # "came in for criticism"
    received = is_in(verb, "receiving") or comes_in
    if not received or not is_told(verb) or (verb.i == noun.head.i and noun.dep_ != "dobj"):
        return
    passive = any(child.dep_ == "nsubjpass" for child in verb.lefts)
    targets = objects(verb) if passive else subjects(verb)
    sources = tuple(word for host in (noun, verb) for word in prepositional(host, _RECEIVED))
    if sources and targets:
        yield Cue(noun, verb, "noun", "reception", -1, False, _STRENGTH, sources=sources, targets=targets)


def angry_answers(verb: Token) -> Iterator[Cue]:
    """Yield "reacted angrily to Y's decision", "reacted with fury to"."""
    if verb.lemma_ not in _REACTING or not is_told(verb):
        return
    angrily = any(is_in(child, "angrily") for child in verb.children if child.dep_ == "advmod")
    with_fury = any(is_in(word, "angrily") for word in prepositional(verb, ("with", "in")))
    targets = tuple(prepositional(verb, ("to",)))
    if (angrily or with_fury) and targets:
        yield Cue(verb, verb, "verb", "anger", -1, False, _STRENGTH, sources=subjects(verb), targets=targets)
