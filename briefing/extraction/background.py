"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import BackgroundFact


@dataclass(frozen=True, slots=True)
class BackgroundExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[BackgroundFact, ...]:
        """Return the records, best first."""
        return ()
