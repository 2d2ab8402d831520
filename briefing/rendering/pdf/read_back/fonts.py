"""Read the fonts of a PDF: the text of each code, and whether its glyph shows that text.

A composite font maps a code to a glyph by its encoding, and to a text by its ToUnicode map (ISO 32000-1, 9.7 and 9.10).
The two are independent. Therefore each glyph is compared with the glyph that the installed font has for that text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from briefing.rendering.pdf.read_back.typefaces import (
    Typeface,
    damage,
    house_letters,
    installed_typeface,
    read_typeface,
)

# A section of a map: "2 beginbfchar <0003> <0042> <0004> <0043> endbfchar", "1 begincidchar <0586> 0 endcidchar".
_TEXTS = re.compile(rb"\d+ beginbfchar\s+((?:<[0-9A-Fa-f]{4}>\s*<[0-9A-Fa-f]*>\s*)*)endbfchar")
_CIDS = re.compile(rb"\d+ begincidchar\s+((?:<[0-9A-Fa-f]{4}>\s*\d+\s*)*)endcidchar")
_TEXT = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_CID = re.compile(rb"<([0-9A-Fa-f]{4})>\s*(\d+)")
# All words of a map outside of its sections.
_WORDS = frozenset(
    b"/CIDInit /ProcSet findresource begin 12 dict begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS)"
    b" (Identity) /Supplement 0 >> def 3 dup end /CMapName /Adobe-Identity-UCS /WP-Encod-0 /CMapType 1 2"
    b" begincodespacerange <0000> <ffff> endcodespacerange endcmap"
    b" CMapName currentdict /CMap defineresource pop".split()
)
_WIDTH_OFF = 20.0  # thousandths of the font size by which a width may differ from the typeface's


@dataclass(frozen=True, slots=True)
class Font:
    """The texts of a font's codes."""

    width: int  # bytes of a code
    texts: Mapping[int, str]

    @classmethod
    def of(cls, font: Any) -> "Font":
        """Read the dictionary of a font."""
        width = 2 if font.get("/Subtype") == "/Type0" else 1
        characters = font.get("/ToUnicode")
        return cls(width, _texts(characters.read_bytes()) if characters is not None else {})

    def decode(self, codes: bytes) -> list[str]:
        """Return the text of each code; a code that the font does not map gives a replacement character."""
        texts, width = self.texts, self.width
        return [
            texts.get(int.from_bytes(codes[start : start + width], "big"), "\ufffd")
            for start in range(0, len(codes), width)
        ]


class Widths:
    """The widths of the glyphs of a page's fonts, in thousandths of the font size."""

    def __init__(self, fonts: Any) -> None:
        self._fonts = fonts
        self._known: dict[str, dict[int, float]] = {}

    def advance(self, name: str, size: float, pieces: Any) -> float:
        """Return the total width of strings and shifts (the operand of TJ), in text units."""
        import pikepdf

        widths = self._of(name)
        total = 0.0
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                codes = bytes(piece)
                total += sum(
                    widths.get(int.from_bytes(codes[at : at + 2], "big"), widths[-1]) for at in range(0, len(codes), 2)
                )
            else:
                total -= float(piece)
        return total / 1000 * size

    def _of(self, name: str) -> dict[int, float]:
        if name not in self._known:
            self._known[name] = _widths(self._fonts.get(name, {}))
        return self._known[name]


def odd_fonts(fonts: Any) -> Iterator[str]:
    """Yield the oddities of a page's fonts: an unusual map, a glyph that shows another text."""
    for name, font in sorted(fonts.items()):
        for oddity in _odd_font(font):
            yield f"font {str(font.get('/BaseFont', name))[1:]}: {oddity}"


def _odd_font(font: Any) -> Iterator[str]:
    if font.get("/Subtype") != "/Type0":
        return  # reported where the page uses it
    yield from _odd_map("/ToUnicode", font["/ToUnicode"], _TEXTS, _TEXT)
    if not isinstance(font["/Encoding"], type(font["/Type"])):
        yield from _odd_map("/Encoding", font["/Encoding"], _CIDS, _CID)
    descendant = font["/DescendantFonts"][0]
    descriptor = descendant["/FontDescriptor"]
    file = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    embedded = read_typeface(BytesIO(file.read_bytes()))
    if embedded is None:
        yield "its file cannot be read"
        return
    try:
        yield from list(_odd_glyphs(font, embedded, _widths(font)))
    except damage() as error:
        yield f"its file is damaged: {error}"


def _odd_map(key: str, stream: Any, sections: re.Pattern[bytes], entries: re.Pattern[bytes]) -> Iterator[str]:
    source = stream.read_bytes()
    if any(word not in _WORDS for word in sections.sub(b"", source).split()):
        yield f"{key} is not written as in our files"
    codes = [int(code, 16) for body in sections.findall(source) for code, _ in entries.findall(body)]
    if len(codes) != len(set(codes)):
        yield f"{key} explains a code twice"


def _odd_glyphs(font: Any, embedded: Typeface, widths: Mapping[int, float]) -> Iterator[str]:
    """Yield the first glyph that differs from the installed typeface, or why glyphs cannot be compared."""
    if embedded.is_hinted:
        yield "its file holds hinting instructions, which our files do not have"
    texts, glyphs = Font.of(font).texts, _glyphs(font["/Encoding"])
    installed = installed_typeface(embedded.name)
    if installed is None:
        letters = sorted({c for text in texts.values() for c in text if c.isalnum()} & house_letters())
        if letters:
            yield f"{embedded.name!r} is not installed here, so its {letters[0]!r} cannot be compared; install it"
        return
    for code, text in texts.items():
        glyph = glyphs.get(code, code)
        if glyph == 0:
            if any(installed.holds(character) for character in text):
                yield f"{text!r} is shown as a box"
                return
        elif not installed.reads(glyph, text) or installed.outline(glyph) != embedded.outline(glyph):
            yield f"the glyph of {text!r} shows something else"
            return
        elif abs(widths.get(code, widths[-1]) - installed.width(glyph)) > _WIDTH_OFF:
            yield f"the glyph of {text!r} has another width"
            return


def _widths(font: Any) -> dict[int, float]:
    """Return the widths of a composite font by code (ISO 32000-1, 9.7.4.3); key -1 is the default width."""
    import pikepdf

    kids = font.get("/DescendantFonts", ())
    kid = kids[0] if len(kids) else {}
    widths = {-1: float(kid.get("/DW", 1000))}
    entries = list(kid.get("/W", ()))
    at = 0
    while at + 1 < len(entries):
        first = int(entries[at])
        if isinstance(entries[at + 1], pikepdf.Array):
            widths.update({first + step: float(width) for step, width in enumerate(entries[at + 1])})
            at += 2
        elif at + 2 < len(entries):
            last = min(int(entries[at + 1]), 0xFFFF)
            widths.update(dict.fromkeys(range(first, last + 1), float(entries[at + 2])))
            at += 3
        else:
            break
    return widths


def _texts(source: bytes) -> dict[int, str]:
    """Read a ToUnicode map (ISO 32000-1, 9.10.3); WeasyPrint writes no ranges."""
    pairs = (pair for body in _TEXTS.findall(source) for pair in _TEXT.findall(body))
    return {int(code, 16): _utf16(text) for code, text in pairs}


def _glyphs(encoding: Any) -> dict[int, int]:
    """Return the glyph of each code that does not equal its glyph number."""
    import pikepdf

    if isinstance(encoding, pikepdf.Name):
        return {}
    source = encoding.read_bytes()
    return {int(code, 16): int(cid) for body in _CIDS.findall(source) for code, cid in _CID.findall(body)}


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
