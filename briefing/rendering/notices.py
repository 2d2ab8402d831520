"""Translate notices into the language of a page.

The JSON holds notices in English. The English catalogue holds their templates, called forms, with placeholders for
values. A notice is matched with its form, and the same form of another catalogue is filled with the same values. A
notice that matches no form is printed unchanged: a person or an extension wrote it.
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
# Patterns of values; a value that is not listed may be any text.
_SHAPES = {
    **dict.fromkeys(_NUMBERS, _NUMBER),
    "status": r"\d{3}",
    "phrase": r"[^()]+",
    "day": r"\d{4}-\d\d-\d\d",
    "pages": r"[\d, ]+(?: and more)?",
}
_NAME = re.compile(r"\{(\w+)\}")  # "{count}"
_COMMA = re.compile(r", (?![^“]*”)")  # not within quotation marks: “Talks, day two”


def notice_in_words(notice: Notice, labels: Labels) -> str:
    """Return a notice in the words of the page."""
    message = printable(notice.message) or notice.code
    return message if labels.language == "en" else _translate_notice(message, notice.code, labels)


def _translate_notice(message: str, code: str, labels: Labels) -> str:
    """Return a notice in the language of the labels; a notice of a digest may also name an article."""
    group = f"{NOTICES}.{code}"
    translated = _translate(message, group, labels)
    if translated is not None:
        return translated
    for inner, form in _forms(group):
        for outer, frame in _forms("notice_of"):
            match = re.fullmatch(_pattern(frame, notice=_pattern(form)), message)
            if match is not None:
                values = _values(match.groupdict(), labels)
                return labels(outer, **values, notice=labels(inner, **values))
    return message


def _translate(text: str, group: str, labels: Labels) -> str | None:
    """Return a text that matches a form of a group in the language of the labels; None if no form matches."""
    for key, form in _forms(group):
        match = re.fullmatch(_pattern(form), text)
        if match is not None:
            return labels(key, **_values(match.groupdict(), labels))
    return None


@cache
def _forms(group: str) -> tuple[tuple[str, str], ...]:
    """Return the English forms of a group with their keys, those with the most fixed words first."""
    forms = [(k, form) for k, form in catalogue("en").items() if k == group or k.startswith(f"{group}.")]
    return tuple(sorted(forms, key=lambda named: -len(_NAME.sub("", named[1]))))


@cache
def _pattern(form: str, notice: str = "") -> str:
    """Return a form as a regular expression with a group for each value; *notice* is the pattern of an inner form."""
    pieces = _NAME.split(form)  # fixed words and names of values in turn
    for at, name in enumerate(pieces):
        if at % 2 == 0:
            pieces[at] = re.escape(name)
        else:
            pieces[at] = notice if name == "notice" else f"(?P<{name}>{_SHAPES.get(name, '.+?')})"
    return "".join(pieces)


def _values(found: Mapping[str, str], labels: Labels) -> dict[str, str]:
    return {name: _value(name, value, labels) for name, value in found.items()}


def _value(name: str, value: str, labels: Labels) -> str:
    """Return a value in the language of the labels."""
    match name:
        case "day":
            return day_in_words(value, labels)
        case "section" | "name":
            return labels.of("sections", value, value)
        case "sections":
            return _listed(value, "dropped", labels)
        case "names" | "pages" | "titles":
            return _translate(value, f"more.{name}", labels) or _listed(value, "attached", labels)
        case "reason" | "fault":
            return _translate(value, "reasons", labels) or _translate(value, "faults", labels) or value
        case _ if name in _NUMBERS:
            return str(format_decimal(float(value.replace(",", "")), locale=labels.locale))
        case _:
            return value


def _listed(text: str, group: str, labels: Labels) -> str:
    """Return a list with each item that matches a form of a group translated."""
    pieces = _COMMA.split(text)
    return ", ".join(_translate(piece, group, labels) or piece for piece in pieces)
