"""Every format that a brief or digest can be printed in, by name."""

from collections.abc import Callable, Mapping

from briefing.errors import RenderingError
from briefing.rendering.labels import labels_of
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable


def render(record: Printable, output: str, layout: Layout) -> bytes:
    """Return a brief or digest in a format.

    Raises:
        RenderingError: The format is unknown, or a library that it needs is missing.
    """
    try:
        renderer = RENDERERS[output]
    except KeyError:
        raise RenderingError(output, f"no such format (allowed: {', '.join(RENDERERS)})") from None
    return renderer(record, layout)


def remarks(record: Printable, output: str) -> tuple[str, ...]:
    """Return what the user of an output should be told because the output cannot hold it."""
    said: list[str] = []
    if output in ("ics", "eml"):
        from briefing.rendering.calendar import left_out

        said.append(left_out(record, labels_of("en")))
    if output == "eml":
        from briefing.rendering.pdf import trouble

        said.append(trouble())
    return tuple(remark for remark in said if remark)


def _pdf(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.pdf import render_pdf

    return render_pdf(record, layout)


def _html(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.html import render_html

    return render_html(record, layout).encode("utf-8")


def _json(record: Printable, _layout: Layout) -> bytes:
    from briefing.rendering.json_text import to_json

    return to_json(record)


def _markdown(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.markdown import render_markdown

    return render_markdown(record, layout).encode("utf-8")


def _docx(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.docx import render_docx

    return render_docx(record, layout)


def _calendar(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.calendar import render_calendar

    return render_calendar(record, layout)


def _email(record: Printable, layout: Layout) -> bytes:
    from briefing.rendering.email import render_email

    return render_email(record, layout)


RENDERERS: Mapping[str, Callable[[Printable, Layout], bytes]] = {
    "pdf": _pdf,
    "html": _html,
    "json": _json,
    "md": _markdown,
    "docx": _docx,
    "ics": _calendar,
    "eml": _email,
}

# What each is told to be where it travels (RFC 6838).
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "eml": "message/rfc822",
}
