"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import UpcomingEvent


@dataclass(frozen=True, slots=True)
class EventExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[UpcomingEvent, ...]:
        """Return the records, best first."""
        return ()
