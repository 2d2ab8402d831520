"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import Quote


@dataclass(frozen=True, slots=True)
class QuoteExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[Quote, ...]:
        """Return the records, best first."""
        return ()
