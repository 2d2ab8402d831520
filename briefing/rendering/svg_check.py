"""Check that an SVG is safe as a logo: only shapes, nothing loaded or run, and quick to draw."""

import re
from xml.etree import ElementTree
from xml.parsers import expat

_SVG_NAMES = ("http://www.w3.org/2000/svg", "")
# Elements that run, load or animate something, or are slow to draw.
_REFUSED = frozenset(
    {"script", "handler", "listener", "foreignobject", "image", "feimage", "a", "animate", "animatetransform"}
    | {"animatemotion", "set", "discard", "iframe", "object", "embed", "audio", "video", "canvas", "link", "filter"}
)
_MARKERS = frozenset({"marker", "marker-start", "marker-mid", "marker-end"})  # drawn at each point of a path
# Text; the letters of a logo must be paths, so that they look alike everywhere.
_LETTERS = frozenset({"text", "tspan", "textpath", "tref", "font", "font-face"})
# An address outside of the file in a style or attribute: "url(http://a.org)", "@import 'b'";
# not "url(#blue)".
_ELSEWHERE = re.compile(r"url\(\s*(?!['\"]?\s*#)|@import|javascript:|\\", re.IGNORECASE)
_WITHIN = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")  # "url(#blue)": an element of the file
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})  # elements with nothing but colours
_MOST_DRAWN = 1_500_000  # characters of attributes, each element counted as often as it is drawn
_ELEMENT = 50  # characters counted for an element, besides its attributes
_MOST_MATCHING = 20_000_000  # characters of style sheets times elements
_DEEPEST = 60  # nested elements

# Attributes with numbers: sizes, repeated patterns, and all.
_SIZES = frozenset({"width", "height", "r", "rx", "ry", "stroke-width"})
_FINE = frozenset({"stroke-dasharray"})
_NUMBERS = frozenset(
    {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "fx", "fy", "fr", "dx", "dy", "d", "points", "viewbox", "transform"}
    | {"patterntransform", "gradienttransform", "offset", "opacity", "fill-opacity", "stroke-opacity", "stop-opacity"}
    | {"stroke-dashoffset", "stroke-miterlimit", "refx", "refy", "markerwidth", "markerheight"}
    | _SIZES
    | _FINE
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NO_NUMBER = re.compile(r"nan|inf", re.IGNORECASE)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;}]*)")  # of a style: "width: 3pt"
_LARGEST_NUMBER = 1e6
_FINEST = 0.01
_OF_VIEW_BOX = 4


def flaw_of_svg(content: bytes) -> str | None:
    """Return why an SVG cannot be printed; None if it can."""
    check = _SvgCheck()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = check.refuse_declarations
    parser.ProcessingInstructionHandler = check.refuse_instruction
    parser.StartElementHandler = check.element
    parser.CharacterDataHandler = check.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return check.flaw or f"is not a valid SVG: {error}"
    except _FlawFoundError:
        return check.flaw
    text = "".join(check.texts)
    try:
        check.style(text)
    except _FlawFoundError:
        return check.flaw
    if _ELSEWHERE.search(text):
        return "refers to something outside of it"
    return _flaw_of_size(ElementTree.fromstring(content), text)  # noqa: S314 - declarations are refused, so there are no entities


def _flaw_of_size(root: ElementTree.Element, styles: str) -> str | None:
    """Return why an SVG takes too long to draw, each element counted as often as it is drawn."""
    elements = list(root.iter())
    if len(styles) * len(elements) > _MOST_MATCHING:
        return "has a style sheet that is too long for so many elements; write the styles into attributes"
    named: dict[str, list[ElementTree.Element]] = {}
    for element in elements:
        named.setdefault(element.get("id", ""), []).append(element)
    targets = {part.tag.rpartition("}")[2] for name in _WITHIN.findall(styles) for part in named.get(name, ())}
    if targets - _GRADIENTS:
        return "has a style sheet that refers to an element; use an attribute instead"
    try:
        size, _, _ = _drawn(root, named, {}, frozenset())
    except _FlawFoundError as flaw:
        return str(flaw)
    if size > _MOST_DRAWN:
        return f"draws more than {_MOST_DRAWN:,} characters, each element counted as often as it is used; simplify it"
    return None


def _drawn(
    element: ElementTree.Element,
    named: dict[str, list[ElementTree.Element]],
    known: dict[ElementTree.Element, tuple[int, int, int]],
    above: frozenset[ElementTree.Element],
) -> tuple[int, int, int]:
    """Return the size of an element in characters, its depth, and its number of elements.

    All three include the elements that it holds and refers to. A pattern or gradient counts once for each element that
    inherits it.
    """
    if element in known:
        return known[element]
    if element in above:
        raise _FlawFoundError("holds an element that refers to itself")
    size, depth, count = _ELEMENT + sum(map(len, element.attrib.values())), 1, 1
    used = [value.strip()[1:] for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
    held = [*element, *(part for name in used for part in named.get(name, ()))]
    paints = [name for value in element.attrib.values() for name in _WITHIN.findall(value)]
    painted = [part for name in paints for part in named.get(name, ())]
    for number, part in enumerate((*held, *painted) if len(above) <= _DEEPEST else ()):
        its_size, its_depth, its_count = _drawn(part, named, known, above | {element})
        depth = max(depth, its_depth + 1)
        if number < len(held):
            size, count = size + its_size, count + its_count
        else:
            size += its_size * count
    if len(above) + depth > _DEEPEST:
        raise _FlawFoundError(f"has more than {_DEEPEST} nested elements")
    known[element] = (size, depth, count)
    return known[element]


class _FlawFoundError(Exception):
    """Stop reading an SVG at its first flaw."""


class _SvgCheck:
    """Check the parts of an SVG and stop at the first one that a logo may not have."""

    def __init__(self) -> None:
        self.flaw: str | None = None
        self.texts: list[str] = []  # of all elements, including styles
        self._inside = False

    def refuse_declarations(self, *_: object) -> None:
        self._refuse("declares a document type; save it as plain SVG")

    def refuse_instruction(self, target: str, _data: str) -> None:
        self._refuse(f"holds the instruction {target!r}; save it as plain SVG")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._inside and (local != "svg" or namespace not in _SVG_NAMES):
            self._refuse(f"is not an SVG: it begins with {local!r}")
        self._inside = True
        if local.lower() in _REFUSED:
            self._refuse(f"holds the element {local!r}; a logo is made of shapes")
        if namespace in _SVG_NAMES and local.lower() in _LETTERS:
            self._refuse("holds text; turn its letters into paths, so that it looks alike everywhere")
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def text(self, text: str) -> None:
        self.texts.append(text)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            self._refuse(f"has an event handler: {key!r}")
        if key in ("href", "src") and not value.strip().startswith("#"):
            self._refuse(f"refers to something outside of it: {value[:60]!r}")
        if _ELSEWHERE.search(value):
            self._refuse(f"refers to something outside of it: {value[:60]!r}")
        if key == "style":
            self.style(value)
        self._property(key, value)

    def style(self, text: str) -> None:
        """Check the declarations of a style, which have the same effect as attributes."""
        for key, value in _DECLARATION.findall(text):
            self._property(key.lower(), value)

    def _property(self, key: str, value: str) -> None:
        if key in _MARKERS and _WITHIN.search(value):
            self._refuse(f"draws something at each point of a line: {key}; draw it once")
        if key in _NUMBERS:
            self._numbers(key, value)

    def _numbers(self, key: str, value: str) -> None:
        """Refuse values that are not numbers, too large numbers and invalid sizes."""
        if _NO_NUMBER.search(value):
            self._refuse(f"has {key}={value[:60]!r}, which is not a number")
        numbers = [float(number) for number in _NUMBER.findall(value)]
        if any(abs(number) > _LARGEST_NUMBER for number in numbers):
            self._refuse(f"has {key}={value[:60]!r}, in which a number is too large")
        sizes = numbers[2:] if key == "viewbox" else numbers if key in _SIZES else []
        if (key == "viewbox" and len(numbers) != _OF_VIEW_BOX) or any(size < 0 for size in sizes):
            self._refuse(f"has {key}={value[:60]!r}, which is not a valid size")
        if key in _FINE and any(0 < abs(number) < _FINEST for number in numbers):
            self._refuse(f"has {key}={value[:60]!r}, which is too fine to be drawn")

    def _refuse(self, flaw: str) -> None:
        self.flaw = flaw
        raise _FlawFoundError
