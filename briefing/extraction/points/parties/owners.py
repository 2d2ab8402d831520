"""Whose thing a noun phrase names: the words in it that may tell the owner, the home or the doer."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.language.syntax import is_subject_read_before

# Lists of nouns for what somebody does, says or plans.
DEEDS = ("proposals", "deeds", "conduct", "assertions", "writings", "impositions")
# Labels of what stands within a noun phrase and may name whose thing it is.
_OWNERS = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_OWNING = frozenset({"of", "by", "from", "between", "among"})
_BELONGING = frozenset({"of", "from", "in", "at"})


def owners_of(token: Token) -> Iterator[Token]:
    """Yield what may name the owner of a thing, the home of a body or the doer of a deed."""
    for child in token.children:
        if child.dep_ in _OWNERS and not (is_subject_read_before(child) or _is_mere_kind(child) or _is_scene(child)):
            yield child
    if is_in(token, "bodies"):
        spoken = {"for"} if is_in(token, "mouthpieces") else frozenset()
        yield from prepositional(token, _BELONGING | spoken)
        return
    suffered = is_in(token, "deeds")
    yield from prepositional(token, _OWNING - {"of"} if suffered else _OWNING)
    if is_in(token, "accords") or is_in(token, "ties"):
        yield from prepositional(token, ("with",))
    for child in token.rights:
        if child.dep_ == "relcl" or (child.dep_ == "acl" and (child.tag_ == "VBN" or _has_doer(child))):
            yield from subjects(child)
    for inner in prepositional(token, ("into", "on", "for")):  # "an inquiry into the riot that X had asked for"
        for child in inner.rights:
            if child.dep_ == "relcl" and is_in(child, "proposing") and _has_doer(child):
                yield from subjects(child)


def is_deed(thing: Token) -> bool:
    """Say whether a noun names what somebody does, says or plans."""
    return any(is_in(thing, name) for name in DEEDS)


def _is_mere_kind(child: Token) -> bool:
    """Say whether a common noun before another tells only of what kind it is: "management bonuses", "union rules"."""
    return child.dep_ == "compound" and child.pos_ == "NOUN" and not is_deed(child.head)


def _is_scene(child: Token) -> bool:
    """Say whether a name before a deed tells where it was done: "the Nairobi bombing", not "the NATO bombing"."""
    if child.dep_ not in ("compound", "nmod") or child.pos_ != "PROPN":
        return False
    scene = is_in(child.head, "scenes")
    return scene and child.ent_type_ in ("GPE", "LOC", "FAC") and not (child.text.isupper() or "." in child.text)


def _has_doer(clause: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in clause.lefts)
