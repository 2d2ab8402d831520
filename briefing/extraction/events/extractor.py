"""Find upcoming events and their dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from spacy.tokens import Token

from briefing.evidence.grounding import Line
from briefing.extraction.events.reasons import event_reasons
from briefing.extraction.events.times import time_tokens, when_of
from briefing.extraction.events.titles import title_of
from briefing.extraction.explanation import Finding
from briefing.extraction.lines.writer import line_of_sentence
from briefing.extraction.record_ids import slug_of, take_id
from briefing.extraction.scoring.joining import Scored
from briefing.extraction.scoring.model import ScoredArticle, in_reading_order, score_article, without_joint_names
from briefing.extraction.scoring.scores import STATUSES
from briefing.language.analysis import Analysis
from briefing.language.times.values import bounds
from briefing.model.brief import UpcomingEvent, When

_LEAST = 0.3  # confidence from which an event is printed; docs/quality.md says how many are right
_PLACE = 0.2  # probability from which a place is that of an event
_GOVERNED = 0.25  # share of a noun's probability from which its verb says better what happens: "sign the treaty"
# A number of days: "90d"; not "90", "3 months".
_DAYS = re.compile(r"[0-9]{1,5}d")
_LONGEST_ID = 60  # characters


@dataclass(frozen=True, slots=True)
class EventExtractor:
    """Find events after publication that are dated, planned or announced."""

    limit: int = 12  # at most so many events
    horizon: str | None = None  # days after publication; later events are left out: "90d"

    def __post_init__(self) -> None:
        """Raise an error if the horizon is not a number of days."""
        if self.horizon is not None and not _DAYS.fullmatch(self.horizon):
            raise ValueError(f"horizon is {self.horizon!r}; write a number of days, as 90d")

    def __call__(self, analysis: Analysis) -> tuple[UpcomingEvent, ...]:
        """Return the events: dated ones in order of their first day, then the others in reading order."""
        return tuple(event for event, _ in self._events(analysis))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the events, each with what led to its title, time, place, status and participants."""
        article = score_article(analysis)
        return tuple(
            Finding(event, tuple(event_reasons(analysis, article, scored))) for event, scored in self._events(analysis)
        )

    def _events(self, analysis: Analysis) -> Sequence[tuple[UpcomingEvent, Scored]]:
        article, ids, timed = score_article(analysis), set[str](), time_tokens(analysis)
        found = [
            (_event(analysis, article, scored, when, timed, ids), scored)
            for scored in article.points["event"]
            if scored.confidence >= _LEAST and (when := when_of(analysis, article, scored.group.sentences)) is not None
        ]
        last = self._last_day(analysis.article.published)
        near = [(event, scored) for event, scored in found if last is None or not _begins_after(event, last)]
        return sorted(near, key=lambda pair: _start(pair[0]))[: self.limit]

    def _last_day(self, published: str | None) -> date | None:
        """Return the last day of the horizon; None without a horizon or a publication date."""
        today = bounds(published) if published is not None else None
        return today[1] + timedelta(days=int(self.horizon[:-1])) if self.horizon and today else None


def _event(
    analysis: Analysis, article: ScoredArticle, scored: Scored, when: When, timed: frozenset[int], ids: set[str]
) -> UpcomingEvent:
    sentences = scored.group.sentences
    names = {index: analysis.entities[index].name for index in scored.parties}
    taking_part = in_reading_order(analysis, without_joint_names(names), sentences)
    line = _title(analysis, article, sentences, timed)
    status = np.mean([article.scores.status[number] for number in sentences], axis=0)
    return UpcomingEvent(
        id=take_id(slug_of(line.text, "event", _LONGEST_ID), ids),
        title=line.text,
        when=when,
        place=_place(analysis, article, sentences),
        participants=tuple(dict.fromkeys(names[index] for index in taking_part)),
        status=STATUSES[int(np.argmax(status))],
        evidence=tuple(analysis.sentence_evidence(analysis.sentences[number]) for number in sentences),
        insertions=line.insertions,
    )


def _title(analysis: Analysis, article: ScoredArticle, sentences: Sequence[int], timed: frozenset[int]) -> Line:
    """Return what happens, as a title; where no phrase reads well, the surest sentence."""
    line = title_of(analysis, _deeds(analysis, article, sentences), timed)
    if line is not None:
        return line
    best = max(sentences, key=lambda number: (article.scores.sentences["event"][number], -number))
    return line_of_sentence(analysis, analysis.sentences[best])


def _deeds(analysis: Analysis, article: ScoredArticle, sentences: Sequence[int]) -> Iterator[Token]:
    """Yield the words that say what happens, the likeliest first; a verb before the noun that it acts upon."""
    found = {
        tie.index: likely
        for number in sentences
        for tie, likely in zip(article.ties[number], article.scores.ties[number], strict=True)
        if tie.what == "deed"
    }
    for index in sorted(found, key=lambda index: (-found[index], index)):
        token = analysis.tokens[index]
        verb = token.head
        acted_upon = token.pos_ != "VERB" and token.dep_ in ("dobj", "nsubjpass", "pobj")
        if acted_upon and found.get(verb.i, 0.0) >= _GOVERNED * found[index]:
            yield verb
        yield token


def _place(analysis: Analysis, article: ScoredArticle, sentences: Sequence[int]) -> str | None:
    """Return the likeliest place of an event in the words of its sentences, or None."""
    places = [
        (-likely, tie.start, tie.end)
        for number in sentences
        for tie, likely in zip(article.ties[number], article.scores.ties[number], strict=True)
        if tie.what == "place" and likely >= _PLACE
    ]
    if not places:
        return None
    _, start, end = min(places)
    return " ".join(analysis.article.text[start:end].split()).removeprefix("the ").removeprefix("The ")


def _begins_after(event: UpcomingEvent, day: date) -> bool:
    """Return True if an event has a date and begins after a day."""
    undated, first = _start(event)
    return not undated and first > day


def _start(event: UpcomingEvent) -> tuple[bool, date]:
    days = bounds(event.when.value) if event.when.value else None
    return (days is None, days[0] if days else date.max)
