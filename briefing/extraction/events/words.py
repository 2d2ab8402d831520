"""Classify the words of an event: kinds of nouns, and light verbs."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import arguments, is_passive
from briefing.runtime.lexicon import read_lexicon, word_set

# Lists that other modules read too.
EventWords = Literal[
    "acts",
    "event_verbs",
    "light_verbs",
    "deed_verbs",
    "continuing_verbs",
    "ending_verbs",
    "keeping_verbs",
    "topical_verbs",
    "event_phrases",
    "fixing",
    "inviting",
    "seeking_votes",
]

NounKind = Literal["occasion", "act"]

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")


def noun_kind(token: Token) -> NounKind | None:
    """Return whether a noun names an occasion or an act; None for other words and for a part of a name."""
    if token.lemma_.lower() not in _forms() or token.tag_ not in _NOUN_TAGS:
        return None
    if token.dep_ in ("compound", "nmod") and token.head.tag_ in _NOUN_TAGS:
        return None
    lemma = noun_lemma(token)
    if token.pos_ == "PROPN" and lemma in word_set(__name__, "numbered_occasions"):
        numbered = any(child.pos_ == "NUM" and child.text.isdigit() for child in token.rights) or _has_year(token)
        return "occasion" if numbered else None
    return "occasion" if lemma in _groups() else "act" if lemma in word_set(__name__, "acts") else None


def _has_year(token: Token) -> bool:
    """Return True if a year precedes a noun: "the 2012 Games", not "400.000 Euros"."""
    return any(len(child.text) == 4 and child.text.isdigit() for child in token.lefts)


def noun_group(token: Token) -> str | None:
    """Return the group of an occasion: "meetings", "votes"."""
    return _groups().get(noun_lemma(token))


def noun_lemma(token: Token) -> str:
    """Return the lemma of a noun, including that of a plural in a name."""
    lemma = lemma_of(token)
    if lemma not in _groups() and token.tag_ in ("NNP", "NNPS") and lemma.endswith("s"):
        return lemma[:-1]
    return lemma


def is_indefinite(noun: Token) -> bool:
    """Return True if a noun means no particular upcoming occasion: "any talks", "the last meeting"."""
    found = {child.lower_ for child in noun.lefts} & word_set(__name__, "indefinite")
    if found == {"some"}:
        return not any(child.dep_ == "nummod" for child in noun.lefts)  # "some 900 jobs"
    return bool(found)


def is_light(verb: Token) -> bool:
    """Return True if a verb only says that its subject or object takes place."""
    return lemma_of(verb) in word_set(__name__, "light_verbs")


def announced_occasions(verb: Token) -> list[Token]:
    """Return the occasions and acts that a light verb announces: the object of "hold", the subject of "begin"."""
    if not is_light(verb):
        return []
    unfolds = lemma_of(verb) in word_set(__name__, "unfolding_verbs")
    unfolds = unfolds or is_passive(verb)  # "is to be held"
    found = [noun for noun in arguments(verb) if noun_kind(noun) and (unfolds or noun.dep_ != "nsubj")]
    # A body that has a vote will hold it; a body that has a ban or a deal may have it already.
    return [noun for noun in found if noun_kind(noun) == "occasion"] if lemma_of(verb) == "have" else found


def brings_something(verb: Token) -> bool:
    """Return True if a predicate describes a result of an occasion: "talks that will open a new era"."""
    objects = [child for child in verb.rights if child.dep_ == "dobj" and not noun_kind(child)]
    return any(f"{lemma_of(verb)} {lemma_of(child)}" not in word_set(__name__, "event_phrases") for child in objects)


def event_words(*lists: EventWords) -> frozenset[str]:
    """Return the words of these lists."""
    return word_set(__name__, *lists)


def occasions() -> Mapping[str, list[str]]:
    """Return the nouns for occasions by their groups: "meetings", "votes"."""
    groups: Mapping[str, list[str]] = read_lexicon(__name__)["occasions"]
    return groups


@cache
def _forms() -> frozenset[str]:
    """Return the lemmas of occasions and acts, also with the "s" that a name keeps."""
    known = {*_groups(), *word_set(__name__, "acts"), *word_set(__name__, "numbered_occasions")}
    return frozenset(known | {f"{word}s" for word in known})


@cache
def _groups() -> dict[str, str]:
    return {word: group for group, words in occasions().items() for word in words}
