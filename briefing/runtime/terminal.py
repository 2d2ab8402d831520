"""Text that a terminal shows and does not obey.

A file name, a title or an address may hold escape sequences that move the cursor, set colours or the title of the
window, or turn the order of letters round (Unicode Standard Annex 9, 2): one line then looks like another.
"""

import re

# Control characters (general category Cc) but line ends and tabs, line and paragraph separators, and bidi controls.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_IN_A_LINE = re.compile(f"{_OBEYED.pattern}|[\t\n]")


def visible(text: str) -> str:
    r"""Return a text with each character that a terminal obeys written out, as in JSON: ``\u001b``."""
    return _OBEYED.sub(_written_out, text)


def visible_line(text: str) -> str:
    """Return it with line ends and tabs written out, too: a name of several lines is one line."""
    return _IN_A_LINE.sub(_written_out, text)


def _written_out(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"
