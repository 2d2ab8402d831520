"""Compare the colour of letters with their background, to find invisible text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from briefing.reading.web.style_sheets import Style

FAINT = 0.05  # a lower opacity is invisible
_ALIKE = 0.1  # a smaller distance in every channel is invisible
_WORD = re.compile(r"[a-z-]+\((?:[^()]|\([^()]*\))*\)|[^\s(),]+")  # a colour or another word of a value
_PICTURES = ("img", "picture", "video", "canvas", "svg", "iframe", "object", "embed")
_SYSTEM = {"canvas": (1.0, 1.0, 1.0, 1.0), "canvastext": (0.0, 0.0, 0.0, 1.0)}

Colour = tuple[float, float, float, float]  # red, green, blue and opacity, each from 0 to 1
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
_LINK = "#0000ee"  # the default colour of links
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of an element's letters and of their background; None where unknown."""

    colour: Colour | None = BLACK
    fill: Colour | None = None  # the fill of letters, if it differs from their colour
    is_filled: bool = False  # whether *fill* applies
    ground: Colour | None = WHITE
    shows_through: bool = False  # whether the background shows through the letters
    edges: tuple[Colour, ...] = ()  # of their outlines and shadows

    def within(self, style: "Style", element: "HtmlElement") -> "Ink":
        """Return the colours inside an element with this style."""
        ink = self._with_background(style, element)
        attribute = {"font": "color", "body": "text"}.get(str(element.tag))
        colour = style.get("color") or (element.get(attribute) if attribute else None)
        if colour is None and element.tag == "a" and "href" in element.attrib:
            colour = _LINK
        if colour is not None:
            ink = replace(ink, colour=_letters(colour.lower(), self.colour))
        fill = style.get("text-fill-color")
        if fill is not None and fill != "inherit":
            follows = fill in ("currentcolor", "initial", "unset")
            ink = replace(ink, is_filled=not follows, fill=None if follows else colour_of(fill))
        edges = [style[name] for name in ("text-stroke", "text-stroke-color", "text-shadow") if name in style]
        if edges:
            ink = replace(ink, edges=tuple(c for edge in edges for c in colours_in(edge)))
        return ink

    def _with_background(self, style: "Style", element: "HtmlElement") -> "Ink":
        """Return the colours with the element's own background."""
        background = " ".join(style.get(name, "") for name in ("background", "background-color")).strip()
        if not background:
            background = (element.get("bgcolor") or "").lower()
        clip = f"{style.get('background-clip', '')} {style.get('background', '')}".split()
        pictures = f"{background} {style.get('background-image', '')}"
        has_picture = bool(element.get("background")) or any(
            word in pictures for word in ("url(", "gradient(", "image")
        )
        if "text" in clip:
            return replace(self, shows_through=True)
        if has_picture or _is_over_picture(style, element):
            return replace(self, ground=None, shows_through=False)
        if not background:
            return self
        colours = colours_in(background)
        if not colours:
            is_clear = all(word in ("none", "transparent", "initial", "unset") for word in background.split())
            return self if is_clear else replace(self, ground=None)
        return replace(self, ground=_blended(colours[-1], self.ground), shows_through=False)

    def is_faint(self) -> bool:
        """Return True if the letters are indistinguishable from their background."""
        letters = self.fill if self.is_filled else self.colour
        if letters is None or self.shows_through or any(self._is_visible(edge) for edge in self.edges):
            return False
        return not self._is_visible(letters)

    def _is_visible(self, colour: Colour) -> bool:
        if colour[3] <= FAINT:
            return False
        if self.ground is None:
            return True
        shown = _blended(colour, self.ground) or colour
        return any(abs(one - other) > _ALIKE for one, other in zip(shown[:3], self.ground[:3], strict=True))


def colour_of(text: str) -> Colour | None:
    """Return a CSS colour; None if it is invalid or depends on its context."""
    from tinycss2.color5 import parse_color

    if text in _SYSTEM:
        return _SYSTEM[text]
    try:
        found = parse_color(text)
        if found is None or isinstance(found, str):
            return None
        parts = _grey(found) if "lab" in found.space or "lch" in found.space else _coordinates(found)
        red, green, blue = (min(max(float(part or 0), 0.0), 1.0) for part in parts)
        return red, green, blue, float(found.alpha)
    except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError):
        return None


def colours_in(text: str) -> list[Colour]:
    """Return the colours that a value names."""
    return [colour for word in _WORD.findall(text) if (colour := colour_of(word)) is not None]


def _coordinates(colour: Any) -> Iterable[float]:
    """Return red, green and blue; wider colour spaces are treated as sRGB."""
    try:
        coordinates: Iterable[float] = colour.to("srgb").coordinates
    except NotImplementedError:
        coordinates = colour.coordinates
    return coordinates


def _grey(colour: Any) -> Iterable[float]:
    """Return the grey of a nearly grey colour in Lab or LCH (CSS Color 4, 9).

    Raises:
        ValueError: The colour is not nearly grey.
    """
    lightness, one, other = (float(part or 0) for part in colour.coordinates)
    is_ok = colour.space.startswith("ok")
    chroma = one if "lch" in colour.space else max(abs(one), abs(other))
    if chroma > (0.04 if is_ok else 10):
        raise ValueError("it is no grey")
    linear = lightness**3 if is_ok else max((lightness + 16) / 116, 0.0) ** 3
    return [1.055 * linear ** (1 / 2.4) - 0.055 if linear > 0 else 0.0] * 3


def _letters(text: str, parent: Colour | None) -> Colour | None:
    if text in ("inherit", "unset", "currentcolor", "revert", "revert-layer"):
        return parent
    return BLACK if text == "initial" else colour_of(text)


def _blended(colour: Colour, ground: Colour | None) -> Colour | None:
    """Return how a colour looks over a background; None if unknown."""
    opacity = colour[3]
    if opacity >= 1 - FAINT:
        return (*colour[:3], 1.0)
    if opacity <= FAINT or ground is None:
        return ground
    red, green, blue = (
        one * opacity + other * (1 - opacity) for one, other in zip(colour[:3], ground[:3], strict=True)
    )
    return red, green, blue, 1.0


def _is_over_picture(style: "Style", element: "HtmlElement") -> bool:
    """Return True if an element is placed over its neighbours and one of them is a picture."""
    parent = element.getparent()
    if parent is None or style.get("position") not in ("absolute", "fixed", "relative", "sticky"):
        return False
    beside = [sibling for sibling in parent[:20] if sibling is not element]
    return any(one.tag in _PICTURES for sibling in beside for one in (sibling, *sibling[:5]))
