"""Read the glyphs of typefaces, both embedded in a PDF and installed."""

import shutil
import struct
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from briefing.rendering.fonts import FACES, font_file
from briefing.rendering.pdf.read_back.comparing import comparable

_FONT_LIST = "fc-list"
# Brackets and their mirror images in right-to-left text.
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_SMALL_CAPITAL = ".sc"
_INSTRUCTIONS = ("fpgm", "prep", "cvt ")  # tables of hinting instructions


@dataclass(slots=True)
class Typeface:
    """One typeface file, read on demand."""

    font: Any  # of fontTools
    is_house: bool = False  # one of ours, whose glyph names say what they show
    _letters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by glyph's name
    _glyphs: Any = None

    @property
    def name(self) -> str:
        """Its PostScript name ("SourceSerifPro-Regular"); empty if it has none."""
        return str(self.font["name"].getDebugName(6) or "") if "name" in self.font else ""

    @property
    def is_hinted(self) -> bool:
        """Return True if it has hinting instructions, which change glyphs at small sizes."""
        return any(table in self.font for table in _INSTRUCTIONS)

    def holds(self, character: str) -> bool:
        """Return True if it has a glyph for a character."""
        return ord(character) in self._characters()

    def outline(self, glyph: int) -> tuple[Any, ...] | None:
        """Return the drawing operations of a glyph; None if the number is unknown."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        if self._glyphs is None:
            self._glyphs = self.font.getGlyphSet()
        name = self._named(glyph)
        if name is None:
            return None
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[name].draw(pen)
        return (self.font["head"].unitsPerEm, *pen.value)

    def width(self, glyph: int) -> float:
        """Return how far a glyph advances, in thousandths of the font size."""
        return float(self.font["hmtx"][self._named(glyph)][0]) * 1000 / float(self.font["head"].unitsPerEm)

    def reads(self, glyph: int, text: str) -> bool:
        """Return True if a glyph may show a text.

        A text of several characters is a cluster; typefaces other than ours may draw it with any glyph.
        """
        name = self._named(glyph)
        if name is None:
            return False
        shown, letters = comparable(text), self._letters_of(name)
        if not letters and self.is_house:  # "f_f_i", "one.tf"
            parts = [self._letters_of(part) for part in name.split(".")[0].split("_")]
            letters = ("".join(part[0] for part in parts),) if all(parts) else ()
            if name.endswith(_SMALL_CAPITAL):  # "K.sc" shows K and k
                return any(comparable(letter).casefold() == shown.casefold() for letter in letters)
        elif not self.is_house and (not shown or not letters or len(shown) > 1):
            return True
        return any(comparable(letter) in (shown, shown.translate(_MIRRORED)) for letter in letters)

    def _characters(self) -> Mapping[int, str]:
        found: Mapping[int, str] = self.font.getBestCmap() or {}
        return found

    def _letters_of(self, name: str) -> tuple[str, ...]:
        if not self._letters:
            for character, glyph in self._characters().items():
                self._letters[glyph] = (*self._letters.get(glyph, ()), chr(character))
        return self._letters.get(name, ())

    def _named(self, glyph: int) -> str | None:
        """Return the name of a glyph; in CID typefaces it does not depend on the order of glyphs."""
        order = self.font.getGlyphOrder()
        if order[1].startswith("cid"):
            name = f"cid{glyph:05d}"
            return name if name in self.font.getReverseGlyphMap() else None
        return str(order[glyph]) if glyph < len(order) else None


def read_typeface(file: IO[bytes] | Path, number: int = 0) -> Typeface | None:
    """Return the typeface in a file, by number if there are several; None if it cannot be read."""
    from fontTools.ttLib import TTFont

    failures: tuple[type[Exception], ...] = (*damage(), OSError)
    try:
        return Typeface(TTFont(file, fontNumber=number, lazy=True))
    except failures:
        return None


def damage() -> tuple[type[Exception], ...]:
    """Return the errors that a damaged typeface may raise."""
    from fontTools.ttLib import TTLibError

    return (TTLibError, struct.error, AssertionError, LookupError, TypeError, ValueError, AttributeError, RuntimeError)


@cache
def installed_typeface(name: str) -> Typeface | None:
    """Return the installed typeface with a PostScript name, or None."""
    for file in map(font_file, FACES):
        if file.stem == name:
            typeface = read_typeface(file)
            if typeface is not None:
                typeface.is_house = True
            return typeface
    return _on_this_machine(name)


@cache
def house_letters() -> frozenset[str]:
    """Return the characters that all our own typefaces have."""
    faces = [installed_typeface(font_file(face).stem) for face in FACES]
    held = [frozenset(map(chr, face.font.getBestCmap())) for face in faces if face is not None]
    return frozenset.intersection(*held) if held else frozenset()


def _on_this_machine(name: str) -> Typeface | None:
    """Return the typeface that fontconfig finds by its PostScript name."""
    if shutil.which(_FONT_LIST) is None or not name.replace("-", "").replace("_", "").isalnum():
        return None
    asked = [_FONT_LIST, f":postscriptname={name.replace('-', chr(92) + '-')}", "--format", "%{file}\n%{index}\n"]
    try:
        found = subprocess.run(asked, capture_output=True, check=False, timeout=30)  # noqa: S603 - no untrusted input
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = found.stdout.decode("utf-8", "replace").splitlines()
    return read_typeface(Path(lines[0]), int(lines[1]) & 0xFFFF) if len(lines) > 1 else None
