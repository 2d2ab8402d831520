"""Attitudes that parties hold together: "both sides want", "the interlocutors noted the need for"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import is_stative, objects, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.polarity import Cue, is_told
from briefing.runtime.lexicon import word_set

_MANY = frozenset({"they", "we", "both", "two", "who", "which", "that", "these", "those", "all"})


def attitudes(verb: Token) -> Iterator[Cue]:
    """Yield what the subjects of a verb want, stress or say together."""
    called = verb.lemma_ == "call" and any(child.lower_ == "for" for child in verb.rights)
    if is_in(verb, "attitudes") or _weighs(verb) or ((called or is_in(verb, "saying")) and is_joint(verb)):
        yield from joint_attitude(verb)


def joint_attitude(verb: Token, adjective: Token | None = None) -> Iterator[Cue]:
    """Yield "both sides want", "X and Y jointly called for", "X and Y are interested in"."""
    if any(child.dep_ == "nsubjpass" for child in verb.lefts) and not is_stative(verb):
        return
    if any(is_in(thing, "pleasantries") for thing in objects(verb)) or not any(map(_are_several, subjects(verb))):
        return
    if verb.lemma_ == "confirm" and not is_joint(verb) and not any(map(_points_back, subjects(verb))):
        return  # a fact is confirmed: "officials of both states confirmed the test"
    if is_told(verb):
        kind = "members" if any(map(_are_members, subjects(verb))) else "attitudes"
        yield Cue(adjective or verb, verb, "joint", kind, 1, True, 0.65 if is_joint(verb) else 0.5)


def is_joint(verb: Token) -> bool:
    """Say whether the subjects of a verb are said to hold it together: "both", "jointly"."""
    joint = word_set(LEXICON, "jointly")
    texts = (*prepositional(verb, ("in", "through", "via", "by")), *_texts_before(verb), *subjects(verb))
    if any(is_in(text, "writings") and any(child.lower_ == "joint" for child in text.lefts) for text in texts):
        return True
    if any(
        child.lower_ in joint for child in verb.children if child.dep_ in ("advmod", "det", "preconj", "dep", "appos")
    ):
        return True
    return any(
        subject.lower_ == "both" or any(child.lower_ in joint for child in subject.children)
        for subject in subjects(verb)
    )


def _are_members(subject: Token) -> bool:
    """Say whether a subject is the members or leaders of a union: "NATO allies", "EU leaders", "all member states"."""
    if subject.tag_ not in ("NNS", "NNPS"):
        return False
    return any(is_in(child, "unions") or child.lower_ == "all" for child in subject.lefts)


def _weighs(verb: Token) -> bool:
    """Say whether a verb tells of the weight of a thing: "noted the importance of", "spoke in favour of"."""
    if not is_in(verb, "weighing") or verb.dep_ == "advcl":  # "discussed it, noting the importance of"
        return False
    things = [*objects(verb), *prepositional(verb, ("on", "about", "to", "in", "for"))]
    things += [word for thing in things if thing.lemma_ == "attention" for word in prepositional(thing, ("to",))]
    favour = verb.lemma_ == "speak" and any(thing.lower_ in ("favour", "favor", "support") for thing in things)
    return favour or any(is_in(thing, "weights") for thing in things)


def _points_back(subject: Token) -> bool:
    """Say whether a subject is "they", "the parties", "the leaders"."""
    bare = not any(child.dep_ in ("amod", "compound", "prep") for child in subject.children)
    return subject.pos_ == "PRON" or (is_in(subject, "anaphors") and bare)


def _are_several(subject: Token) -> bool:
    """Say whether a subject may be more than one: a plural, a pronoun for many, or joined to others."""
    return (
        subject.tag_ in ("NNS", "NNPS")
        or subject.lower_ in _MANY
        or any(child.dep_ == "conj" for child in subject.rights)
        or is_in(subject, "assemblies")
        or (is_in(subject, "writings") and any(child.lower_ == "joint" for child in subject.lefts))
        or is_in(subject, "unions")
    )


def _texts_before(verb: Token) -> Iterator[Token]:
    """Yield what a clause opens with: the statement of "In a joint statement, X and Y called for"."""
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ in ("in", "through", "via"):
            yield from (word for word in child.rights if word.dep_ == "pobj")
