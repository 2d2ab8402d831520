"""Where an upcoming event is held and who takes part in it."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.event_candidates import Candidate
from briefing.extraction.event_words import noun_group, noun_kind, subject_of
from briefing.language.analysis import Analysis
from briefing.language.factuality import lemma_of
from briefing.language.lexicon import word_set

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_STATIC = ("in", "at", "outside", "near")
_TARGETED = ("to", "into", "in", "at", "from", "towards", "toward")
_WITH = ("with", "between", "of", "by", "among", "from", "against", "for", "involving")


def place_of(candidate: Candidate) -> str | None:
    """Return the name of the place where an event is held, in the text's words."""
    for token in _heads(candidate):
        targeted = lemma_of(token) in word_set("events", "targeted") or noun_group(token) == "visits"
        for child in token.rights:
            place: Token | None = None
            if child.dep_ == "dobj" and lemma_of(token) in word_set("events", "visiting"):
                place = _place_in(child)
            elif child.dep_ in ("prep", "agent") and child.lower_ in (_TARGETED if targeted else _STATIC):
                place = next((found for noun in child.rights if noun.dep_ == "pobj" and (found := _place_in(noun))), None)
            if place is not None:
                return _name(place)
    return None


def _heads(candidate: Candidate) -> Iterator[Token]:
    """Yield the words that a place may be tied to: the occasion, what schedules it, the predicate, what that is done to."""
    if candidate.noun is not None:
        yield candidate.noun
        for child in candidate.noun.rights:
            if child.dep_ in ("acl", "relcl"):
                yield child
                yield from (below for below in child.rights if below.dep_ == "xcomp")
    if candidate.verb is not None:
        yield candidate.verb
        yield from (child for child in candidate.verb.rights if child.dep_ in ("dobj", "xcomp", "acomp"))
        yield from (child for child in candidate.verb.rights if child.dep_ == "advcl" and child.tag_ == "VB")
    for tied in (candidate.tied,) if candidate.tied is not None else ():
        yield candidate.head.doc[tied.anchor]


def _place_in(noun: Token) -> Token | None:
    """Return the name of a place in a noun phrase: Kaesong in "the border city of Kaesong"."""
    if noun.ent_type_ in _PLACES and noun.pos_ == "PROPN":
        return noun
    if noun.pos_ == "PROPN":
        named = noun.ent_type_ in ("DATE", "TIME", "EVENT", "MONEY", "LAW", "WORK_OF_ART") or noun_kind(noun)
        return None if named else noun
    if noun.lemma_.lower() in word_set("events", "places"):
        for child in noun.rights:
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                return child
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "at"):
                for name in child.rights:
                    if name.dep_ == "pobj" and name.pos_ == "PROPN":
                        return name
        return next((child for child in noun.lefts if child.ent_type_ in _PLACES), None)
    return None


def _name(token: Token) -> str:
    """Return the whole name that holds a token, without an article."""
    first = last = token.i
    doc = token.doc
    if token.ent_type_:
        while first > 0 and doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
            last += 1
    else:
        while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].dep_ == "compound":
            first -= 1
    while first < last and doc[first].lower_ in ("the", "a", "an"):
        first += 1
    while last > first and doc[last].tag_ == "POS":
        last -= 1
    return str(doc[first : last + 1].text)


def participants_of(candidate: Candidate, analysis: Analysis) -> tuple[str, ...]:
    """Return the names of those who act in, meet at or are visited by an event, in reading order."""
    found: dict[int, str] = {}
    for token in _participants(candidate):
        for entity in analysis.entities_of(token):
            if entity.kind is not None:
                found.setdefault(entity.index, entity.name)
    return tuple(found.values())


def _participants(candidate: Candidate) -> Iterator[Token]:
    verb, noun = candidate.verb, candidate.noun
    if verb is not None:
        subject = subject_of(verb)
        if subject is not None:
            yield from _with_members(subject)
        for child in verb.rights:
            if child.dep_ in ("dobj", "dative"):
                yield from _with_members(child)
        yield from _parties_after(verb)
    if noun is not None:
        for child in noun.lefts:
            if child.dep_ in ("poss", "compound", "nmod", "amod"):
                yield child
        yield from _parties_after(noun)


def _parties_after(token: Token) -> Iterator[Token]:
    for child in token.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in _WITH:
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    yield from _with_members(noun)


def _with_members(token: Token) -> Iterator[Token]:
    """Yield a noun, those coordinated with it, and those whom "the ministers of Japan and Russia" names."""
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
