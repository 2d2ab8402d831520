"""Wording of messages: counts, and errors in the values of a profile."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

# Message by pydantic's type of error; {value} is the input, the other names come from pydantic's context.
_WORDS: Mapping[str, str] = {
    "bool_parsing": "{value} is neither true nor false",
    "bool_type": "{value} is neither true nor false",
    "dict_type": "{value} is not a mapping of keys to values",
    "float_parsing": "{value} is not a number",
    "float_type": "{value} is not a number",
    "greater_than_equal": "{value} is below {ge}",
    "int_from_float": "{value} is not a whole number",
    "int_parsing": "{value} is not a whole number",
    "int_type": "{value} is not a whole number",
    "less_than_equal": "{value} is above {le}",
    "missing": "it is missing",
    "model_type": "{value} is not a mapping of keys to values",
    "string_pattern_mismatch": '{value} is not a colour; write one as "#1b3a57"',
    "string_too_long": "{value} is longer than {max_length} characters",
    "string_type": "{value} is not a text; put it in quotation marks",
    "too_long": "it has more than {max_length} items",
    "too_short": "it is empty; name at least {min_length}, or leave the key out",
    "tuple_type": "{value} is not a list; write [{value}]",
}
_NOT_ONE_TEXT = "{value} is not a text; write one"  # for a list or a mapping, where quotation marks would not help
_LONGEST = 60  # characters of a value that a message repeats


def reason_of(error: ErrorDetails) -> str:
    """Return the message for a value that is not allowed: the key, and what is wrong."""
    where = ".".join(map(str, error["loc"]))
    several = isinstance(error["input"], list | tuple | Mapping)
    words = _NOT_ONE_TEXT if several and error["type"] == "string_type" else _WORDS.get(error["type"])
    if words is None:
        return f"{where}: {error['msg'].removeprefix('Value error, ')}"
    return f"{where}: {words.format(**error.get('ctx', {}), value=_shown(error['input']))}"


def _shown(value: Any) -> str:
    """Return a value as YAML would write it, cut to fit on a line."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 brief", "2 briefs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
