"""Predicates that lie ahead: verbs in the future, and present or past ones that a later time is tied to."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from briefing.extraction.event_candidate import Candidate, Context
from briefing.extraction.event_status import predicate_status, status_words
from briefing.extraction.event_syntax import arguments, governors, has_listed, obliques, subject_of
from briefing.extraction.event_times import TiedTime, best_time
from briefing.extraction.event_words import is_light, noun_group, noun_kind, told_occasions
from briefing.language.analysis import SentenceSpan
from briefing.language.factuality import Factuality, factuality
from briefing.language.lexicon import word_set
from briefing.language.predicate_words import lemma_of
from briefing.language.timex_values import bounds

# Groups of occasions that are said to continue.
_SITTINGS = ("meetings", "hearings")
# Pronouns that may mean everybody.
_VAGUE_SUBJECTS = ("we", "you", "they", "it", "this", "that", "which", "i")
# Days in which what is only possible or wished has to fall, at most.
_DAYS_OF_A_PLAN = 92
# Steps up a noun phrase, at most.
_MOST_STEPS = 6
# Years ahead that somebody plans rather than aims for.
_FARTHEST_YEARS = 5
# Labels of clauses that may schedule the occasion before them.
_PLAN_CLAUSES = ("acl", "relcl", "advcl")


def predicate_candidate(context: Context, sentence: SentenceSpan, verb: Token) -> Candidate | None:
    """Return the upcoming event that a verb tells; None where it tells none or does not lie ahead."""
    if verb.dep_ in ("aux", "auxpass"):
        return None
    marked = _is_marked(verb)
    if not marked and verb.i not in context.tied and not has_listed(verb, "prep"):
        return None
    if any(child.dep_ == "xcomp" and has_listed(child, "TO") for child in verb.rights):
        return None  # "is expected to meet": the verb below tells it
    tied = _time_of_verb(context, verb)
    if (tied is not None and tied.future is False) or _is_long_range(context, tied):
        return None
    if tied is None and not (_may_happen(verb) and (marked or verb.dep_ in _PLAN_CLAUSES or _may_fix(verb))):
        return None
    told = factuality(verb)
    planned = verb.dep_ in _PLAN_CLAUSES and occasion_before(verb, verb) is not None
    planned = planned or _is_headline(sentence, verb)
    if told.negated or not (planned or _is_ahead(context, verb, told, tied, marked=marked)):
        return None
    if _only_moves(verb) or is_vague(verb) or any(_is_of_old(context, governor) for governor in governors(verb)):
        return None
    if verb.dep_ == "ROOT" and has_listed(verb, "TO") and sentence.role == "body":
        return None  # a headline's future in a sentence is a misparse
    if not _is_event(context, sentence, verb, told, tied):
        return None
    return Candidate(sentence, verb, None, tied, predicate_status(verb, None if planned else told, tied))


def _only_moves(verb: Token) -> bool:
    """Say whether a predicate tells nothing but an occasion's other time: "the trial was pushed back to Friday"."""
    if lemma_of(verb) not in word_set("times", "moving_verbs") or is_light(verb) or not has_listed(verb, "auxpass"):
        return False
    return any(child.dep_ == "nsubjpass" and noun_kind(child) for child in verb.lefts)


def _is_marked(verb: Token) -> bool:
    """Say whether a verb has a modal or "to", or shares that of the verb that it is coordinated with."""
    if any(child.tag_ in ("MD", "TO") for child in verb.lefts if child.dep_ == "aux"):
        return True
    own = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.lefts)
    return verb.dep_ == "conj" and not own and any(child.tag_ in ("MD", "TO") for child in verb.head.lefts)


def is_vague(verb: Token) -> bool:
    """Say whether a predicate is told as a lasting effort, a guess, a plan of old or for some day."""
    above = list(governors(verb))
    for token in (verb, *above):
        adverbs = [child for child in token.children if child.dep_ == "advmod"]
        if any(child.lower_ in word_set("events", "vague_adverbs") for child in adverbs):
            return True
        if lemma_of(token) == "intend" and has_listed(token, "auxpass"):
            return True
        if token.tag_ == "VBN" and any(child.lower_ == "had" for child in token.lefts if child.dep_ == "aux"):
            return True
    return any(lemma_of(token) in word_set("events", "vague_governors") for token in above)


def _is_headline(sentence: SentenceSpan, verb: Token) -> bool:
    """Say whether "to" before a verb is a headline's future: "Ministers to discuss fish"."""
    if sentence.role not in ("title", "subtitle", "heading") or not has_listed(verb, "TO"):
        return False
    head = verb.head
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN") and not noun_kind(head)
    )


def _is_long_range(context: Context, tied: TiedTime | None) -> bool:
    """Say whether a time is a year of a target or forecast: "by 2050"."""
    published = context.analysis.article.published
    if tied is None or published is None or tied.when.precision not in ("year", "range"):
        return False
    value = tied.when.value or ""
    return int(value[:4].ljust(4, "0")) - int(published[:4]) > _FARTHEST_YEARS if value[:2].isdigit() else False


def _is_of_old(context: Context, governor: Token) -> bool:
    """Say whether what governs a predicate was more than a year before publication: "in 2003 they agreed to meet"."""
    published = context.analysis.article.published
    times = (bounds(time.time.value) for time in context.tied.get(governor.i, ()) if time.time.value)
    return published is not None and any(days and days[1].year < int(published[:4]) - 1 for days in times)


def _is_ahead(context: Context, verb: Token, told: Factuality, tied: TiedTime | None, *, marked: bool) -> bool:
    """Say whether the predicate lies after publication: by its own future, or by a time that does."""
    if told.modality == "future" and told.tense == "future" and marked:
        return True
    if _is_fixed(verb, told):
        return True
    if tied is None:
        return False
    if tied.dates:
        if told.modality == "actual" and told.tense in ("past", "none"):
            return tied.anchor == verb.i and tied.preposition in ("for", "until", "till", "to", "from")
        if told.modality == "actual" and tied.anchor != verb.i:
            return False
        return told.tense != "past" or told.modality == "necessary"
    if tied.ends_ahead and told.modality in ("possible", "necessary") and told.tense != "past":
        return True
    if not marked and told.modality == "actual" and told.tense == "present":
        return lemma_of(verb) in word_set("events", "event_verbs") and not context.dated
    return False


def _is_fixed(verb: Token, told: Factuality) -> bool:
    """Say whether a predicate says that a time has been set for an occasion: "the talks are scheduled"."""
    return (
        _may_fix(verb)
        and any(child.dep_ == "auxpass" and child.tag_ != "VBD" for child in verb.lefts)
        and told.modality == "actual"
        and any(noun_kind(child) for child in verb.lefts if child.dep_ == "nsubjpass")
    )


def _may_happen(verb: Token) -> bool:
    """Say whether a predicate may tell an event without a time, by its own words."""
    if lemma_of(verb) in _happening_verbs():
        return True
    return any(noun_kind(noun) == "occasion" for noun in obliques(verb, ("at", "during")))


@cache
def _happening_verbs() -> frozenset[str]:
    phrases = (phrase.split()[0] for phrase in word_set("events", "event_phrases"))
    return word_set("events", "event_verbs") | word_set("events", "light_verbs") | frozenset(phrases)


def _may_fix(verb: Token) -> bool:
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    lemma = lemma_of(verb)
    return lemma in word_set("events", "fixing") or lemma in status_words()["proposed"]


def _is_event(context: Context, sentence: SentenceSpan, verb: Token, told: Factuality, tied: TiedTime | None) -> bool:
    """Say whether a predicate is something that happens at a moment, not a lasting state, a policy or a hope."""
    subject = subject_of(verb)
    if subject is not None and lemma_of(subject) in word_set("events", "terms"):
        return False
    if any(child.dep_ == "dobj" and lemma_of(child) in word_set("events", "requirements") for child in verb.rights):
        return False
    if not (tied is not None and tied.dates) and not (_is_announced(verb) or _is_headline(sentence, verb)):
        return False
    if tied is not None and _is_dated(context, verb, subject, told, tied):
        return True
    if _opens_occasion(verb) and (_is_headline(sentence, verb) or not _is_question(verb)):
        return True
    if told.modality == "future" and any(noun_kind(noun) == "occasion" for noun in obliques(verb, ("at", "during"))):
        return True
    if lemma_of(verb) not in word_set("events", "event_verbs") or told.conditional:
        return False
    if _is_aside(verb) and not _is_headline(sentence, verb):
        return False
    if any(lemma_of(governor) in word_set("events", "promising") for governor in governors(verb)):
        return False
    return _is_definite(context, subject)


def _is_dated(context: Context, verb: Token, subject: Token | None, told: Factuality, tied: TiedTime) -> bool:
    """Say whether a time makes an event of a predicate that is no lasting state."""
    until = tied.preposition in ("until", "till", "by")  # "has until the end of the month to appeal"
    if not (tied.dates or (tied.future is None and (tied.anchor == verb.i or until))):
        return False
    if subject is not None and subject.lower_ in ("we", "i") and tied.time.text.lower() == "today":
        return False  # what a transcript announces was over when it was published
    lemma = lemma_of(verb)
    if lemma == "be" and any(child.lower_ == "due" for child in verb.rights):
        return True
    if _opens_occasion(verb) or told_occasions(verb):
        return True
    planned = lemma in word_set("events", "event_verbs") or is_light(verb) or told.tense == "present"
    if not planned and not _is_definite(context, subject):
        return False
    if told.modality in ("possible", "wished") and tied.days > _DAYS_OF_A_PLAN:
        return False
    brings_back = any(child.lower_ == "back" and child.dep_ in ("advmod", "prt") for child in verb.rights)
    return lemma not in word_set("events", "continuing_verbs") or brings_back or _expires(context, verb, subject, tied)


def _opens_occasion(verb: Token) -> bool:
    """Say whether a predicate says no more than that an occasion or act will be."""
    lemma = lemma_of(verb)
    if any(f"{lemma} {lemma_of(noun)}" in word_set("events", "event_phrases") for noun in _complements(verb)):
        return True
    nouns = told_occasions(verb) if lemma not in ("be", "result", "lead", "culminate") else []
    return bool(nouns) and (lemma != "continue" or any(noun_group(noun) in _SITTINGS for noun in nouns))


def _complements(verb: Token) -> Iterator[Token]:
    """Yield the object of a verb and the nouns after its prepositions: "take effect", "come into force"."""
    for child in verb.rights:
        if child.dep_ == "dobj":
            yield child
        elif child.dep_ == "prep":
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")


def _expires(context: Context, verb: Token, subject: Token | None, tied: TiedTime | None) -> bool:
    """Say whether a state begins or ends at a time: "keeps the offices open until Friday"; a person's is no event."""
    if tied is None or tied.preposition not in ("until", "till", "from") or subject is None:
        return False
    if lemma_of(verb) not in word_set("events", "keeping_verbs"):
        return False
    people = subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she", "who")
    return not people and all(entity.kind != "person" for entity in context.analysis.entities_of(subject))


def _is_aside(verb: Token) -> bool:
    """Say whether an undated predicate stands in a clause that is not itself the news: "which will ...", "when ..."."""
    while verb.dep_ in ("conj", "xcomp"):
        verb = verb.head
    if verb.dep_ == "relcl":
        return True
    return _is_question(verb)


def _is_question(verb: Token) -> bool:
    """Say whether a predicate is asked or purposed: "when the talks will resume", "for the two to meet"."""
    return any(child.lower_ in ("when", "how", "where", "if", "whether", "until", "for") for child in verb.lefts)


def _is_announced(verb: Token) -> bool:
    """Say whether an undated infinitive after a noun is the news: "announced plans to close", not "the decision to"."""
    if verb.dep_ not in ("acl", "relcl") or not (has_listed(verb, "TO") or verb.tag_ == "VBG"):
        return True
    if lemma_of(verb.head) not in word_set("events", "plans"):
        return False
    return verb.head.dep_ == "dobj" and lemma_of(verb.head.head) in word_set("events", "announcing")


def _is_definite(context: Context, subject: Token | None) -> bool:
    """Say whether a subject is somebody or something definite, not "this", "we all", "anybody"."""
    vague = word_set("events", "indefinite")
    if subject is None or any(child.tag_ in ("WDT", "WP", "WP$") or child.lower_ in vague for child in subject.lefts):
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in ("he", "she") or bool(context.analysis.entities_of(subject))
    return True


def _time_of_verb(context: Context, verb: Token) -> TiedTime | None:
    """Return the time that the text ties to a predicate: its own, its governor's, its arguments', its report's."""
    own = context.tied.get(verb.i)
    return best_time(own) if own else next(_times_around(context, verb), None)


def _times_around(context: Context, verb: Token) -> Iterator[TiedTime]:
    tied = context.tied
    above = list(governors(verb)) if verb.dep_ != "advcl" else []  # "meets on Friday to set rates"
    for governor in above if verb.dep_ not in ("ccomp", "pcomp") or has_listed(verb, "TO") else ():
        past = governor.tag_ in ("VBD", "VBN")  # not "agreed today to meet"
        yield from (t for t in tied.get(governor.i, ()) if not _reports(governor) and (t.dates or not past))
    for argument in arguments(verb, deep=True):
        if not noun_kind(argument) and argument.pos_ != "VERB":
            yield from (time for time in tied.get(argument.i, ()) if time.future is not False)
    for governor in above:
        yield from (time for time in tied.get(governor.i, ()) if time.dates and time.head > verb.i)


def _reports(governor: Token) -> bool:
    return lemma_of(governor) in word_set("factuality", "reporting") and not has_listed(governor, "xcomp")


def occasion_before(verb: Token, top: Token) -> Token | None:
    """Return the occasion right before "to be held" or ", set to start", whatever the parser hangs the clause on."""
    clause = (
        top if top.i < verb.i and top.tag_ in ("VBN", "JJ") and lemma_of(top) in word_set("events", "fixing") else verb
    )
    if any(child.dep_ in ("nsubj", "nsubjpass") or child.tag_ in ("VBZ", "VBP", "VBD", "MD") for child in clause.lefts):
        return None
    first = next((child for child in clause.lefts if child.dep_ != "punct"), clause)
    participle = clause.tag_ in ("VBN", "JJ") and lemma_of(clause) in word_set("events", "fixing")
    passive = first.tag_ == "TO" and any(child.dep_ == "auxpass" for child in clause.lefts)
    if not (participle or passive) or first.i == 0:
        return None
    before = first.nbor(-1)
    if before.text == "," and before.i > 0:
        before = before.nbor(-1)
    if before.pos_ == "NUM" and before.head.i < before.i:
        before = before.head
    for _ in range(_MOST_STEPS):  # "the meeting of ministers to be held"
        if noun_kind(before) or before.dep_ not in ("pobj", "conj"):
            break
        before = before.head.head if before.dep_ == "pobj" else before.head
    return before if noun_kind(before) and before.i < clause.i else None
