"""Find unexpected content on the pages of a PDF: pictures, paint over text, invisible text.

A page that briefing writes paints rectangles and straight lines first, then dark text. After that it paints only
pictures, in frames without text. ISO 32000-1, 8.2 and 9.4, defines the operators.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from briefing.rendering.pdf.read_back.figures import (
    FIGURE_OPERATORS,
    PAINTS,
    PALEST,
    Box,
    Figure,
    Matrix,
    product,
    text_box,
)
from briefing.rendering.pdf.read_back.fonts import Font, Widths
from briefing.rendering.pdf.read_back.graphics import Graphics
from briefing.rendering.pdf.read_back.logo import is_logo, odd_in_logo
from briefing.rendering.pdf.read_back.order import Place, odd_places

# The operators of our pages: graphics state, rectangles and lines, marked content, text.
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
_SHOWS = frozenset({"Tj", "TJ"})
_SMALLEST = 4.0  # points; smaller text is not legible
_RISE = 30.0  # text units by which a mark above a letter may be raised
_GROUND = 0.8  # lowest luminance of the background of text
_SQUEEZED = (0.8, 1.25)  # lowest and highest ratio of width to height of letters
_CLOSEST = 400.0  # thousandths of the font size by which a letter may be moved back


class Survey(NamedTuple):
    """The content of a file's pages besides text."""

    oddities: tuple[str, ...]  # unexpected content in words, each once per page
    figures: tuple[Figure, ...]  # the pictures of all pages
    has_logo: bool
    places: tuple[tuple[Place, ...], ...]  # places of text, by page


def survey(document: Any, orders: Sequence[Sequence[int]]) -> Survey:
    """Check all painted content; *orders* has the numbers of marked content of each page in reading order."""
    found: list[str] = []
    figures: list[Figure] = []
    logo: Figure | None = None
    fonts: dict[Any, Font] = {}
    places: list[tuple[Place, ...]] = []
    for number, page in enumerate(document.pages, start=1):
        walk = _PageWalk(page, fonts, may_have_logo=number == 1)
        odd = [*walk.oddities(), *odd_places(walk.places, orders[number - 1])]
        found += [f"page {number}: {oddity}" for oddity in dict.fromkeys(odd)]
        figures += walk.figures
        places.append(tuple(walk.places))
        logo = logo or walk.logo
    return Survey(tuple(found), tuple(figures), logo is not None, tuple(places))


def web_links(document: Any) -> Iterator[str]:
    """Yield the address of each link to the web."""
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])


class _PageWalk:
    """Run the content of a page and find its oddities."""

    def __init__(self, page: Any, fonts: dict[Any, Font], *, may_have_logo: bool) -> None:
        resources = page.get("/Resources", {})
        self.figures: list[Figure] = []
        self.logo: Figure | None = None
        self._may_have_logo = may_have_logo
        self._page = page
        self._fonts = resources.get("/Font", {})
        self._widths = Widths(self._fonts)
        self._read = fonts  # by object, for all pages
        self._now = Graphics(resources.get("/ExtGState", {}))
        self._paper = Box(*(float(side) for side in page.cropbox))
        self.places: list[Place] = []  # of text outside of pictures
        self._grounds: list[Box] = []  # boxes of dark paint before the text
        self._marks: list[int | None] = []
        self._figure: Figure | None = None

    def oddities(self) -> Iterator[str]:
        """Yield the oddities of the page, with repetitions."""
        import pikepdf

        for instruction in pikepdf.parse_content_stream(self._page):
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            if self._figure and self._figure is self.logo and operator != "EMC":
                yield from odd_in_logo(operator, len(self._now.kept), self.logo.depth)
            elif operator not in _OPERATORS and not (self._figure and operator in FIGURE_OPERATORS):
                yield _NAMES.get(operator, f"it is drawn with {operator!r}, which briefing does not use")
            elif operator in _SHOWS:
                yield from self._show(operands[0] if operator == "TJ" else operands)
            elif operator in PAINTS:
                yield from self._paint(operator)
            elif operator == "Tf" and self._fonts.get(str(operands[0]), {}).get("/Subtype") != "/Type0":
                yield "a font is not one that briefing embeds"
            elif operator in ("BMC", "BDC", "EMC"):
                yield from self._mark(operator, operands)
            elif operator == "Ts" and abs(float(operands[0])) > _RISE:
                yield "text is raised or lowered"
            elif self._figure:
                yield from self._odd_in_figure(operator, operands, self._figure)
            self._now.follow(operator, operands)
        yield from self._overlaps()

    def _mark(self, operator: str, operands: Any) -> Iterator[str]:
        """Begin or end a part of marked content."""
        if operator == "EMC":
            self._figure = None
            del self._marks[-1:]
            return
        self._marks.append(int(operands[1].get("/MCID", -1)) if operator == "BDC" else None)
        if self._figure is not None:
            yield "a part of a picture is marked"
        elif operands[0] == "/OC":
            yield "a part can be switched off"
        elif operands[0] == "/Figure":
            if self._now.state.frame is None:
                yield "a picture has no frame"
            else:
                self._begin(Figure(self._now.state.frame, len(self._now.kept)))

    def _begin(self, figure: Figure) -> None:
        self._figure = figure
        if self._may_have_logo and self.logo is None and not self.figures and is_logo(figure.frame, self._paper):
            self.logo = figure
        else:
            self.figures.append(figure)

    def _odd_in_figure(self, operator: str, operands: Any, figure: Figure) -> Iterator[str]:
        """Yield why an operator, or its operands, may not be used in a picture."""
        match operator:
            case "Q" if len(self._now.kept) <= figure.depth:
                yield "a picture leaves its frame"
            case "W" | "W*":
                yield "a part of a picture is cut off"
            case "d" if len(operands[0]):
                yield "a line of a picture is broken"
            case "Tr" if int(operands[0]) != 0:
                yield _NAMES["Tr"]

    def _paint(self, operator: str) -> Iterator[str]:
        state = self._now.state
        ink = state.line_ink if operator == "S" else state.ink
        a, b, c, d, _, _ = state.matrix
        line = state.line * max((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
        if self._figure is not None:
            if state.transparent:
                yield "a picture is transparent"
            yield from self._figure.paint(operator, self._now.path, pale=ink > PALEST, line=line)
        elif self.places or self.figures:
            yield "something is painted over the text"
        elif self._now.path and ink < _GROUND and not state.invisible:
            box = Box.around(self._now.path).wider(line / 2 if operator == "S" else 0.0)
            self._grounds.append(box.common(state.clip) if state.clip else box)

    def _show(self, pieces: Any) -> Iterator[str]:
        """Record the place of text and yield why it cannot be seen."""
        import pikepdf

        state = self._now.state
        advance = self._widths.advance(state.font, state.size, pieces)
        matrix = product(self._now.text, state.matrix)
        if any(not isinstance(piece, pikepdf.String) and float(piece) > _CLOSEST for piece in pieces):
            yield "a letter is moved over another"
        box = text_box(matrix, advance, state.size)
        yield from self._why_hidden(matrix, box)
        font = self._font(state.font)
        text = "".join(c for p in pieces if isinstance(p, pikepdf.String) for c in font.decode(bytes(p)))
        if self._figure is None:
            mark = next((mark for mark in reversed(self._marks) if mark is not None), None)
            self.places.append(Place(mark, box, matrix[5], text))
        else:
            self._figure.letters.append((text, matrix[4], matrix[5]))
        self._now.text = product((1.0, 0.0, 0.0, 1.0, advance, 0.0), self._now.text)

    def _font(self, name: str) -> Font:
        font = self._fonts[name]
        if font.objgen not in self._read:
            self._read[font.objgen] = Font.of(font)
        return self._read[font.objgen]

    def _overlaps(self) -> Iterator[str]:
        """Yield each kind of overlap between pictures, text and dark paint."""
        frames = [figure.frame for figure in (*self.figures, self.logo) if figure]
        if any(frame.meets(box) for frame in frames for _, box, _, _ in self.places):
            yield "a picture is painted over text"
        if any(one.meets(other) for one, other in combinations(frames, 2)):
            yield "a picture is painted over another"
        if any(place.meets(ground) for ground in self._grounds for place in self.places):
            yield "text is shown over dark paint"

    def _why_hidden(self, matrix: Matrix, box: Box) -> Iterator[str]:
        """Yield why text in the current state cannot be seen."""
        state = self._now.state
        along, turned, across, up, x, y = matrix
        if not self._paper.holds(box.left, y) or not self._paper.holds(box.right, y):
            yield "text is outside the paper"
        if state.size * (across * across + up * up) ** 0.5 < _SMALLEST:
            yield "text is too small to be read"
        if state.ink > PALEST:
            yield "text is as pale as the paper"
        if state.transparent or (state.clipped and self._figure is None):
            yield "text is cut off or transparent"
        if self._figure is None and (turned or up <= 0 or not _SQUEEZED[0] < along / up < _SQUEEZED[1]):
            yield "text is turned, mirrored or squeezed"
        if self._figure and not self._figure.frame.holds(x, y):
            yield "text is outside the frame of its picture"
