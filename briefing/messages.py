"""Words for messages: counts, and what is wrong with a value of a profile."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

# By the type that pydantic gives an error; {value} is what stands there, the rest is pydantic's context.
_WORDS: Mapping[str, str] = {
    "bool_parsing": "{value} is neither true nor false",
    "bool_type": "{value} is neither true nor false",
    "dict_type": "{value} is no mapping of keys to values",
    "float_parsing": "{value} is no number",
    "float_type": "{value} is no number",
    "greater_than_equal": "{value} is below {ge}",
    "int_from_float": "{value} is no whole number",
    "int_parsing": "{value} is no whole number",
    "int_type": "{value} is no whole number",
    "less_than_equal": "{value} is above {le}",
    "missing": "it is missing",
    "model_type": "{value} is no mapping of keys to values",
    "string_pattern_mismatch": '{value} is no colour that is written as "#1b3a57"',
    "string_too_long": "{value} is longer than {max_length} characters",
    "string_type": "{value} is no text; put it in quotation marks",
    "too_long": "more than {max_length} stand there",
    "too_short": "none stands there; name at least {min_length}, or leave the key out",
    "tuple_type": "{value} is no list; write [{value}]",
}
_NO_ONE_TEXT = "{value} is no text; write one"  # of a list or a mapping, which quotation marks would not mend
_LONGEST = 60  # characters of a value that are repeated


def reason_of(error: ErrorDetails) -> str:
    """Return which key has a value that is not allowed, and why."""
    where = ".".join(map(str, error["loc"]))
    several = isinstance(error["input"], list | tuple | Mapping)
    words = _NO_ONE_TEXT if several and error["type"] == "string_type" else _WORDS.get(error["type"])
    if words is None:
        return f"{where}: {error['msg'].removeprefix('Value error, ')}"
    return f"{where}: {words.format(**error.get('ctx', {}), value=_shown(error['input']))}"


def _shown(value: Any) -> str:
    """Return a value as it might be written, at most so much of it that a line holds it."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 brief", "2 briefs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
