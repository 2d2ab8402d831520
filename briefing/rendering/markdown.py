"""A page as Markdown (CommonMark, with the tables of GitHub)."""

from briefing.model import Briefing
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.templating import fill_in


def render_markdown(brief: Briefing, layout: Layout) -> str:
    """Return a brief as Markdown; what would be markup in the article is text here."""
    return fill_in("brief.md.j2", layout.templates, page=lay_out(brief, layout))
