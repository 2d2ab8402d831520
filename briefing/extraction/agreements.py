"""Points of agreement: matters on which parties hold the same position."""

from dataclasses import dataclass

from briefing.explanation import Finding
from briefing.extraction.positions import explain_positions, find_positions
from briefing.language.analysis import Analysis
from briefing.model import Position


@dataclass(frozen=True, slots=True)
class AgreementExtractor:
    """Find the matters on which two or more parties hold the same position."""

    least: float = 0.55  # points with less confidence are left out

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the points of agreement, best first."""
        return tuple(
            point.position
            for point in find_positions(analysis)
            if point.sign > 0 and point.position.confidence >= self.least
        )

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the same points, each with what led to it."""
        return tuple(
            finding
            for sign, finding in explain_positions(analysis)
            if sign > 0 and isinstance(finding.record, Position) and finding.record.confidence >= self.least
        )
