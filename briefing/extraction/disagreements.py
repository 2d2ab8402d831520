"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import Position


@dataclass(frozen=True, slots=True)
class DisagreementExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the records, best first."""
        return ()
