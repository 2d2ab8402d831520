"""Read the pictures of a printed brief back: the frame of each, and the shapes painted in it.

A picture of ours is marked content with the tag Figure, clipped to a frame; within it stand shapes, then text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import NamedTuple

from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.view import Picture, Shape, Writing

# What pictures are drawn with beside what pages are.
FIGURE_OPERATORS = frozenset({"c", "h", "d", "J", "j", "M", "Tr"})
FIGURE_PAINTS = frozenset({"f", "S"})
PAINTS = frozenset({"f", "f*", "S"})
PALEST = 0.6  # luminance of what white paper still shows, from 0 (black) to 1
_WIDEST_LINE = 3.0  # points
_NEAR = 0.75  # points that a shape or a text may be off
_FARTHEST = 20.0  # points from a letter to the next, a space between them included
_SOLID = 0.6  # share of its box that a rectangle or a disc covers at least
_DISC = 12  # points of a path that make a disc, at least
_ASCENT, _DESCENT = 0.75, 0.25  # shares of the size of a font that its letters reach above and below their line

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A stretch of a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "Box":
        """Return the smallest box that holds all these points."""
        across, up = [x for x, _ in points], [y for _, y in points]
        return cls(min(across), min(up), max(across), max(up))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point stands in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: "Box") -> bool:
        """Whether the two have a stretch in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def wider(self, margin: float) -> "Box":
        """Return it with a margin on each side."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def common(self, other: "Box") -> "Box":
        """Return the stretch that the two have in common; without a size where there is none."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))


@dataclass(slots=True)
class Figure:
    """A picture as it is painted."""

    frame: Box
    depth: int  # how many states of graphics were kept when it began
    painted: list[tuple[Box, bool, bool, int]] = field(default_factory=list)  # box, as in Shape: filled, strong, points
    letters: list[tuple[str, float, float]] = field(default_factory=list)  # as they are written, and where

    def paint(self, operator: str, points: Sequence[tuple[float, float]], *, pale: bool, line: float) -> Iterator[str]:
        """Add a shape; yield what is odd about it."""
        filled = operator != "S"
        if self.letters:
            yield "something is painted over the text of a picture"
        if not filled and line > _WIDEST_LINE:
            yield "a line of a picture is too wide"
        if operator not in FIGURE_PAINTS:
            yield "a picture is painted in an unusual way"
        if points:
            box = Box.around(points)
            if len(points) > 2 and abs(_area(points)) < _SOLID * (box.right - box.left) * (box.top - box.bottom):
                yield "a shape of a picture has holes"
            self.painted.append((box, filled, not pale, len(points)))

    def shapes(self, width: float, height: float) -> tuple[Shape, ...]:
        """Return its shapes as those of a drawing of this width and height, in points.

        A drawing stands in the middle of its frame, as large as it can (SVG 1.1, 7.8, "xMidYMid meet").
        """
        left, top, scale = self._fitted(width, height)
        return tuple(
            Shape(
                (box.left - left) * scale,
                (top - box.top) * scale,
                (box.right - left) * scale,
                (top - box.bottom) * scale,
                filled,
                strong,
                points,
            )
            for box, filled, strong, points in self.painted
        )

    def written(self, width: float, height: float) -> tuple[tuple[str, float, float], ...]:
        """Return its letters, and where they stand in a drawing of this width and height."""
        left, top, scale = self._fitted(width, height)
        return tuple((text, (x - left) * scale, (top - y) * scale) for text, x, y in self.letters)

    def _fitted(self, width: float, height: float) -> tuple[float, float, float]:
        """Return the left and the upper side of a drawing in its frame, and its points for a point of the page."""
        left, bottom, right, top = self.frame
        scale = max(width / ((right - left) or 1.0), height / ((top - bottom) or 1.0))
        left += (right - left - width / scale) / 2
        top -= (top - bottom - height / scale) / 2
        return left, top, scale


def is_drawn(picture: Picture, figure: Figure) -> bool:
    """Whether a picture is painted shape by shape, none more or less, and written text by text."""
    found = figure.shapes(picture.width, picture.height)
    painted = len(found) == len(picture.shapes) and all(map(_is_near, picture.shapes, found))
    return painted and _is_written(picture.written, figure.written(picture.width, picture.height))


def _is_written(texts: Sequence[Writing], letters: Sequence[tuple[str, float, float]]) -> bool:
    """Return True if each text begins where it should, and its letters go on along its base line, close together."""
    waiting = [letter for letter in letters if comparable(letter[0])]
    for text, x, y, turn in texts:
        along, down = cos(radians(turn)), sin(radians(turn))
        wanted, before, farthest = comparable(text), 0.0, _NEAR
        while wanted:
            if not waiting:
                return False
            found, right, lower = waiting.pop(0)
            letter = comparable(found)
            reached, off = (right - x) * along + (lower - y) * down, (lower - y) * along - (right - x) * down
            if not wanted.startswith(letter) or abs(off) > _NEAR or not before - _NEAR < reached < before + farthest:
                return False
            wanted, before, farthest = wanted[len(letter) :], reached, _FARTHEST
    return True


def transform(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix takes a point (ISO 32000-1, 8.3.3)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def product(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what *one* does, then what *other* does (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def text_box(matrix: Matrix, advance: float, size: float) -> Box:
    """Return the box of a text, given its matrix, and in its own units how far it goes and the size of its font."""
    heights = (-_DESCENT * size, _ASCENT * size)
    return Box.around([transform(matrix, x, y) for x in (0.0, advance) for y in heights])


def _area(points: Sequence[tuple[float, float]]) -> float:
    """Return the area of a polygon, negative where it runs clockwise (the shoelace formula)."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, (*points[1:], points[0]), strict=True)) / 2


def _is_near(wanted: Shape, found: Shape) -> bool:
    alike = wanted.points == found.points or min(wanted.points, found.points) >= _DISC
    painted_alike = alike and wanted.filled == found.filled and found.strong >= wanted.strong
    return painted_alike and all(abs(one - other) <= _NEAR for one, other in zip(wanted[:4], found[:4], strict=True))
