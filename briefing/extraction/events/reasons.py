"""Explain an event: the reasons for its rule, words, time, status, place and participants, and other mentions."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.participants import participating
from briefing.extraction.events.places import place_by_rule
from briefing.extraction.events.words import is_light, noun_group, noun_kind
from briefing.extraction.explanation import Reason
from briefing.language.analysis import Analysis
from briefing.model.brief import UpcomingEvent


def event_reasons(
    event: UpcomingEvent, story: Sequence[Candidate], best: Candidate, analysis: Analysis
) -> Iterator[Reason]:
    """Yield the reasons for an event.

    Args:
        event: The event.
        story: The mentions of the event.
        best: The mention that gives its time and status.
        analysis: The article.
    """
    yield from _mention(best)
    yield from _time(best, analysis)
    yield Reason("status", f"{best.status}: {best.status_reason}")
    yield from _place(event, story, analysis)
    named: set[str] = set()
    for candidate in story:
        for entity, token in participating(candidate, analysis):
            if entity.name in event.participants and entity.name not in named:
                named.add(entity.name)
                mention = entity.mention_at(token.i)
                whole = (mention.start, mention.end) if mention is not None else _range(token)
                yield Reason("participant", f"{entity.name}:", *whole)
    for candidate in story:
        if candidate is not best:
            yield Reason("repeated", f"{_rule(candidate)}:", *_range(candidate.head))


def _rule(candidate: Candidate) -> str:
    return f"{candidate.rule}{'; it counts only beside another mention' if candidate.weak else ''}"


def _mention(candidate: Candidate) -> Iterator[Reason]:
    """Yield the rule of one mention, and its words."""
    yield Reason("rule", _rule(candidate))
    if candidate.verb is not None:
        light = "only says that it will take place" if is_light(candidate.verb) else "says what will happen"
        yield Reason("cue", f"the predicate, which {light}:", *_range(candidate.verb))
    if candidate.noun is not None:
        kind = noun_group(candidate.noun) or ("acts" if noun_kind(candidate.noun) else "")
        yield Reason("cue", f"the noun{f', one of the {kind}' if kind else ''}:", *_range(candidate.noun))


def _time(best: Candidate, analysis: Analysis) -> Iterator[Reason]:
    tied = best.tied
    if tied is None:
        yield Reason("time", "no time is tied to it")
        return
    anchor = analysis.doc[tied.anchor].text
    by = f" by “{tied.preposition}”" if tied.preposition else ""
    lies = {True: "after publication", False: "before publication", None: "perhaps after publication"}
    yield Reason(
        "time",
        f"{tied.when.value or 'no value'}, {lies[tied.future]}, tied to “{anchor}”{by}:",
        tied.time.start,
        tied.time.end,
    )


def _place(event: UpcomingEvent, story: Sequence[Candidate], analysis: Analysis) -> Iterator[Reason]:
    for candidate in story:
        found = place_by_rule(candidate, analysis)
        if found is not None and found[0] == event.place:
            start = analysis.article.text.find(found[0], candidate.sentence.start, candidate.sentence.end)
            place = (start, start + len(found[0])) if start >= 0 else (None, None)
            yield Reason("place", f"{found[1]}:", *place)
            return


def _range(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
