"""What can be printed: a brief or a digest, and its page."""

from briefing.digest_model import Digest
from briefing.model import Briefing
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.view import Page

Printable = Briefing | Digest


def page_of(record: Printable, layout: Layout) -> Page:
    """Return the page of a brief or of a digest."""
    if isinstance(record, Briefing):
        return lay_out(record, layout)
    from briefing.rendering.digest_page import lay_out_digest

    return lay_out_digest(record, layout)
