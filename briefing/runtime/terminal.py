"""Escape control characters in text for a terminal.

A file name, a title or a URL may hold escape sequences that move the cursor, set colours or change the title of the
window. It may also reverse the order of letters (Unicode Standard Annex 9, 2), so that it looks like another text.
"""

import re

# Control characters (general category Cc) except line ends and tabs; separators of lines and paragraphs; bidi controls.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LINE_CONTROLS = re.compile(f"{_CONTROLS.pattern}|[\t\n]")


def visible(text: str) -> str:
    r"""Return a text with control characters escaped as in JSON: ``\u001b``."""
    return _CONTROLS.sub(_escaped, text)


def visible_line(text: str) -> str:
    """Return a text with control characters, line ends and tabs escaped: always one line."""
    return _LINE_CONTROLS.sub(_escaped, text)


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"
