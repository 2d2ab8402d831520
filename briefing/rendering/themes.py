"""Read the colours and the typeface of a theme, for formats and pictures that have no style sheet."""

import re
from collections.abc import Iterator, Mapping

from briefing.rendering.layout import Layout
from briefing.rendering.templating.theme_files import theme_files
from briefing.rendering.view import Page

# The settings of a theme for light paper: its first ":root { ... }". The one in "@media (prefers-color-scheme: dark)"
# is for screens.
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A colour that a theme sets: "--accent: #1b3a57", "--ink: #000"; not "--text: var(--serif)"
_COLOUR = re.compile(r"--([\w-]+)\s*:\s*#([0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*(?:;|$)")
# The typeface that a theme sets for the article's text: "--text: var(--serif)"
_TYPE = re.compile(r"--text\s*:\s*var\(--(serif|sans)\)")


def colours_of(page: Page | Layout) -> Mapping[str, str]:
    """Return the colours of a page by name ("accent", "ink", "quiet"), each as six hexadecimal digits."""
    colours = {name: _six(digits) for settings in _settings(page) for name, digits in _COLOUR.findall(settings)}
    return colours | ({"accent": page.accent.removeprefix("#").upper()} if page.accent is not None else {})


def is_serif(page: Page | Layout) -> bool:
    """Return True if the text of the article is in a serif typeface."""
    found = [kind for settings in _settings(page) for kind in _TYPE.findall(settings)]
    return not found or found[-1] == "serif"


def _settings(page: Page | Layout) -> Iterator[str]:
    """Yield the settings for light paper from each style sheet of a theme; later ones override earlier ones."""
    for file in theme_files(page.theme, page.templates):
        found = _ROOT.search(_COMMENT.sub("", file.read_text(encoding="utf-8", errors="replace")))
        if found is not None:
            yield found[1].strip()


def _six(digits: str) -> str:
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()
