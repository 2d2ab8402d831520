"""The typefaces embedded in an HTML page, so that it looks like the PDF in a browser."""

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from briefing.rendering.fonts import FACES, Face, face_rule
from briefing.rendering.templating.environment import templates_folder

# First and last code points of each file. A page always embeds the first file, and the others if it needs them.
SCRIPTS = {
    "latin": ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x206F), (0x20A0, 0x22FF)),
    "latin-more": ((0x180, 0x217), (0x21C, 0x24F), (0x1E00, 0x1EFF)),
    "greek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "cyrillic": ((0x400, 0x52F),),
}
_ALWAYS = "latin"
_LETTERS = {
    script: re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]")
    for script, ranges in SCRIPTS.items()
    if script != _ALWAYS
}


def web_font_file(face: Face, script: str) -> Path:
    """Return the file with the letters of a script in a face: "serif-600-latin.woff2"."""
    return templates_folder() / "fonts" / f"{face.family.split()[-1].lower()}-{face.weight}-{script}.woff2"


def web_font_rules(text: str) -> Iterator[str]:
    """Yield the CSS rules that embed the typefaces for the letters of a text."""
    yield from _rules(_ALWAYS)
    for script, letters in _LETTERS.items():
        if letters.search(text):
            yield from _rules(script)


def linked_font_rules(address: str) -> Iterator[str]:
    """Yield the CSS rules that load the typefaces, as far as a page needs them, from the files below an address."""
    for script in SCRIPTS:
        for face in FACES:
            yield face_rule(face, f"{address}/{web_font_file(face, script).name}", _more(script))


@cache
def _rules(script: str) -> tuple[str, ...]:
    return tuple(face_rule(face, _data_uri(web_font_file(face, script)), _more(script)) for face in FACES)


def _more(script: str) -> str:
    covered = ", ".join(f"U+{first:X}-{last:X}" for first, last in SCRIPTS[script])
    return f' format("woff2"); unicode-range: {covered}'


def _data_uri(file: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(file.read_bytes()).decode('ascii')}"
