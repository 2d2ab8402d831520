"""A page as HTML."""

from markupsafe import Markup

from briefing.model import Briefing
from briefing.rendering.page import Layout, lay_out
from briefing.rendering.templating import template_environment, templates_folder
from briefing.rendering.view import Page


def render_html(brief: Briefing, layout: Layout) -> str:
    """Return a brief as one HTML file that needs no other; printed, it looks like the PDF."""
    return render_page(lay_out(brief, layout), inline_css=True)


def render_page(page: Page, *, inline_css: bool) -> str:
    """Return a page as HTML, its style sheet within or left to the caller."""
    css = style_sheet(page.paper) if inline_css else ""
    # The style sheet is ours; nothing of the article is in it.
    return template_environment().get_template("brief.html.j2").render(page=page, css=Markup(css))  # noqa: S704


def style_sheet(paper: str) -> str:
    """Return the style sheet for the screen and for a size of paper ("A4", "Letter"), without fonts."""
    rules = (templates_folder() / "css" / "brief.css").read_text(encoding="utf-8")
    return f"{rules}\n@page {{ size: {paper} }}\n"
