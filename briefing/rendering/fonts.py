"""The typefaces of a page and their files."""

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from briefing.errors import RenderingError


class Face(NamedTuple):
    """One weight of a typeface."""

    family: str  # its name in style sheets: "Briefing Serif"
    weight: int  # of CSS: 400, 600
    package: str  # the package with its file: "font_source_serif_pro"
    file: str


FACES = (
    Face("Briefing Serif", 400, "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    Face("Briefing Serif", 600, "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    Face("Briefing Sans", 400, "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    Face("Briefing Sans", 600, "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
)


def font_file(face: Face) -> Path:
    """Return the file of a face.

    Raises:
        RenderingError: Its package is missing.
    """
    return font_folder(face.package) / face.file


def font_folder(package: str) -> Path:
    """Return the folder of the files of a font package, without importing it.

    Raises:
        RenderingError: The package is missing.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RenderingError("pdf", f"the font package {package} is missing; install {package.replace('_', '-')}")
    return Path(next(iter(spec.submodule_search_locations))).resolve() / "files"


def face_rule(face: Face, address: str, more: str = "") -> str:
    """Return the CSS rule that loads a face from an address; *more* is appended to its source."""
    return f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("{address}"){more} }}'
