"""Find the participants of an upcoming event."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.words import is_light, noun_group
from briefing.language.analysis import Analysis, Entity
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import MODIFIERS
from briefing.runtime.lexicon import word_set

_WITH = word_set(__name__, "with")


def participants_of(candidate: Candidate, analysis: Analysis) -> tuple[str, ...]:
    """Return the names of those who act in, meet at or are visited by an event, in reading order."""
    return tuple(dict.fromkeys(entity.name for entity, _ in participating(candidate, analysis)))


def participating(candidate: Candidate, analysis: Analysis) -> Iterator[tuple[Entity, Token]]:
    """Yield the participants of an event, each once, with the first word that refers to it."""
    found: set[int] = set()
    for token in _participants(candidate):
        for entity in analysis.entities_of(token):
            if entity.kind is not None and entity.index not in found:
                found.add(entity.index)
                yield entity, token


def _participants(candidate: Candidate) -> Iterator[Token]:
    verb, noun = candidate.verb, candidate.noun
    if verb is not None:
        subject = candidate.subject
        if subject is not None and not _is_only_topic(candidate):
            yield from _with_members(subject)
        for child in verb.rights:
            if child.dep_ in ("dobj", "dative"):
                yield from _with_members(child)
        yield from _parties_after(verb)
    if noun is not None:
        cataphoric = _later_host(noun)
        for child in noun.lefts:
            if child.dep_ in MODIFIERS:
                yield cataphoric if cataphoric is not None and child.tag_ == "PRP$" else child
        yield from _parties_after(noun)


def _is_only_topic(candidate: Candidate) -> bool:
    """Return True if a predicate's subject is a topic of the occasion: "... will be on the agenda during the talks"."""
    verb, noun = candidate.verb, candidate.noun
    if verb is None or noun is None or noun.i < verb.i or noun.dep_ != "pobj":
        return False
    return (noun.head.lower_ in ("during", "of") and not is_light(verb)) or lemma_of(verb) == "be"


def _later_host(noun: Token) -> Token | None:
    """Return the later subject that "his" refers to: "During his visit, the chancellor will"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.dep_ != "prep" or preposition.i > preposition.head.i:
        return None
    return next((child for child in preposition.head.lefts if child.dep_ == "nsubj" and child.i > noun.i), None)


def _parties_after(token: Token) -> Iterator[Token]:
    visited = noun_group(token) == "visits"  # "a tour of African countries"
    for child in token.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in _WITH and not (visited and child.lower_ == "of"):
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    yield from _with_members(noun)


def _with_members(token: Token) -> Iterator[Token]:
    """Yield a noun, the nouns coordinated with it, and the members in "the ministers of Japan and Russia"."""
    waiting = [token]
    for _ in range(12):
        if not waiting:
            return
        node = waiting.pop(0)
        yield node
        waiting += [child for child in node.children if child.dep_ in ("conj", "appos", "compound", "poss", "amod")]
        for child in node.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "from"):
                waiting += [noun for noun in child.rights if noun.dep_ == "pobj"]
