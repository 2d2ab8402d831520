"""How sure an upcoming event is."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction.events.syntax import arguments, governors
from briefing.extraction.events.times import TiedTime
from briefing.extraction.events.words import noun_kind
from briefing.language.factuality import Factuality, factuality
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.predicate_words import lemma_of
from briefing.model.brief import EventStatus

# What an occasion is one of: "a series of loans".
_COLLECTIONS = ("series", "round", "number", "set")


class Judged(NamedTuple):
    """How sure an event is and what makes it so."""

    status: EventStatus
    because: str


def predicate_status(verb: Token, told: Factuality | None, tied: TiedTime | None) -> Judged:
    """Return how sure the event is that a predicate tells; *told* None where only its words should count."""
    if any(
        child.dep_ == "conj" and _is_cancelled(child) for token in (verb, *governors(verb)) for child in token.rights
    ):
        return Judged("cancelled", "a verb beside it calls it off")  # "was due on Friday but has been cancelled"
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and lemma_of(verb) in word_set("events", "fixing"):
        return Judged("scheduled", f"“{verb.text}” sets it")  # "preparations for the summit scheduled for May"
    words = {child.lower_ for child in verb.lefts if child.tag_ == "MD"}
    node = verb
    for token in (verb, *governors(verb)):
        if token.i != verb.i:
            words.add(lemma_of(token))
        for child in token.children:
            words |= {lemma_of(child)} if child.dep_ in ("advmod", "acomp", "prep") else set()
            words |= (
                {"track"} if child.lower_ == "on" and any(noun.lower_ == "track" for noun in child.rights) else set()
            )
        if node.dep_ in ("advcl", "relcl"):
            break
        node = token
    own = lemma_of(verb)
    if own in status_words()["cancelled"] | status_words()["proposed"] and not any(map(noun_kind, arguments(verb))):
        own = ""  # "will scrap the tax", "will offer loans": no occasion is called off or proposed
    return _status(words, own, told, tied, asked=_rules_whether(verb))


def _is_cancelled(verb: Token) -> bool:
    passive = any(child.dep_ == "auxpass" for child in verb.lefts)
    return passive and deed_of(verb) in status_words()["cancelled"] and not factuality(verb).negated


def deed_of(verb: Token) -> str:
    """Return the lemma of a verb, with its particle where that makes another verb: "call off", "put off"."""
    lemma = lemma_of(verb)
    off = lemma in ("call", "put") and any(child.lower_ == "off" for child in verb.rights)
    return f"{lemma} off" if off else lemma


def occasion_status(noun: Token, tied: TiedTime | None) -> Judged:
    """Return how sure the event is that a noun names."""
    words = {lemma_of(child) for child in noun.children if child.dep_ != "prep"}
    done = deed_of(noun.head) if noun.dep_ in ("dobj", "nsubjpass") else ""
    if words & word_set("events", "fixing") and done not in status_words()["cancelled"] | status_words()["postponed"]:
        return Judged("scheduled", "a word beside it sets it")
    if is_readied(noun):
        return Judged("expected", f"“{noun.head.text}”: somebody is getting ready for it")
    above = lemma_of(noun.head.head) if noun.dep_ == "pobj" else ""
    if above in ("invite", "invitation") or f"{above} {noun.head.lower_}" in word_set(
        "factuality", "wishing_governors"
    ):
        return Judged("proposed", f"“{noun.head.head.text} {noun.head.text}” wishes for it")
    if noun.dep_ in ("dobj", "nsubjpass"):
        return _status(words | {lemma_of(noun.head)}, done, None, tied)
    verbs = {lemma_of(governor) for governor in governors(noun) if governor.pos_ == "VERB"}
    return _status(words | verbs & status_words()["expected"] - {"look", "prepare", "want", "wish"}, "", None, tied)


def is_readied(noun: Token) -> bool:
    """Say whether somebody is getting ready for, or waits for, what a noun names: "is preparing a series of loans"."""
    return readying_verb(noun) is not None


def readying_verb(noun: Token) -> Token | None:
    """Return the verb by which somebody is getting ready for what a noun names; None where nobody is."""
    whole = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _COLLECTIONS:
        whole = noun.head.head
    verb = whole.head.head if whole.dep_ == "pobj" and whole.head.lower_ in ("for", "to") else whole.head
    if whole.dep_ not in ("dobj", "pobj") or verb.pos_ != "VERB":
        return None
    forward = lemma_of(verb) == "look" and any(child.lower_ == "forward" for child in verb.rights)
    if not forward and lemma_of(verb) not in word_set("events", "readying"):
        return None
    told = factuality(verb)
    return verb if told.tense == "present" and told.modality == "actual" and not told.negated else None


@cache
def status_words() -> Mapping[str, frozenset[str]]:
    """Return the words that tell each status."""
    return {status: frozenset(words) for status, words in read_lexicon("events")["status"].items()}


def _rules_whether(verb: Token) -> bool:
    """Say whether a clause with "whether" tells only what is decided: "will rule whether the ban stands"."""
    clauses = [child for child in verb.rights if child.dep_ in ("advcl", "ccomp")]
    marks = {child.lower_ for clause in clauses for child in clause.lefts if child.dep_ == "mark"}
    return "whether" in marks and not marks & {"if", "unless"}


def _status(
    words: set[str], own: str, told: Factuality | None, tied: TiedTime | None, *, asked: bool = False
) -> Judged:
    """Return how sure an event is, by the words above and beside it and by what is done to it."""
    status = status_words()
    if own in status["cancelled"]:
        return Judged("cancelled", f"the verb is “{own}”")
    if own in status["postponed"]:
        if tied is not None and tied.preposition in ("to", "until", "till"):
            return Judged("scheduled", f"the verb is “{own}”, and a new time is told")
        return Judged("postponed", f"the verb is “{own}”, and no new time is told")
    if told is not None and told.conditional and not asked:
        return Judged("conditional", "it is told under a condition")
    if proposing := sorted(({own} | words) & status["proposed"]):
        return Judged("proposed", f"the word “{proposing[0]}”")
    if waiting := sorted(words & status["expected"] | {own} & {"expect", "anticipate"}):
        return Judged("expected", f"the word “{waiting[0]}”")
    if told is not None and told.modality in ("possible", "wished"):
        return Judged("expected", f"it is told as {told.modality}")
    undated = tied is None or tied.time.value == "FUTURE_REF"
    if undated and (planning := sorted(words & status["planned"] | {own} & {"continue"})):
        return Judged("expected", f"the word “{planning[0]}”, and no time is told")
    how = f"; its modality is {told.modality}, its tense {told.tense}" if told is not None else ""
    return Judged("scheduled", f"no word makes it less sure{how}")
