"""Points of agreement: matters on which parties hold the same position."""

from dataclasses import dataclass

from briefing.extraction.explanation import Finding
from briefing.extraction.points.positions import explain_positions, find_positions
from briefing.language.analysis import Analysis
from briefing.model.brief import Position


@dataclass(frozen=True, slots=True)
class AgreementExtractor:
    """Find the matters on which two or more parties hold the same position."""

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the points of agreement, best first."""
        return find_positions(analysis, "agreement")

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the same points, each with what led to it."""
        return tuple(explain_positions(analysis, "agreement"))
