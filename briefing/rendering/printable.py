"""Lay out a record that can be printed: a brief or a digest."""

from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out, title_of
from briefing.rendering.view import Page

Printable = Briefing | Digest


def page_of(record: Printable, layout: Layout) -> Page:
    """Return the page of a brief or of a digest."""
    if isinstance(record, Briefing):
        return lay_out(record, layout)
    from briefing.rendering.digest.page import lay_out_digest

    return lay_out_digest(record, layout)


def title_on_page(record: Printable, layout: Layout) -> str:
    """Return the title on the page of a brief or digest, without laying it out."""
    if isinstance(record, Briefing):
        return title_of(record, layout)
    from briefing.rendering.digest.page import digest_title

    return digest_title(record, layout)
