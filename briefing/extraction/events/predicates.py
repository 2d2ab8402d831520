"""Find upcoming predicates: verbs in the future, and verbs in the present or past with a later time."""

from functools import cache

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate, Context
from briefing.extraction.events.clause_times import is_long_range, is_of_old, time_of_verb
from briefing.extraction.events.deeds import may_be_deed, post_verbs
from briefing.extraction.events.happenings import is_event
from briefing.extraction.events.status import predicate_status, status_words
from briefing.extraction.events.times import TiedTime
from briefing.extraction.events.words import announced_occasions, event_words, is_light, noun_group, noun_kind
from briefing.language.analysis import SentenceSpan
from briefing.language.factuality import Factuality, factuality
from briefing.language.neighbours import token_before, word_before
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.syntax import (
    AUXILIARIES,
    FINITE,
    SUBJECTS,
    governors,
    has_child,
    is_infinitive,
    is_passive,
    obliques,
)
from briefing.language.times.direction import moving_verbs
from briefing.runtime.lexicon import word_set

# Maximum steps up a noun phrase.
_MOST_STEPS = 6
# Reasons that make a predicate upcoming besides its own words and time.
_HEADLINE = "a headline's future"
_PLAN = "a clause that schedules the occasion before it"
# Labels of clauses that may schedule the occasion before them.
_PLAN_CLAUSES = ("acl", "relcl", "advcl")


def predicate_candidate(context: Context, sentence: SentenceSpan, verb: Token) -> Candidate | None:
    """Return the upcoming event that a verb expresses, or None."""
    if verb.dep_ in AUXILIARIES:
        return None
    marked = _is_marked(verb)
    if not marked and verb.i not in context.tied and not has_child(verb, "prep") and not _may_fix(verb):
        return None
    if any(child.dep_ == "xcomp" and is_infinitive(child) for child in verb.rights):
        return None  # "is expected to meet": the lower verb is the event
    tied = time_of_verb(context, verb)
    if (tied is not None and tied.future is False) or is_long_range(context, tied):
        return None
    if tied is None and not (_may_happen(verb) and (marked or verb.dep_ in _PLAN_CLAUSES or _may_fix(verb))):
        return None
    factual = factuality(verb)
    planned = verb.dep_ in _PLAN_CLAUSES and occasion_before(verb, verb) is not None
    headline = _is_headline(sentence, verb)
    rule = _HEADLINE if headline else _PLAN if planned else _reason_ahead(context, verb, factual, tied, marked=marked)
    if factual.negated or rule is None:
        return None
    if (
        _only_reschedules(verb)
        or is_vague(verb)
        or (tied is None and _is_past_intention(verb))
        or any(is_of_old(context, governor, tied) for governor in governors(verb))
    ):
        return None
    if verb.dep_ == "ROOT" and is_infinitive(verb) and sentence.role == "body":
        return None  # a headline's future in a sentence is a misparse
    if not is_event(context, verb, factual, tied, headline=headline):
        return None
    judged = predicate_status(verb, None if planned or headline else factual, tied)
    return Candidate(sentence, verb, None, tied, *judged, rule=rule)


def _only_reschedules(verb: Token) -> bool:
    """Return True if a predicate only gives an occasion a new time: "the trial was pushed back to Friday"."""
    if lemma_of(verb) not in moving_verbs() or is_light(verb) or not is_passive(verb):
        return False
    return any(child.dep_ == "nsubjpass" and noun_kind(child) for child in verb.lefts)


def _is_marked(verb: Token) -> bool:
    """Return True if a verb has a modal or "to", or shares that of the verb with which it is coordinated."""
    if any(child.tag_ in ("MD", "TO") for child in verb.lefts if child.dep_ == "aux"):
        return True
    own = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.lefts)
    return verb.dep_ == "conj" and not own and any(child.tag_ in ("MD", "TO") for child in verb.head.lefts)


def is_vague(verb: Token) -> bool:
    """Return True if a predicate is a lasting effort, a guess, or an old or indefinite plan."""
    above = list(governors(verb))
    for token in (verb, *above):
        beside = [child for child in token.rights if child.dep_ == "conj"] if token is verb else []
        adverbs = [child for word in (token, *beside) for child in word.children if child.dep_ == "advmod"]
        if any(child.lower_ in word_set(__name__, "vague_adverbs") and _dates_its_verb(child) for child in adverbs):
            return True
        if token.lower_ == "about" and token.head.tag_ == "VBD" and not _is_reported(token.head):
            return True  # "was about to leave when the phone rang"
        if lemma_of(token) == "intend" and (is_passive(token) or _is_bare_participle(token)):
            return True
        if lemma_of(token) in word_set(__name__, "desiring") and _is_wish_for_others(verb, token):
            return True
        if token.tag_ == "VBN" and any(child.lower_ == "had" for child in token.lefts if child.dep_ == "aux"):
            return True
    return any(lemma_of(token) in word_set(__name__, "vague_governors") for token in above)


def _is_bare_participle(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.lefts)


def _dates_its_verb(adverb: Token) -> bool:
    """Return True if an adverb dates the verb, as in "would later become", not "will meet later on Friday"."""
    return adverb.lower_ not in ("later", "earlier") or adverb.i < adverb.head.i


def _is_past_intention(verb: Token) -> bool:
    """Return True if a predicate is the intention behind a past act: "met a delegation intending to discuss"."""
    for governor in governors(verb):
        if governor.tag_ != "VBG" or governor.dep_ not in ("acl", "advcl"):
            continue
        above = governor.head if governor.head.pos_ == "VERB" else next(governors(governor.head), governor.head)
        above = above if above.pos_ == "VERB" else above.head
        return above.tag_ == "VBD" and lemma_of(above) not in reporting_verbs()
    return False


def _is_wish_for_others(verb: Token, wish: Token) -> bool:
    """Return True if the subject wants others to act: "wants the cuts to run until March"."""
    others = verb.head.i == wish.i and any(child.dep_ in SUBJECTS for child in verb.lefts)
    return others or any(child.dep_ == "dobj" and child.i < verb.i for child in wish.rights)


def _is_headline(sentence: SentenceSpan, verb: Token) -> bool:
    """Return True if "to" before a verb is the future of a headline: "Ministers to discuss fish"."""
    if sentence.role not in ("title", "subtitle", "heading") or not is_infinitive(verb):
        return False
    head = verb.head
    reported = verb.dep_ == "ccomp" and head.dep_ == "ROOT" and lemma_of(head) in reporting_verbs()
    if reported and has_child(verb, "nsubj"):
        return True  # "Ministers to discuss fish; 'too late' says union"
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN") and not noun_kind(head)
    )


def _reason_ahead(
    context: Context, verb: Token, factual: Factuality, tied: TiedTime | None, *, marked: bool
) -> str | None:
    """Return the reason why a predicate is after publication: its own tense or a later time; or None."""
    if factual.modality == "future" and factual.tense == "future" and marked:
        return "a predicate in the future"
    if tied is not None and not marked and factual.tense == "present" and _is_candidacy(verb):
        ahead = tied.dates or tied.ends_ahead
        return "a predicate in the present about a candidate" if ahead else None
    if _is_invited(verb):
        return "an act that an invitation is for" if tied is None or tied.dates or tied.ends_ahead else None
    if _is_fixed(verb, factual):
        return "a predicate that says that a time is set for an occasion"
    if tied is None:
        return None
    if tied.dates:
        return "a predicate with a time after publication" if _is_dated(verb, factual, tied) else None
    if tied.ends_ahead and factual.modality in ("possible", "necessary") and factual.tense != "past":
        return "a predicate that is possible or necessary, with a time that has not ended"
    if not marked and factual.modality == "actual" and factual.tense == "present":
        happens = lemma_of(verb) in event_words("event_verbs") and not context.dated
        return "a predicate in the present, where the day of publication is unknown" if happens else None
    return None


def _is_candidacy(verb: Token) -> bool:
    """Return True if a predicate describes a candidate: "is running for re-election", "faces a runoff"."""
    if lemma_of(verb) not in event_words("seeking_votes"):
        return False
    sought = [*(child for child in verb.rights if child.dep_ == "dobj"), *obliques(verb, ("for", "in"))]
    return any(noun_group(noun) == "votes" or lemma_of(noun) in word_set(__name__, "sought_offices") for noun in sought)


def _is_dated(verb: Token, factual: Factuality, tied: TiedTime) -> bool:
    """Return True if a predicate can have the later time that is tied to it."""
    if _is_participle(verb) and factual.modality == "actual":
        return tied.anchor == verb.i and lemma_of(verb) in event_words("event_verbs")
    if factual.modality == "actual" and factual.tense in ("past", "none"):
        return tied.anchor == verb.i and tied.preposition in word_set(__name__, "tying")
    if factual.modality == "actual" and tied.anchor != verb.i:
        return False
    return factual.tense != "past" or factual.modality == "necessary"


def _is_participle(verb: Token) -> bool:
    """Return True if a predicate is a participle after a noun: "with the king leaving on Friday"."""
    return verb.tag_ == "VBG" and verb.dep_ in ("acl", "pcomp", "advcl") and not has_child(verb, "aux")


def _is_invited(verb: Token) -> bool:
    """Return True if a predicate is the purpose of an invitation: "invited the king to visit Oslo"."""
    if verb.dep_ not in ("xcomp", "ccomp", "acl") or not is_infinitive(verb):
        return False
    invitation = verb.head.dep_ == "dobj" and lemma_of(verb.head.head) in event_words("inviting")
    if lemma_of(verb.head) != "invite" and not (lemma_of(verb.head) == "invitation" and invitation):
        return False  # "came at the invitation of the king to see the fleet"
    appointed = lemma_of(verb) in event_words("event_verbs") and not is_light(verb)
    return appointed or any(noun_kind(noun) == "occasion" for noun in announced_occasions(verb))


def _is_fixed(verb: Token, factual: Factuality) -> bool:
    """Return True if a predicate sets a time for an occasion: "the talks are scheduled"."""
    return (
        (_may_fix(verb) or lemma_of(verb) in ("expect", "await"))
        and any(child.dep_ == "auxpass" and (child.tag_ != "VBD" or _is_reported(verb)) for child in verb.lefts)
        and factual.modality == "actual"
        and any(noun_kind(child) for child in verb.lefts if child.dep_ == "nsubjpass")
    )


def _is_reported(verb: Token) -> bool:
    """Return True if a predicate is reported speech, so its past tense is the report's: "were planned, she said"."""
    return verb.dep_ == "ccomp" and lemma_of(verb.head) in reporting_verbs()


def _may_happen(verb: Token) -> bool:
    """Return True if the words of a predicate may be an event without a time."""
    if lemma_of(verb) in _happening_verbs() or may_be_deed(verb):
        return True
    return any(noun_kind(noun) == "occasion" for noun in obliques(verb, ("at", "during")))


@cache
def _happening_verbs() -> frozenset[str]:
    phrases = (phrase.split()[0] for phrase in event_words("event_phrases"))
    return event_words("event_verbs", "light_verbs", "deed_verbs").union(phrases, post_verbs())


def _may_fix(verb: Token) -> bool:
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    lemma = lemma_of(verb)
    return lemma in event_words("fixing") or lemma in status_words()["proposed"]


def occasion_before(verb: Token, top: Token) -> Token | None:
    """Return the occasion directly before "to be held" or ", set to start", wherever the parser attached the clause."""
    clause = top if top.i < verb.i and _is_fixing(top) else verb
    if any(child.dep_ in SUBJECTS or child.tag_ in FINITE for child in clause.lefts):
        return None
    first = next((child for child in clause.lefts if child.dep_ != "punct"), clause)
    participle = _is_fixing(clause)
    passive = first.tag_ == "TO" and is_passive(clause)
    before = token_before(first, 2 if word_before(first) == "," else 1)
    if not (participle or passive) or before is None:
        return None
    if before.pos_ == "NUM" and before.head.i < before.i:
        before = before.head
    for _ in range(_MOST_STEPS):  # "the meeting of ministers to be held"
        if noun_kind(before) or before.dep_ not in ("pobj", "conj"):
            break
        before = before.head.head if before.dep_ == "pobj" else before.head
    return before if noun_kind(before) and before.i < clause.i else None


def _is_fixing(word: Token) -> bool:
    """Return True if a word is "due" or a participle that sets a time: "scheduled", "set"."""
    return word.lower_ == "due" or (word.tag_ in ("VBN", "JJ") and lemma_of(word) in event_words("fixing"))
