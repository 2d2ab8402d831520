"""Find upcoming events and their dates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from spacy.tokens import Token

from briefing.evidence.grounding import Line
from briefing.extraction.events.deeds import deeds_of, is_called_off, is_past, is_unsure, is_visit, is_within_visit
from briefing.extraction.events.places import place_of
from briefing.extraction.events.reasons import event_reasons
from briefing.extraction.events.times import time_tokens, tokens_of_time, when_of, when_of_deed
from briefing.extraction.events.titles import title_of
from briefing.extraction.explanation import Finding
from briefing.extraction.lines.writer import line_of_sentence
from briefing.extraction.record_ids import slug_of, take_id
from briefing.extraction.scoring.joining import Scored
from briefing.extraction.scoring.model import ScoredArticle, in_reading_order, score_article, without_joint_names
from briefing.extraction.scoring.scores import STATUSES
from briefing.language.analysis import Analysis
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.times.values import bounds, is_after
from briefing.model.brief import EventStatus, UpcomingEvent, When

LEAST = 0.3  # confidence from which an event is printed; docs/quality.md says how many are right
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
        article = score_article(analysis)
        return self.write(analysis, article, [one for one in article.points["event"] if one.confidence >= LEAST])

    def write(
        self, analysis: Analysis, article: ScoredArticle, scored: Iterable[Scored]
    ) -> Sequence[tuple[UpcomingEvent, Scored]]:
        """Return events in words, in order, without those that are over, too far ahead, or have no title."""
        ids, timed = set[str](), time_tokens(analysis)
        last = self._last_day(analysis.article.published)
        drafts = [
            draft
            for one in scored
            if (draft := _draft(analysis, article, one, timed)) is not None
            if last is None or not _begins_after(draft.when, last)
        ]
        drafts = [_within_visit(draft, drafts) for draft in drafts]
        kept = [draft for draft in drafts if not any(_is_said_better(draft, other) for other in drafts)]
        ordered = sorted(kept, key=lambda draft: _start(draft.when))[: self.limit]
        return [(_event(analysis, draft, ids), draft.scored) for draft in ordered]

    def _last_day(self, published: str | None) -> date | None:
        """Return the last day of the horizon; None without a horizon or a publication date."""
        today = bounds(published) if published is not None else None
        return today[1] + timedelta(days=int(self.horizon[:-1])) if self.horizon and today else None


class _Draft(NamedTuple):
    """An event before it has an identifier.

    Attributes:
        scored: Its sentences and who takes part.
        status: How sure it is.
        when: Its time.
        place: Its place, in the words of the article.
        line: Its title.
        deed: The word of the title that says what happens; None if the title is a sentence.
        participants: Indices of the entities that take part.
        sentences: The numbers of the sentences that it rests on.
    """

    scored: Scored
    status: EventStatus
    when: When
    place: str | None
    line: Line
    deed: Token | None
    participants: Sequence[int]
    sentences: Iterable[int]


def _draft(analysis: Analysis, article: ScoredArticle, scored: Scored, timed: frozenset[int]) -> _Draft | None:
    """Return an event; None if it is over, or has neither a time nor a title."""
    timing = when_of(analysis, scored.near["time"])
    if timing is None:
        return None
    (when, dated), sentences = timing, scored.group.sentences
    names = {index: analysis.entities[index].name for index in scored.parties}
    taking_part = in_reading_order(analysis, without_joint_names(names), sentences)
    bodies = tuple(dict.fromkeys(names[index] for index in taking_part if analysis.entities[index].kind != "person"))
    status = STATUSES[int(np.argmax(np.mean([article.scores.status[number] for number in sentences], axis=0)))]
    best = max(sentences, key=lambda number: (article.scores.sentences["event"][number], -number))
    may_be_past = status in ("postponed", "cancelled") and is_called_off(analysis.tokens_of(analysis.sentences[best]))
    its_time = tokens_of_time(analysis, when, dated)
    deeds = deeds_of(analysis, article, sentences, timed, its_time, may_be_past=may_be_past)
    if is_after(when.value, analysis.article.published) and not may_be_past:
        # "has funded the fleet until June": only the whole sentence says what is to come
        deeds = (deed for deed in deeds if not is_past(deed))
    titled = title_of(analysis, deeds, timed, bodies)
    is_over = titled is not None and is_past(titled[1]) and not may_be_past
    is_to_come = when.value is not None and not _is_of_the_past(analysis, best)
    if is_over or (titled is None and not is_to_come):
        return None
    line, deed = titled or (line_of_sentence(analysis, analysis.sentences[best]), None)
    own = when if deed is None else when_of_deed(analysis, deed, when)
    if own is None:
        return None
    if deed is not None and own.value is None and own.text is not None and own.text in line.text:
        timed |= tokens_of_time(analysis, own, sentences)  # the time is printed before the title
        line, deed = title_of(analysis, (deed,), timed, bodies) or (line, deed)
    place, placed = place_of(analysis, scored, deed)
    resting_on = dict.fromkeys((*sentences, *sorted({*dated, *placed})))
    if status == "scheduled" and deed is not None and is_unsure(deed):
        status = "expected"
    return _Draft(scored, status, own, place, line, deed, taking_part, resting_on)


def _within_visit(draft: _Draft, drafts: Iterable[_Draft]) -> _Draft:
    """Return an event without a time with that of the visit during which it takes place, if an earlier one says it."""
    if draft.when.text is not None or draft.deed is None or not is_within_visit(draft.deed):
        return draft
    visits = [one for one in drafts if one.deed is not None and one.deed.i < draft.deed.i and is_visit(one.deed)]
    dated = [one for one in visits if one.when.value is not None]
    if not dated:
        return draft
    return draft._replace(when=dated[-1].when, sentences=dict.fromkeys((*draft.sentences, *dated[-1].sentences)))


def _is_of_the_past(analysis: Analysis, number: int) -> bool:
    """Return True if a sentence says what somebody did, not what somebody said: "arrested a man", "was arrested"."""
    verb = analysis.span(analysis.sentences[number]).root
    is_past_tense = verb.tag_ == "VBD" or any(word.dep_ == "auxpass" and word.tag_ == "VBD" for word in verb.lefts)
    return is_past_tense and lemma_of(verb) not in reporting_verbs()


def _is_said_better(one: _Draft, other: _Draft) -> bool:
    """Return True if another, surer draft is the same event: one deed, one time, and nobody else takes part."""
    if one is other or one.deed is None or other.deed is None or one.deed.lemma_ != other.deed.lemma_:
        return False
    if one.when.value is None or one.when.value != other.when.value:
        return False
    strangers = one.participants and other.participants and not {*one.participants} & {*other.participants}
    return not strangers and _rank(one) < _rank(other)


def _rank(draft: _Draft) -> tuple[float, int]:
    return draft.scored.confidence, -draft.scored.group.joined[0]


def _event(analysis: Analysis, draft: _Draft, ids: set[str]) -> UpcomingEvent:
    return UpcomingEvent(
        id=take_id(slug_of(draft.line.text, "event", _LONGEST_ID), ids),
        title=draft.line.text,
        when=draft.when,
        place=draft.place,
        participants=tuple(dict.fromkeys(analysis.entities[index].name for index in draft.participants)),
        status=draft.status,
        evidence=tuple(analysis.sentence_evidence(analysis.sentences[number]) for number in draft.sentences),
        insertions=draft.line.insertions,
    )


def _begins_after(when: When, day: date) -> bool:
    """Return True if a time has a date and begins after a day."""
    undated, first = _start(when)
    return not undated and first > day


def _start(when: When) -> tuple[bool, date]:
    days = bounds(when.value) if when.value else None
    return (days is None, days[0] if days else date.max)
