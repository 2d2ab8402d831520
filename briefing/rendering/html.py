"""A page as HTML."""

from collections.abc import Iterator

from briefing.model import Briefing
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.templating import fill_in, find_file, trusted
from briefing.rendering.view import Page


def render_html(brief: Briefing, layout: Layout) -> str:
    """Return a brief as one HTML file that needs no other; printed, it looks like the PDF."""
    return render_page(lay_out(brief, layout), inline_css=True)


def render_page(page: Page, *, inline_css: bool) -> str:
    """Return a page as HTML, its style sheet within or left to the caller."""
    css = trusted(style_sheet(page)) if inline_css else ""
    return fill_in("brief.html.j2", page.templates, page=page, css=css)


def style_sheet(page: Page) -> str:
    """Return the style sheet of a page for screen and paper, without fonts: its theme's, and what the page asks for."""
    files = (f"themes/{page.theme}.css", "css/brief.css")
    rules = [find_file(file, page.templates).read_text(encoding="utf-8") for file in files]
    return "\n".join((*rules, *_own_rules(page), ""))


def _own_rules(page: Page) -> Iterator[str]:
    """Yield the rules that depend on the profile: accent, paper, and how a page is numbered."""
    if page.accent is not None:
        yield f":root {{ --accent: {page.accent} }}"
    counted = page.labels("page.number", page='" counter(page) "', pages='" counter(pages) "')
    yield f'@page {{ size: {page.paper}; @bottom-right {{ content: "{counted}" }} }}'
