"""What only a digest prints: the list of headlines, and contradictions side by side."""

from dataclasses import dataclass
from typing import NamedTuple

from briefing.rendering.row_view import Block, Line


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A story in the list of headlines."""

    number: int
    headline: Line
    details: str  # its articles and origins, what of the watch list it is about

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph."""
        return (Block("text", f"{self.number} {self.headline.printed()} {self.details}"),)


class SideCell(NamedTuple):
    """One side of a contradiction."""

    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """What articles say of one thing and cannot all be true, side by side."""

    kind: str  # "Different figures"
    slot: Line
    sides: tuple[SideCell, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Return what it is about, and a paragraph for each side."""
        sides = (Block("text", f"{side.value} {side.line.printed()}") for side in self.sides)
        return (Block("text", f"{self.kind} {self.slot.printed()}"), *sides)
