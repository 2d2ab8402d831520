"""Find upcoming events and their dates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.evidence.grounding import holds
from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.candidates import find_candidates
from briefing.extraction.events.merging import merge
from briefing.extraction.events.participants import participants_of
from briefing.extraction.events.places import place_of
from briefing.extraction.events.reasons import event_reasons
from briefing.extraction.events.times import time_tokens
from briefing.extraction.events.titles import title_of
from briefing.extraction.explanation import Finding
from briefing.extraction.record_ids import slug_of, take_id
from briefing.language.analysis import Analysis
from briefing.language.times.values import bounds
from briefing.model.brief import UpcomingEvent, When

# A number of days: "90d"; not "90", "3 months".
_DAYS = re.compile(r"[0-9]{1,5}d")
_LONGEST_ID = 60  # characters
# From unknown to most exact.
_PRECISIONS = ("unknown", "year", "season", "quarter", "month", "week", "range", "day")


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
        return tuple(event for event, _ in self._stories(analysis))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the events, each with the reasons for its title, time, place, status and participants."""
        return tuple(
            Finding(event, tuple(event_reasons(event, story, max(story, key=_exactness), analysis)))
            for event, story in self._stories(analysis)
        )

    def _stories(self, analysis: Analysis) -> Sequence[tuple[UpcomingEvent, Sequence[Candidate]]]:
        stories = merge(find_candidates(analysis), analysis)
        ids: set[str] = set()
        timed = time_tokens(analysis)
        events = [(event, story) for story in stories if (event := self._event(story, analysis, timed, ids))]
        last = self._last_day(analysis.article.published)
        near = [(event, story) for event, story in events if last is None or not _begins_after(event, last)]
        return sorted(near, key=lambda pair: _start(pair[0]))[: self.limit]

    def _last_day(self, published: str | None) -> date | None:
        """Return the last day of the horizon; None without a horizon or a publication date."""
        today = bounds(published) if published is not None else None
        return today[1] + timedelta(days=int(self.horizon[:-1])) if self.horizon and today else None

    def _event(
        self, story: Sequence[Candidate], analysis: Analysis, timed: frozenset[int], ids: set[str]
    ) -> UpcomingEvent | None:
        line = title_of(story, analysis, timed)
        if line is None:
            return None
        best = max(story, key=_exactness)
        if best.tied is None and best.status not in ("cancelled", "postponed") and " " not in line.text:
            return None  # "Talks" without a time
        sentences = sorted({candidate.sentence for candidate in story}, key=lambda sentence: sentence.start)
        evidence = tuple(analysis.sentence_evidence(sentence) for sentence in sentences)
        places = (place for candidate in story if (place := place_of(candidate, analysis)))
        return UpcomingEvent(
            id=take_id(slug_of(line.text, "event", _LONGEST_ID), ids),
            title=line.text,
            when=best.tied.when if best.tied else When(),
            place=next((place for place in places if any(holds(piece.text, place) for piece in evidence)), None),
            participants=_without_combined(dict.fromkeys(n for c in story for n in participants_of(c, analysis))),
            status=best.status,
            evidence=evidence,
            insertions=line.insertions,
        )


def _begins_after(event: UpcomingEvent, day: date) -> bool:
    """Return True if an event has a date and begins after a day."""
    undated, first = _start(event)
    return not undated and first > day


def _without_combined(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without any that only combines two others, such as "the ministers of Norway and Chile"."""
    known = tuple(names)
    return tuple(name for name in known if sum(other in name for other in known if other != name) < 2)


def _exactness(candidate: Candidate) -> tuple[int, int]:
    """Return a sort key: the mention with the most exact time is best, then the earliest."""
    when = candidate.tied.when if candidate.tied else When()
    return (0 if when.text is None else _PRECISIONS.index(when.precision), -candidate.sentence.start)


def _start(event: UpcomingEvent) -> tuple[bool, date]:
    days = bounds(event.when.value) if event.when.value else None
    return (days is None, days[0] if days else date.max)
