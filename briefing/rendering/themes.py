"""The colours and the typeface of a page's theme, for the formats and pictures that cannot read its style sheet."""

import re
from collections.abc import Mapping

from briefing.rendering.layout import Layout
from briefing.rendering.templating import find_file
from briefing.rendering.view import Page

# What a theme sets for light paper: its first ":root { ... }"; the one within "@media (prefers-color-scheme: dark)" is
# for screens.
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A colour that a theme sets: "--accent: #1b3a57", "--ink: #000"; not "--text: var(--serif)"
_COLOUR = re.compile(r"--([\w-]+)\s*:\s*#([0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*(?:;|$)")
# The typeface that a theme sets for the article's text: "--text: var(--serif)"
_TYPE = re.compile(r"--text\s*:\s*var\(--(serif|sans)\)")


def colours_of(page: Page | Layout) -> Mapping[str, str]:
    """Return the colours of a page by name ("accent", "ink", "quiet", "hair", ...), as six hexadecimal digits."""
    themes = (_settings(page, None), _settings(page, page.templates))  # what a user's theme leaves open is as in ours
    colours = {name: _six(digits) for theme in themes for name, digits in _COLOUR.findall(theme)}
    return colours | ({"accent": page.accent.removeprefix("#").upper()} if page.accent is not None else {})


def is_serif(page: Page | Layout) -> bool:
    """Return whether the article's text is set in a serif typeface."""
    found = _TYPE.search(_settings(page, page.templates)) or _TYPE.search(_settings(page, None))
    return found is None or found[1] == "serif"


def _settings(page: Page | Layout, folder: str | None) -> str:
    theme = find_file(f"themes/{page.theme}.css", folder).read_text(encoding="utf-8")
    found = _ROOT.search(_COMMENT.sub("", theme))
    return found[1].strip() if found else ""


def _six(digits: str) -> str:
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()
