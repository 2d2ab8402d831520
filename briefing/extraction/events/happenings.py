"""Recognise predicates that happen at a moment; lasting states, policies and hopes are not events."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extraction.events.candidate import Context
from briefing.extraction.events.deeds import can_act, is_deed, takes_post
from briefing.extraction.events.subjects import reporter_of
from briefing.extraction.events.times import TiedTime
from briefing.extraction.events.words import (
    announced_occasions,
    event_words,
    is_indefinite,
    is_light,
    noun_group,
    noun_kind,
)
from briefing.language.factuality import Factuality
from briefing.language.neighbours import word_before
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import (
    SUBJECTS,
    follows_opening,
    governors,
    has_child,
    is_infinitive,
    is_passive,
    obliques,
    subject_of,
)
from briefing.runtime.lexicon import word_set

# Groups of occasions that "continue" can reopen.
_SITTINGS = ("meetings", "hearings")
# Adverbs that turn a state into an act: "is out on Friday", "will get their money back".
_TURNS = frozenset({"back", "out"})
# A possible or wished event must be within so many days.
_DAYS_OF_A_PLAN = 92
# An "if" is searched so many tokens before a predicate.
_LONGEST_CONDITION = 60
# Precisions of a time at which a change takes effect.
_EXACT = ("day", "week", "month")


def is_event(context: Context, verb: Token, factual: Factuality, tied: TiedTime | None, *, headline: bool) -> bool:
    """Return True if a predicate happens at a moment; *headline* means that it is the future of a headline."""
    subject = subject_of(verb)
    dated = tied is not None and tied.dates
    if _names_no_event(verb, subject) or (verb.dep_ == "advcl" and not dated and _is_under_way(verb)):
        return False
    if not dated and not (headline or _is_announced(verb)):
        return False
    if tied is not None:
        if _is_own_topic(subject, tied):
            return False
        if _is_dated(context, verb, subject, factual, tied):
            return True
        if _is_mere_hope(verb, factual, tied):
            return False
    if not headline and any(governor.dep_ == "advcl" and _is_question(governor) for governor in governors(verb)):
        return False  # "when somebody agrees to join"
    if _opens_occasion(verb, tied) and (headline or not _is_question(verb)):
        return True
    if factual.modality == "future" and _is_at_occasion(verb):
        return True
    return _is_planned_act(context, verb, factual, headline=headline) and _is_definite(context, subject)


def _is_own_topic(subject: Token | None, tied: TiedTime) -> bool:
    """Return True if a transcript announces its own topics, past at publication: "today we will talk of fish"."""
    return subject is not None and subject.lower_ in ("we", "i") and tied.time.text.lower() == "today"


def _is_at_occasion(verb: Token) -> bool:
    at = obliques(verb, ("at", "during"))
    return any(noun_kind(noun) == "occasion" and not is_indefinite(noun) for noun in at)


def _is_planned_act(context: Context, verb: Token, factual: Factuality, *, headline: bool) -> bool:
    """Return True if an undated predicate is a planned act at a moment, and is itself the news."""
    known = lemma_of(verb) in event_words("event_verbs") or is_deed(verb, context.analysis)
    known = known or takes_post(verb, context.analysis)
    if not known or factual.conditional:
        return False
    if any(lemma_of(governor) == "likely" for governor in governors(verb)):
        return False
    if not headline and (
        (_is_in_aside(verb) and not _is_news_aside(context, verb)) or _is_under_condition(verb) or _is_supposed(verb)
    ):
        return False
    return not any(lemma_of(governor) in word_set(__name__, "promising") for governor in governors(verb))


def _is_news_aside(context: Context, verb: Token) -> bool:
    """Return True if a clause adds news about a named person: "Berg, who will retire,"."""
    owner = verb.head
    if verb.dep_ != "relcl" or word_before(verb.left_edge) != ",":
        return False
    doer = any(child.tag_ == "WP" and child.dep_ in SUBJECTS for child in verb.lefts)
    return doer and owner.pos_ == "PROPN" and any(e.kind == "person" for e in context.analysis.entities_of(owner))


def _is_supposed(verb: Token) -> bool:
    """Return True if a main clause describes the effect of something hypothetical: "a wall would address the flow"."""
    subject = subject_of(verb)
    supposed = verb.dep_ == "ROOT" and any(child.lower_ in ("would", "could") for child in verb.lefts)
    return supposed and subject is not None and any(child.lower_ in ("a", "an") for child in subject.lefts)


def _names_no_event(verb: Token, subject: Token | None) -> bool:
    """Return True if the words of a predicate name no event: the end of a term, a goal, "this", or a gap."""
    if subject is not None and verb.dep_ != "advcl" and follows_opening(subject):
        return True  # "after the appointment of an envoy, Jon Dahl, who ..., will"
    if subject is not None and lemma_of(subject) in word_set(__name__, "terms"):
        return lemma_of(verb) in event_words("ending_verbs") or not is_light(verb)
    for child in verb.rights:
        if child.dep_ != "dobj":
            continue
        lemma = lemma_of(child)
        if lemma in word_set(__name__, "requirements") or child.lower_ in word_set(__name__, "vague_objects"):
            return True
        if lemma in word_set(__name__, "terms") and lemma_of(verb) in event_words("ending_verbs"):
            return True
    if _counts_past_events(verb):
        return True
    stranded = is_passive(verb) and any(_is_stranded(child, verb) for child in verb.rights)
    return stranded or _lacks_object(verb)


def _is_stranded(preposition: Token, verb: Token) -> bool:
    """Return True if the object of a preposition is in front of it: "the tales that will be talked about today"."""
    if preposition.dep_ != "prep":
        return False
    times_only = all(child.ent_type_ in ("DATE", "TIME") for child in preposition.rights)
    return preposition.n_rights == 0 or (verb.dep_ == "relcl" and preposition.lower_ in ("about", "of") and times_only)


def _counts_past_events(verb: Token) -> bool:
    """Return True if a predicate counts past events: "is the second to fly over it", "marks the third time that"."""
    counted = [child for child in verb.rights if child.dep_ in ("dobj", "attr") and lemma_of(child) == "time"]
    if any(child.pos_ == "ADJ" and child.ent_type_ == "ORDINAL" for noun in counted for child in noun.lefts):
        return True
    head = verb.head
    if verb.dep_ not in ("acl", "relcl", "xcomp") or not is_infinitive(verb):
        return False
    return any(word.ent_type_ == "ORDINAL" or word.lower_ == "only" for word in (head, *head.lefts))


def _lacks_object(verb: Token) -> bool:
    """Return True if the object of a predicate is outside its clause: "the money that the board will send"."""
    top = verb
    while top.dep_ in ("conj", "xcomp"):
        top = top.head
    if top.dep_ != "relcl" or noun_kind(top.head) or is_passive(verb):
        return False
    if any(child.dep_ == "dobj" and child.pos_ != "PRON" for child in verb.rights):
        return False
    relatives = [word for child in top.lefts for word in (child, *child.children) if word.tag_ in ("WRB", "WDT", "WP")]
    if any(word.dep_ in ("advmod", "nsubj", "nsubjpass", "pobj") for word in relatives):
        return False  # "the day when", "who will", "the treaty under which"
    subject = next((child for child in top.lefts if child.dep_ in SUBJECTS), None)
    return subject is not None and not any(child.tag_ == "WP$" for child in subject.lefts)


def _is_under_way(verb: Token) -> bool:
    """Return True if a clause only describes simultaneous circumstances: "as we will be moving the office"."""
    marked = any(child.dep_ == "mark" and child.lower_ in ("as", "while") for child in verb.lefts)
    return marked and verb.tag_ == "VBG"


def _is_mere_hope(verb: Token, factual: Factuality, tied: TiedTime) -> bool:
    """Return True if an event is only possible or wished for a long period; an invitation is more than that."""
    if any(lemma_of(governor) in ("invite", "invitation") for governor in governors(verb)):
        return False
    return factual.modality in ("possible", "wished") and tied.days > _DAYS_OF_A_PLAN


def _is_dated(context: Context, verb: Token, subject: Token | None, factual: Factuality, tied: TiedTime) -> bool:
    """Return True if a time makes a predicate an event and not a lasting state."""
    until = tied.preposition in word_set(__name__, "deadlines")  # "has until the end of the month to appeal"
    if not (tied.dates or (tied.future is None and (tied.anchor == verb.i or until))):
        return False
    lemma = lemma_of(verb)
    if lemma == "be" and any(child.lower_ == "due" for child in verb.rights):
        return True
    if _opens_occasion(verb, tied) or announced_occasions(verb) or _takes_effect(context, verb, subject, tied):
        return True
    planned = lemma in event_words("event_verbs") or is_light(verb) or factual.tense == "present"
    if not planned and not _is_definite(context, subject):
        return False
    if _is_mere_hope(verb, factual, tied):
        return False
    if tied.dates and tied.when.precision in _EXACT and _is_planned(verb):
        return True
    turns = _becomes_act(verb) or (
        tied.when.precision in _EXACT and (_changes_state(verb) or _is_visit(context, verb, tied))
    )
    lasting = lemma in event_words("continuing_verbs") and not (turns or _is_act(verb, factual, tied))
    return not lasting or _begins_or_ends_state(context, verb, subject, tied)


def _becomes_act(verb: Token) -> bool:
    """Return True if an adverb or particle turns a state into an act: "is out on Friday"."""
    return any(child.dep_ == "prt" or (child.lower_ in _TURNS and child.dep_ == "advmod") for child in verb.rights)


def _changes_state(verb: Token) -> bool:
    """Return True if a predicate describes a change of state: "will be available", "will be on display"."""
    if lemma_of(verb) not in word_set(__name__, "turning_verbs"):
        return False
    if any(
        child.dep_ in ("acomp", "oprd") and child.lower_ in word_set(__name__, "turning_states")
        for child in verb.rights
    ):
        return True
    phrases = obliques(verb, word_set(__name__, "before_state"))
    return any(noun.lower_ in word_set(__name__, "turning_phrases") for noun in phrases)


def _is_visit(context: Context, verb: Token, tied: TiedTime) -> bool:
    """Return True if a predicate is a visit, a stay in a place on a day: "will be in Lima on Friday"."""
    subject = subject_of(verb)
    if (
        lemma_of(verb) != "be"
        or subject is None
        or tied.when.precision == "month"
        or not can_act(subject, context.analysis)
    ):
        return False
    return any(noun.ent_type_ == "GPE" for noun in obliques(verb, ("in", "at")))


def _is_planned(verb: Token) -> bool:
    """Return True if a subject plans, or is due, to do what a predicate says: "plans to tell the court on Friday"."""
    if lemma_of(verb) in word_set(__name__, "remaining"):
        return False
    planning = event_words("fixing") | word_set(__name__, "settling")
    return any(lemma_of(governor) in planning for governor in governors(verb))


def _is_act(verb: Token, factual: Factuality, tied: TiedTime) -> bool:
    """Return True if a time turns a state into an act: "must reply by Friday", "will raise the rate in June"."""
    if factual.modality == "necessary" and tied.preposition in word_set(__name__, "last_days"):
        return True
    changed = lemma_of(verb) in word_set(__name__, "changing_verbs") and any(c.dep_ == "dobj" for c in verb.rights)
    return changed and tied.when.precision in _EXACT


def _opens_occasion(verb: Token, tied: TiedTime | None) -> bool:
    """Return True if a predicate only announces that an occasion or act will take place."""
    lemma = lemma_of(verb)
    if any(f"{lemma} {lemma_of(noun)}" in event_words("event_phrases") for noun in _complements(verb)):
        return True
    nouns = announced_occasions(verb) if lemma not in word_set(__name__, "no_occasions") else []
    dated = tied is not None and tied.time.value != "FUTURE_REF"
    if lemma == "continue":  # "agree to continue the dialogue" gives no time for the dialogue
        return any(noun_group(noun) in _SITTINGS and (dated or noun.dep_ != "dobj") for noun in nouns)
    return bool(nouns)


def _complements(verb: Token) -> Iterator[Token]:
    """Yield the object of a verb and the nouns after its prepositions: "take effect", "come into force"."""
    for child in verb.rights:
        if child.dep_ == "dobj":
            yield child
        elif child.dep_ == "prep":
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")


def _takes_effect(context: Context, verb: Token, subject: Token | None, tied: TiedTime) -> bool:
    """Return True if an act or change takes effect on a day: "will be shown from June", "is to rise from 1 May"."""
    if tied.preposition != "from" or not tied.dates or tied.when.precision not in _EXACT or subject is None:
        return False
    passive = is_passive(verb)
    people = any(entity.kind == "person" for entity in context.analysis.entities_of(subject))
    return not people and (passive or lemma_of(verb) in word_set(__name__, "changing_verbs"))


def _begins_or_ends_state(context: Context, verb: Token, subject: Token | None, tied: TiedTime | None) -> bool:
    """Return True if a state, other than a person's, begins or ends: "keeps the offices open until Friday"."""
    if tied is None or tied.preposition not in word_set(__name__, "edges") or subject is None:
        return False
    if lemma_of(verb) not in event_words("keeping_verbs"):
        return False
    people = subject.ent_type_ == "PERSON" or subject.lower_ in word_set(__name__, "persons")
    return not people and all(entity.kind != "person" for entity in context.analysis.entities_of(subject))


def _is_in_aside(verb: Token) -> bool:
    """Return True if an undated predicate is in a clause that is not the news: "which will", "when", "to"."""
    while verb.dep_ in ("conj", "xcomp"):
        verb = verb.head
    if verb.dep_ == "relcl":
        return True
    purpose = verb.dep_ == "advcl" and is_infinitive(verb)
    return purpose or _is_question(verb)


def _is_under_condition(verb: Token) -> bool:
    """Return True if a clause with "if" precedes a predicate, in whatever place the parser attached it."""
    for token in reversed(verb.doc[max(0, verb.i - _LONGEST_CONDITION) : verb.i]):
        if token.lower_ == "if" and token.dep_ == "mark" and token.head.pos_ in ("VERB", "AUX"):
            return True
        if token.is_sent_start:
            return False
    return False


def _is_question(verb: Token) -> bool:
    """Return True if a predicate is a question or a purpose: "when the talks will resume", "for the two to meet"."""
    return any(child.lower_ in word_set(__name__, "undecided") for child in verb.lefts)


def _is_announced(verb: Token) -> bool:
    """Return True if an undated infinitive after a noun is news: "announced plans to close", not "the decision to"."""
    bare = verb.tag_ == "VBG" and not has_child(verb, "aux")
    if verb.dep_ not in ("acl", "relcl") or not (is_infinitive(verb) or bare):
        return True
    if lemma_of(verb.head) == "invitation":
        return lemma_of(verb.head.head) in event_words("inviting")
    if lemma_of(verb.head) not in word_set(__name__, "plans"):
        return False
    return verb.head.dep_ == "dobj" and lemma_of(verb.head.head) in word_set(__name__, "announcing")


def _is_definite(context: Context, subject: Token | None) -> bool:
    """Return True if a subject is definite; False for "this", "we all", "anybody"."""
    if subject is None or any(child.tag_ in ("WDT", "WP", "WP$") for child in subject.lefts):
        return False
    if subject.pos_ == "PRON":
        known = bool(context.analysis.entities_of(subject)) or reporter_of(subject) is not None
        return known or subject.lower_ in ("he", "she")
    return not is_indefinite(subject)
