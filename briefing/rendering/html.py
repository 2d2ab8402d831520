"""A page as HTML."""

import re
from collections.abc import Iterator

from briefing.rendering.colours import legible
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.templating.environment import find_file, trusted
from briefing.rendering.templating.filling import fill_in
from briefing.rendering.templating.self_contained import self_contained
from briefing.rendering.templating.theme_files import theme_files
from briefing.rendering.view import Page
from briefing.rendering.web_fonts import web_font_rules

# Characters that must be escaped in a string of CSS.
_ESCAPED = re.compile(r"[^A-Za-z0-9]")


def render_html(record: Printable, layout: Layout) -> str:
    """Return a brief or digest as one self-contained HTML file; printed, it looks like the PDF."""
    return render_page(page_of(record, layout), inline_css=True)


def render_page(page: Page, *, inline_css: bool) -> str:
    """Return a page as HTML; with *inline_css* it holds its style sheet."""
    css = trusted("\n".join((style_sheet(page), *_browser_rules(page), ""))) if inline_css else ""
    name = f"{page.kind}.html.j2"
    html = fill_in(name, page.templates, page=page, css=css)
    return html if page.templates is None else self_contained(html, name)


def style_sheet(page: Page) -> str:
    """Return the style sheet of a page for screen and paper: its theme and its own rules, without fonts."""
    sheets = ("css/brief.css",) if page.kind == "brief" else ("css/brief.css", f"css/{page.kind}.css")
    # A user's theme follows ours, because all other rules use the variables of ours.
    files = (*(find_file(name, page.templates) for name in sheets), *theme_files(page.theme, page.templates))
    rules = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return "\n".join((*rules, *_own_rules(page), ""))


def tight_lines(page: Page) -> str:
    """Return the style sheet that moves lines closer together, to save a page."""
    return find_file("css/closer.css", page.templates).read_text(encoding="utf-8", errors="replace")


def _own_rules(page: Page) -> Iterator[str]:
    """Yield the CSS rules that depend on the profile: accent, paper, marking, page numbers."""
    if page.accent is not None:
        bright, dark = legible(page.accent, dark=False), legible(page.accent, dark=True)
        yield f":root {{ --accent: {bright}; --rule: {page.accent} }}"
        at_night = f":root {{ --accent: {dark}; --rule: {dark} }}"
        yield f"@media screen {{ @media (prefers-color-scheme: dark) {{ {at_night} }} }}"
    numbering = page.labels("page.number", page='" counter(page) "', pages='" counter(pages) "')
    yield f'@page {{ size: {page.paper}; @bottom-right {{ content: "{numbering}" }} }}'
    if page.marking:
        marking = _string(page.marking)
        yield f"@page {{ @top-center {{ content: {marking} }} @bottom-center {{ content: {marking} }} }}"


def _browser_rules(page: Page) -> Iterator[str]:
    """Yield the typefaces and the page margins for browsers, which do not support named strings."""
    yield from web_font_rules("".join(block.text for block in page.blocks()))
    title, imprint = _string(page.running_title), _string(page.imprint)
    yield f"@page {{ @top-left {{ content: {title} }} @bottom-left {{ content: {imprint} }} }}"
    yield "@page :first { @top-left { content: none } }"
    # A browser may use another typeface than the pictures were measured with. Wider text must stay visible.
    yield ".picture { overflow: visible } .picture text { font-family: var(--sans) }"


def _string(text: str) -> str:
    """Return a text as an escaped CSS string, which cannot end the string or its element."""
    escaped = _ESCAPED.sub(lambda match: f"\\{ord(match[0]):06x}", text)
    return f'"{escaped}"'
