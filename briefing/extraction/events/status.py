"""Decide how certain an upcoming event is."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction.events.times import TiedTime
from briefing.extraction.events.words import event_words, noun_kind
from briefing.language.factuality import Factuality, factuality
from briefing.language.predicate_governors import wishing_governors
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import arguments, governors, is_passive
from briefing.model.brief import EventStatus
from briefing.runtime.lexicon import read_lexicon, word_set

_COLLECTIONS = word_set(__name__, "collections")


class Judgement(NamedTuple):
    """The status of an event and the reason for it."""

    status: EventStatus
    status_reason: str


def predicate_status(verb: Token, factual: Factuality | None, tied: TiedTime | None) -> Judgement:
    """Return the status of a predicate's event; *factual* is None if only the words of the predicate should count."""
    if any(
        child.dep_ == "conj" and _is_cancelled(child) for token in (verb, *governors(verb)) for child in token.rights
    ):
        return Judgement("cancelled", "a verb beside it calls it off")  # "was due on Friday but has been cancelled"
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and lemma_of(verb) in event_words("fixing"):
        return Judgement("scheduled", f"“{verb.text}” sets it")  # "preparations for the summit scheduled for May"
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
    return _status(words, own, factual, tied, asked=_rules_whether(verb))


def _is_cancelled(verb: Token) -> bool:
    return is_passive(verb) and phrasal_lemma(verb) in status_words()["cancelled"] and not factuality(verb).negated


def phrasal_lemma(verb: Token) -> str:
    """Return the lemma of a verb, with its particle if it has one of its own meaning: "call off", "put off"."""
    lemma = lemma_of(verb)
    off = lemma in ("call", "put") and any(child.lower_ == "off" for child in verb.rights)
    return f"{lemma} off" if off else lemma


def occasion_status(noun: Token, tied: TiedTime | None) -> Judgement:
    """Return the status of an event that a noun names."""
    words = {lemma_of(child) for child in noun.children if child.dep_ != "prep"}
    done = phrasal_lemma(noun.head) if noun.dep_ in ("dobj", "nsubjpass") else ""
    if words & event_words("fixing") and done not in status_words()["cancelled"] | status_words()["postponed"]:
        return Judgement("scheduled", "a word beside it sets it")
    if is_awaited(noun):
        return Judgement("expected", f"“{noun.head.text}”: it is being prepared or awaited")
    above = lemma_of(noun.head.head) if noun.dep_ == "pobj" else ""
    if above in ("invite", "invitation") or f"{above} {noun.head.lower_}" in wishing_governors():
        return Judgement("proposed", f"“{noun.head.head.text} {noun.head.text}” wishes for it")
    if noun.dep_ in ("dobj", "nsubjpass"):
        return _status(words | {lemma_of(noun.head)}, done, None, tied)
    verbs = {lemma_of(governor) for governor in governors(noun) if governor.pos_ == "VERB"}
    return _status(words | verbs & status_words()["expected"] - word_set(__name__, "not_of_verbs"), "", None, tied)


def is_awaited(noun: Token) -> bool:
    """Return True if a subject prepares or awaits what a noun names: "is preparing a series of loans"."""
    return awaiting_verb(noun) is not None


def awaiting_verb(noun: Token) -> Token | None:
    """Return the verb that prepares or awaits what a noun names, or None."""
    whole = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _COLLECTIONS:
        whole = noun.head.head
    verb = whole.head.head if whole.dep_ == "pobj" and whole.head.lower_ in ("for", "to") else whole.head
    if whole.dep_ not in ("dobj", "pobj") or verb.pos_ != "VERB":
        return None
    forward = lemma_of(verb) == "look" and any(child.lower_ == "forward" for child in verb.rights)
    if not forward and lemma_of(verb) not in word_set(__name__, "readying"):
        return None
    factual = factuality(verb)
    return verb if factual.tense == "present" and factual.modality == "actual" and not factual.negated else None


@cache
def status_words() -> Mapping[str, frozenset[str]]:
    """Return the words that express each status."""
    return {status: frozenset(words) for status, words in read_lexicon(__name__)["status"].items()}


def _rules_whether(verb: Token) -> bool:
    """Return True if a clause with "whether" is the content of a decision: "will rule whether the ban holds"."""
    clauses = [child for child in verb.rights if child.dep_ in ("advcl", "ccomp")]
    marks = {child.lower_ for clause in clauses for child in clause.lefts if child.dep_ == "mark"}
    return "whether" in marks and not marks & {"if", "unless"}


def _status(
    words: set[str], own: str, factual: Factuality | None, tied: TiedTime | None, *, asked: bool = False
) -> Judgement:
    """Return a status from the words above and beside an event, and from what is done to it."""
    status = status_words()
    if own in status["cancelled"]:
        return Judgement("cancelled", f"the verb is “{own}”")
    if own in status["postponed"]:
        if tied is not None and tied.preposition in word_set(__name__, "new_times"):
            return Judgement("scheduled", f"the verb is “{own}”, and a new time is given")
        return Judgement("postponed", f"the verb is “{own}”, and no new time is given")
    if factual is not None and factual.conditional and not asked:
        return Judgement("conditional", "it depends on a condition")
    if proposing := sorted(({own} | words) & status["proposed"]):
        return Judgement("proposed", f"the word “{proposing[0]}”")
    if waiting := sorted(words & status["expected"] | {own} & {"expect", "anticipate"}):
        return Judgement("expected", f"the word “{waiting[0]}”")
    if factual is not None and factual.modality in ("possible", "wished"):
        return Judgement("expected", f"it is {factual.modality}")
    undated = tied is None or tied.time.value == "FUTURE_REF"
    if undated and (planning := sorted(words & status["planned"] | {own} & {"continue"})):
        return Judgement("expected", f"the word “{planning[0]}”, and no time is given")
    how = f"; its modality is {factual.modality}, its tense {factual.tense}" if factual is not None else ""
    return Judgement("scheduled", f"no word makes it less sure{how}")
