"""Read the pictures of a printed brief back: the frame of each, and the shapes painted in it.

A picture of ours is marked content with the tag Figure, clipped to a frame; within it stand shapes, then text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from briefing.rendering.view import Picture, Shape

# What pictures are drawn with beside what pages are.
FIGURE_OPERATORS = frozenset({"c", "h", "d", "J", "j", "M", "Tr"})
FIGURE_PAINTS = frozenset({"f", "S"})
PAINTS = frozenset({"f", "f*", "S"})
PALEST = 0.6  # luminance of what white paper still shows, from 0 (black) to 1
_WIDEST_LINE = 3.0  # points
_NEAR = 0.75  # points that a shape may be off
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


@dataclass(slots=True)
class Figure:
    """A picture as it is painted."""

    frame: Box
    depth: int  # how many states of graphics were kept when it began
    painted: list[tuple[Box, bool, bool, int]] = field(default_factory=list)  # box, as in Shape: filled, strong, points
    has_text: bool = False

    def paint(self, operator: str, points: Sequence[tuple[float, float]], *, pale: bool, line: float) -> Iterator[str]:
        """Add a shape; yield what is odd about it."""
        filled = operator != "S"
        if self.has_text:
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
        left, bottom, right, top = self.frame
        scale = max(width / ((right - left) or 1.0), height / ((top - bottom) or 1.0))
        left += (right - left - width / scale) / 2
        top -= (top - bottom - height / scale) / 2
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


def is_drawn(picture: Picture, figure: Figure) -> bool:
    """Whether a picture is painted shape by shape, none more or less."""
    found = figure.shapes(picture.width, picture.height)
    return len(found) == len(picture.shapes) and all(map(_is_near, picture.shapes, found))


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


class Widths:
    """How far the glyphs of the fonts of a page advance, in thousandths of the size."""

    def __init__(self, fonts: Any) -> None:
        self._fonts = fonts
        self._known: dict[str, dict[int, float]] = {}

    def advance(self, name: str, size: float, pieces: Any) -> float:
        """Return how far some strings and shifts (the operand of TJ) go, in units of the text."""
        import pikepdf

        widths = self._of(name)
        total = 0.0
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                codes = bytes(piece)
                total += sum(
                    widths.get(int.from_bytes(codes[at : at + 2], "big"), widths[-1]) for at in range(0, len(codes), 2)
                )
            else:
                total -= float(piece)
        return total / 1000 * size

    def _of(self, name: str) -> dict[int, float]:
        if name not in self._known:
            self._known[name] = _widths(self._fonts.get(name, {}))
        return self._known[name]


def _widths(font: Any) -> dict[int, float]:
    """Return the widths of a composite font by code (ISO 32000-1, 9.7.4.3); under -1 that of all others."""
    import pikepdf

    kids = font.get("/DescendantFonts", ())
    kid = kids[0] if len(kids) else {}
    widths = {-1: float(kid.get("/DW", 1000))}
    entries = list(kid.get("/W", ()))
    at = 0
    while at + 1 < len(entries):
        first = int(entries[at])
        if isinstance(entries[at + 1], pikepdf.Array):
            widths.update({first + step: float(width) for step, width in enumerate(entries[at + 1])})
            at += 2
        elif at + 2 < len(entries):
            last = min(int(entries[at + 1]), 0xFFFF)
            widths.update(dict.fromkeys(range(first, last + 1), float(entries[at + 2])))
            at += 3
        else:
            break
    return widths


def _is_near(wanted: Shape, found: Shape) -> bool:
    alike = wanted.points == found.points or min(wanted.points, found.points) >= _DISC
    painted_alike = alike and wanted.filled == found.filled and found.strong >= wanted.strong
    return painted_alike and all(abs(one - other) <= _NEAR for one, other in zip(wanted[:4], found[:4], strict=True))
