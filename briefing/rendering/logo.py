"""Read the logo at the head of a page; its kind is found from its content, and unsafe files are refused."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Annotated

from pydantic import Field

from briefing.errors import RenderingError
from briefing.rendering.svg_check import flaw_of_svg

LARGEST = 1_000_000  # bytes
MOST_PIXELS = 4000  # on a side
FEWEST_PIXELS = 16

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: its kind and its bytes; the layout attached to a brief does not repeat the bytes."""

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
        RenderingError: The file is missing, too large, not a PNG, JPEG or SVG, or an SVG with active content.
    """
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        raise RenderingError("the logo", f"{path} cannot be read: {_reason(error)}") from error
    if status.st_size > LARGEST:
        raise RenderingError("the logo", f"{path} has {status.st_size:,} bytes; at most {LARGEST:,} are allowed")
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(path: str, _changed: int, _size: int) -> Logo:
    """Return the logo in a file; a file that has not changed is not read again."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise RenderingError("the logo", f"{path} cannot be read: {_reason(error)}") from error
    if len(content) > LARGEST:
        raise RenderingError("the logo", f"{path} has more than {LARGEST:,} bytes")
    media = next((kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)), None)
    if media is None and b"<svg" not in content:
        raise RenderingError("the logo", f"{path} is not a PNG, JPEG or SVG file")
    flaw = flaw_of_svg(content) if media is None else _flaw_of_pixels(content)
    if flaw is not None:
        raise RenderingError("the logo", f"{path} {flaw}")
    return Logo(media or _SVG, len(content), hashlib.sha256(content).hexdigest(), content)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _flaw_of_pixels(content: bytes) -> str | None:
    """Return why a PNG or JPEG cannot be printed; None if it can."""
    from PIL import Image, ImageFile

    # WeasyPrint makes Pillow accept truncated pictures; here they must be refused.
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
