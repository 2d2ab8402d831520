"""Accords that a noun phrase tells of by itself: "his renegotiated deal with Y"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import BODIES, governing_verb, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in, listed
from briefing.extraction.points.polarity import Cue, is_told

_BOND = 0.6
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "our"})
_SINCE = frozenset({"after", "following"})
_LEADING = frozenset(
    {"thanks", "due", "owing", "because", "part", "result", "outcome", "fruit", "product", "accordance"}
)
_OUTCOMES = frozenset({"result", "outcome", "fruit", "product"})
_GOOD = frozenset({"successful", "fruitful"})


def rewritings(noun: Token) -> Iterator[Cue]:
    """Yield "negotiated a rewrite of the deal with Y": an accord is made anew."""
    accord = next((word for word in prepositional(noun, ("of", "to")) if is_in(word, "accords")), None)
    verb = noun.head
    made = noun.dep_ in ("dobj", "nsubjpass") and is_in(verb, "making") and is_told(verb)
    bargained = verb.lemma_ == "negotiate" and any(child.lower_ in _DEFINITE for child in noun.lefts)
    if accord is None or not made or bargained:  # "negotiated the extension" may still do so
        return
    others = tuple(word for host in (accord, noun, verb) for word in prepositional(host, ("with", "between")))
    if others:
        yield Cue(accord, verb, "accord", "bond", 1, True, _BOND, sources=subjects(verb), targets=others)


def fresh_accords(noun: Token) -> Iterator[Cue]:
    """Yield an accord of two that its own words tell of as made: "X's revised deal with Y", "as part of a deal"."""
    parties = _bound(noun)
    unsure = any(is_in(child, "undecided") for child in noun.lefts)
    signed = _signed_with(noun)
    if signed and not unsure:
        yield Cue(noun, noun, "accord", "bond", 1, True, _BOND, targets=signed)
        return
    if not parties or is_in(noun, "relations") or unsure:
        return
    host = noun.head
    if host.dep_ == "prep" and (host.lower_ in _SINCE or host.head.lower_ in _LEADING):
        yield Cue(noun, noun, "accord", "bond", 1, True, _BOND, targets=parties)
        return
    made = any(is_in(child, "remade") for child in noun.lefts)
    new = any(is_in(child, "fresh") for child in noun.lefts)
    definite = any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in noun.lefts)
    verb = governing_verb(noun)
    if (made or (new and definite)) and verb is not None and _is_given(noun, verb):
        yield Cue(noun, noun, "accord", "bond", 1, True, _BOND, targets=parties)


def negotiated(noun: Token) -> Iterator[Cue]:
    """Yield "the outcome of negotiations between X and Y", "after successful talks between X and Y"."""
    parties = tuple(prepositional(noun, ("between",)))
    good = any(child.lower_ in _GOOD for child in noun.lefts)
    host = noun.head.head
    yielded = noun.dep_ == "pobj" and noun.head.lower_ == "of" and host.lemma_ in _OUTCOMES and host.dep_ == "attr"
    verb = governing_verb(noun)
    if parties and (good or yielded) and verb is not None and is_told(verb):
        yield Cue(noun, noun, "accord", "bond", 1, True, _BOND, targets=parties)


def alongside(together: Token) -> Iterator[Cue]:
    """Yield "the work of X together with Y to", "X, together with Y, protects": what two do as one."""
    others = tuple(word for word in _joined_by(together) if word.ent_type_ in BODIES or word.pos_ == "NOUN")
    host = together.head.head if together.head.pos_ == "ADP" else together.head
    if not others or host.i > together.i:
        return
    doers: tuple[Token, ...] = ()
    verb = host.head
    if host.dep_ == "nsubj" and host.ent_type_ in BODIES:
        doers = (host,)
    elif host.pos_ == "NOUN" and is_in(host, "undertaken"):
        verb, doers = governing_verb(host) or host, tuple(prepositional(host, ("of", "by")))
    if doers and verb.pos_ == "VERB" and is_told(verb):
        yield Cue(
            host if host.pos_ == "NOUN" else verb, verb, "joint", "bond", 1, True, _BOND, targets=(*doers, *others)
        )


def following_suit(noun: Token) -> Iterator[Cue]:
    """Yield "X withdrew, with Y following suit": both do the same."""
    follow = noun.head
    main = next((word for word in follow.ancestors if word.pos_ == "VERB"), None)
    if main is None or not is_told(main):
        return
    followers = subjects(follow) if follow.pos_ == "VERB" else tuple(prepositional(main, ("with",)))
    if followers and subjects(main):
        yield Cue(main, main, "joint", "bond", 1, True, _BOND, targets=(*subjects(main), *followers))


def supporters(noun: Token) -> Iterator[Cue]:
    """Yield "X is a keen supporter of Y's plan", "supporters of the plan include X and Y"."""
    plans = tuple(word for word in prepositional(noun, ("of",)) if is_in(word, "proposals"))
    verb = noun.head
    if not plans or verb.pos_ not in ("VERB", "AUX") or not is_told(verb):
        return
    if noun.dep_ == "attr" and verb.lemma_ in ("be", "remain", "become"):
        yield Cue(noun, noun, "view", "back", 1, False, _BOND, "of", sources=subjects(verb), targets=plans)
    elif noun.dep_ == "nsubj" and verb.lemma_ == "include":
        yield Cue(noun, noun, "accord", "bond", 1, True, _BOND, targets=objects(verb))


def _joined_by(together: Token) -> Iterator[Token]:
    """Yield whom "together with" brings in."""
    if together.head.lower_ == "with":
        yield from (word for word in together.head.rights if word.dep_ == "pobj")
    else:
        for child in (*together.rights, *together.head.rights):
            if child.lower_ == "with" and child.i == together.i + 1:
                yield from (word for word in child.rights if word.dep_ == "pobj")


def _bound(noun: Token) -> tuple[Token, ...]:
    """Return between whom an accord is by the words around it; nobody where only one side is told."""
    between = tuple(prepositional(noun, ("between", "among")))
    others = tuple(prepositional(noun, ("with",)))
    owners = tuple(
        child
        for child in noun.lefts
        if child.dep_ == "poss" or (child.dep_ in ("amod", "compound") and child.ent_type_ in ("GPE", "NORP"))
    )
    return between or ((*owners, *others) if owners and others else ())


def _signed_with(noun: Token) -> tuple[Token, ...]:
    """Return who made an accord with whom where a clause after it tells: "a deal that X signed with Y"."""
    for child in noun.rights:
        if child.dep_ == "relcl" and is_in(child, "making") and is_told(child):
            others = tuple(prepositional(child, ("with",)))
            return (*subjects(child), *others) if others and subjects(child) else ()
    return ()


def _is_given(noun: Token, verb: Token) -> bool:
    """Say whether an accord is told as one that is there, not one that is sought, broken or spurned."""
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        return False  # "hopes for a new deal"
    found = listed("verbs", verb)
    against = found is not None and found[0].sign < 0
    return is_told(verb) and not against and not any(is_in(verb, w) for w in ("undecided", "breaking", "making"))
