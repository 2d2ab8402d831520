"""Draw charts as SVG: shapes first, then text above them.

Numbers are rounded, so that every machine writes the same bytes. WeasyPrint sets the text of an SVG letter by letter
from left to right. It does not apply the page's style sheet inside an SVG. Therefore colours are attributes; classes
let the style sheet for screens override them.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from briefing.rendering.quotation_marks import curled
from briefing.rendering.view import Picture, Shape, Writing
from briefing.rendering.wording import printable

TEXT_SIZE = 7.5  # points
ROW = 14.0  # height of a row in points
NARROWEST = 230.0  # points; a narrower picture is not drawn
LONGEST_NAME = 240  # characters of a title or a name in the alternative text of a picture
_FAMILY = "Briefing Sans, Source Sans Pro, Source Sans 3, Helvetica Neue, Arial, sans-serif"
_XMLNS = "http://www.w3.org/2000/svg"
# Advance widths of Source Sans in hundredths of an em, rounded up to twentieths.
_WIDTHS = {
    **dict.fromkeys(" ", 20),
    **dict.fromkeys("',.:;Iijl|‘’", 26),
    **dict.fromkeys("!()-[]f{}", 31),
    **dict.fromkeys("/\\rt", 35),
    **dict.fromkeys('"*?sz', 44),
    **dict.fromkeys("cvxy", 47),
    **dict.fromkeys("#$+0123456789<=>FJLVXY^_aegk~–", 52),
    **dict.fromkeys("ACEPRSTZ`bdhnopqu", 57),
    **dict.fromkeys("&BDGK", 62),
    **dict.fromkeys("HNOQU", 67),
    **dict.fromkeys("wM", 76),
    **dict.fromkeys("%Wm@…", 85),
}
_OTHER_WIDTH = 62  # of characters that are not listed
_WIDE_WIDTH = 104  # East Asian wide characters
_BOLD = 1.05  # factor by which semibold letters are wider
_PALE = frozenset({"hair", "faint"})  # colours of lines in the background
_EMOJI = 0x1F000  # where pictographs begin


class Palette(NamedTuple):
    """The colours of a theme, "#1b3a57" each."""

    ink: str
    quiet: str
    accent: str
    hair: str
    faint: str


class Sheet:
    """Collect shapes and text; lengths are in points, the origin is the upper left corner."""

    def __init__(self, width: float, palette: Palette) -> None:
        self.width = width
        self._palette = palette
        self._shapes: list[ElementTree.Element] = []
        self._painted: list[Shape] = []
        self._texts: list[ElementTree.Element] = []
        self._written: list[Writing] = []

    def rectangle(self, x: float, y: float, width: float, height: float, colour: str, *, line: float = 0.0) -> None:
        """Paint a filled rectangle, or only its outline if *line* gives a width."""
        sides = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
        self._shape("rect", sides, colour, line)
        self._painted.append(Shape(x, y, x + width, y + height, not line, colour not in _PALE, 4))

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: str, width: float) -> None:
        """Draw a straight line."""
        ends = {"x1": _number(x), "y1": _number(y), "x2": _number(to_x), "y2": _number(to_y)}
        self._shape("line", ends, colour, width)
        box = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
        self._painted.append(Shape(*box, filled=False, strong=colour not in _PALE, points=2))

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Paint a disc."""
        self._shape("circle", {"cx": _number(x), "cy": _number(y), "r": _number(radius)}, colour, 0.0)
        box = (x - radius, y - radius, x + radius, y + radius)
        self._painted.append(Shape(*box, filled=True, strong=colour not in _PALE, points=13))

    def text(self, x: float, y: float, text: str, colour: str = "ink", *, bold: bool = False, turn: int = 0) -> None:
        """Write a text from a point on its base line, turned by *turn* degrees."""
        place = {"x": _number(x), "y": _number(y), "class": f"fill-{colour}", "fill": getattr(self._palette, colour)}
        place |= {"font-size": _number(TEXT_SIZE), "font-weight": "600" if bold else "400", "font-family": _FAMILY}
        if turn:
            place["transform"] = f"rotate({turn} {_number(x)} {_number(y)})"
        element = ElementTree.Element("text", place)
        element.text = curled(text)
        self._texts.append(element)
        self._written.append(Writing(element.text, x, y, turn))

    def rules(self, top: float, rows: int) -> None:
        """Draw the lines above, between and below rows."""
        for number in range(rows + 1):
            y = top + ROW * number
            outer = number in (0, rows)
            self.line(0, y, self.width, y, "hair" if outer else "faint", 0.6 if outer else 0.4)

    def picture(self, height: float, alternative: str) -> Picture:
        """Return the finished picture with its alternative text."""
        alternative = curled(alternative)
        size = {"width": f"{_number(self.width)}pt", "height": f"{_number(height)}pt", "role": "img"}
        box = f"0 0 {_number(self.width)} {_number(height)}"
        root = ElementTree.Element("svg", {"xmlns": _XMLNS, "class": "picture", "viewBox": box, **size})
        ElementTree.SubElement(root, "title").text = alternative
        root.extend([*self._shapes, *self._texts])
        return Picture(
            svg=Markup(ElementTree.tostring(root, encoding="unicode")),  # noqa: S704 - ElementTree escapes texts
            alternative=alternative,
            written=tuple(self._written),
            width=self.width,
            height=height,
            shapes=tuple(self._painted),
        )

    def _shape(self, tag: str, place: dict[str, str], colour: str, line: float) -> None:
        value = getattr(self._palette, colour)
        if line:
            look = {"class": f"line-{colour}", "fill": "none", "stroke": value, "stroke-width": _number(line)}
        else:
            look = {"class": f"fill-{colour}", "fill": value}
        self._shapes.append(ElementTree.Element(tag, {**place, **look}))


def text_width(text: str, *, bold: bool = False) -> float:
    """Return an upper estimate of the width of a text, in points."""
    hundredths = sum(_WIDTHS.get(character) or _other_width(character) for character in text)
    return hundredths / 100 * TEXT_SIZE * (_BOLD if bold else 1.0)


def fit_text(text: str, width: float, *, bold: bool = False) -> str:
    """Return a text no wider than *width*; if it is too long, it is cut, at a space if possible, with an ellipsis."""
    if text_width(text, bold=bold) <= width:
        return text
    cut = text
    while cut and text_width(f"{cut}…", bold=bold) > width:
        cut = cut[:-1]
    head, _, rest = cut.rpartition(" ")
    kept = head if head and len(rest) < len(cut) // 3 else cut
    return f"{kept.rstrip(' ,;:.-–')}…"


def wrap_text(text: str, width: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text broken into at most *lines* lines; the last one is cut if it is too long."""
    words, made = text.split(), list[str]()
    while words and len(made) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        made.append(fit_text(line, width, bold=bold))
    return (*made, fit_text(" ".join(words), width, bold=bold)) if words else tuple(made)


def drawable(text: str) -> str | None:
    """Return a text that can be drawn; None if its letters join, stack, or run from right to left."""
    clean = unicodedata.normalize("NFC", printable(text))
    return clean if all(_is_drawable(character) for character in clean) else None


def drawable_all(texts: Iterable[str]) -> list[str] | None:
    """Return texts that can be drawn; None if one of them cannot be."""
    clean = [drawable(text) for text in texts]
    return None if None in clean else [text or "" for text in clean]


def _is_drawable(character: str) -> bool:
    """Return True if a character is drawn alone, from left to right, in one of our fonts."""
    return character.isascii() or not (
        unicodedata.category(character)[0] in "MC"
        or unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or ord(character) >= _EMOJI
    )


def _other_width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE_WIDTH
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, _OTHER_WIDTH)


def _number(value: float) -> str:
    return f"{value:.2f}"
