"""Who did what is judged, where the clause that judges it does not say: by where the text tells of the deed before."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from briefing.extraction.points.grammar import governing_verb, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in
from briefing.extraction.points.parties.owners import is_deed, owners_of
from briefing.extraction.points.parties.party import Party
from briefing.extraction.points.parties.phrases import PhraseReader
from briefing.extraction.points.polarity import Cue
from briefing.language.neighbours import word_after

_POINTING = frozenset({"the", "this", "these", "that", "such", "those"})
_BEFORE = 150  # tokens back that a deed is kept in mind
_NEWS = 60  # tokens that an article opens with, which say what it is about to its end
_DONE = frozenset({"run", "held", "built", "made"})  # participles that do not end in -ed
_ROOT = 4  # letters that a noun has of its verb


def earlier_doers(cue: Cue, phrases: PhraseReader) -> list[Party]:
    """Return who did a known deed that a cue judges: "Peru has closed the port. ... Chile condemned the closure"."""
    things = (*objects(cue.predicate), *prepositional(cue.token, ("for", "of", "at", "over", "to", "about", "by")))
    return doers_before(cue, things, phrases)


def doers_before(cue: Cue, things: Sequence[Token], phrases: PhraseReader) -> list[Party]:
    """Return who did known things, by the clause around them or by where the text spoke of them before."""
    held = {party.key for party in phrases.parties(subjects(cue.predicate))}
    for thing in things:
        for doers in _doers(cue, thing):
            found = [party for party in phrases.parties(doers) if party.key not in held]
            if found:
                return found
        for doers in _before(cue, thing, phrases) if _is_known(thing) else ():
            found = [party for party in phrases.parties(doers) if party.key not in held]
            if found:
                return found
    return []


def _doers(cue: Cue, thing: Token) -> Iterator[tuple[Token, ...]]:
    """Yield who does a thing by the words within it, or by the clause of what a relative clause judges.

    "The mines in Chilean-run areas"; "Peru put forward a plan, which Chile opposes".
    """
    yield tuple(_makers(thing))
    if (
        cue.predicate.dep_ != "relcl"
        or thing.i != cue.predicate.head.i
        or not (is_deed(thing) or thing.dep_ == "appos")
    ):
        return
    verb = governing_verb(thing)
    if verb is not None and not any(word.i == thing.i for word in subjects(verb)):
        yield subjects(verb)


def _makers(thing: Token) -> Iterator[Token]:
    """Yield who is said within a word to do something: Chile of "the mines in Chilean-run areas"."""
    for word in thing.subtree:
        deed = word_after(word, 2)
        if word.text[:1].isupper() and word_after(word) == "-" and (deed.endswith("ed") or deed in _DONE):
            yield word


def _before(cue: Cue, thing: Token, phrases: PhraseReader) -> Iterator[tuple[Token, ...]]:
    """Yield who may have done a thing by what was said before, the likeliest first."""
    for index in reversed(phrases.nouns.get(thing.lemma_.lower(), ())):
        if index < thing.i:
            yield tuple(owners_of(thing.doc[index]))
    names = {child.lemma_.lower() for child in thing.lefts if child.dep_ == "compound" and child.pos_ == "NOUN"}
    names.add(thing.lemma_.lower())
    farthest = max(-1, cue.predicate.i - _BEFORE)
    for index in (*range(cue.predicate.i - 1, farthest, -1), *range(min(_NEWS, farthest + 1))):
        verb = thing.doc[index]
        if verb.pos_ == "VERB" and (_are_akin(verb.lemma_.lower(), thing.lemma_.lower()) or _does(verb, names)):
            yield subjects(verb)


def _is_known(thing: Token) -> bool:
    """Say whether a noun takes up what was told: "the closure", "such raids", "Friday's test"."""
    return thing.pos_ == "NOUN" and any(
        child.lower_ in _POINTING or (child.dep_ == "poss" and child.ent_type_ in ("DATE", "TIME"))
        for child in thing.lefts
    )


def _does(verb: Token, names: set[str]) -> bool:
    """Say whether a verb tells that a thing was done: "fired a missile", of which there is "the missile launch"."""
    return is_in(verb, "doing") and any(thing.lemma_.lower() in names for thing in objects(verb))


def _are_akin(verb: str, noun: str) -> bool:
    """Say whether a noun is made from a verb: "close" and "closure", "invite" and "invitation"."""
    return noun.startswith(verb[: max(_ROOT, len(verb) - 2)])
