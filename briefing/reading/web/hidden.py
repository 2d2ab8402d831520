"""Find and remove the hidden text of a web page."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from briefing.reading.canonical import squash
from briefing.reading.web.inks import FAINT, WHITE, Ink, colours_in
from briefing.reading.web.lengths import NUMBER, font_size, pixels, share
from briefing.runtime.lexicon import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from briefing.reading.web.style_sheets import Style

UNSEEN_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "canvas",
    "select",
    "button",
)
MIN_PASSAGE = 20  # characters; a shorter one is an icon or a label, and not reported
TINY = 2.0  # pixels; a smaller font is unreadable
SHRUNK = 0.05  # of the size; text shrunk to less is unreadable
TIGHT = -0.4  # ems between letters; with less they overlap completely
OUTSIDE, FAR = -900.0, 5000.0  # pixels from the screen's edge, beyond which nothing is visible
FULL = 1000.0  # pixels of a hundred percent
NORMAL = 16.0  # pixels of a font size

# "scale(0)", "scale3d(1,0,1)", "matrix(0,0,0,0,0,0)", "rotatey(90deg)"; not "translate(-50%)".
_SCALED = re.compile(r"(?:scale(?:x|y|3d)?|matrix)\(([^()]*)\)")
_EDGEWISE = re.compile(r"rotate[xy]\(\s*-?(?:90deg|270deg|0?\.25turn|0?\.75turn|100grad)\s*\)")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(([^()%]*)\)")
_OPACITY = re.compile(rf"opacity\(\s*({NUMBER}%?)\s*\)")
# A word of the shorthand "font", except the line height: of "bold 10px/1.5 Arial" not "1.5".
_FONT_PART = re.compile(r"(?:\A|\s)([^\s/]+)")
_FUNCTION = re.compile(r"(rect|inset|circle|ellipse|polygon)\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Look:
    """The inherited properties that can hide text; an inner element may override each of them."""

    invisible: bool = False
    indented: bool = False
    overlapping: bool = False  # the letters overlap completely
    size: float = NORMAL  # of the letters, in pixels
    zoom: float = 1.0
    opacity: float = 1.0
    ink: Ink = field(default_factory=Ink)

    def within(self, style: "Style", element: "HtmlElement") -> "_Look":
        """Return the look inside an element with this style."""
        return _Look(
            _inherited(style.get("visibility"), self.invisible, ("hidden", "collapse").__contains__),
            _inherited(style.get("text-indent"), self.indented, _indents),
            _inherited(style.get("letter-spacing"), self.overlapping, _overlaps),
            _size(style, self.size),
            self.zoom * _share(style.get("zoom")),
            self.opacity * _share(style.get("opacity")) * _filtered(style.get("filter", "")),
            self.ink.within(style, element),
        )

    def hides(self) -> bool:
        """Return True if text with this look is invisible."""
        is_tiny = self.size * self.zoom < TINY
        return self.invisible or self.indented or self.overlapping or is_tiny or self.ink.is_faint()


def drop_hidden(tree: "HtmlElement", source: str) -> int:
    """Remove hidden text from a page, and return the number of passages.

    Style sheets are applied with the selectors and the cascade of CSS, if they hide text on every screen.

    Raises:
        ReadingError: The style sheets of the page are too large.
    """
    hidden, emptied = _find_hidden(tree, source)
    seen = [element for element in hidden if element.tag not in UNSEEN_TAGS]
    passages = sum(_is_passage(element.itertext()) for element in seen)
    for element in emptied:
        passages += _is_passage((element.text or "", *(child.tail or "" for child in element)))
        element.text = None
        for child in element:
            child.tail = None
    drop(hidden)
    return passages


def drop(elements: Iterable["HtmlElement"]) -> None:
    """Remove elements from their tree, but keep the text after them."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _is_passage(texts: Iterable[str]) -> bool:
    return len(squash("".join(texts)[:400])) >= MIN_PASSAGE


def _find_hidden(tree: "HtmlElement", source: str) -> tuple[list["HtmlElement"], list["HtmlElement"]]:
    """Return the elements that are hidden completely, and those with only their own text hidden."""
    from briefing.reading.web.style_sheets import StyleSheets, resolved

    sheets = StyleSheets(tree, source)
    hidden: list[HtmlElement] = []
    emptied: list[HtmlElement] = []
    variables: Mapping[str, str] = sheets.variables
    waiting: list[tuple[Any, _Look, Mapping[str, str]]] = [(sheets.root(), _first_look(tree), variables)]
    while waiting:
        wrapped, look, variables = waiting.pop()
        element = wrapped.etree_element
        if element.tag == "head":
            continue
        style, variables = resolved(sheets.style(wrapped), variables)
        if element.tag in ("html", "body"):
            look = _root_look(look, style, element)
        else:
            look = look.within(style, element)
            if _is_hidden(element) or look.opacity <= FAINT or _hides(style):
                hidden.append(element)
                continue
        closed = element.tag == "details" and element.get("open") is None
        if look.hides() or closed:
            emptied.append(element)
        children = list(wrapped.iter_children())
        if closed:  # everything except the summary
            summary = element.find("summary")
            hidden += [child.etree_element for child in children if child.etree_element is not summary]
            children = [child for child in children if child.etree_element is summary]
        waiting += [(child, look, variables) for child in children]
    return hidden, emptied


def _is_hidden(element: "HtmlElement") -> bool:
    """Return True if an element is hidden by its tag, attributes or classes."""
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "false":
        return True
    if (element.get("aria-hidden") or "").strip().lower() == "true" or element.get("popover") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return not word_set(__name__, "classes").isdisjoint((element.get("class") or "").lower().split())


def _first_look(tree: "HtmlElement") -> _Look:
    """Return the default look: black on white; the background is unknown if something else may set it."""
    elsewhere = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))
    has_scheme = any((meta.get("name") or "").lower() == "color-scheme" for meta in tree.iter("meta"))
    return _Look(ink=Ink(ground=None if elsewhere or has_scheme else WHITE))


def _root_look(look: _Look, style: "Style", element: "HtmlElement") -> _Look:
    """Return the look inside the root or the body, which count as visible: a script may show them later."""
    ink = look.ink.within(style, element)
    if "color-scheme" in style:
        ink = replace(ink, ground=None)
    return replace(look, ink=replace(ink, colour=None) if ink.is_faint() else ink)


def _hides(style: "Style") -> bool:
    """Return True if a style hides its element with everything inside."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    return _is_clipped(style) or _is_outside(style)


def _is_clipped(style: "Style") -> bool:
    """Return True if the box of an element has no size or is clipped away."""
    if style.get("overflow", "").startswith(("hidden", "clip")):
        sizes = [pixels(style.get(name, "")) for name in ("height", "width", "max-height", "max-width")]
        if any(size is not None and size <= 1 for size in sizes):
            return True
        if pixels(style.get("line-height", "1")) == 0 and style.get("height", "auto") == "auto":
            return True
    transform = f"{style.get('transform', '')} scale({style.get('scale', '1').replace(' ', ',')})"
    if any(_is_shrunk(function) for function in _SCALED.finditer(transform)) or _EDGEWISE.search(transform):
        return True
    mask = f"{style.get('mask', '')} {style.get('mask-image', '')}"
    colours = colours_in(mask.partition("gradient(")[2].rpartition(")")[0])
    if colours and all(colour[3] <= FAINT for colour in colours):
        return True
    shapes = _FUNCTION.findall(f"{style.get('clip', '')} {style.get('clip-path', '')}")
    return any(_is_empty(shape, inside.split("round")[0].split("at ")[0]) for shape, inside in shapes)


def _is_shrunk(function: re.Match[str]) -> bool:
    """Return True if a transform shrinks the width or the height to nothing: "scale(1, 0)"."""
    parts = [share(part.strip()) for part in function[1].split(",")]
    if function[0].startswith("matrix"):
        parts = [parts[0], parts[3]] if len(parts) == 6 and not any(parts[1:3]) else []
    return any(part is not None and abs(part) <= SHRUNK for part in parts)


def _is_empty(shape: str, inside: str) -> bool:
    """Return True if a CSS shape has no area: "inset(50%)", "rect(0, 0, 0, 0)", "circle(0)"."""
    lengths = [pixels(length) or 0.0 for length in re.split(r"[\s,]+", inside.strip()) if length != "auto"]
    if shape != "inset":
        return bool(lengths) and all(abs(length) <= 1 for length in lengths)
    if "%" not in inside:
        return False
    top, right, bottom, left = {1: lengths * 4, 2: lengths * 2, 3: [*lengths, lengths[1 % len(lengths)]]}.get(
        len(lengths), lengths[:4] + [0.0] * (4 - len(lengths[:4]))
    )
    return top + bottom >= 1000 or left + right >= 1000


def _is_outside(style: "Style") -> bool:
    """Return True if an element is placed far off the screen."""
    places: list[str] = []
    if style.get("position", "static") in ("absolute", "fixed", "relative"):
        places += [style.get(name, "") for name in ("left", "top", "right", "bottom")] + style.get("inset", "").split()
    margins = style.get("margin", "").split()
    margins = [*margins[:1], *margins[3:], style.get("margin-left", ""), style.get("margin-top", "")]
    places += [margin for margin in margins if not margin.endswith("%")]
    places += style.get("translate", "").split()
    for moved in _MOVED.findall(style.get("transform", "")):
        places += moved.replace(",", " ").split()
    lengths = (pixels(place) for place in places)
    return any(length is not None and not OUTSIDE < length < FAR for length in lengths)


def _inherited(value: str | None, inherited: bool, hides: Callable[[str], bool]) -> bool:
    """Return True if a value hides, or if it is inherited and the outer element's does."""
    return inherited if value is None or value == "inherit" else hides(value)


def _size(style: "Style", inherited: float) -> float:
    size = style.get("font-size") or next(filter(_is_size, _FONT_PART.findall(style.get("font", ""))), None)
    return inherited if size is None else font_size(size, inherited)


def _is_size(word: str) -> bool:
    """Return True if a word of the shorthand "font" is the font size: "12px", "0"; not "700", "bold"."""
    length = pixels(word)
    return length is not None and (length == 0 or not word.isdigit())


def _overlaps(spacing: str) -> bool:
    return pixels(spacing) is not None and font_size(spacing, NORMAL) / NORMAL <= TIGHT


def _share(value: str | None) -> float:
    found = None if value is None else share(value)
    return 1.0 if found is None else max(found, 0.0)


def _filtered(value: str) -> float:
    match = _OPACITY.search(value)
    return _share(match[1]) if match else 1.0


def _indents(indent: str) -> bool:
    length = pixels(indent.partition(" ")[0])
    return length is not None and (not OUTSIDE < length < FAR or (length >= FULL and "%" in indent))
