"""A house's mark for the head of the page: read from a file, its kind told by what it holds, harmless ones only."""

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Annotated
from xml.parsers import expat

from pydantic import Field

from briefing.errors import RenderingError

LARGEST = 1_000_000  # bytes
MOST_PIXELS = 4000  # of a side
FEWEST_PIXELS = 16

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_SVG = "image/svg+xml"
_SVG_NAMES = ("http://www.w3.org/2000/svg", "")
# Elements that run, load or say something; a logo's letters are shapes, so that they look alike everywhere.
_REFUSED = frozenset(
    {"script", "handler", "listener", "foreignobject", "image", "feimage", "a", "animate", "animatetransform"}
    | {"animatemotion", "set", "discard", "iframe", "object", "embed", "audio", "video", "canvas", "link"}
)
_LETTERS = frozenset({"text", "tspan", "textpath", "tref", "font", "font-face"})
# An address that a style or an attribute asks for, other than a part of the file: "url(http://a.org)", "@import 'b'";
# not "url(#blue)".
_ELSEWHERE = re.compile(r"url\(\s*(?!['\"]?\s*#)|@import|javascript:|\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: what it is, and its bytes, which no layout that travels with a brief repeats."""

    media: str  # "image/png", "image/jpeg", "image/svg+xml"
    size: int  # bytes
    sha256: str
    content: Annotated[bytes, Field(exclude=True)] = b""

    @property
    def uri(self) -> str:
        """The picture as a data: URI."""
        return f"data:{self.media};base64,{b64encode(self.content).decode('ascii')}"


def read_logo(path: str) -> Logo:
    """Read a logo.

    Raises:
        RenderingError: There is no such file, it is too large, no PNG, JPEG or SVG, or an SVG that does something.
    """
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        raise RenderingError("the logo", f"{path} cannot be read: {_why(error)}") from error
    if status.st_size > LARGEST:
        raise RenderingError("the logo", f"{path} has {status.st_size:,} bytes; at most {LARGEST:,} are allowed")
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(path: str, _changed: int, _size: int) -> Logo:
    """Return the logo in a file, which is read again only when it was changed."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise RenderingError("the logo", f"{path} cannot be read: {_why(error)}") from error
    if len(content) > LARGEST:
        raise RenderingError("the logo", f"{path} has more than {LARGEST:,} bytes")
    media = next((kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)), None)
    if media is None and b"<svg" not in content:
        raise RenderingError("the logo", f"{path} is no PNG, JPEG or SVG, whatever its name says")
    flaw = _flaw_of_svg(content) if media is None else _flaw_of_pixels(content)
    if flaw is not None:
        raise RenderingError("the logo", f"{path} {flaw}")
    return Logo(media or _SVG, len(content), hashlib.sha256(content).hexdigest(), content)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _flaw_of_pixels(content: bytes) -> str | None:
    """Return why a PNG or JPEG cannot be printed; None where it can."""
    from PIL import Image, ImageFile

    # WeasyPrint has Pillow take half a picture for a whole one.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            sides = image.size
            if max(sides) > MOST_PIXELS or min(sides) < FEWEST_PIXELS:
                wide, high = sides
                return f"has {wide} x {high} pixels; a side has {FEWEST_PIXELS} to {MOST_PIXELS}"
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return f"is damaged: {error}"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return None


def _flaw_of_svg(content: bytes) -> str | None:
    """Return why an SVG cannot be printed; None where it can."""
    check = _SvgCheck()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = check.refuse_declarations
    parser.ProcessingInstructionHandler = check.refuse_instruction
    parser.StartElementHandler = check.element
    parser.CharacterDataHandler = check.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return check.flaw or f"is no valid SVG: {error}"
    except _FlawFoundError:
        return check.flaw
    if _ELSEWHERE.search("".join(check.said)):
        return "refers to something outside of it"
    return None


class _FlawFoundError(Exception):
    """Ends the reading of an SVG."""


class _SvgCheck:
    """Looks at each part of an SVG and stops at the first that a logo may not have."""

    def __init__(self) -> None:
        self.flaw: str | None = None
        self.said: list[str] = []
        self._inside = False

    def refuse_declarations(self, *_: object) -> None:
        self._refuse("declares a document type; save it as plain SVG")

    def refuse_instruction(self, target: str, _data: str) -> None:
        self._refuse(f"holds the instruction {target!r}; save it as plain SVG")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._inside and (local != "svg" or namespace not in _SVG_NAMES):
            self._refuse(f"is no SVG: it begins with {local!r}")
        self._inside = True
        if local.lower() in _REFUSED:
            self._refuse(f"holds the element {local!r}; a logo is made of shapes")
        if namespace in _SVG_NAMES and local.lower() in _LETTERS:
            self._refuse("holds text; turn its letters into paths, so that it looks alike everywhere")
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def text(self, text: str) -> None:
        self.said.append(text)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            self._refuse(f"does something at an event: {key!r}")
        if key in ("href", "src") and not value.strip().startswith("#"):
            self._refuse(f"refers to something outside of it: {value[:60]!r}")
        if _ELSEWHERE.search(value):
            self._refuse(f"refers to something outside of it: {value[:60]!r}")

    def _refuse(self, flaw: str) -> None:
        self.flaw = flaw
        raise _FlawFoundError
