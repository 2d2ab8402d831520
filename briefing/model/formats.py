"""The one table of the formats that a brief or digest is made in; whoever asks something of a format asks it here.

It holds names of functions, not functions, so that a profile can be read without what prints pages.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from briefing.errors import RenderingError, unknown_name

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class FormatKind:
    """What is known of a format; its name in the table is the suffix of its files."""

    media_type: str  # RFC 6838
    renderer: str  # "module:function" that gives bytes, or text that becomes UTF-8, of a record and a layout
    paged: bool = False  # whether it shows or carries pages, of which a profile may limit the number
    remarks: str = ""  # "module:function" that says of a record what the format cannot hold


FORMATS: dict[str, FormatKind] = {
    "pdf": FormatKind("application/pdf", "briefing.rendering.pdf.writer:render_pdf", paged=True),
    "html": FormatKind("text/html", "briefing.rendering.html:render_html"),
    "json": FormatKind("application/json", "briefing.rendering.json_text:render_json"),
    "md": FormatKind("text/markdown", "briefing.rendering.markdown:render_markdown"),
    "docx": FormatKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "briefing.rendering.docx.document:render_docx",
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
    """Return what is known of a format.

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
    """Has pydantic check a name against the table, and name its formats in a JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(check_format, handler(source))

    def __get_pydantic_json_schema__(self, _schema: "CoreSchema", _handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        return {"type": "string", "enum": list(FORMATS)}


Format = Annotated[str, _InTable()]
