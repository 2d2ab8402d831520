"""A brief or digest in any of the formats of the table."""

from pkgutil import resolve_name

from briefing.formats import format_kind
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable


def render(record: Printable, output: str, layout: Layout) -> bytes:
    """Return a brief or digest in a format, whose libraries are loaded on first use.

    Raises:
        RenderingError: The format is unknown, or a library that it needs is missing.
    """
    made: str | bytes = resolve_name(format_kind(output).renderer)(record, layout)
    return made.encode("utf-8") if isinstance(made, str) else made


def remarks(record: Printable, output: str) -> tuple[str, ...]:
    """Return what the user of an output should be told because the output cannot hold it."""
    name = format_kind(output).remarks
    said: tuple[str, ...] = resolve_name(name)(record) if name else ()
    return tuple(remark for remark in said if remark)
