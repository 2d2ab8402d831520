"""Make all quotation marks and apostrophes of a page curly, whatever the article uses.

Only the page changes: JSON keeps the characters of the article. `verify` treats both kinds as equal.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from briefing.rendering.row_view import Run

Value = TypeVar("Value")

# A typewriter mark: "'", '"', and in LaTeX style "``", "''" and "`bold'"; not "6''" and "a ` b".
_TYPED = re.compile(r"``|(?<!\d)''|['\"]|(?<!\w)`(?=\w[^`]*')")
# An apostrophe for letters left out at the head of a word: "'90s", "'tis"; not "'90 is enough'".
_LEFT_OUT = re.compile(r"'(?:\d0s|tis|twas|em|til|cause)\b|'n'(?!\w)", re.IGNORECASE)
# Characters that may come directly before a quotation: "(", a dash, another opening mark, ":".
_BEFORE_OPENING = frozenset("([{<«‹“‘„‚¿¡—–-/:=")
_AFTER_CLOSING = frozenset(["", *".,;:!?)]}>»"])
_KEPT = frozenset({"labels", "logo", "templates", "link"})  # fields of a page that are not texts


def curled(text: str, before: str = "") -> str:
    """Return a text with curly marks; *before* is the character before the text, if any."""
    made = ""
    done = 0
    for mark in _TYPED.finditer(text):
        made += text[done : mark.start()]
        done = mark.end()
        after = mark[0] if "`" in mark[0] else text[done : done + 2]  # a grave accent also opens before a space
        opens = _opens(made[-1:] or before, after) and not _LEFT_OUT.match(text, mark.start())
        made += ("‘’" if mark[0] in "'`" else "“”")[0 if opens else 1]
    return made + text[done:]


def with_curly_marks(page: Value) -> Value:
    """Return a page, or a part of one, with curly marks in all its texts."""
    made: Any = _changed(page)
    return made  # type: ignore[no-any-return]


def _opens(before: str, after: str) -> bool:
    """Return True if a mark between two texts begins a quotation; an empty text is an end of the line."""
    if after[:1].isspace() or (after[:1] in _AFTER_CLOSING and after != ".."):
        return False
    return not before or before.isspace() or before in _BEFORE_OPENING


def _changed(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Markup) else curled(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_changed, value))
    if isinstance(value, tuple):
        return _changed_runs(value) if value and isinstance(value[0], Run) else tuple(map(_changed, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{one.name: _changed(getattr(value, one.name)) for one in fields(value) if one.name not in _KEPT}
    )


def _changed_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs of a line with curly marks; each run depends on the end of the one before."""
    made: list[Run] = []
    for run in runs:
        made.append(Run(curled(run.text, made[-1].text[-1:] if made else ""), run.ours))
    return tuple(made)
