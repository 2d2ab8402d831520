"""Texts that parties sign: "the signing in Oslo of a statement by X and Y", "a letter signed by X and Y"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.extraction.points.polarity import Cue, is_told
from briefing.language.factuality import factuality
from briefing.language.neighbours import token_before

_SIGNED = 0.6
_HYPHENED = 0.65
_SEEN = 0.55
_SIGNING = frozenset({"signing", "conclusion", "ratification", "adoption"})
_ATTENDING = frozenset({"attend", "witness", "oversee", "see", "watch"})
_WRITING = frozenset({"sign", "cosign", "co-sign", "initial", "author", "co-author"})
_JOINT = frozenset({"joint", "bilateral", "trilateral", "common"})
_CLIMB = 5  # words up from a phrase
_STEPS = 2  # down from a phrase to the names in it, and up from what a relative clause was read as telling of


def signings(noun: Token) -> Iterator[Cue]:
    """Yield "the signing in Oslo of a joint statement by X and Y", "of the X-Y pact", "both saw the signing of"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return
    act = next((word for word in _above(noun) if word.lemma_.lower() in _SIGNING), None)
    told = factuality(act) if act is not None else None
    if act is None or told is None or told.modality != "actual" or told.negated or told.conditional:
        return
    signers = tuple(word for host in (noun, act) for word in prepositional(host, ("by", "between")))
    parties = tuple(named for doer in signers for named in _several_named(doer)) or signers
    verb = governing_verb(act)
    if parties:
        yield Cue(noun, noun, "accord", "signing", 1, True, _SIGNED, targets=parties)
    elif _is_hyphened(noun):
        yield Cue(noun, noun, "noun", "accords", 1, True, _HYPHENED)
    elif verb is not None and act.head.i == verb.i and verb.lemma_ in _ATTENDING and is_told(verb):
        yield Cue(noun, verb, "accord", "accords", 1, True, _SEEN)


def written(verb: Token) -> Iterator[Cue]:
    """Yield a text that several put their names to: "a letter signed by X and Y", "X and Y signed the letter"."""
    if verb.lemma_ not in _WRITING or not is_told(verb):
        return
    signers = tuple(named for doer in subjects(verb) for named in _several_named(doer))
    if not signers:
        return
    host = verb.head.head.head if verb.head.dep_ == "pobj" else verb.head  # "a letter on salmon, which was signed"
    before = (word for word in host.subtree if word.i < verb.i) if verb.dep_ in ("acl", "relcl") else ()
    for text in (*objects(verb), host, *before):
        if any(is_in(text, words) for words in ("texts", "writings")):
            yield Cue(text, verb, "accord", "signing", 1, True, _SIGNED, targets=signers)
            return


def is_text_of_two(noun: Token) -> bool:
    """Say whether a text is one that parties make together: "a joint statement", "a package of bilateral documents"."""
    within = list(prepositional(noun, ("of",)))
    shared = any(child.lower_ in _JOINT for word in (noun, *within) for child in word.lefts)
    return shared and any(is_in(word, "texts") for word in (noun, *within))


def _is_hyphened(noun: Token) -> bool:
    """Say whether a hyphen joins two names before a noun: "the Peruvian-Chilean treaty"."""
    before = noun.doc[noun.left_edge.i + 1 : noun.i]
    hyphens = (token_before(word) for word in before if word.text in ("-", "–"))
    return any(word is not None and word.text[:1].isupper() for word in hyphens)


def _above(noun: Token) -> Iterator[Token]:
    """Yield the words that a phrase may hang upon, though it was read as hanging upon one between."""
    for word, _ in zip(noun.ancestors, range(_CLIMB), strict=False):
        yield word
        if word.pos_ == "VERB":
            yield from objects(word)


def _several_named(doer: Token) -> Iterator[Token]:
    """Yield the head of two names in a phrase: "X and Y", "members of the parliaments of X and Y"."""
    within: Token | None = doer
    for _ in range(_STEPS + 1):
        if within is None:
            return
        if within.ent_type_ and any(word.pos_ == "PROPN" for word in within.conjuncts):
            yield within
            return
        within = next(prepositional(within, ("of", "from")), None)
