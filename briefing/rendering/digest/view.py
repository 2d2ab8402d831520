"""The rows that only a digest prints: headlines and contradictions."""

from dataclasses import dataclass
from typing import NamedTuple

from briefing.rendering.row_view import Block, Line


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A story in the list of headlines."""

    number: int
    headline: Line
    details: str  # numbers of articles and origins, and names of the watch list that it mentions

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph."""
        return (Block("text", f"{self.number} {self.headline.printed()} {self.details}"),)


class SideCell(NamedTuple):
    """One side of a contradiction."""

    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """Statements of several articles about one thing that cannot all be true."""

    kind: str  # "Different figures"
    slot: Line
    sides: tuple[SideCell, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Return the subject, and a paragraph for each side."""
        sides = (Block("text", f"{side.value} {side.line.printed()}") for side in self.sides)
        return (Block("text", f"{self.kind} {self.slot.printed()}"), *sides)
