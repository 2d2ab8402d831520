"""Notices in the language of a page.

The JSON holds them in English; what they are made of is read back by the forms of the English catalogue. What no form
fits, because a person or an extension worded it, is printed as it is.
"""

import re
from collections.abc import Mapping
from functools import cache

from babel.numbers import format_decimal

from briefing.model.brief import Notice
from briefing.model.notices import NOTICES
from briefing.model.wording import catalogue
from briefing.rendering.dates import day_in_words
from briefing.rendering.labels import Labels
from briefing.rendering.wording import printable

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_NUMBERS = frozenset({"count", "kept", "others", "number", "seconds", "bytes"})
# What a value looks like, where more is known than that it is text.
_SHAPES = {
    **dict.fromkeys(_NUMBERS, _NUMBER),
    "share": _NUMBER,
    "status": r"\d{3}",
    "phrase": r"[^()]+",
    "day": r"\d{4}-\d\d-\d\d",
    "pages": r"[\d, ]+(?: and more)?",
}
_NAME = re.compile(r"\{(\w+)\}")  # "{count}"
_COMMA = re.compile(r", (?![^“]*”)")  # not: “Talks, day two”


def notice_in_words(notice: Notice, labels: Labels) -> str:
    """Return a notice as a page prints it."""
    message = printable(notice.message) or notice.code
    return message if labels.language == "en" else _notice(message, notice.code, labels)


def _notice(message: str, code: str, labels: Labels) -> str:
    """Return a notice in the language of the labels; in a digest it names an article."""
    group = f"{NOTICES}.{code}"
    said = _said(message, group, labels)
    if said is not None:
        return said
    for inner, form in _forms(group):
        for outer, frame in _forms("notice_of"):
            match = re.fullmatch(_pattern(frame, notice=_pattern(form)), message)
            if match is not None:
                values = _values(match.groupdict(), labels)
                return labels(outer, **values, notice=labels(inner, **values))
    return message


def _said(text: str, group: str, labels: Labels) -> str | None:
    """Return in the language of the labels what is worded by a form of a group; None where none fits."""
    for key, form in _forms(group):
        match = re.fullmatch(_pattern(form), text)
        if match is not None:
            return labels(key, **_values(match.groupdict(), labels))
    return None


@cache
def _forms(group: str) -> tuple[tuple[str, str], ...]:
    """Return the English forms of a group by their keys, those with the most words of ours first."""
    forms = [(k, form) for k, form in catalogue("en").items() if k == group or k.startswith(f"{group}.")]
    return tuple(sorted(forms, key=lambda named: -len(_NAME.sub("", named[1]))))


@cache
def _pattern(form: str, notice: str = "") -> str:
    """Return a form as a regular expression, whose groups are its values; *notice* is that of a form within it."""
    pieces = _NAME.split(form)  # words of ours and names of values by turns
    for at, name in enumerate(pieces):
        if at % 2 == 0:
            pieces[at] = re.escape(name)
        else:
            pieces[at] = notice if name == "notice" else f"(?P<{name}>{_SHAPES.get(name, '.+?')})"
    return "".join(pieces)


def _values(found: Mapping[str, str], labels: Labels) -> dict[str, str]:
    return {name: _value(name, value, labels) for name, value in found.items()}


def _value(name: str, value: str, labels: Labels) -> str:
    """Return a value as the language of the labels has it."""
    match name:
        case "share":
            return labels.percent(float(value))
        case "day":
            return day_in_words(value, labels)
        case "section" | "name":
            return labels.of("sections", value, value)
        case "sections":
            return _listed(value, "dropped", labels)
        case "names" | "pages" | "titles":
            return _said(value, f"more.{name}", labels) or _listed(value, "attached", labels)
        case "reason" | "fault":
            return _said(value, "reasons", labels) or _said(value, "faults", labels) or value
        case _ if name in _NUMBERS:
            return str(format_decimal(float(value.replace(",", "")), locale=labels.locale))
        case _:
            return value


def _listed(text: str, group: str, labels: Labels) -> str:
    """Return a list in which each piece that is worded by a form of a group is in the language of the labels."""
    pieces = _COMMA.split(text)
    return ", ".join(_said(piece, group, labels) or piece for piece in pieces)
