"""Convert a web page to the contents of a source."""

from briefing.reading.contents import Contents, hidden_characters
from briefing.reading.known import Known
from briefing.reading.urls import is_web_address
from briefing.reading.web.html import read_page


def page_contents(text: str, source: str) -> Contents:
    """Return the contents of a web page.

    Raises:
        ReadingError: The page cannot be parsed, or holds no article.
    """
    page = read_page(text, source)
    stated = Known(
        title=page.title,
        url=page.url if is_web_address(page.url) else None,
        outlet=page.outlet,
        byline=page.byline,
        published=page.published,
    )
    return Contents(page.blocks, stated, notices=(*page.notices, *hidden_characters(page.removed)))
