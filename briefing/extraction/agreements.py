"""Points of agreement: matters on which parties hold the same position."""

from dataclasses import dataclass

from briefing.extraction.positions import find_positions
from briefing.language.analysis import Analysis
from briefing.model import Position


@dataclass(frozen=True, slots=True)
class AgreementExtractor:
    """Find the matters on which two or more parties hold the same position."""

    def __call__(self, analysis: Analysis) -> tuple[Position, ...]:
        """Return the points of agreement, best first."""
        return tuple(point.position for point in find_positions(analysis) if point.sign > 0)
