"""Which characters of a page no installed font can show, and which fonts bring them.

What is missing depends on the machine, so it is told beside a PDF and not printed in it: the same brief gives the same
page everywhere, but for the fonts of scripts that ours lack.
"""

import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_LOGGER = "weasyprint"
# What WeasyPrint says of a character without a glyph: 'glyph rendered ... unsupported by fonts: "ሰ" (U+1230)'.
_UNKNOWN = re.compile(r"unsupported by fonts: .* \(U\+([0-9A-F]{4,6})\)$", re.DOTALL)
_MOST_NAMED = 12  # characters that a remark names
_FONT_LIST = "fc-list"


class Script(NamedTuple):
    """Letters that our own fonts lack, one of them, and the light package of Debian that brings them."""

    name: str
    letter: str
    package: str


SCRIPTS = (
    Script("Arabic", "س", "fonts-noto-ui-core"),
    Script("Hebrew", "ש", "fonts-dejavu-core"),
    Script("Devanagari", "क", "fonts-noto-ui-core"),
    Script("Thai", "ก", "fonts-noto-ui-core"),
    Script("Chinese", "字", "fonts-wqy-microhei"),
    Script("Japanese", "み", "fonts-wqy-microhei"),
    Script("Korean", "한", "fonts-wqy-microhei"),
    Script("emoji", "😀", "fonts-symbola"),
)


class _Collector(logging.Filter):
    """Keeps the characters that WeasyPrint finds no glyph for, so that they are told once and not one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: dict[str, None] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Take note of a character; return True if the message is about something else."""
        found = _UNKNOWN.search(record.getMessage())
        if found is not None:
            self.characters[chr(int(found[1], 16))] = None
        return found is None


class Missing:
    """The characters without a glyph on the pages that were printed meanwhile."""

    def __init__(self, collector: _Collector) -> None:
        self._collector = collector

    def remark(self) -> str:
        """Return what to say of them, with its remedy; empty where there are none."""
        characters = sorted(self._collector.characters)
        if not characters:
            return ""
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in characters[:_MOST_NAMED])
        more = f" and {len(characters) - _MOST_NAMED} more" if len(characters) > _MOST_NAMED else ""
        return (
            f"no installed font has {named}{more}: boxes stand for them in the PDF; "
            "install a font of their script (briefing doctor names Debian's packages; fonts-noto-core has nearly all)"
        )


@contextmanager
def missing_glyphs() -> Iterator[Missing]:
    """Watch what is printed meanwhile for characters that no installed font has."""
    collector = _Collector()
    logger = logging.getLogger(_LOGGER)
    logger.addFilter(collector)
    try:
        yield Missing(collector)
    finally:
        logger.removeFilter(collector)


def lacking_scripts() -> tuple[Script, ...] | None:
    """Return the scripts that no installed font has; None where that cannot be told."""
    if shutil.which(_FONT_LIST) is None:
        return None
    return tuple(script for script in SCRIPTS if not _is_installed(script))


def _is_installed(script: Script) -> bool:
    asked = [_FONT_LIST, f":charset={ord(script.letter):x}", "family"]
    try:
        found = subprocess.run(asked, capture_output=True, check=False, timeout=30)  # noqa: S603 - no words of others
    except (OSError, subprocess.TimeoutExpired):
        return True
    return bool(found.stdout.strip()) or found.returncode != 0
