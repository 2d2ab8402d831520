"""What a web page holds but does not show."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.reading.canonical import squash
from briefing.reading.lists import word_lists

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from briefing.reading.style_sheets import Style

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
MIN_PASSAGE = 20  # characters; less is an icon or a label, of which the reader need not be told
FAINT = 0.05  # opacity, and the distance between two colours in each channel, that nobody sees
TINY = 2.0  # pixels of a font size that nobody reads
OUTSIDE, FAR = -900.0, 5000.0  # pixels from the screen's edge at which nothing is seen

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|in|cm|mm|r?em|ex|ch|%|v[wh]|)")
_PIXELS = {"pt": 1.33, "pc": 16, "in": 96, "cm": 38, "mm": 3.8, "em": 16, "rem": 16, "ex": 8, "ch": 8, "%": 10}
_RELATIVE = re.compile(rf"{_NUMBER}(?:em|ex|ch|%)\Z|inherit|smaller|larger")  # sizes that grow out of the parent's
# "scale(0)", "scale3d(1,0,1)", "matrix(0,0,0,0,0,0)", "translatex(-9999px)"; not "scale(0.9)", "translate(-50%)".
_NO_SIZE = re.compile(r"scale(?:x|y|3d)?\((?:[^()]*,)?\s*0*\.?0+\s*[,)]|matrix\(\s*0*\.?0+\s*,\s*0*\.?0+\s*,")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(([^()%]*)\)")
_OPACITY = re.compile(rf"opacity\(\s*({_NUMBER})(%?)\s*\)")
_ZERO_FONT = re.compile(r"(?:\A|\s)0*\.?0+(?:px|pt|r?em|%)?(?:\s*/|\s)")  # "0/0 a"; not "10px/1.5 Arial"
_FUNCTION = re.compile(r"(rect|inset|circle|ellipse|polygon)\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Unseen:
    """Why text is not seen, each reason inherited until an element within sets it otherwise."""

    invisible: bool = False
    tiny: bool = False
    indented: bool = False
    faint: bool = False

    def within(self, style: "Style") -> "_Unseen":
        """Return what holds inside of an element with this style."""
        return _Unseen(
            _invisible(style.get("visibility"), self.invisible),
            _tiny(style, self.tiny),
            _indented(style, self.indented),
            _faint(style, self.faint),
        )


def drop_hidden(tree: "HtmlElement", source: str) -> int:
    """Take out what the page does not show, and return how many passages of text that were.

    Style sheets count where they hide something whatever the screen, with the selectors and the cascade of CSS.

    Raises:
        ReadingError: the page's style sheets are too large to tell.
    """
    hidden, emptied = _find_hidden(tree, source)
    seen = [e for e in hidden if e.tag not in UNSEEN_TAGS]
    passages = sum(len(squash("".join(e.itertext())[:400])) >= MIN_PASSAGE for e in seen)
    for element in emptied:
        passages += len(squash("".join(_own_texts(element))[:400])) >= MIN_PASSAGE
        element.text = None
        for child in element:
            child.tail = None
    drop(hidden)
    return passages


def drop(elements: Iterable["HtmlElement"]) -> None:
    """Take elements out of their tree; the text after them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _own_texts(element: "HtmlElement") -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _find_hidden(tree: "HtmlElement", source: str) -> tuple[list["HtmlElement"], list["HtmlElement"]]:
    """Return the elements that are hidden whole, and those of which only the text of their own is."""
    from briefing.reading.style_sheets import StyleSheets

    sheets = StyleSheets(tree, source)
    hidden: list[HtmlElement] = []
    emptied: list[HtmlElement] = []
    waiting = [(sheets.root(), _Unseen())]
    while waiting:
        wrapped, unseen = waiting.pop()
        element = wrapped.etree_element
        if element.tag == "head":
            continue
        if element.tag not in ("html", "body"):
            style = sheets.style(wrapped)
            if _is_hidden(element) or _hides(style):
                hidden.append(element)
                continue
            unseen = unseen.within(style)
        closed = element.tag == "details" and element.get("open") is None
        if unseen != _Unseen() or closed:
            emptied.append(element)
        children = list(wrapped.iter_children())
        if closed:  # all but what it is opened by
            summary = element.find("summary")
            hidden += [child.etree_element for child in children if child.etree_element is not summary]
            children = [child for child in children if child.etree_element is summary]
        waiting += [(child, unseen) for child in children]
    return hidden, emptied


def _is_hidden(element: "HtmlElement") -> bool:
    """Tell whether an element is hidden by what it is, whatever its style."""
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "false":
        return True
    if (element.get("aria-hidden") or "").strip().lower() == "true" or element.get("popover") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return not _hiding_classes().isdisjoint((element.get("class") or "").lower().split())


def _hides(style: "Style") -> bool:
    """Tell whether a style takes its element and all within it from the screen."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    opacity = _LENGTH.fullmatch(style.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) <= FAINT:
        return True
    filtered = _OPACITY.search(style.get("filter", ""))
    if filtered and float(filtered[1]) / (100 if filtered[2] else 1) <= FAINT:
        return True
    return _is_clipped(style) or _is_outside(style)


def _is_clipped(style: "Style") -> bool:
    """Tell whether nothing is left of an element: its box has no size, or is cut away."""
    if style.get("overflow", "").startswith(("hidden", "clip")):
        sizes = [_pixels(style.get(name, "")) for name in ("height", "width", "max-height", "max-width")]
        if any(size is not None and size <= 1 for size in sizes):
            return True
    transform = style.get("transform", "")
    if _NO_SIZE.search(transform) or (style.get("scale") and all(float(n) == 0 for n in _numbers(style["scale"]))):
        return True
    shapes = _FUNCTION.findall(f"{style.get('clip', '')} {style.get('clip-path', '')}")
    return any(_is_empty(shape, inside.split("round")[0].split("at ")[0]) for shape, inside in shapes)


def _is_empty(shape: str, inside: str) -> bool:
    """Tell whether a shape of CSS has no area: "inset(50%)", "rect(0, 0, 0, 0)", "circle(0)"."""
    lengths = [_pixels(length) or 0.0 for length in re.split(r"[\s,]+", inside.strip()) if length != "auto"]
    if shape != "inset":
        return bool(lengths) and all(abs(length) <= 1 for length in lengths)
    if "%" not in inside:
        return False
    top, right, bottom, left = {1: lengths * 4, 2: lengths * 2, 3: [*lengths, lengths[1 % len(lengths)]]}.get(
        len(lengths), lengths[:4] + [0.0] * (4 - len(lengths[:4]))
    )
    return top + bottom >= 1000 or left + right >= 1000


def _is_outside(style: "Style") -> bool:
    """Tell whether an element stands far off the screen."""
    places: list[str] = []
    if style.get("position", "static") in ("absolute", "fixed", "relative"):
        places += [style.get(name, "") for name in ("left", "top", "right", "bottom")] + style.get("inset", "").split()
    places += [style[name] for name in ("margin-left", "margin-top") if not style.get(name, "%").endswith("%")]
    for moved in _MOVED.findall(style.get("transform", "")):
        places += moved.replace(",", " ").split()
    lengths = (_pixels(place) for place in places)
    return any(length is not None and not OUTSIDE < length < FAR for length in lengths)


def _invisible(value: str | None, inherited: bool) -> bool:
    return inherited if value in (None, "inherit") else value in ("hidden", "collapse")


def _tiny(style: "Style", inherited: bool) -> bool:
    size = style.get("font-size")
    if size is None:
        return bool(_ZERO_FONT.search(style["font"])) if "font" in style else inherited
    pixels = _pixels(size)
    if pixels is not None and pixels * (0.016 if size.endswith("%") else 1) < TINY:
        return True
    return inherited and bool(_RELATIVE.match(size))


def _indented(style: "Style", inherited: bool) -> bool:
    indent = style.get("text-indent")
    if indent is None:
        return inherited
    pixels = _pixels(indent.split(" ")[0])
    if pixels is None:
        return inherited and indent == "inherit"
    return pixels <= OUTSIDE or pixels >= FAR or (pixels >= 1000 and "%" in indent)


def _faint(style: "Style", inherited: bool) -> bool:
    """Tell whether letters have the colour of their background, both of them named; or none at all."""
    from tinycss2.color3 import parse_color

    background = style.get("background-color") or style.get("background")
    if "color" not in style:
        return inherited and background is None
    if style["color"] == "inherit":
        return inherited
    ink = parse_color(style["color"])
    if ink is None or ink == "currentColor":
        return False
    if ink[3] <= FAINT:
        return style.get("background-clip") != "text"
    paper = next(
        (c for part in _colour_words(background or "") if (c := parse_color(part)) and c != "currentColor"), None
    )
    if paper is None or paper[3] <= FAINT or "url(" in (background or "") or "gradient(" in (background or ""):
        return False
    return all(abs(one - other) <= FAINT for one, other in zip(ink[:3], paper[:3], strict=True))


def _colour_words(background: str) -> list[str]:
    return re.findall(r"[a-z]+\([^()]*\)|[^\s()]+", background)


def _pixels(length: str) -> float | None:
    """Return a length in pixels, roughly; None where it is none: "auto", "calc(...)"."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS.get(match[2], 10 if match[2] in ("vw", "vh") else 1) if match else None


def _numbers(text: str) -> list[str]:
    return re.findall(_NUMBER, text) or ["1"]


@cache
def _hiding_classes() -> frozenset[str]:
    return frozenset(word_lists("hidden")["classes"])
