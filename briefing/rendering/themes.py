"""The colours and the typeface of a page's theme, for the formats and pictures that cannot read its style sheet."""

import re
from collections.abc import Iterator, Mapping

from briefing.rendering.layout import Layout
from briefing.rendering.templating.theme_files import theme_files
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
    colours = {name: _six(digits) for settings in _settings(page) for name, digits in _COLOUR.findall(settings)}
    return colours | ({"accent": page.accent.removeprefix("#").upper()} if page.accent is not None else {})


def is_serif(page: Page | Layout) -> bool:
    """Return whether the article's text is set in a serif typeface."""
    found = [kind for settings in _settings(page) for kind in _TYPE.findall(settings)]
    return not found or found[-1] == "serif"


def _settings(page: Page | Layout) -> Iterator[str]:
    """Yield what the style sheets of a theme set for light paper; the later ones count."""
    for file in theme_files(page.theme, page.templates):
        found = _ROOT.search(_COMMENT.sub("", file.read_text(encoding="utf-8", errors="replace")))
        if found is not None:
            yield found[1].strip()


def _six(digits: str) -> str:
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()
