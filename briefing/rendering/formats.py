"""Every format that a brief can be printed in, by name."""

from collections.abc import Callable, Mapping

from briefing.errors import RenderingError
from briefing.model import Briefing
from briefing.rendering.labels import labels_of
from briefing.rendering.layout import Layout


def render(briefing: Briefing, output: str, layout: Layout) -> bytes:
    """Return a brief in a format.

    Raises:
        RenderingError: The format is unknown, or a library that it needs is missing.
    """
    try:
        renderer = RENDERERS[output]
    except KeyError:
        raise RenderingError(output, f"no such format (allowed: {', '.join(RENDERERS)})") from None
    return renderer(briefing, layout)


def remarks(briefing: Briefing, output: str) -> tuple[str, ...]:
    """Return what the user of an output should be told because the output cannot hold it."""
    said: list[str] = []
    if output in ("ics", "eml"):
        from briefing.rendering.calendar import left_out

        said.append(left_out(briefing, labels_of("en")))
    if output == "eml":
        from briefing.rendering.pdf import trouble

        said.append(trouble())
    return tuple(remark for remark in said if remark)


def _pdf(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.pdf import render_pdf

    return render_pdf(briefing, layout)


def _html(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.html import render_html

    return render_html(briefing, layout).encode("utf-8")


def _json(briefing: Briefing, _layout: Layout) -> bytes:
    from briefing.rendering.json_text import to_json

    return to_json(briefing)


def _markdown(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.markdown import render_markdown

    return render_markdown(briefing, layout).encode("utf-8")


def _docx(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.docx import render_docx

    return render_docx(briefing, layout)


def _calendar(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.calendar import render_calendar

    return render_calendar(briefing, layout)


def _email(briefing: Briefing, layout: Layout) -> bytes:
    from briefing.rendering.email import render_email

    return render_email(briefing, layout)


RENDERERS: Mapping[str, Callable[[Briefing, Layout], bytes]] = {
    "pdf": _pdf,
    "html": _html,
    "json": _json,
    "md": _markdown,
    "docx": _docx,
    "ics": _calendar,
    "eml": _email,
}
