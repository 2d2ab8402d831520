"""Which of agreement and disagreement a cue says in its place: polarity is a calculation, not a word."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from briefing.extraction.points.grammar import whole_of
from briefing.extraction.points.lists import LEXICON, CueList, is_in
from briefing.language.factuality import Factuality, factuality
from briefing.runtime.lexicon import word_set

Frame = Literal["verb", "accord", "view", "joint", "noun", "adjective", "fault", "demand", "contrast"]

# What is taken off the strength of a cue that is negated, and of one that lies ahead.
_FLIPPED = 0.1
_AHEAD = 0.1
_SIDING = frozenset({"support", "back", "endorse", "vote"})
_CALLING = frozenset({"call", "push", "vote"})
_REACHING = frozenset({"call", "phone", "telephone", "ring", "write"})
_THREATENING = frozenset({"threaten", "warn", "threat", "ultimatum", "warning"})
# Lists of what is done or said once, and not undone by what comes later: "initially accused".
_DEEDS = frozenset({"accuse", "coerce", "fight", "punish", "prosecute", "criticism", "under"})
_ORDERING = frozenset({"order", "decree", "rule", "decide"})
_STEPS = 4  # up from a verb to those that report it


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says that parties hold the same position (sign 1) or opposed ones (sign -1)."""

    token: Token
    predicate: Token  # the verb or copula whose subject holds the position; the token itself where it is a verb
    frame: Frame
    kind: str  # the list that holds the word
    sign: int
    mutual: bool
    strength: float
    preposition: str | None = None  # which brings in the other side: "object to"
    flipped: bool = False  # the sign is that of the negated word
    future: bool = False
    answered: Token | None = None  # the verb of the stand that this one is set against
    sources: tuple[Token, ...] = ()  # who takes the stand, and against whom, where the cue's own grammar tells
    targets: tuple[Token, ...] = ()


def is_told(verb: Token) -> bool:
    """Say whether a verb is told as plain fact: neither denied nor possible, wished, ahead or conditional."""
    told = factuality(verb)
    return told.modality == "actual" and not told.conditional and not told.negated and not is_bygone(verb)


def is_bygone(verb: Token) -> bool:
    """Say whether a position is said to hold no more: "initially agreed", "initially said that they agreed"."""
    node = verb
    for _ in range(_STEPS):
        if any(child.dep_ == "advmod" and is_in(child, "bygone") for child in node.lefts):
            return True
        if node.dep_ not in ("ccomp", "xcomp"):
            return False
        node = node.head
    return False


def fault_of(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "the proposal is unacceptable": the speaker finds fault with its owner."""
    fault, merit = is_in(word, "faults") or _is_blame(word), is_in(word, "merits")
    if verb.lemma_ not in ("be", "remain") or not (fault or merit):
        return
    if word.lower_ == "false" and not any(is_in(child, "assertions") for child in verb.lefts):
        return  # a figure, not what somebody claims
    told = factuality(word)
    if told.modality in ("actual", "future", "possible") and not told.conditional and told.negated == merit:
        yield Cue(word, verb, "fault", "speaker's faults", -1, False, 0.5)


def bad_move(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "the ban is a dangerous step", "this is the wrong move by X": the speaker finds fault with whose it is."""
    faulty = any(child.dep_ == "amod" and is_in(child, "faults") for child in noun.lefts)
    if verb.lemma_ == "be" and faulty and (is_in(noun, "conduct") or is_in(noun, "vague")) and is_told(verb):
        makers = tuple(word for child in noun.rights if child.lower_ == "by" for word in child.rights)
        yield Cue(noun, verb, "fault", "speaker's faults", -1, False, 0.5, targets=makers)


def _is_done_already(words: CueList, predicate: Token, told: Factuality, sign: int, *, voiced: bool) -> bool | None:
    """Say whether what is not told as fact holds all the same (False), lies ahead (True), or neither (None)."""
    if words.name == "trade" and told.modality == "future":  # a purchase is agreed before it is made
        return False
    if words.name == "back" and sign > 0 and told.modality == "future" and _is_vowed(predicate):
        return False  # "said that she would support the bill"
    if sign < 0 and words.name in _DEEDS and _is_attempted(predicate):
        return True
    if sign < 0 and words.name in _DEEDS and predicate.dep_ == "ccomp" and predicate.head.lemma_ in _ORDERING:
        return False if is_told(predicate.head) else None
    if voiced and sign < 0 and told.modality == "wished" and predicate.lemma_ in _CALLING:
        return True
    reached = voiced and sign > 0 and _is_aim(predicate) and predicate.head.lemma_ in _REACHING
    return False if reached else None  # "called X to express support for Y"


def _is_vowed(verb: Token) -> bool:
    """Say whether somebody says that one will take a side: "said that she would back the bill"."""
    return verb.dep_ == "ccomp" and verb.lemma_ in _SIDING and is_told(verb.head)


def _is_attempted(verb: Token) -> bool:
    """Say whether somebody is at work to do what a verb tells, which is hostile though it may fail: "is trying to"."""
    effort = verb.head
    if verb.dep_ not in ("xcomp", "acl") or not (is_in(effort, "pursuing") or is_in(effort, "drives")):
        return False
    told = factuality(effort)
    return told.modality == "actual" and not told.negated and not told.conditional


def _is_blame(word: Token) -> bool:
    """Say whether a word lays a deed at somebody's door: "responsible for the attack", "behind the bombing"."""
    if word.lower_ == "behind":
        return any(is_in(thing, "deeds") for thing in word.rights)
    if not is_in(word, "guilt"):
        return False
    reasons = [thing for child in word.rights if child.lower_ == "for" for thing in child.rights]
    return all(is_in(thing, "deeds") or is_in(thing, "harms") for thing in reasons)


def settled(
    token: Token, predicate: Token, frame: Frame, words: CueList, *, preposition: str | None = None
) -> Cue | None:
    """Return the cue with the sign that negation, modality and condition leave it; None where they cancel it."""
    if words.name == "dispute" and _is_settled(token, predicate):
        return Cue(token, predicate, frame, words.name, words.sign, words.mutual, words.strength - _AHEAD)
    if words.name not in _DEEDS and is_bygone(predicate):
        return None
    above = factuality(predicate)
    voiced = frame == "noun" and is_voiced(token, predicate)
    told = above if predicate.i == token.i or voiced else factuality(token)
    inside = frame != "noun" or (token.dep_ == "pobj" and token.head.lower_ in ("at", "in"))  # "without being at war"
    negated = told.negated or (above.negated and inside) or (voiced and _is_denied(token))
    if frame == "noun" and token.dep_ == "nsubj" and above.modality in ("future", "possible"):
        return None  # a forecast: "threats against X will only delay"
    conditional = (told.conditional or above.conditional) and not _is_threat(token, predicate)
    if conditional or (words.sign > 0 and _is_thanked(token)):
        return None
    if predicate.dep_ == "pcomp" and predicate.head.lower_ == "against":  # "warned against signing"
        return None
    if negated and (not words.flips or (not words.mutual and words.sign > 0 and _is_disowned(predicate))):
        return None
    sign = -words.sign if negated else words.sign
    future = _is_announced(told, above, sign, negated=negated, aimed=_is_aim(predicate))
    if future is None:
        future = _is_done_already(words, predicate, told, sign, voiced=voiced)
    if future is None:
        return None
    strength = words.strength - _FLIPPED * negated - _AHEAD * future
    return Cue(token, predicate, frame, words.name, sign, words.mutual, strength, preposition, negated, future)


def as_real_as_its_verb(noun: Token, verb: Token, frame: Frame, words: CueList) -> Iterator[Cue]:
    """Yield the cue of a noun that is as real as its verb: a deal is scrapped, though there is none any more."""
    cue = settled(verb, verb, frame, words)
    if cue is not None:
        yield replace(cue, token=noun)


def _is_threat(token: Token, predicate: Token) -> bool:
    """Say whether a condition is only that of a threat: "threatened to leave if X stays"."""
    own = any(child.dep_ == "advcl" and any(word.dep_ == "mark" for word in child.lefts) for child in predicate.rights)
    return token.lemma_.lower() in _THREATENING and own and predicate.dep_ in ("ROOT", "conj", "ccomp")


def _is_settled(noun: Token, verb: Token) -> bool:
    """Say whether a dispute's being is presupposed: "to resolve the dispute between X and Y"."""
    particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt"), "")
    return (
        f"{verb.lemma_.lower()} {particle}".strip() in word_set(LEXICON, "settling")
        and any(child.lower_ in ("the", "their", "its") for child in noun.lefts)
        and any(child.lower_ == "between" for child in noun.rights)
        and not factuality(verb).negated
    )


def _is_disowned(verb: Token) -> bool:
    """Say whether support is denied, which opposes nobody: "denied that it backs X", "denied supporting X"."""
    return verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in ("deny", "refute")


def _is_aim(verb: Token) -> bool:
    """Say whether a verb is the aim of what is really done: "they left the hall to protest the vote"."""
    aims = verb.dep_ == "advcl" and any(child.tag_ == "TO" for child in verb.lefts)
    if not aims:
        return False
    told = factuality(verb.head)
    return told.modality in ("actual", "future") and not told.negated and not told.conditional


def _is_thanked(token: Token) -> bool:
    """Say whether a word tells what somebody is thanked for."""
    node = token
    for _ in range(3):
        node = node.head
        if is_in(node, "thanking"):
            return node.i != token.i
    return False


def is_voiced(noun: Token, verb: Token) -> bool:
    """Say whether a verb only lends its subject to a noun: "pledged support", "called for sanctions"."""
    lemma, noun = verb.lemma_.lower(), whole_of(noun)
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":  # "offered advice and support"
        noun = noun.head
    if noun.head.i == verb.i:
        return noun.dep_ in ("dobj", "nsubjpass") and lemma in word_set(LEXICON, "voicing")
    return noun.dep_ == "pobj" and f"{lemma} {noun.head.lower_}" in word_set(LEXICON, "voicing")


def _is_denied(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.lefts)


def _is_announced(told: Factuality, above: Factuality, sign: int, *, negated: bool, aimed: bool) -> bool | None:
    """Say whether a position lies ahead; None where it is possible or wished only.

    "Will not accept" and "cannot support" refuse now; "will boycott" opposes now. "Will sign" agrees to nothing yet.
    """
    modality = told.modality if told.modality != "actual" else above.modality
    if modality == "actual":
        return False
    if sign < 0 and (negated or modality == "future") and modality != "wished":
        return True
    return True if sign < 0 and aimed else None
