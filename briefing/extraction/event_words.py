"""What the words of an event are: kinds of nouns, light verbs, and the syntax around a predicate."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefing.language.factuality import lemma_of
from briefing.language.lexicon import read_lexicon, word_set

NounKind = Literal["occasion", "act"]

# Steps up or down a tree, at most.
_MOST_STEPS = 6
_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "attr", "oprd", "dative")


def noun_kind(token: Token) -> NounKind | None:
    """Return whether a noun names an occasion or an act; None for anything else and for a part of a name."""
    if token.tag_ not in _NOUN_TAGS or token.dep_ in ("compound", "nmod") and token.head.tag_ in _NOUN_TAGS:
        return None
    lemma = noun_lemma(token)
    if token.pos_ == "PROPN" and lemma in word_set("events", "numbered_occasions"):
        return "occasion" if any(child.pos_ == "NUM" for child in token.children) else None
    return "occasion" if lemma in _groups() else "act" if lemma in word_set("events", "acts") else None


def noun_group(token: Token) -> str | None:
    """Return the group of an occasion: "meetings", "votes"."""
    return _groups().get(noun_lemma(token))


def noun_lemma(token: Token) -> str:
    """Return the lemma of a noun, also of a plural in a name."""
    lemma = lemma_of(token)
    if lemma not in _groups() and token.tag_ in ("NNP", "NNPS") and lemma.endswith("s"):
        return lemma[:-1]
    return lemma


def is_light(verb: Token) -> bool:
    """Say whether a verb says only that what it goes with will be."""
    return lemma_of(verb) in word_set("events", "light_verbs")


def has_listed(token: Token, label: str) -> bool:
    """Say whether a token has a child with this dependency label or tag."""
    return any(label in (child.dep_, child.tag_) for child in token.children)


def governors(token: Token) -> Iterator[Token]:
    """Yield the words that govern a predicate, the nearest first: "expected" of "is expected to meet"."""
    node = token
    for _ in range(_MOST_STEPS):
        if node.dep_ == "conj":
            node = node.head
            continue
        if node.dep_ not in ("xcomp", "ccomp", "acl", "pcomp", "advcl", "prep", "pobj", "dobj", "nsubjpass"):
            return
        node = node.head
        if node.pos_ != "ADP":
            yield node


def subject_of(verb: Token) -> Token | None:
    """Return who or what does, or suffers, what a predicate tells: its own subject or the one that controls it."""
    node = verb
    for _ in range(_MOST_STEPS):
        own = next((child for child in node.lefts if child.dep_ in _SUBJECTS), None)
        if own is None and node.dep_ != "ROOT":
            own = next((child for child in node.rights if child.dep_ in _SUBJECTS), None)
        if own is None and node.dep_ == "ROOT":
            own = _dated_name(node)
        if own is not None:
            return node.head if own.tag_ in ("WDT", "WP") and node.dep_ == "relcl" else own
        if node.dep_ == "xcomp" and (controller := _object(node.head, before=node)):
            return controller
        if node.dep_ == "relcl":
            return node.head
        if node.dep_ not in (
            "xcomp",
            "ccomp",
            "conj",
            "acl",
            "advcl",
            "pcomp",
            "prep",
            "dobj",
            "pobj",
            "acomp",
            "attr",
        ):
            return None
        if node.dep_ == "acl" and node.tag_ in ("VBN", "VBG"):
            return node.head
        if node.dep_ == "acl" and (owner := next((child for child in node.head.lefts if child.dep_ == "poss"), None)):
            return owner
        node = node.head
    return None


def _dated_name(verb: Token) -> Token | None:
    """Return the subject that the parser put under a date: Smith in "On Monday Smith will meet"."""
    for child in verb.lefts:
        if child.dep_ == "prep":
            for name in child.rights:
                if name.ent_type_ in ("PERSON", "ORG", "GPE") and any(part.ent_type_ == "DATE" for part in name.lefts):
                    return name
    return None


def _object(verb: Token, before: Token) -> Token | None:
    return next((child for child in verb.rights if child.dep_ == "dobj" and child.i < before.i), None)


def arguments(verb: Token, *, deep: bool = False) -> Iterator[Token]:
    """Yield the nouns that are subject or object of a predicate; *deep* also those in their phrases and obliques."""
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    if not deep:
        subject = subject if subject is not None else subject_of(verb)
        if subject is not None:
            yield subject
        yield from (child for child in verb.rights if child.dep_ in (*_OBJECTS, *_SUBJECTS))
        for child in verb.rights:
            if (
                child.dep_ == "prep"
                and child.lower_ in ("in", "to", "with", "into")
                and lemma_of(verb) in _WITH_PREPOSITION
            ):
                yield from (below for below in child.rights if below.dep_ == "pobj")
        return
    waiting = [child for child in verb.rights if child.dep_ in (*_OBJECTS, "prep", "xcomp")]
    waiting += [subject] if subject is not None else []
    for _ in range(4 * _MOST_STEPS):
        if not waiting:
            return
        node = waiting.pop(0)
        if node.pos_ != "ADP":
            yield node
        waiting += [
            child for child in node.rights if child.dep_ in (*_OBJECTS, "prep", "pobj", "acl", "xcomp", "pcomp")
        ]


# "take part in", "go to the polls", "proceed with".
_WITH_PREPOSITION = frozenset({"participate", "take", "go", "come", "proceed", "enter", "travel", "return"})


def obliques(verb: Token, prepositions: Sequence[str]) -> Iterator[Token]:
    """Yield the nouns after some prepositions of a predicate: the meeting of "discuss at a meeting"."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    yield noun
                    yield from (other for other in noun.rights if other.dep_ == "conj")


@cache
def _groups() -> dict[str, str]:
    occasions: dict[str, list[str]] = read_lexicon("events")["occasions"]
    return {word: group for group, words in occasions.items() for word in words}
