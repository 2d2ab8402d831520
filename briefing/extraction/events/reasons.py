"""What led to an event: how sure the model is of its sentences, time, place, status and participants."""

from collections.abc import Iterator

from briefing.extraction.events.times import when_of
from briefing.extraction.explanation import Reason
from briefing.extraction.scoring.features import Tie, Tied
from briefing.extraction.scoring.joining import Scored
from briefing.extraction.scoring.model import ScoredArticle, telling_phrases
from briefing.extraction.scoring.scores import STATUSES
from briefing.language.analysis import Analysis

_LEAST_TIE = 0.1  # probability from which a time or place is shown


def event_reasons(analysis: Analysis, article: ScoredArticle, scored: Scored) -> Iterator[Reason]:
    """Yield what led to an event."""
    stated = article.scores.sentences["event"]
    best = max(scored.group.sentences, key=lambda number: (stated[number], -number))
    for number in scored.group.joined:
        sentence = analysis.sentences[number]
        kept = "" if number in scored.group.sentences else ", too little to be evidence"
        yield Reason(
            "score", f"{stated[number]:.2f} that it states an event to come{kept}:", sentence.start, sentence.end
        )
    for phrase, likely in telling_phrases(analysis, best, "event"):
        yield Reason("words", f"{likely:.2f} without", phrase.start, phrase.end)
    for what, likely, held in _tied(article, scored):
        if likely >= _LEAST_TIE:
            yield Reason(what, f"{likely:.2f}:", held.start, held.end)
    timing = when_of(analysis, scored.near["time"])
    yield Reason("date", (timing and timing[0].value) or "none")
    for status, likely in zip(STATUSES, article.scores.status[best], strict=True):
        if likely >= _LEAST_TIE:
            yield Reason("status", f"{status}, {likely:.2f}")
    for index in scored.parties:
        yield Reason("participant", f"{analysis.entities[index].name}, {scored.likely[index]:.2f}")
    yield Reason("confidence", f"{scored.confidence:.2f} that there is such an event")


def _tied(article: ScoredArticle, scored: Scored) -> Iterator[tuple[Tied, float, Tie]]:
    """Yield the words that say what happens, and the times and places near them, each with how likely it is."""
    for number in scored.group.sentences:
        for tie, likely in zip(article.ties[number], article.scores.ties[number], strict=True):
            if tie.what == "deed":
                yield tie.what, likely, tie
    for what, near in scored.near.items():
        yield from ((what, one.likely, one.tie) for one in near)
