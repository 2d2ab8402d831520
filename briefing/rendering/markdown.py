"""A page as Markdown (CommonMark, with the tables of GitHub)."""

from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.templating.filling import fill_in


def render_markdown(record: Printable, layout: Layout) -> str:
    """Return a brief or digest as Markdown; markup characters of the article are escaped."""
    page = page_of(record, layout)
    return fill_in(f"{page.kind}.md.j2", layout.templates, page=page)
