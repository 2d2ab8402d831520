"""Read the pictures of a PDF back: their frames, shapes and texts, to compare them with the drawings.

A picture is marked content with the tag Figure, clipped to a frame. It paints shapes first, then text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import NamedTuple

from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.view import Picture, Shape, Writing

# Operators that pictures use in addition to those of pages.
FIGURE_OPERATORS = frozenset({"c", "h", "d", "J", "j", "M", "Tr"})
FIGURE_PAINTS = frozenset({"f", "S"})
PAINTS = frozenset({"f", "f*", "S"})
PALEST = 0.6  # luminance of the palest visible paint, from 0 (black) to 1
_WIDEST_LINE = 3.0  # points
_NEAR = 0.75  # points by which a shape or a text may be misplaced
_FARTHEST = 20.0  # points from a letter to the next, including a space
_SOLID = 0.6  # a rectangle or disc covers at least this share of its box
_DISC = 12  # a path with at least so many points is a disc
_ASCENT, _DESCENT = 0.75, 0.25  # reach of letters above and below their line, as shares of the font size

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "Box":
        """Return the smallest box around all points."""
        across, up = [x for x, _ in points], [y for _, y in points]
        return cls(min(across), min(up), max(across), max(up))

    def holds(self, x: float, y: float) -> bool:
        """Return True if a point is in the box."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: "Box") -> bool:
        """Return True if the two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def wider(self, margin: float) -> "Box":
        """Return the box enlarged by a margin on each side."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def common(self, other: "Box") -> "Box":
        """Return the overlap of two boxes; its size is zero if they do not overlap."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))


@dataclass(slots=True)
class Figure:
    """A picture as it is painted."""

    frame: Box
    depth: int  # number of saved graphics states when it began
    painted: list[tuple[Box, bool, bool, int]] = field(
        default_factory=list
    )  # box; filled, strong and points as in Shape
    letters: list[tuple[str, float, float]] = field(default_factory=list)  # text and position

    def paint(self, operator: str, points: Sequence[tuple[float, float]], *, pale: bool, line: float) -> Iterator[str]:
        """Add a shape and yield its oddities."""
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
        """Return its shapes in the coordinates of a drawing of this width and height, in points.

        A drawing is centred in its frame, as large as possible (SVG 1.1, 7.8, "xMidYMid meet").
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
        """Return its letters with their positions in a drawing of this width and height."""
        left, top, scale = self._fitted(width, height)
        return tuple((text, (x - left) * scale, (top - y) * scale) for text, x, y in self.letters)

    def _fitted(self, width: float, height: float) -> tuple[float, float, float]:
        """Return the left and upper side of the drawing in its frame, and its scale in points for each page point."""
        left, bottom, right, top = self.frame
        scale = max(width / ((right - left) or 1.0), height / ((top - bottom) or 1.0))
        left += (right - left - width / scale) / 2
        top -= (top - bottom - height / scale) / 2
        return left, top, scale


def is_drawn(picture: Picture, figure: Figure) -> bool:
    """Return True if a figure has exactly the shapes and texts of a picture."""
    found = figure.shapes(picture.width, picture.height)
    painted = len(found) == len(picture.shapes) and all(map(_is_near, picture.shapes, found))
    return painted and _is_written(picture.written, figure.written(picture.width, picture.height))


def _is_written(texts: Sequence[Writing], letters: Sequence[tuple[str, float, float]]) -> bool:
    """Return True if each text begins at its place and its letters follow closely on its base line."""
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
    """Return a point transformed by a matrix (ISO 32000-1, 8.3.3)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def product(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that applies *one*, then *other* (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def text_box(matrix: Matrix, advance: float, size: float) -> Box:
    """Return the box of a text from its matrix, its advance and its font size, both in text units."""
    heights = (-_DESCENT * size, _ASCENT * size)
    return Box.around([transform(matrix, x, y) for x in (0.0, advance) for y in heights])


def _area(points: Sequence[tuple[float, float]]) -> float:
    """Return the area of a polygon, negative where it runs clockwise (the shoelace formula)."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, (*points[1:], points[0]), strict=True)) / 2


def _is_near(wanted: Shape, found: Shape) -> bool:
    alike = wanted.points == found.points or min(wanted.points, found.points) >= _DISC
    painted_alike = alike and wanted.filled == found.filled and found.strong >= wanted.strong
    return painted_alike and all(abs(one - other) <= _NEAR for one, other in zip(wanted[:4], found[:4], strict=True))
