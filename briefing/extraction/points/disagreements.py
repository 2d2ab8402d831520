"""Points of disagreement: matters on which parties hold opposed positions."""

from dataclasses import dataclass

from briefing.extraction.explanation import Finding
from briefing.extraction.points.positions import explain_positions, find_positions
from briefing.language.analysis import Analysis
from briefing.model.brief import Position


@dataclass(frozen=True, slots=True)
class DisagreementExtractor:
    """Find the matters on which two or more parties hold opposed positions."""

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the points of disagreement, best first."""
        return find_positions(analysis, "disagreement")

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the same points, each with what led to it."""
        return tuple(explain_positions(analysis, "disagreement"))
