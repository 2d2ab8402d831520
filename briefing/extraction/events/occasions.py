"""Find upcoming occasions: nouns that a time, a plan, an adjective or an anticipation puts into the future."""

from datetime import date
from typing import Literal

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate, Context
from briefing.extraction.events.clause_times import is_long_range
from briefing.extraction.events.predicates import is_vague
from briefing.extraction.events.status import awaiting_verb, is_awaited, occasion_status, phrasal_lemma, status_words
from briefing.extraction.events.times import TiedTime, best_time
from briefing.extraction.events.words import NounKind, brings_something, is_indefinite, is_light, noun_group, noun_kind
from briefing.language.analysis import SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import first_conjunct, is_infinitive, is_passive
from briefing.language.times.direction import planning_verbs
from briefing.language.times.values import bounds
from briefing.runtime.lexicon import word_set

NounCue = Literal["time", "plan", "readied", "postponed", "upcoming", "next", "described", "anticipated"]

# What each cue means, in words.
_RULES: dict[NounCue, str] = {
    "time": "an occasion with a time after publication",
    "plan": "an occasion with a clause that schedules it",
    "readied": "an occasion that is being prepared or awaited",
    "postponed": "an occasion that is put off or called off",
    "upcoming": "an occasion that a word says is coming",
    "next": "the next occasion, which is agreed on",
    "described": "an occasion whose future is described",
    "anticipated": "an occasion that is looked ahead to",
}
# A report is still news for so many days.
_DAYS_OF_NEWS = 31


def occasion_candidate(context: Context, sentence: SentenceSpan, noun: Token) -> Candidate | None:
    """Return the upcoming event that a noun names; None if it names no event or nothing puts it into the future."""
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
    weak = (cue == "described" and not _has_complement(noun)) or (cue == "anticipated" and is_bare(noun))
    verb = awaiting_verb(noun) if cue == "readied" and _needs_verb(noun) else None
    return Candidate(sentence, verb, noun, tied, *occasion_status(noun, tied), rule=_RULES[cue], weak=weak)


def _needs_verb(noun: Token) -> bool:
    """Return True if a noun is too short without the verb that it depends on: "awaits approval"."""
    return noun.dep_ == "dobj" and noun.n_rights == 0 and all(child.dep_ == "det" for child in noun.lefts)


def _has_complement(noun: Token) -> bool:
    """Return True if a noun has a complement, which meetings do not need: "the signing of the pact"."""
    return noun_group(noun) != "meetings" and any(
        child.dep_ == "prep" and child.lower_ in word_set(__name__, "before_parties") for child in noun.rights
    )


def is_over(noun: Token) -> bool:
    """Return True if a verb shows that an occasion is over: "missed Monday's deadline"."""
    return (
        noun.dep_ == "dobj" and noun.head.tag_ == "VBD" and lemma_of(noun.head) in word_set(__name__, "leaving_behind")
    )


def is_bare(noun: Token) -> bool:
    """Return True if a noun is definite and has no other modifier: "the summit", "his speech"."""
    bare = all(child.dep_ in ("det", "poss") and child.pos_ in ("DET", "PRON") for child in noun.children)
    return bare and any(child.lower_ not in ("a", "an") for child in noun.lefts)


def _noun_cue(context: Context, noun: Token, kind: NounKind, tied: TiedTime | None) -> NounCue | None:
    """Return the cue that puts an occasion into the future: a time, a plan, an adjective, an anticipation; or None."""
    if tied is not None and (_is_dated(noun, tied) or _is_tonight(context, noun, tied)):
        return "time"
    if any(child.dep_ in ("acl", "relcl", "amod") and is_plan(child) for child in noun.rights):
        return "plan"
    if is_awaited(noun):
        return "readied"
    if noun.dep_ in ("dobj", "nsubjpass") and _is_put_off(noun.head, kind):
        return None if factuality(noun.head).negated else "postponed"
    if kind != "occasion":
        return None
    if any(child.lower_ in word_set(__name__, "upcoming") for child in noun.lefts):
        return "upcoming"
    if any(child.lower_ == "next" for child in noun.lefts) and _is_agreed(noun):
        return "next"
    planned = any(child.lower_ in word_set(__name__, "planned") for child in noun.lefts)
    if noun.dep_ == "nsubj" and _has_future(noun.head):
        return "described"
    if (_is_anticipated(noun) and not _is_of_old_report(context, noun)) or (planned and not _is_in_past_clause(noun)):
        return "anticipated"
    return None


def _is_put_off(verb: Token, kind: NounKind) -> bool:
    """Return True if a verb postpones an event, or has just called off an occasion: "have scrapped the carnival"."""
    deed = phrasal_lemma(verb)
    perfect = any(child.lower_ in ("has", "have") for child in verb.lefts)
    called_off = kind == "occasion" and perfect and deed in status_words()["cancelled"]
    return called_off or deed in word_set(__name__, "postponing")


def _is_dated(noun: Token, tied: TiedTime) -> bool:
    """Return True if a time puts an occasion into the future, or a subject is arranging that time."""
    if tied.dates:
        return not _is_object_of_past_act(noun, tied)
    return tied.ends_ahead and noun.dep_ == "dobj" and _is_being_fixed(noun.head)


def _is_tonight(context: Context, noun: Token, tied: TiedTime) -> bool:
    """Return True if an occasion is on the evening of publication and not yet over: "at tonight's debate"."""
    day, _, part = (tied.time.value or "").partition("T")
    evening = part in ("NI", "EV") and day == context.analysis.article.published
    return evening and noun_kind(noun) == "occasion" and not _is_in_past_clause(noun)


def _is_being_fixed(verb: Token) -> bool:
    """Return True if a subject is arranging a time: "are arranging a summit for late May"."""
    return lemma_of(verb) in word_set(__name__, "agreeing") and factuality(verb).tense == "present"


def _is_object_of_past_act(noun: Token, tied: TiedTime) -> bool:
    """Return True if an occasion of this week is the object of a past act: "missed Monday's deadline"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.tag_ != "VBD" or lemma_of(verb) in word_set(__name__, "schedulers"):
        return False
    return tied.anchor == noun.i and tied.preposition is None


def _is_agreed(noun: Token) -> bool:
    """Return True if a noun is the object of an agreement or plan: "agreed on a statement and the next meeting"."""
    noun = first_conjunct(noun)
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj", "nsubjpass") and lemma_of(governor) in word_set(__name__, "agreeing")


def _is_of_old_report(context: Context, noun: Token) -> bool:
    """Return True if the clause around a noun is dated more than a month before publication."""
    published = context.analysis.article.published
    for token in noun.ancestors:
        for time in context.tied.get(token.i, ()):
            days = bounds(time.time.value) if time.time.value else None
            if published and days and (date.fromisoformat(published) - days[1]).days > _DAYS_OF_NEWS:
                return True
    return False


def _has_future(verb: Token) -> bool:
    """Return True if a predicate describes its subject's future: "the meeting will focus on fish"."""
    factual = factuality(verb)
    return factual.modality == "future" and not factual.negated and not factual.conditional


def _is_in_past_clause(noun: Token) -> bool:
    """Return True if the clause around a noun is in the past."""
    verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and factuality(verb).tense == "past"


def is_plan(clause: Token) -> bool:
    """Return True if a clause after a noun schedules it: "set for", "to be held", "which will begin"."""
    if clause.tag_ == "VBN" and lemma_of(clause) in word_set(__name__, "scheduling"):
        return True
    if clause.lower_ == "due" and any(child.dep_ in ("xcomp", "prep") for child in clause.rights):
        return True  # "a summit in Bergen due to begin in a few days"
    factual = factuality(clause)
    if clause.dep_ == "acl":
        return is_passive(clause) and is_infinitive(clause) and is_light(clause)
    if factual.modality != "future" or factual.tense != "future" or factual.negated or not is_light(clause):
        return False
    return not brings_something(clause)


def _is_anticipated(noun: Token) -> bool:
    """Return True if a noun follows "ahead of", "preparations for" or "await"."""
    anticipations = word_set(__name__, "anticipations")
    if noun.dep_ == "dobj":
        return lemma_of(noun.head) in anticipations
    if noun.dep_ != "pobj":
        return False
    preposition = noun.head
    if preposition.lower_ == "before" and any(child.dep_ == "npadvmod" for child in preposition.lefts):
        return True  # "three months before the election"
    return f"{lemma_of(preposition.head)} {preposition.lower_}" in anticipations


def _is_its_content(clause: Token) -> bool:
    """Return True if an infinitive after a noun is its content: "an agreement to buy the bank"."""
    return is_infinitive(clause) and not is_passive(clause) and not is_light(clause)


def time_of_occasion(context: Context, noun: Token) -> TiedTime | None:
    """Return the time of an occasion: its own, that of its clause, or the time for which it is scheduled."""
    tied = context.tied
    own = [time for time in tied.get(noun.i, ()) if time.time.text.lower() != "today"]
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and not _is_its_content(child):
            for token in (child, *(below for below in child.rights if below.dep_ == "xcomp")):
                own += tied.get(token.i, ())
    if own:  # "the Conference 2009, scheduled for December 2009"
        return best_time(own)
    governor = noun.head
    if noun.dep_ == "pobj" and governor.lower_ == "for" and lemma_of(governor.head) in word_set(__name__, "schedulers"):
        # "called for protests on Friday"
        return next((t for t in tied.get(governor.head.i, ()) if t.dates and t.head > noun.i), None)
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and governor.pos_ in ("VERB", "AUX"):
        for time in tied.get(governor.i, ()):
            scheduled = time.preposition in word_set(__name__, "new_times") or lemma_of(governor) == "be"
            scheduled = scheduled or (noun.dep_ == "dobj" and lemma_of(governor) in planning_verbs())
            if (
                time.future is not False
                and scheduled
                and lemma_of(governor) in word_set(__name__, "schedulers") | {"be"}
            ):
                return time
    return None
