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

# What may stand in a string of CSS as it is; all else is written as its number.
_PLAIN = re.compile(r"[^A-Za-z0-9]")


def render_html(record: Printable, layout: Layout) -> str:
    """Return a brief or digest as one HTML file that needs no other; printed, it looks like the PDF."""
    return render_page(page_of(record, layout), inline_css=True)


def render_page(page: Page, *, inline_css: bool) -> str:
    """Return a page as HTML, its style sheet within or left to the caller."""
    css = trusted("\n".join((style_sheet(page), *_browser_rules(page), ""))) if inline_css else ""
    name = f"{page.kind}.html.j2"
    html = fill_in(name, page.templates, page=page, css=css)
    return html if page.templates is None else self_contained(html, name)


def style_sheet(page: Page) -> str:
    """Return the style sheet of a page for screen and paper, without fonts: its theme's, and what the page asks for."""
    sheets = ("css/brief.css",) if page.kind == "brief" else ("css/brief.css", f"css/{page.kind}.css")
    # A user's theme follows ours, whose variables the rest relies on.
    files = (*(find_file(name, page.templates) for name in sheets), *theme_files(page.theme, page.templates))
    rules = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return "\n".join((*rules, *_own_rules(page), ""))


def closing_up(page: Page) -> str:
    """Return the style sheet that brings the lines of a page closer together, where that saves a sheet of paper."""
    return find_file("css/closer.css", page.templates).read_text(encoding="utf-8", errors="replace")


def _own_rules(page: Page) -> Iterator[str]:
    """Yield the rules that depend on the profile: accent, paper, marking, and how a page is numbered."""
    if page.accent is not None:
        bright, dark = legible(page.accent, dark=False), legible(page.accent, dark=True)
        yield f":root {{ --accent: {bright}; --rule: {page.accent} }}"
        at_night = f":root {{ --accent: {dark}; --rule: {dark} }}"
        yield f"@media screen {{ @media (prefers-color-scheme: dark) {{ {at_night} }} }}"
    counted = page.labels("page.number", page='" counter(page) "', pages='" counter(pages) "')
    yield f'@page {{ size: {page.paper}; @bottom-right {{ content: "{counted}" }} }}'
    if page.marking:
        marking = _string(page.marking)
        yield f"@page {{ @top-center {{ content: {marking} }} @bottom-center {{ content: {marking} }} }}"


def _browser_rules(page: Page) -> Iterator[str]:
    """Yield the typefaces, and what a browser prints in the margins, for it does not know our strings."""
    yield from web_font_rules("".join(block.text for block in page.blocks()))
    title, imprint = _string(page.running_title), _string(page.imprint)
    yield f"@page {{ @top-left {{ content: {title} }} @bottom-left {{ content: {imprint} }} }}"
    yield "@page :first { @top-left { content: none } }"
    # A reader may have it set in another type than pictures are measured in; what is wider than its frame is shown.
    yield ".picture { overflow: visible } .picture text { font-family: var(--sans) }"


def _string(text: str) -> str:
    """Return a text as a string of CSS, in which nothing can end the string or its element."""
    escaped = _PLAIN.sub(lambda match: f"\\{ord(match[0]):06x}", text)
    return f'"{escaped}"'
