"""Find what no printed brief of ours holds: pictures, paint over text, text that no eye sees, links with an errand.

A page of ours paints rectangles and straight lines first, then dark text, and nothing over it but pictures in frames
that no text stands in (ISO 32000-1, 8.2 and 9.4 name the operators).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from briefing.rendering.pdf_figures import (
    FIGURE_OPERATORS,
    PAINTS,
    PALEST,
    UNMOVED,
    Box,
    Figure,
    Matrix,
    Widths,
    product,
    text_box,
    transform,
)
from briefing.rendering.pdf_logo import is_logo, odd_in_logo

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
_STATE = frozenset({"q", "Q", "cm", "w", "rg", "RG", "gs", "Tf"})
_PATH = frozenset({"m", "l", "c", "re", "W", "W*", "n", "f", "f*", "S"})
_SHOWS = frozenset({"Tj", "TJ"})
_ERRANDS = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties")  # of a document: actions, forms, layers
_SMALLEST = 4.0  # points of text that an eye still reads
_RISE = 30.0  # units that a mark above a letter may be raised by


class Survey(NamedTuple):
    """What there is on the pages of a file beside text."""

    oddities: tuple[str, ...]  # what a brief of ours does not hold, in words, each once a page
    figures: tuple[Figure, ...]  # its pictures, page by page
    has_logo: bool


def survey(document: Any) -> Survey:
    """Look at all that is painted."""
    found = [f"the file holds {key[1:]}" for key in _ERRANDS if key in document.Root]
    figures: list[Figure] = []
    logo: Figure | None = None
    for number, page in enumerate(document.pages, start=1):
        walk = _PageWalk(page, may_have_logo=number == 1)
        odd = [*walk.oddities(), *_annotations(page)]
        found += [f"page {number}: {oddity}" for oddity in dict.fromkeys(odd)]
        figures += walk.figures
        logo = logo or walk.logo
    return Survey(tuple(found), tuple(figures), logo is not None)


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
    """The graphics state, as far as it can hide something."""

    matrix: Matrix = UNMOVED
    clipped: bool = False
    frame: Box | None = None  # what is clipped to, where that is one upright rectangle
    pale: bool = False
    pale_line: bool = False
    line: float = 1.0  # width, in units of the matrix
    sheer: bool = False
    font: str = ""
    size: float = 0.0  # of the font, in units of the text matrix


class _PageWalk:
    """Runs the content of a page."""

    def __init__(self, page: Any, *, may_have_logo: bool) -> None:
        resources = page.get("/Resources", {})
        self.figures: list[Figure] = []
        self.logo: Figure | None = None
        self._may_have_logo = may_have_logo
        self._page = page
        self._fonts = resources.get("/Font", {})
        self._widths = Widths(self._fonts)
        self._states = resources.get("/ExtGState", {})
        self._paper = Box(*(float(side) for side in page.cropbox))
        self._state = _State()
        self._kept: list[_State] = []
        self._text = UNMOVED
        self._path: list[tuple[float, float]] = []
        self._rectangles = 0  # how many the path holds, where it holds nothing else; else -1
        self._clips = False  # whether the path will clip
        self._shown: list[Box] = []  # text outside of pictures
        self._figure: Figure | None = None

    def oddities(self) -> Iterator[str]:
        """Yield what is odd, as often as it stands there."""
        import pikepdf

        for instruction in pikepdf.parse_content_stream(self._page):
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            if self._figure and self._figure is self.logo and operator != "EMC":
                yield from odd_in_logo(operator, len(self._kept), self.logo.depth)
            elif operator not in _OPERATORS and not (self._figure and operator in FIGURE_OPERATORS):
                yield _NAMES.get(operator, f"it is drawn with {operator!r}, which no page of ours is")
            elif operator in _SHOWS:
                yield from self._show(operands[0] if operator == "TJ" else operands)
            elif operator in PAINTS:
                yield from self._paint(operator)
            elif operator == "Tf" and self._fonts.get(str(operands[0]), {}).get("/Subtype") != "/Type0":
                yield "a font is none of ours"
            elif operator in ("BMC", "BDC", "EMC"):
                yield from self._mark(operator, operands)
            elif operator == "Ts" and abs(float(operands[0])) > _RISE:
                yield "text is raised or lowered"
            elif self._figure:
                yield from self._odd_in_figure(operator, operands, self._figure)
            self._follow(operator, operands)
        yield from self._crowded()

    def _mark(self, operator: str, operands: Any) -> Iterator[str]:
        """Begin or end a picture."""
        if operator == "EMC":
            self._figure = None
        elif self._figure is not None:
            yield "a part of a picture is marked"
        elif operands[0] == "/OC":
            yield "a part can be switched off"
        elif operands[0] == "/Figure":
            if self._state.frame is None:
                yield "a picture has no frame"
            else:
                self._begin(Figure(self._state.frame, len(self._kept)))

    def _begin(self, figure: Figure) -> None:
        self._figure = figure
        if self._may_have_logo and self.logo is None and not self.figures and is_logo(figure.frame, self._paper):
            self.logo = figure
        else:
            self.figures.append(figure)

    def _odd_in_figure(self, operator: str, operands: Any, figure: Figure) -> Iterator[str]:
        """Yield why an operator does not belong in a picture, though it may stand on a page or have other operands."""
        match operator:
            case "Q" if len(self._kept) <= figure.depth:
                yield "a picture leaves its frame"
            case "W" | "W*":
                yield "a part of a picture is cut off"
            case "d" if len(operands[0]):
                yield "a line of a picture is broken"
            case "Tr" if int(operands[0]) != 0:
                yield _NAMES["Tr"]

    def _paint(self, operator: str) -> Iterator[str]:
        state = self._state
        if self._figure is None:
            if self._shown or self.figures:
                yield "something is painted over the text"
            return
        if state.sheer:
            yield "a picture is seen through"
        pale = state.pale_line if operator == "S" else state.pale
        a, b, c, d, _, _ = state.matrix
        line = state.line * max((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
        yield from self._figure.paint(operator, self._path, pale=pale, line=line)

    def _show(self, pieces: Any) -> Iterator[str]:
        """Take note of where text is shown; yield why it cannot be seen."""
        state = self._state
        advance = self._widths.advance(state.font, state.size, pieces)
        box = text_box(product(self._text, state.matrix), advance, state.size)
        yield from self._hidden()
        if self._figure is None:
            self._shown.append(box)
        else:
            self._figure.has_text = True
        self._text = product((1.0, 0.0, 0.0, 1.0, advance, 0.0), self._text)

    def _crowded(self) -> Iterator[str]:
        """Yield where pictures cover text or each other."""
        frames = [figure.frame for figure in (*self.figures, self.logo) if figure]
        if any(frame.meets(box) for frame in frames for box in self._shown):
            yield "a picture is painted over text"
        if any(one.meets(other) for one, other in combinations(frames, 2)):
            yield "a picture is painted over another"

    def _follow(self, operator: str, operands: Any) -> None:
        """Keep the graphics state, the path and the place of text."""
        if operator in _STATE:
            self._follow_state(operator, operands)
        elif operator in _PATH:
            self._follow_path(operator, operands)
        elif operator == "BT":
            self._text = UNMOVED
        elif operator == "Tm":
            self._text = _matrix(operands)

    def _follow_state(self, operator: str, operands: Any) -> None:
        state = self._state
        match operator:
            case "q":
                self._kept.append(state)
            case "Q" if self._kept:
                self._state = self._kept.pop()
            case "cm":
                self._state = replace(state, matrix=product(_matrix(operands), state.matrix))
            case "w":
                self._state = replace(state, line=float(operands[0]))
            case "rg":
                self._state = replace(state, pale=_is_pale(operands))
            case "RG":
                self._state = replace(state, pale_line=_is_pale(operands))
            case "gs":
                self._state = replace(state, sheer=_is_sheer(self._states.get(str(operands[0]), {})))
            case "Tf":
                self._state = replace(state, font=str(operands[0]), size=float(operands[1]))

    def _follow_path(self, operator: str, operands: Any) -> None:
        matrix = self._state.matrix
        match operator:
            case "m" | "l" | "c":
                self._rectangles = -1
                numbers = [float(number) for number in operands]
                self._path += [transform(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            case "re":
                x, y, width, height = (float(number) for number in operands)
                self._rectangles += self._rectangles >= 0
                corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                self._path += [transform(matrix, *corner) for corner in corners]
            case "W" | "W*":
                self._clips = True
            case _:
                self._end_path()

    def _end_path(self) -> None:
        state = self._state
        if self._clips:
            _, across, up, _, _, _ = state.matrix
            upright = self._rectangles == 1 and not state.clipped and across == up == 0
            self._state = replace(state, clipped=True, frame=Box.around(self._path) if upright else None)
        self._path, self._rectangles, self._clips = [], 0, False

    def _hidden(self) -> Iterator[str]:
        """Yield why text that is shown now cannot be seen."""
        state = self._state
        _, _, across, up, x, y = product(self._text, state.matrix)
        if not self._paper.holds(x, y):
            yield "text stands outside the paper"
        if state.size * (across * across + up * up) ** 0.5 < _SMALLEST:
            yield "text is too small to be read"
        if state.pale:
            yield "text is as pale as the paper"
        if state.sheer or (state.clipped and self._figure is None):
            yield "text is cut off or seen through"
        if self._figure and not self._figure.frame.holds(x, y):
            yield "text stands outside the frame of its picture"


def _is_pale(colour: Any) -> bool:
    red, green, blue = (float(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > PALEST


def _is_sheer(state: Any) -> bool:
    """Say whether a state of graphics lets the ground shine through, or mixes with it."""
    return any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA")) or "/SMask" in state or "/BM" in state


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in operands)
    return a, b, c, d, e, f
