"""Occasions that lie ahead: nouns that a time, a plan, an adjective or an anticipation puts into the future."""

from datetime import date
from typing import Literal

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate, Context
from briefing.extraction.events.clause_times import is_long_range
from briefing.extraction.events.predicates import is_vague
from briefing.extraction.events.status import deed_of, is_readied, occasion_status, readying_verb, status_words
from briefing.extraction.events.syntax import has_listed
from briefing.extraction.events.times import TiedTime, best_time
from briefing.extraction.events.words import NounKind, brings_something, is_indefinite, is_light, noun_group, noun_kind
from briefing.language.analysis import SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.lexicon import word_set
from briefing.language.predicate_words import lemma_of
from briefing.language.times.values import bounds

NounCue = Literal["time", "plan", "readied", "postponed", "upcoming", "next", "told", "anticipated"]

# What each cue is, in words.
_RULES: dict[NounCue, str] = {
    "time": "an occasion with a time after publication",
    "plan": "an occasion with a clause that schedules it",
    "readied": "an occasion that somebody is getting ready for",
    "postponed": "an occasion that is put off or called off",
    "upcoming": "an occasion that a word says is coming",
    "next": "the next occasion, which somebody agrees on",
    "told": "an occasion of which the future is told",
    "anticipated": "an occasion that is looked ahead to",
}
# Days back that are still news.
_DAYS_OF_NEWS = 31


def occasion_candidate(context: Context, sentence: SentenceSpan, noun: Token) -> Candidate | None:
    """Return the upcoming event that a noun names; None where it names none or nothing puts it ahead."""
    kind = noun_kind(noun)
    if kind is None or is_indefinite(noun):
        return None
    tied = time_of_occasion(context, noun)
    if is_over(noun):
        return None
    if (tied is not None and tied.future is False) or is_long_range(context, tied):
        return None
    cue = _noun_cue(context, noun, kind, tied)
    if cue is None or any(is_vague(child) for child in noun.rights if child.dep_ in ("acl", "relcl")):
        return None
    governed = noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ in ("VERB", "AUX")
    if governed and cue not in ("plan", "upcoming") and is_vague(noun.head):
        return None
    weak = (cue == "told" and not _is_of_somebody(noun)) or (cue == "anticipated" and is_bare(noun))
    verb = readying_verb(noun) if cue == "readied" and _stands_alone(noun) else None
    return Candidate(sentence, verb, noun, tied, *occasion_status(noun, tied), rule=_RULES[cue], weak=weak)


def _stands_alone(noun: Token) -> bool:
    """Say whether a noun says too little by itself, so that who waits for it has to be told: "awaits approval"."""
    return noun.dep_ == "dobj" and noun.n_rights == 0 and all(child.dep_ == "det" for child in noun.lefts)


def _is_of_somebody(noun: Token) -> bool:
    """Say whether a noun tells what it is of, which talks need not be: "the signing of the pact"."""
    return noun_group(noun) != "meetings" and any(
        child.dep_ == "prep" and child.lower_ in ("of", "between", "with") for child in noun.rights
    )


def is_over(noun: Token) -> bool:
    """Say whether what was done to an occasion leaves it behind: "missed Monday's deadline"."""
    return (
        noun.dep_ == "dobj" and noun.head.tag_ == "VBD" and lemma_of(noun.head) in word_set("events", "leaving_behind")
    )


def is_bare(noun: Token) -> bool:
    """Say whether a noun is definite and nothing more: "the summit", "his speech"."""
    bare = all(child.dep_ in ("det", "poss") and child.pos_ in ("DET", "PRON") for child in noun.children)
    return bare and any(child.lower_ not in ("a", "an") for child in noun.lefts)


def _noun_cue(context: Context, noun: Token, kind: NounKind, tied: TiedTime | None) -> NounCue | None:
    """Return what puts an occasion into the future: a time, a plan, an adjective, an anticipation; None for nothing."""
    if tied is not None and (_is_dated(noun, tied) or _is_tonight(context, noun, tied)):
        return "time"
    if any(child.dep_ in ("acl", "relcl", "amod") and is_plan(child) for child in noun.rights):
        return "plan"
    if is_readied(noun):
        return "readied"
    if noun.dep_ in ("dobj", "nsubjpass") and _is_put_off(noun.head, kind):
        return None if factuality(noun.head).negated else "postponed"
    if kind != "occasion":
        return None
    if any(child.lower_ in word_set("events", "upcoming") for child in noun.lefts):
        return "upcoming"
    if any(child.lower_ == "next" for child in noun.lefts) and _is_agreed(noun):
        return "next"
    planned = any(child.lower_ in word_set("events", "planned") for child in noun.lefts)
    if noun.dep_ == "nsubj" and _is_told_ahead(noun.head):
        return "told"
    if (_is_anticipated(noun) and not _is_told_of_old(context, noun)) or (planned and not _is_told_as_past(noun)):
        return "anticipated"
    return None


def _is_put_off(verb: Token, kind: NounKind) -> bool:
    """Say whether a verb puts off what lies ahead, or has just called off an occasion: "have scrapped the carnival"."""
    deed = deed_of(verb)
    perfect = any(child.lower_ in ("has", "have") for child in verb.lefts)
    called_off = kind == "occasion" and perfect and deed in status_words()["cancelled"]
    return called_off or deed in word_set("events", "postponing")


def _is_dated(noun: Token, tied: TiedTime) -> bool:
    """Say whether a time puts an occasion ahead, by itself or because somebody is settling on it."""
    if tied.dates:
        return not _is_met(noun, tied)
    return tied.ends_ahead and noun.dep_ == "dobj" and _is_being_fixed(noun.head)


def _is_tonight(context: Context, noun: Token, tied: TiedTime) -> bool:
    """Say whether an occasion is on the evening of publication and not told as over: "at tonight's debate"."""
    day, _, part = (tied.time.value or "").partition("T")
    evening = part in ("NI", "EV") and day == context.analysis.article.published
    return evening and noun_kind(noun) == "occasion" and not _is_told_as_past(noun)


def _is_being_fixed(verb: Token) -> bool:
    """Say whether somebody is settling on a time: "are arranging a summit for late May"."""
    return lemma_of(verb) in word_set("events", "agreeing") and factuality(verb).tense == "present"


def _is_met(noun: Token, tied: TiedTime) -> bool:
    """Say whether something was done to an occasion of this week: "missed Monday's deadline"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.tag_ != "VBD" or lemma_of(verb) in word_set("events", "schedulers"):
        return False
    return tied.anchor == noun.i and tied.preposition is None


def _is_agreed(noun: Token) -> bool:
    """Say whether a noun is what somebody agrees on or plans: "agreed on a statement and the next meeting"."""
    while noun.dep_ == "conj":
        noun = noun.head
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj", "nsubjpass") and lemma_of(governor) in word_set("events", "agreeing")


def _is_told_of_old(context: Context, noun: Token) -> bool:
    """Say whether the clause around a noun is dated more than a month back."""
    published = context.analysis.article.published
    for token in noun.ancestors:
        for time in context.tied.get(token.i, ()):
            days = bounds(time.time.value) if time.time.value else None
            if published and days and (date.fromisoformat(published) - days[1]).days > _DAYS_OF_NEWS:
                return True
    return False


def _is_told_ahead(verb: Token) -> bool:
    """Say whether a predicate tells its subject's future: "the meeting will focus on fish"."""
    told = factuality(verb)
    return told.modality == "future" and not told.negated and not told.conditional


def _is_told_as_past(noun: Token) -> bool:
    """Say whether the clause around a noun is in the past."""
    verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and factuality(verb).tense == "past"


def is_plan(clause: Token) -> bool:
    """Say whether a clause after a noun schedules it: "set for", "to be held", "which will begin"."""
    if clause.tag_ == "VBN" and lemma_of(clause) in ("schedule", "set", "slate", "plan", "fix", "time"):
        return True
    if clause.lower_ == "due" and any(child.dep_ in ("xcomp", "prep") for child in clause.rights):
        return True  # "a summit in Bergen due to begin in a few days"
    told = factuality(clause)
    passive = any(child.dep_ == "auxpass" for child in clause.lefts)
    if clause.dep_ == "acl":
        return passive and has_listed(clause, "TO") and is_light(clause)
    if told.modality != "future" or told.tense != "future" or told.negated or not is_light(clause):
        return False
    return not brings_something(clause)


def _is_anticipated(noun: Token) -> bool:
    """Say whether a noun follows "ahead of", "preparations for", "await"."""
    anticipations = word_set("events", "anticipations")
    if noun.dep_ == "dobj":
        return lemma_of(noun.head) in anticipations
    if noun.dep_ != "pobj":
        return False
    preposition = noun.head
    if preposition.lower_ == "before" and any(child.dep_ == "npadvmod" for child in preposition.lefts):
        return True  # "three months before the election"
    return f"{lemma_of(preposition.head)} {preposition.lower_}" in anticipations


def _is_its_content(clause: Token) -> bool:
    """Say whether an infinitive after a noun is what the noun is about: "an agreement to buy the bank"."""
    return has_listed(clause, "TO") and not has_listed(clause, "auxpass") and not is_light(clause)


def time_of_occasion(context: Context, noun: Token) -> TiedTime | None:
    """Return the time that the text ties to an occasion: its own, its clause's, or that for which it is scheduled."""
    tied = context.tied
    own = [time for time in tied.get(noun.i, ()) if time.time.text.lower() != "today"]
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and not _is_its_content(child):
            for token in (child, *(below for below in child.rights if below.dep_ == "xcomp")):
                own += tied.get(token.i, ())
    if own:  # "the Conference 2009, scheduled for December 2009"
        return best_time(own)
    governor = noun.head
    if noun.dep_ == "pobj" and governor.lower_ == "for" and lemma_of(governor.head) in word_set("events", "schedulers"):
        # "called for protests on Friday"
        return next((t for t in tied.get(governor.head.i, ()) if t.dates and t.head > noun.i), None)
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and governor.pos_ in ("VERB", "AUX"):
        for time in tied.get(governor.i, ()):
            scheduled = time.preposition in ("for", "until", "till", "to") or lemma_of(governor) == "be"
            scheduled = scheduled or (noun.dep_ == "dobj" and lemma_of(governor) in word_set("times", "planning_verbs"))
            if (
                time.future is not False
                and scheduled
                and lemma_of(governor) in word_set("events", "schedulers") | {"be"}
            ):
                return time
    return None
