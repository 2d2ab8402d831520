"""Upcoming events as single sentences tell them: verbs in the future, and occasions that a time or plan puts there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spacy.tokens import Token

from briefing.extraction.event_times import TiedTime, tie_times
from briefing.extraction.event_words import (
    NounKind,
    arguments,
    governors,
    has_listed,
    is_light,
    noun_group,
    noun_kind,
    obliques,
    subject_of,
)
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import Factuality, factuality, lemma_of
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.timex_values import bounds
from briefing.model import EventStatus


# Groups of occasions that are said to continue.
_SITTINGS = ("meetings", "hearings")
# Pronouns that may mean everybody.
_VAGUE_SUBJECTS = ("we", "you", "they", "it", "this", "that", "which", "i")
# Days back that are still news.
_DAYS_OF_NEWS = 31
# Years ahead that somebody plans rather than aims for.
_FARTHEST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An upcoming event as one sentence tells it."""

    sentence: SentenceSpan
    verb: Token | None  # the predicate that tells it
    noun: Token | None  # the occasion or act that it is
    tied: TiedTime | None
    status: EventStatus
    weak: bool = False  # "ahead of the summit": counts only beside another telling

    @property
    def head(self) -> Token:
        """The noun of an occasion, else the verb."""
        head = self.noun if self.noun is not None else self.verb
        assert head is not None
        return head


@dataclass(frozen=True, slots=True)
class _Context:
    analysis: Analysis
    tied: Mapping[int, tuple[TiedTime, ...]]
    dated: bool  # the day of publication is known


def find_candidates(analysis: Analysis) -> Iterator[Candidate]:
    """Yield the upcoming events of each sentence in reading order."""
    context = _Context(analysis, tie_times(analysis), analysis.article.published is not None)
    for sentence in analysis.sentences:
        tokens = analysis.span(sentence)
        verbs = [found for token in tokens if (found := _verb_candidate(context, sentence, token))]
        nouns = [found for token in tokens if (found := _noun_candidate(context, sentence, token))]
        yield from sorted(_fold(context, verbs, nouns), key=lambda candidate: candidate.head.i)


# Verbs


def _verb_candidate(context: _Context, sentence: SentenceSpan, verb: Token) -> Candidate | None:
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("aux", "auxpass"):
        return None
    marked = _is_marked(verb)
    if not marked and verb.i not in context.tied and not any(child.dep_ == "prep" for child in verb.rights):
        return None
    if any(child.dep_ == "xcomp" and has_listed(child, "TO") for child in verb.rights):
        return None  # "is expected to meet": the verb below tells it
    tied = _time_of_verb(context, verb)
    if tied is not None and tied.future is False:
        return None
    told = factuality(verb)
    planned = verb.dep_ in ("acl", "relcl", "advcl") and _occasion_before(verb, verb) is not None
    if told.negated or not (planned or _is_ahead(context, verb, told, tied, marked=marked)):
        return None
    if verb.dep_ == "ROOT" and has_listed(verb, "TO") and sentence.role == "body":
        return None
    if _is_vague(verb) or _is_long_range(context, tied):
        return None
    if not _is_event(context, verb, told, tied):
        return None
    return Candidate(sentence, verb, None, tied, _verb_status(verb, None if planned else told, tied))


def _is_marked(verb: Token) -> bool:
    """Say whether a verb has a modal or "to", or shares that of the verb that it is coordinated with."""
    if any(child.tag_ in ("MD", "TO") for child in verb.lefts if child.dep_ == "aux"):
        return True
    own = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.lefts)
    return verb.dep_ == "conj" and not own and any(child.tag_ in ("MD", "TO") for child in verb.head.lefts)


def _is_vague(verb: Token) -> bool:
    """Say whether a predicate is told as a lasting effort, a guess, a plan of old or for some day."""
    above = list(governors(verb))
    for token in (verb, *above):
        adverbs = [child for child in token.children if child.dep_ == "advmod"]
        if any(child.lower_ in word_set("events", "vague_adverbs") for child in adverbs):
            return True
        if token.tag_ == "VBN" and any(child.lower_ == "had" for child in token.lefts if child.dep_ == "aux"):
            return True
    return any(lemma_of(token) in word_set("events", "vague_governors") for token in above)


def _is_long_range(context: _Context, tied: TiedTime | None) -> bool:
    """Say whether a time is a year of a target or forecast: "by 2050"."""
    published = context.analysis.article.published
    if tied is None or published is None or tied.when.precision not in ("year", "range"):
        return False
    value = tied.when.value or ""
    return int(value[:4].ljust(4, "0")) - int(published[:4]) > _FARTHEST_YEARS if value[:2].isdigit() else False


def _is_ahead(context: _Context, verb: Token, told: Factuality, tied: TiedTime | None, *, marked: bool) -> bool:
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
        return told.tense != "past" or told.modality == "necessary"
    if tied.ends_ahead and told.modality in ("possible", "necessary") and told.tense != "past":
        return True
    if not marked and told.modality == "actual" and told.tense == "present":
        return lemma_of(verb) in word_set("events", "event_verbs") and not context.dated
    return False


def _is_fixed(verb: Token, told: Factuality) -> bool:
    """Say whether a predicate says that a time has been set for an occasion: "the talks are scheduled"."""
    return (
        lemma_of(verb) in word_set("events", "fixing") | _status_words()["proposed"]
        and verb.tag_ in ("VBN", "VBD")
        and any(child.dep_ == "auxpass" and child.tag_ != "VBD" for child in verb.lefts)
        and told.modality == "actual"
        and any(noun_kind(child) for child in verb.lefts if child.dep_ == "nsubjpass")
    )


def _is_event(context: _Context, verb: Token, told: Factuality, tied: TiedTime | None) -> bool:
    """Say whether a predicate is something that happens at a moment, not a lasting state, a policy or a hope."""
    lemma = lemma_of(verb)
    if any(child.dep_ == "dobj" and lemma_of(child) in word_set("events", "requirements") for child in verb.rights):
        return False
    subject = subject_of(verb)
    if tied is not None and tied.time.text.lower() == "today" and subject is not None and subject.lower_ in ("we", "i"):
        return False
    dated = tied is not None and (tied.dates or (tied.future is None and tied.anchor == verb.i))
    if subject is not None and subject.lower_ in _VAGUE_SUBJECTS and not context.analysis.entities_of(subject):
        planned = lemma in word_set("events", "event_verbs") or is_light(verb) or told.tense == "present"
        dated = dated and planned
    if not (dated and tied is not None and tied.dates) and not _is_announced(verb):
        return False
    if is_light(verb) and (dated or lemma != "be"):
        nouns = [noun for noun in arguments(verb) if noun_kind(noun)]
        if nouns and (dated or lemma != "continue" or any(noun_group(noun) in _SITTINGS for noun in nouns)):
            return True
    lasting = lemma in word_set("events", "continuing_verbs")
    if dated and (not lasting or _expires(context, subject, tied)):
        return True
    if told.modality == "future" and any(noun_kind(noun) == "occasion" for noun in obliques(verb, ("at", "during"))):
        return True
    if lemma not in word_set("events", "event_verbs") or told.conditional or _is_aside(verb):
        return False
    if any(lemma_of(governor) in word_set("events", "promising") for governor in governors(verb)):
        return False
    return _is_definite(context, subject)


def _expires(context: _Context, subject: Token | None, tied: TiedTime | None) -> bool:
    """Say whether a state ends at a time: "keeps the offices open until Friday"; a person's term is no event."""
    if tied is None or tied.preposition not in ("until", "till") or subject is None:
        return False
    people = subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she", "who")
    return not people and all(entity.kind != "person" for entity in context.analysis.entities_of(subject))


def _is_aside(verb: Token) -> bool:
    """Say whether an undated predicate stands in a clause that is not itself the news: "which will ...", "when ..."."""
    while verb.dep_ in ("conj", "xcomp"):
        verb = verb.head
    if verb.dep_ == "relcl":
        return True
    return any(child.lower_ in ("when", "how", "where", "if", "whether", "until") for child in verb.lefts)


def _is_announced(verb: Token) -> bool:
    """Say whether an undated infinitive after a noun is the news: "announced plans to close", not "the decision to"."""
    if verb.dep_ not in ("acl", "relcl") or not (has_listed(verb, "TO") or verb.tag_ == "VBG"):
        return True
    if lemma_of(verb.head) not in word_set("events", "plans"):
        return False
    return verb.head.dep_ == "dobj" and lemma_of(verb.head.head) in word_set("events", "announcing")


def _is_definite(context: _Context, subject: Token | None) -> bool:
    """Say whether a subject is somebody or something definite, not "this", "we all", "anybody"."""
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in ("he", "she") or bool(context.analysis.entities_of(subject))
    return True


def _time_of_verb(context: _Context, verb: Token) -> TiedTime | None:
    """Return the time that the text ties to a predicate: its own, its governor's, its arguments', its report's."""
    tied = context.tied
    if verb.i in tied:
        return tied[verb.i][0]
    above = list(governors(verb))
    for governor in above:
        if not _reports(governor):
            for time in tied.get(governor.i, ()):
                if time.dates or governor.tag_ not in ("VBD", "VBN"):  # not "agreed today to meet"
                    return time
    for argument in arguments(verb, deep=True):
        for time in tied.get(argument.i, ()) if not noun_kind(argument) and argument.pos_ != "VERB" else ():
            if time.future is not False:
                return time
    for governor in above:
        for time in tied.get(governor.i, ()):
            if time.dates and time.head > verb.i:
                return time
    return None


def _reports(governor: Token) -> bool:
    return lemma_of(governor) in word_set("factuality", "reporting") and not has_listed(governor, "xcomp")


def _verb_status(verb: Token, told: Factuality | None, tied: TiedTime | None) -> EventStatus:
    words = {child.lower_ for child in verb.lefts if child.tag_ == "MD"}
    node = verb
    for token in (verb, *governors(verb)):
        if token.i != verb.i:
            words.add(lemma_of(token))
        for child in token.children:
            words |= {lemma_of(child)} if child.dep_ in ("advmod", "acomp", "prep") else set()
            words |= {lemma_of(noun) for noun in child.rights if noun.dep_ == "pobj" and child.lower_ == "on"}
        if node.dep_ in ("advcl", "relcl"):
            break
        node = token
    return _status(words, lemma_of(verb), told, tied)


def _status(words: set[str], own: str, told: Factuality | None, tied: TiedTime | None) -> EventStatus:
    """Return how sure an event is, by the words above and beside it and by what is done to it."""
    status = _status_words()
    if own in status["cancelled"]:
        return "cancelled"
    if own in status["postponed"]:
        return "scheduled" if tied is not None and tied.preposition in ("to", "until", "till") else "postponed"
    if told is not None and told.conditional:
        return "conditional"
    if own in status["proposed"] or words & status["proposed"]:
        return "proposed"
    if words & status["expected"] or (told is not None and told.modality in ("possible", "wished")):
        return "expected"
    undated = tied is None or tied.time.value == "FUTURE_REF"
    if undated and (words & status["planned"] or own == "continue"):
        return "expected"
    return "scheduled"


@cache
def _status_words() -> Mapping[str, frozenset[str]]:
    return {status: frozenset(words) for status, words in read_lexicon("events")["status"].items()}


# Nouns


def _noun_candidate(context: _Context, sentence: SentenceSpan, noun: Token) -> Candidate | None:
    kind = noun_kind(noun)
    if kind is None or any(child.lower_ in word_set("events", "indefinite") for child in noun.lefts):
        return None
    tied = _time_of_noun(context, noun)
    if tied is not None and tied.future is False:
        return None
    cue = _noun_cue(context, noun, kind, tied)
    if cue is None or any(_is_vague(child) for child in noun.rights if child.dep_ in ("acl", "relcl")):
        return None
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ == "VERB" and _is_vague(noun.head):
        return None
    bare = all(child.dep_ in ("det", "poss") and child.pos_ in ("DET", "PRON") for child in noun.children)
    weak = cue == "anticipated" and bare and any(child.lower_ not in ("a", "an") for child in noun.lefts)
    return Candidate(sentence, None, noun, tied, _noun_status(noun, tied), weak)


def _noun_status(noun: Token, tied: TiedTime | None) -> EventStatus:
    words = {lemma_of(child) for child in noun.children if child.dep_ != "prep"}
    if words & word_set("events", "fixing"):
        return "scheduled"
    if _is_readied(noun):
        return "expected"
    if noun.dep_ == "pobj" and f"{lemma_of(noun.head.head)} {noun.head.lower_}" in word_set(
        "factuality", "wishing_governors"
    ):
        return "proposed"
    if noun.dep_ in ("dobj", "nsubjpass"):
        return _status(words | {lemma_of(noun.head)}, lemma_of(noun.head), None, tied)
    above = {lemma_of(governor) for governor in governors(noun) if governor.pos_ == "VERB"}
    return _status(words | above & _status_words()["expected"] - {"look", "prepare", "want", "wish"}, "", None, tied)


def _noun_cue(context: _Context, noun: Token, kind: NounKind, tied: TiedTime | None) -> str | None:
    """Return what puts an occasion into the future: a time, a plan, an adjective, an anticipation; None for nothing."""
    if tied is not None and tied.dates:
        return "time"
    if any(child.dep_ in ("acl", "relcl") and _is_plan(child) for child in noun.rights):
        return "plan"
    if _is_readied(noun):
        return "readied"
    if kind != "occasion":
        return None
    if any(child.lower_ in word_set("events", "upcoming") for child in noun.lefts):
        return "upcoming"
    if any(child.lower_ == "next" for child in noun.lefts) and _is_agreed(noun):
        return "next"
    planned = any(child.lower_ in word_set("events", "planned") for child in noun.lefts)
    if (_is_anticipated(noun) and not _is_told_of_old(context, noun)) or (planned and not _is_told_as_past(noun)):
        return "anticipated"
    return None


def _is_agreed(noun: Token) -> bool:
    """Say whether a noun is what somebody agrees on or plans: "agreed on a statement and the next meeting"."""
    while noun.dep_ == "conj":
        noun = noun.head
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj", "nsubjpass") and lemma_of(governor) in word_set("events", "agreeing")


def _is_readied(noun: Token) -> bool:
    """Say whether somebody is getting ready for, or waits for, what a noun names: "is preparing a series of loans"."""
    whole = noun
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lower_ in ("series", "round", "number", "set")
    ):
        whole = noun.head.head
    verb = whole.head.head if whole.dep_ == "pobj" and whole.head.lower_ == "for" else whole.head
    if (
        whole.dep_ not in ("dobj", "pobj")
        or lemma_of(verb) not in word_set("events", "readying")
        or verb.pos_ != "VERB"
    ):
        return False
    told = factuality(verb)
    return told.tense == "present" and told.modality == "actual" and not told.negated


def _is_told_of_old(context: _Context, noun: Token) -> bool:
    """Say whether the clause around a noun is dated more than a month back."""
    published = context.analysis.article.published
    for token in noun.ancestors:
        for time in context.tied.get(token.i, ()):
            days = bounds(time.time.value) if time.time.value else None
            if published and days and (date.fromisoformat(published) - days[1]).days > _DAYS_OF_NEWS:
                return True
    return False


def _is_told_as_past(noun: Token) -> bool:
    """Say whether the clause around a noun is in the past."""
    verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and factuality(verb).tense == "past"


def _is_plan(clause: Token) -> bool:
    """Say whether a clause after a noun schedules it: "set for", "to be held", "which will begin"."""
    if clause.tag_ == "VBN" and lemma_of(clause) in ("schedule", "set", "slate", "plan", "fix", "time"):
        return True
    told = factuality(clause)
    passive = any(child.dep_ == "auxpass" for child in clause.lefts)
    if clause.dep_ == "acl":
        return passive and has_listed(clause, "TO") and is_light(clause)
    return told.modality == "future" and told.tense == "future" and not told.negated and is_light(clause)


def _is_anticipated(noun: Token) -> bool:
    """Say whether a noun follows "ahead of", "preparations for", "await"."""
    anticipations = word_set("events", "anticipations")
    if noun.dep_ == "dobj":
        return lemma_of(noun.head) in anticipations
    if noun.dep_ != "pobj":
        return False
    preposition = noun.head
    return f"{lemma_of(preposition.head)} {preposition.lower_}" in anticipations


def _time_of_noun(context: _Context, noun: Token) -> TiedTime | None:
    tied = context.tied
    own = [time for time in tied.get(noun.i, ()) if time.time.text.lower() != "today"]
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl"):
            for token in (child, *(below for below in child.rights if below.dep_ == "xcomp")):
                own += tied.get(token.i, ())
    if own:  # "the Conference 2009, scheduled for December 2009"
        return next((time for time in own if time.when.precision not in ("year", "unknown")), own[0])
    governor = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and governor.pos_ in ("VERB", "AUX"):
        for time in tied.get(governor.i, ()):
            scheduled = time.preposition in ("for", "until", "till", "to") or lemma_of(governor) in ("be",)
            if time.dates and scheduled and lemma_of(governor) in word_set("events", "schedulers") | {"be"}:
                return time
    return None


# Both


def _fold(context: _Context, verbs: list[Candidate], nouns: list[Candidate]) -> list[Candidate]:
    """Make one of a verb and the occasion that it schedules, opens or attends."""
    by_noun = {noun.head.i: noun for noun in nouns}
    alone: list[Candidate] = []
    for candidate in _without_inner(verbs):
        verb = candidate.verb
        assert verb is not None
        owner = _owner(verb)
        if owner is not None:
            by_noun[owner.i] = _joined(by_noun.get(owner.i), candidate, owner)
            continue
        inner = _occasions_of(verb)
        own = [noun for noun in inner if noun.i in by_noun]
        if len({by_noun[noun.i].tied for noun in own}) > 1:
            continue
        target = own[0] if own else inner[0] if inner else None
        if target is None:
            alone.append(candidate)
            continue
        timed = next((by_noun[noun.i] for noun in own if by_noun[noun.i].tied is not None), None)
        joined = _joined(by_noun.pop(target.i, None) or (timed and replace(timed, noun=target)), candidate, target)
        if joined.tied is None:
            times = [time for noun in inner if (time := _time_of_noun(context, noun)) and time.future is not False]
            joined = replace(joined, tied=times[0] if times else None)
        for noun in own:
            by_noun.pop(noun.i, None)
        alone.append(joined)
    return _without_parts([*alone, *by_noun.values()])


def _without_inner(verbs: list[Candidate]) -> list[Candidate]:
    """Make one of "declare the intention to leave", "start receiving": the outer predicate, dated by either."""
    outer = {candidate.head.i: candidate for candidate in verbs}
    for candidate in verbs:
        verb = candidate.head
        above = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else verb.head
        inner = verb.dep_ == "acl" or (verb.dep_ == "xcomp" and verb.tag_ == "VBG")
        if inner and above.i in outer:
            if outer[above.i].tied is None:
                outer[above.i] = replace(outer[above.i], tied=candidate.tied, status=candidate.status)
            del outer[verb.i]
    return list(outer.values())


def _without_parts(found: list[Candidate]) -> list[Candidate]:
    """Make one of "a round of talks", whose halves are both occasions."""
    wholes = {candidate.noun.i: candidate for candidate in found if candidate.noun is not None}
    for candidate in list(wholes.values()):
        noun = candidate.noun
        if noun is None or noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun.head.head.i not in wholes:
            continue
        whole = wholes[noun.head.head.i]
        wholes[noun.head.head.i] = replace(whole, tied=whole.tied or candidate.tied)
        del wholes[noun.i]
    return [*wholes.values(), *(candidate for candidate in found if candidate.noun is None)]


def _joined(noun: Candidate | None, verb: Candidate, head: Token) -> Candidate:
    if noun is None:
        return replace(verb, noun=head)
    status = verb.status if verb.status != "scheduled" else noun.status
    return replace(noun, verb=verb.verb, tied=noun.tied or verb.tied, status=status)


def _owner(verb: Token) -> Token | None:
    """Return the occasion that a clause tells of: "a meeting to be held", "talks that will open"."""
    node = verb
    while node.dep_ == "xcomp":
        node = node.head
    before = _occasion_before(verb, node)
    if before is not None:
        return before
    if node.dep_ not in ("acl", "relcl"):
        return None
    owner = node.head
    if is_light(verb) and noun_kind(owner) is None and owner.dep_ == "pobj" and owner.head.dep_ == "prep":
        owner = owner.head.head  # "the summit of the group which is to be held"
    if noun_kind(owner) is None and lemma_of(node) in word_set("events", "fixing"):
        # "the imposition of a deadline, set for Friday"
        below = [noun for prep in owner.rights if prep.dep_ == "prep" for noun in prep.rights if noun_kind(noun)]
        owner = below[0] if below else owner
    kind = noun_kind(owner)
    return owner if kind == "occasion" or (kind and (is_light(verb) or has_listed(node, "TO"))) else None


def _occasion_before(verb: Token, top: Token) -> Token | None:
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
    return before if noun_kind(before) and before.i < clause.i else None


def _occasions_of(verb: Token) -> list[Token]:
    """Return the occasions that a predicate holds, opens or attends, or at which it happens."""
    own = [noun for noun in arguments(verb) if noun_kind(noun)] if is_light(verb) else []
    own += [noun for noun in verb.rights if noun.dep_ == "dobj" and noun_kind(noun) == "occasion" and noun not in own]
    return own + [noun for noun in obliques(verb, ("at", "during", "in")) if noun_kind(noun) == "occasion"]
