"""Find the place of an upcoming event."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.words import event_words, noun_group, noun_kind, noun_lemma
from briefing.language.analysis import Analysis
from briefing.language.neighbours import word_before
from briefing.language.predicate_words import lemma_of
from briefing.language.roles.phrases import is_role_noun
from briefing.language.syntax import SUBJECTS, is_article
from briefing.runtime.lexicon import word_set

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ACTORS = frozenset({"ORG", "NORP"})
_STATIC = word_set(__name__, "static")
_TARGETED = word_set(__name__, "goals")
_MOST_NESTED = 16
# Prepositions before participants, and before topics.
_PARTIES = word_set(__name__, "parties")
_MATTERS = word_set(__name__, "matters")
# Maximum steps from an act up to the journey to its place, and the labels on the way.
_MOST_STEPS = 4
_ALONG = ("conj", "advcl", "pcomp", "prep", "xcomp")
# A described place has at most so many tokens.
_LONGEST_PLACE = 8


def place_of(candidate: Candidate, analysis: Analysis) -> str | None:
    """Return the place of an event in the words of its sentence: a name, or a description."""
    found = place_by_rule(candidate, analysis)
    return found[0] if found is not None else None


def place_by_rule(candidate: Candidate, analysis: Analysis) -> tuple[str, str] | None:
    """Return the place of an event and the rule that found it."""
    for token in _heads(candidate):
        place = next(_places_at(token), None)
        if place is not None:
            return _name(place), f"tied to “{token.text}”"
    for named, rule in (
        (_nested_place, "named in what is done"),
        (_place_of_parties, "beside those who meet there"),
        (_host, "the host"),
        (_place_of_deed, "the place of what the deed is directed at"),
        (_journey, "where those who do it go"),
        (_place_of_doers, "where those are who do it"),
    ):
        place = named(candidate)
        if place is not None:
            return _name(place), rule
    written = _place_in_name(candidate.noun, analysis)
    if written is not None:
        return written, "the name of the occasion begins with it"
    for token in _heads(candidate):
        written = _described(token)
        if written is not None:
            return written, f"a place without a name, tied to “{token.text}”"
    written = _country_of_vote(candidate, analysis)
    return (written, "the country that votes") if written is not None else None


def _host(candidate: Candidate) -> Token | None:
    """Return the country or city that hosts an occasion, or the place of the court that hears a case."""
    verb = candidate.verb
    if verb is None or lemma_of(verb) not in word_set(__name__, "hosting"):
        return None
    subjects = [child for child in verb.lefts if child.dep_ in SUBJECTS]
    agents = [noun for child in verb.rights if child.dep_ == "agent" for noun in child.rights if noun.dep_ == "pobj"]
    for noun in agents or subjects:
        if noun.ent_type_ in _PLACES and noun.pos_ == "PROPN":
            return noun
        place = next(_places_at(noun), None)
        if place is not None:
            return place
    return None


def _place_of_deed(candidate: Candidate) -> Token | None:
    """Return the place of the target of a deed: "attacks on the army in Sudan"."""
    noun = candidate.noun
    if noun is None or noun_lemma(noun) not in word_set(__name__, "deeds"):
        return None
    for preposition in noun.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in word_set(__name__, "before_target"):
            for target in preposition.rights:
                place = next(_places_at(target), None) if target.dep_ == "pobj" else None
                if place is not None:
                    return place
    return None


def _place_of_parties(candidate: Candidate) -> Token | None:
    """Return the place after the participants or topics of a meeting: "talks with allies in Oslo".

    A topic may be elsewhere ("talks on the war in Sudan"), except if it is a country and the place a city.
    """
    heads = [head for head in (candidate.noun, candidate.verb) if head is not None]
    heads += [child for head in heads for child in head.rights if child.dep_ == "dobj"]
    for head in heads:
        for child in head.rights:
            if child.dep_ != "prep" or child.lower_ not in (*_PARTIES, *_MATTERS):
                continue
            for party in child.rights:
                if party.dep_ != "pobj" or (child.lower_ in _MATTERS and party.ent_type_ != "GPE"):
                    continue
                goals = _destinations(party) if noun_group(head) == "visits" else ()
                places = (*_places_at(party), *goals)
                place: Token | None = next((place for place in places if place.ent_type_ == "GPE"), None)
                if place is not None and not noun_kind(party):
                    return place
    return None


def _destinations(traveller: Token) -> Iterator[Token]:
    """Yield the destination that the parser attached to the traveller: "the trip of the choir to Mexico"."""
    for child in traveller.rights:
        if child.dep_ == "prep" and child.lower_ == "to":
            yield from (place for noun in child.rights if (place := _place_in(noun)) is not None)


def _journey(candidate: Candidate) -> Token | None:
    """Return the destination of a journey before the act: "arrived in Oslo on Monday and will meet the king"."""
    node = candidate.verb
    for _ in range(_MOST_STEPS):
        if node is None or node.dep_ not in _ALONG:
            return None
        node = node.head
        if node.pos_ == "VERB" and lemma_of(node) in word_set(__name__, "journeys"):
            place = next(_places_at(node), None)
            if place is not None and place.ent_type_ == "GPE":
                return place
    return None


def _place_of_doers(candidate: Candidate) -> Token | None:
    """Return the place of a group that acts there: "workers in Norway will strike"."""
    subject = candidate.subject if candidate.verb is not None else None
    if subject is None or subject.tag_ not in ("NNS", "NNPS") or subject.ent_type_ or noun_kind(subject):
        return None
    return next((place for place in _places_at(subject) if place.ent_type_ == "GPE"), None)


def _place_in_name(noun: Token | None, analysis: Analysis) -> str | None:
    """Return the city or country at the head of an occasion's name: "Davos Economic Forum"."""
    if noun is None or noun_kind(noun) is None:
        return None
    first = noun.i
    while first > 0 and noun.doc[first - 1].pos_ == "PROPN" and noun.doc[first - 1].dep_ in ("compound", "nmod"):
        first -= 1
    if first > 0 and noun.doc[first - 1].text in ("-", "–"):  # "the NATO-Russia Council"
        return None
    words = [token.text for token in noun.doc[first : noun.i]]
    if "International" in words[1:] and not words[0].isupper():  # "Toronto International Film Festival"
        return str(noun.doc[first : first + words.index("International", 1)].text)
    known = {entity.text for entity in analysis.doc.ents if entity.label_ == "GPE"} if words else ()
    for last in range(noun.i - 1, first, -1):
        name = str(noun.doc[first:last].text)
        if name in known:
            return name
    return None


def _described(token: Token) -> str | None:
    """Return a place without a name, if it is more specific than its kind: "village green", "city in the north"."""
    prepositions = (*_STATIC, "to") if lemma_of(token) in word_set(__name__, "targeted") else _STATIC
    for child in token.rights:
        if child.dep_ != "prep" or child.lower_ not in (*prepositions, "on"):
            continue
        kinds = word_set(__name__, "grounds" if child.lower_ == "on" else "places")
        for noun in child.rights:
            if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and noun.lemma_.lower() in kinds:
                return _phrase(noun)
    return None


def _phrase(noun: Token) -> str | None:
    """Return a noun with its premodifiers and one place after it; None if it has neither."""
    first = next((child for child in noun.lefts if child.dep_ not in ("det", "poss", "punct", "predet")), noun)
    prepositions = (child for child in noun.rights if child.dep_ == "prep")
    last = next((word for word in prepositions if word.lower_ in word_set(__name__, "within_phrase")), noun)
    end = last.right_edge.i + 1
    if first.i == end - 1 or end - first.i > _LONGEST_PLACE:
        return None
    return str(noun.doc[first.i : end].text)


def _country_of_vote(candidate: Candidate, analysis: Analysis) -> str | None:
    """Return the country that votes, if the sentence names only one."""
    if candidate.noun is None or noun_group(candidate.noun) != "votes":
        return None
    sentence = candidate.sentence
    tokens = range(sentence.first, sentence.last)
    found = {
        entity.name for i in tokens for entity in analysis.entities_of(analysis.doc[i]) if entity.kind == "country"
    }
    name = found.pop() if len(found) == 1 else None
    return name if name and name in analysis.article.text[sentence.start : sentence.end] else None


def _heads(candidate: Candidate) -> Iterator[Token]:
    """Yield the words that a place may depend on: the occasion, its clause, the predicate, the anchor of its time."""
    verb, noun = candidate.verb, candidate.noun
    if noun is not None:
        yield noun
        for child in noun.rights:
            if child.dep_ in ("acl", "relcl"):
                yield child
                yield from (below for below in child.rights if below.dep_ == "xcomp")
        if noun.dep_ == "dobj" and lemma_of(noun.head) in word_set(__name__, "staging"):
            yield noun.head
    if verb is not None:
        yield verb
        yield from (child for child in verb.rights if child.dep_ in ("xcomp", "acomp"))
        yield from (child for child in verb.rights if child.dep_ == "advcl" and child.tag_ == "VB")
    if candidate.tied is not None:
        yield candidate.head.doc[candidate.tied.anchor]


def _places_at(token: Token) -> Iterator[Token]:
    """Yield the places that depend on a word by a preposition, or as the object of "visit"."""
    lemma = lemma_of(token)
    targeted = lemma in word_set(__name__, "targeted") or noun_group(token) == "visits"
    for child in _phrases_of(token):
        nouns: list[Token] = []
        if child.dep_ == "dobj" and lemma in word_set(__name__, "visiting"):
            nouns = [child]
        elif child.dep_ in ("prep", "agent", "dative") and child.lower_ in (_TARGETED if targeted else _STATIC):
            nouns = [noun for noun in child.rights if noun.dep_ == "pobj" and (child.lower_ != "of" or _is_place(noun))]
        yield from (place for noun in nouns if (place := _place_in(noun)) is not None)
    if noun_kind(token):
        yield from (child for child in token.lefts if child.dep_ == "compound" and _is_whole_place(child))


def _phrases_of(token: Token) -> Iterator[Token]:
    """Yield the dependents of a word, also those that the parser attached to its time: "on Friday in Oslo"."""
    for child in token.rights:
        yield child
        times = [child] if child.dep_ == "npadvmod" else child.rights if child.dep_ == "prep" else ()
        for time in times:
            if time.ent_type_ in ("DATE", "TIME") or time.lower_ == "time":
                yield from (prep for prep in time.rights if prep.dep_ == "prep" and prep.lower_ in _STATIC)


def _is_place(noun: Token) -> bool:
    return noun.ent_type_ in _PLACES or noun.lemma_.lower() in word_set(__name__, "places")


def _is_whole_place(token: Token) -> bool:
    """Return True if a noun before an occasion is a complete place: "the Oslo summit", not "NATO-Russia Council"."""
    beside = token.i + 1 == token.head.i and word_before(token) not in ("-", "–")
    return token.ent_type_ == "GPE" and beside


def _nested_place(candidate: Candidate) -> Token | None:
    """Return a place deeper in an act, but not in its topic: "discuss the war in ..."."""
    verb, noun = candidate.verb, candidate.noun
    if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "during":
        verb = noun.head.head
    if verb is None or lemma_of(verb) in event_words("topical_verbs"):
        return None
    grounds = [
        child for child in verb.rights if child.dep_ == "dobj" and lemma_of(child) in word_set(__name__, "places")
    ]
    for ground in grounds:  # "block the port of Rotterdam"
        if (place := _place_in(ground)) is not None:
            return place
    waiting = [child for child in verb.rights if child.dep_ in ("dobj", "acl", "advcl", "xcomp", "prep")]
    for _ in range(_MOST_NESTED):
        if not waiting:
            return None
        node = waiting.pop(0)
        office = node.lower_ == "of" and is_role_noun(node.head) and lemma_of(verb) in event_words("seeking_votes")
        if node.dep_ == "prep" and (office or node.lower_ in (*_STATIC, "on")):
            for held in node.rights:
                place = _place_in(held) if held.dep_ == "pobj" and _may_hold(held, node.lower_) else None
                if place is not None:
                    return place
        waiting += [child for child in node.rights if child.dep_ in ("prep", "pobj", "acl", "xcomp", "appos")]
    return None


def _may_hold(noun: Token, preposition: str) -> bool:
    """Return True if an event may take place "in" a noun, or "on" one like "the Space Station"."""
    kind = noun.lemma_.lower()
    if preposition == "on":
        return kind in word_set(__name__, "grounds")
    return kind in word_set(__name__, "places") or noun.ent_type_ not in _ACTORS


def _place_in(noun: Token) -> Token | None:
    """Return the name of a place in a noun phrase: Kaesong in "the border city of Kaesong"."""
    if noun.ent_type_ in _PLACES and noun.pos_ == "PROPN":
        return noun
    if noun.pos_ == "PROPN":
        named = noun.ent_type_ in ("DATE", "TIME", "EVENT", "MONEY", "LAW", "WORK_OF_ART") or noun_kind(noun)
        return None if named else noun
    if noun.lemma_.lower() in word_set(__name__, "places"):
        for child in noun.rights:
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                return child
            if child.dep_ == "prep" and child.lower_ in word_set(__name__, "before_name"):
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
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I" and not doc[last + 1].is_space:
            last += 1
    else:
        while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].dep_ == "compound":
            first -= 1
    while first < last and is_article(doc[first]):
        first += 1
    while last > first and doc[last].tag_ == "POS":
        last -= 1
    return str(doc[first : last + 1].text)
