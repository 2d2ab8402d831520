"""Find mentions of upcoming events in single sentences, and merge predicates with their occasions."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.symbols import AUX, NOUN, PROPN, VERB
from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate, Context
from briefing.extraction.events.occasions import is_bare, is_over, is_plan, occasion_candidate, time_of_occasion
from briefing.extraction.events.predicates import occasion_before, predicate_candidate
from briefing.extraction.events.times import tie_times
from briefing.extraction.events.words import (
    announced_occasions,
    brings_something,
    event_words,
    is_indefinite,
    is_light,
    noun_kind,
)
from briefing.language.analysis import Analysis
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import has_child, is_infinitive, obliques, sharing_object
from briefing.runtime.lexicon import word_set

# Verbs whose subject acts against an occasion and not in it.
_AGAINST = ("protest", "disrupt")
# Maximum steps up a noun phrase.
_MOST_STEPS = 6


def find_candidates(analysis: Analysis) -> Iterator[Candidate]:
    """Yield the upcoming events of each sentence in reading order."""
    context = Context(analysis, tie_times(analysis), analysis.article.published is not None)
    doc = analysis.doc
    parts_of_speech: list[int] = doc.to_array("POS").tolist()
    for sentence in analysis.sentences:
        verbs: list[Candidate] = []
        nouns: list[Candidate] = []
        for index in range(sentence.first, sentence.last):
            if parts_of_speech[index] in (VERB, AUX):
                verbs += [found] if (found := predicate_candidate(context, sentence, doc[index])) else []
            elif parts_of_speech[index] in (NOUN, PROPN):
                nouns += [found] if (found := occasion_candidate(context, sentence, doc[index])) else []
        if not verbs and not nouns:
            continue
        found_here = [each for one in _merge_both(context, verbs, nouns) for each in _each_time(context, one)]
        found_here = [replace(one, weak=True) if _only_adds_attendance(one) else one for one in found_here]
        yield from sorted(found_here, key=lambda candidate: candidate.head.i)


def _only_adds_attendance(candidate: Candidate) -> bool:
    """Return True if a predicate only describes who attends, or what is discussed at, a known occasion."""
    verb, noun = candidate.verb, candidate.noun
    if verb is None or candidate.tied is not None:
        return False
    if noun is None:
        return lemma_of(verb) == "attend" and not has_child(verb, "dobj")
    if noun.dep_ != "pobj" or not is_bare(noun):
        return False
    return noun.head.lower_ == "during" or lemma_of(verb) in word_set(__name__, "attending")


def _each_time(context: Context, candidate: Candidate) -> Iterator[Candidate]:
    """Yield one event for each day of "two spacewalks, planned for Friday and Monday"."""
    yield candidate
    tied, noun = candidate.tied, candidate.noun
    if tied is None or noun is None or noun.tag_ not in ("NNS", "NNPS"):
        return
    for time in context.tied.get(tied.anchor, ()):
        head = noun.doc[time.head]
        if time.dates and head.dep_ == "conj" and head.head.i == tied.head and time.when.precision == "day":
            yield replace(candidate, tied=time)


def _merge_both(context: Context, verbs: list[Candidate], nouns: list[Candidate]) -> list[Candidate]:
    """Merge each verb with the occasion that it schedules, opens or attends."""
    by_noun = {noun.head.i: noun for noun in nouns}
    alone: list[Candidate] = []
    others: list[Candidate] = []
    for candidate in _without_inner(verbs):
        owner = _described_occasion(candidate.head)
        if owner is not None and is_over(owner):
            continue
        if owner is None:
            others.append(candidate)
        else:
            by_noun[owner.i] = _joined(by_noun.get(owner.i), candidate, owner)
    for candidate in others:
        inner = _occasions_of(candidate)
        own = [noun for noun in inner if noun.i in by_noun]
        if len({by_noun[noun.i].tied for noun in own}) > 1:
            continue
        target = own[0] if own else inner[0] if inner else None
        if target is None:
            alone.append(candidate)
            continue
        timed = next((by_noun[noun.i] for noun in own if by_noun[noun.i].tied is not None), None)
        if timed is not None and timed.verb is not None and timed.verb.dep_ == "relcl" and not is_light(candidate.head):
            # "She will speak at the summit, which opens on Friday" is two events.
            alone.append(replace(candidate, tied=candidate.tied or timed.tied, separate=True))
            continue
        joined = _joined(by_noun.pop(target.i, None) or (timed and replace(timed, noun=target)), candidate, target)
        if joined.tied is None:
            times = [time for noun in inner if (time := time_of_occasion(context, noun)) and time.future is not False]
            joined = replace(joined, tied=times[0] if times else None)
        for noun in own:
            by_noun.pop(noun.i, None)
        alone.append(joined)
    return _without_parts([*alone, *by_noun.values()])


def _without_inner(verbs: list[Candidate]) -> list[Candidate]:
    """Merge "declare the intention to leave" and "start receiving" into the outer predicate, with either time."""
    outer = {candidate.head.i: candidate for candidate in verbs}
    for candidate in verbs:
        verb = candidate.head
        above = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else verb.head
        inner = verb.dep_ == "acl" or (verb.dep_ == "xcomp" and verb.tag_ == "VBG")
        if inner and above.i in outer:
            if outer[above.i].tied is None:
                outer[above.i] = replace(
                    outer[above.i], tied=candidate.tied, status=candidate.status, status_reason=candidate.status_reason
                )
            del outer[verb.i]
    for candidate in verbs:  # "open and run a school"
        for other in sharing_object(candidate.head):
            outer.pop(other.i, None)
    return list(outer.values())


def _without_parts(found: list[Candidate]) -> list[Candidate]:
    """Merge "a round of talks", of which both nouns are occasions."""
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
    surer = verb if verb.status != "scheduled" and not _has_plan(noun.head) else noun
    tied, rule = noun.tied or verb.tied, f"{noun.rule}; {verb.rule}"
    return replace(
        noun, verb=verb.verb, tied=tied, status=surer.status, status_reason=surer.status_reason, rule=rule, weak=False
    )


def _has_plan(noun: Token) -> bool:
    """Return True if a clause schedules an occasion: "a fair that will be held"."""
    return any(child.dep_ in ("acl", "relcl") and is_plan(child) for child in noun.rights)


def _described_occasion(verb: Token) -> Token | None:
    """Return the occasion that a clause describes: "a meeting to be held", "talks that will open"."""
    node = verb
    while node.dep_ == "xcomp":
        node = node.head
    before = occasion_before(verb, node)
    if before is not None:
        return before
    if node.dep_ not in ("acl", "relcl"):
        return None
    owner = node.head.head if node.head.dep_ == "appos" and not noun_kind(node.head) else node.head
    for _ in range(_MOST_STEPS):  # "the summit of the leaders of the group, which is to be held"
        if noun_kind(owner) or not is_light(verb) or owner.dep_ != "pobj" or owner.head.dep_ != "prep":
            break
        owner = owner.head.head
    if noun_kind(owner) is None and lemma_of(node) in event_words("fixing"):
        # "the imposition of a deadline, set for Friday"
        below = [noun for prep in owner.rights if prep.dep_ == "prep" for noun in prep.rights if noun_kind(noun)]
        owner = below[0] if below else owner
    kind = noun_kind(owner)
    if brings_something(verb):
        return None
    return owner if kind == "occasion" or (kind and (is_light(verb) or is_infinitive(node))) else None


def _occasions_of(candidate: Candidate) -> list[Token]:
    """Return the occasions that a predicate holds, opens or attends, or at which it takes place."""
    verb = candidate.head
    own = [noun for noun in announced_occasions(verb) if not is_indefinite(noun)]
    if candidate.tied is not None and verb.doc[candidate.tied.head].dep_ == "dobj":
        # "is targeting 1 June for the launch"
        own += [noun for noun in obliques(verb, ("for",)) if noun_kind(noun)]
    if lemma_of(verb) not in _AGAINST:
        held = [noun for noun in verb.rights if noun.dep_ == "dobj" and noun_kind(noun) == "occasion"]
        own += [noun for noun in held if noun not in own]
    phrases = event_words("event_phrases")
    own = [noun for noun in own if f"{lemma_of(verb)} {lemma_of(noun)}" not in phrases]  # "stand trial"
    at = obliques(verb, word_set(__name__, "before_occasion"))
    return own + [noun for noun in at if noun_kind(noun) == "occasion" and not is_indefinite(noun)]
