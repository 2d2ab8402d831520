"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import Statement


@dataclass(frozen=True, slots=True)
class SummaryExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[Statement, ...]:
        """Return the records, best first."""
        return ()
