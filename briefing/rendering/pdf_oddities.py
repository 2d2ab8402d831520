"""Find what no printed brief of ours holds: pictures, paint over text, text that no eye sees, links with an errand.

A page of ours paints rectangles and straight lines first, then dark text, and nothing over it (ISO 32000-1, 8.2 and
9.4 name the operators).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

# All that our pages are made of: state, rectangles and lines, marked content, text.
_OPERATORS = frozenset(
    {"cm", "q", "Q", "gs", "w", "rg", "RG", "m", "l", "re", "W", "W*", "n", "f", "f*", "S"}
    | {"BMC", "BDC", "EMC", "BT", "ET", "Tf", "Tm", "Ts", "Tj", "TJ"}
)
_NAMES = {
    "Do": "a picture is painted",
    "INLINE IMAGE": "a picture is painted",
    "Tr": "text is shown in an unusual way",
    "sh": "a shading is painted",
}
_PAINTS = frozenset({"f", "f*", "S"})
_SHOWS = frozenset({"Tj", "TJ"})
_ERRANDS = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties")  # of a document: actions, forms, layers
_PALEST = 0.6  # luminance of text that white paper still shows, from 0 (black) to 1
_SMALLEST = 4.0  # points of text that an eye still reads
_RISE = 30.0  # units that a mark above a letter may be raised by

_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def oddities(document: Any) -> Iterator[str]:
    """Yield what a brief of ours does not hold, in words, each once a page."""
    yield from (f"the file holds {key[1:]}" for key in _ERRANDS if key in document.Root)
    for number, page in enumerate(document.pages, start=1):
        found = [*_PageWalk(page).oddities(), *_annotations(page)]
        yield from (f"page {number}: {oddity}" for oddity in dict.fromkeys(found))


def web_links(document: Any) -> Iterator[str]:
    """Yield the address of each link to the web."""
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])


def _annotations(page: Any) -> Iterator[str]:
    if "/AA" in page:
        yield "it holds an action"
    for annotation in page.get("/Annots", ()):
        action = annotation.get("/A", {})
        if "/AP" in annotation:
            yield "an annotation is painted"
        if "/AA" in annotation or action.get("/S", "/URI") not in ("/URI", "/GoTo") or "/Next" in action:
            yield "a link does something else than to lead to a place"
        if annotation.get("/Subtype") == "/Link" and float(annotation.get("/BS", {}).get("/W", 1)) != 0:
            yield "a link has a border"


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as it can hide text."""

    matrix: _Matrix = _UNMOVED
    clipped: bool = False
    pale: bool = False
    sheer: bool = False
    size: float = 0.0  # of the font, in units of the text matrix


class _PageWalk:
    """Runs the content of a page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._fonts = page.get("/Resources", {}).get("/Font", {})
        self._states = page.get("/Resources", {}).get("/ExtGState", {})
        self._paper = [float(side) for side in page.cropbox]
        self._state = _State()
        self._kept: list[_State] = []
        self._text = _UNMOVED
        self._shown = False

    def oddities(self) -> Iterator[str]:
        """Yield what is odd, as often as it stands there."""
        import pikepdf

        for instruction in pikepdf.parse_content_stream(self._page):
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            if operator not in _OPERATORS:
                yield _NAMES.get(operator, f"it is drawn with {operator!r}, which no page of ours is")
            elif operator in _SHOWS:
                self._shown = True
                yield from self._hidden()
            elif operator in _PAINTS and self._shown:
                yield "something is painted over the text"
            elif operator == "Tf" and self._fonts.get(str(operands[0]), {}).get("/Subtype") != "/Type0":
                yield "a font is none of ours"
            elif operator == "BDC" and operands[0] == "/OC":
                yield "a part can be switched off"
            elif operator == "Ts" and abs(float(operands[0])) > _RISE:
                yield "text is raised or lowered"
            self._follow(operator, operands)

    def _follow(self, operator: str, operands: Any) -> None:
        """Keep the graphics state."""
        state = self._state
        match operator:
            case "q":
                self._kept.append(state)
            case "Q" if self._kept:
                self._state = self._kept.pop()
            case "cm":
                self._state = replace(state, matrix=_product(_matrix(operands), state.matrix))
            case "W" | "W*":
                self._state = replace(state, clipped=True)
            case "rg":
                red, green, blue = (float(part) for part in operands)
                self._state = replace(state, pale=0.2126 * red + 0.7152 * green + 0.0722 * blue > _PALEST)
            case "gs":
                self._state = replace(state, sheer=_is_sheer(self._states.get(str(operands[0]), {})))
            case "Tf":
                self._state = replace(state, size=float(operands[1]))
            case "BT":
                self._text = _UNMOVED
            case "Tm":
                self._text = _matrix(operands)

    def _hidden(self) -> Iterator[str]:
        """Yield why text that is shown now cannot be seen."""
        state = self._state
        _, _, across, up, x, y = _product(self._text, state.matrix)
        left, bottom, right, top = self._paper
        if not (left <= x <= right and bottom <= y <= top):
            yield "text stands outside the paper"
        if state.size * (across * across + up * up) ** 0.5 < _SMALLEST:
            yield "text is too small to be read"
        if state.pale:
            yield "text is as pale as the paper"
        if state.clipped or state.sheer:
            yield "text is cut off or seen through"


def _is_sheer(state: Any) -> bool:
    """Say whether a state of graphics lets the ground shine through, or mixes with it."""
    return any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA")) or "/SMask" in state or "/BM" in state


def _matrix(operands: Any) -> _Matrix:
    a, b, c, d, e, f = (float(part) for part in operands)
    return a, b, c, d, e, f


def _product(one: _Matrix, other: _Matrix) -> _Matrix:
    """Return the matrix that does what *one* does, then what *other* does (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
