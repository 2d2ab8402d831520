"""Points of disagreement: matters on which parties hold opposed positions."""

from dataclasses import dataclass

from briefing.extraction.positions import find_positions
from briefing.language.analysis import Analysis
from briefing.model import Position


@dataclass(frozen=True, slots=True)
class DisagreementExtractor:
    """Find the matters on which two or more parties hold opposed positions."""

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the points of disagreement, best first."""
        return tuple(point.position for point in find_positions(analysis) if point.sign < 0)
