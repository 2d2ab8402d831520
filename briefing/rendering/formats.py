"""Render a brief or digest in any of the output formats."""

from pkgutil import resolve_name

from pydantic_core import PydanticSerializationError

from briefing.errors import RenderingError
from briefing.model.formats import format_kind
from briefing.rendering.json_text import to_json
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable


def render(record: Printable, output: str, layout: Layout) -> bytes:
    """Return a brief or digest in a format; the libraries of the format are loaded on first use.

    Raises:
        RenderingError: The format is unknown, its library is missing, or the record holds half a character.
    """
    check_characters(record, output)
    made: str | bytes = resolve_name(format_kind(output).renderer)(record, layout)
    return made.encode("utf-8") if isinstance(made, str) else made


def check_characters(record: Printable, output: str) -> None:
    """Refuse a record with half a character (a surrogate), which no file can hold.

    Raises:
        RenderingError: The record has one.
    """
    try:
        to_json(record)
    except PydanticSerializationError as error:
        raise RenderingError(output, "the brief holds half a character, which no file can hold") from error


def remarks(record: Printable, output: str) -> tuple[str, ...]:
    """Return notices for the user about content that an output cannot hold."""
    name = format_kind(output).remarks
    notices: tuple[str, ...] = resolve_name(name)(record) if name else ()
    return tuple(remark for remark in notices if remark)
