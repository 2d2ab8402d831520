"""The formats of briefs and digests: one table, the only source of what a format is and can do.

The table names functions as text, so that a profile can be read without importing the renderers.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from briefing.errors import RenderingError, unknown_name

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class FormatKind:
    """What is known about a format; its name in the table is the suffix of its files."""

    media_type: str  # RFC 6838
    renderer: str  # "module:function"; it takes a record and a layout and returns bytes, or text to encode as UTF-8
    paged: bool = False  # it shows a page, and a profile may limit what is on it
    remarks: str = ""  # "module:function"; it returns what the format cannot hold of a record


FORMATS: dict[str, FormatKind] = {
    "pdf": FormatKind("application/pdf", "briefing.rendering.pdf.writer:render_pdf", paged=True),
    "html": FormatKind("text/html", "briefing.rendering.html:render_html", paged=True),
    "json": FormatKind("application/json", "briefing.rendering.json_text:render_json"),
    "md": FormatKind("text/markdown", "briefing.rendering.markdown:render_markdown", paged=True),
    "docx": FormatKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "briefing.rendering.docx.document:render_docx",
        paged=True,
    ),
    "ics": FormatKind(
        "text/calendar", "briefing.rendering.calendar:render_calendar", remarks="briefing.rendering.calendar:remarks"
    ),
    "eml": FormatKind(
        "message/rfc822",
        "briefing.rendering.email:render_email",
        paged=True,
        remarks="briefing.rendering.email:remarks",
    ),
}


def format_kind(name: str) -> FormatKind:
    """Return what is known about a format.

    Raises:
        RenderingError: There is no such format.
    """
    if not isinstance(name, str) or name not in FORMATS:
        raise RenderingError(str(name), f"no such format (allowed: {', '.join(FORMATS)})")
    return FORMATS[name]


def check_format(name: str) -> str:
    """Return the name of a format.

    Raises:
        ValueError: There is no such format.
    """
    if name not in FORMATS:
        raise ValueError(unknown_name("format", name, tuple(FORMATS)))
    return name


class _InTable:
    """Makes pydantic check a name against the table, and lists the formats in a JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(check_format, handler(source))

    def __get_pydantic_json_schema__(self, _schema: "CoreSchema", _handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        return {"type": "string", "enum": list(FORMATS)}


Format = Annotated[str, _InTable()]
