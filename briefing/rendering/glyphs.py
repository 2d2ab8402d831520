"""Find the characters that no installed font can show, and the packages with the missing fonts.

Missing characters depend on the machine. They are therefore reported to the user and not printed on the page: the same
brief gives the same page everywhere, except for scripts that our own fonts lack.
"""

import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_LOGGER = "weasyprint"
# WeasyPrint's message about a character without a glyph: 'glyph rendered ... unsupported by fonts: "ሰ" (U+1230)'.
_UNKNOWN = re.compile(r"unsupported by fonts: .* \(U\+([0-9A-F]{4,6})\)$", re.DOTALL)
_MOST_NAMED = 12  # characters that a message names
_FONT_LIST = "fc-list"


class Script(NamedTuple):
    """A script that our own fonts lack, one of its letters, and a small Debian package with a font for it."""

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
    """Collect the characters without a glyph from WeasyPrint's log, so that one message can report all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: dict[str, None] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Record a missing character; return True if the message is about something else."""
        found = _UNKNOWN.search(record.getMessage())
        if found is not None:
            self.characters[chr(int(found[1], 16))] = None
        return found is None


class MissingGlyphs:
    """The characters without a glyph on the pages printed within ``missing_glyphs``."""

    def __init__(self, collector: _Collector) -> None:
        self._collector = collector

    def remark(self) -> str:
        """Return a message with a remedy; empty if no character is missing."""
        characters = sorted(self._collector.characters)
        if not characters:
            return ""
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in characters[:_MOST_NAMED])
        more = f" and {len(characters) - _MOST_NAMED} more" if len(characters) > _MOST_NAMED else ""
        return (
            f"no installed font has {named}{more}: the PDF shows boxes instead; "
            "install a font of their script (briefing doctor names Debian's packages; fonts-noto-core has nearly all)"
        )


@contextmanager
def missing_glyphs() -> Iterator[MissingGlyphs]:
    """Collect the characters without a glyph from all pages that are printed within the context."""
    collector = _Collector()
    logger = logging.getLogger(_LOGGER)
    logger.addFilter(collector)
    try:
        yield MissingGlyphs(collector)
    finally:
        logger.removeFilter(collector)


def lacking_scripts() -> tuple[Script, ...] | None:
    """Return the scripts that no installed font has; None if ``fc-list`` is missing."""
    if shutil.which(_FONT_LIST) is None:
        return None
    return tuple(script for script in SCRIPTS if not _is_installed(script))


def _is_installed(script: Script) -> bool:
    asked = [_FONT_LIST, f":charset={ord(script.letter):x}", "family"]
    try:
        found = subprocess.run(asked, capture_output=True, check=False, timeout=30)  # noqa: S603 - no untrusted input
    except (OSError, subprocess.TimeoutExpired):
        return True
    return bool(found.stdout.strip()) or found.returncode != 0
