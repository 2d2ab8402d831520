"""Placeholder."""

from dataclasses import dataclass

from briefing.language.analysis import Analysis
from briefing.model import Actor


@dataclass(frozen=True, slots=True)
class ActorExtractor:
    """Placeholder."""

    def __call__(self, analysis: Analysis) -> tuple[Actor, ...]:
        """Return the records, best first."""
        return ()
