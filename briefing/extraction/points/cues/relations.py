"""Nouns of what stands between parties: talks that fail or end in an accord, ties that sour, views that they share."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, prepositional, subjects
from briefing.extraction.points.lists import LEXICON, CueList, is_in
from briefing.extraction.points.polarity import Cue, as_real_as_its_verb, is_told, settled
from briefing.runtime.lexicon import word_set

_AGREED = 0.65
_SHARED = CueList("views", 1, True, True, 0.75)
_OPPOSED = CueList("views", -1, True, True, 0.75)
_FAILED = CueList("failed talks", -1, True, False, 0.7)
_SOURED = CueList("soured", -1, True, False, 0.6)
_SOURED_AS = frozenset({"nsubj", "nsubjpass", "dobj"})
_ENDING = frozenset({"end", "conclude", "finish", "close"})


def between_parties(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield what becomes of talks, relations and views between parties."""
    if is_in(noun, "talks"):
        yield from _failed_talks(noun, verb)
        yield from _concluded_talks(noun, verb)
    if is_in(noun, "relations"):
        yield from _soured(noun, verb)
    if is_in(noun, "views"):
        yield from _shared(noun)


def views(noun: Token, verb: Token) -> Iterator[Cue]:
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


def _failed_talks(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "the talks between X and Y broke down", "the failed negotiations between X and Y"."""
    if any(child.dep_ == "amod" and is_in(child, "failed") for child in noun.lefts):
        yield Cue(noun, noun, "noun", _FAILED.name, -1, True, _FAILED.strength)
    elif verb is not None and noun.head.i == verb.i and noun.dep_ == "nsubj" and _collapses(verb):
        yield from as_real_as_its_verb(noun, verb, "noun", _FAILED)


def _concluded_talks(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "concluded negotiations on a trade deal": what is negotiated is agreed."""
    if verb is None or noun.dep_ not in ("dobj", "nsubjpass") or not is_in(verb, "concluding") or not is_told(verb):
        return
    accord = next((word for word in prepositional(noun, ("on", "for", "about", "of")) if is_in(word, "accords")), None)
    if accord is not None:
        yield Cue(accord, verb, "accord", "accords", 1, True, _AGREED)


def _collapses(verb: Token) -> bool:
    """Say whether a verb tells that talks came to nothing: "broke down", "ended without agreement"."""
    if verb.lemma_ in _ENDING:
        results = (word for child in verb.rights if child.lower_ == "without" for word in child.rights)
        return any(is_in(word, "accords") or is_in(word, "results") for word in results)
    particle = next((child.lower_ for child in verb.rights if child.dep_ in ("prt", "advmod")), "")
    lemma = verb.lemma_.lower()
    return bool({lemma, f"{lemma} {particle}"} & word_set(LEXICON, "collapsing"))


def _soured(noun: Token, verb: Token | None) -> Iterator[Cue]:
    """Yield "relations between X and Y have soured", "have been strained", "the strained ties with Y"."""
    if any(child.dep_ == "amod" and child.lower_ in word_set(LEXICON, "strained") for child in noun.lefts):
        yield Cue(noun, noun, "noun", _SOURED.name, -1, True, _SOURED.strength)
    elif verb is not None and noun.head.i == verb.i and noun.dep_ in _SOURED_AS and _sours(verb):
        yield from as_real_as_its_verb(noun, verb, "noun", _SOURED)


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


def _is_one(word: Token, words: str) -> bool:
    """Say whether a list holds a word or its lemma: "shared" may be the verb."""
    return is_in(word, words) or word.lower_ in word_set(LEXICON, words)
