"""Plain text and saved web pages, both with front matter or without."""

from briefing.errors import ReadingError
from briefing.reading.contents import Contents, hidden_characters, plain_blocks
from briefing.reading.decoding import decode
from briefing.reading.front_matter import split_front_matter
from briefing.reading.html import looks_like_html, read_page
from briefing.reading.known import Known
from briefing.reading.urls import is_web_address

MAX_CHARACTERS = 100_000  # of canonical text: some 17,000 words, fifteen times a long article


def read_text(data: bytes, source: str) -> Contents:
    """Return what the bytes of a text or of a web page hold.

    Raises:
        ReadingError: they are no text, too many, or a page without an article.
    """
    decoded = decode(data, source)
    unified = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    matter, body, notices = split_front_matter(unified)
    notices = (*decoded.notices, *notices)
    if looks_like_html(body):
        page = page_contents(body, source)
        return Contents(page.blocks, page.stated, matter, (*notices, *page.notices))
    if len(body) > 4 * MAX_CHARACTERS:  # entities and spaces are not that much of any text
        check_length(len(body), source)
    blocks, removed = plain_blocks(body)
    return Contents(blocks, matter=matter, notices=(*notices, *hidden_characters(removed)))


def page_contents(text: str, source: str) -> Contents:
    """Return what a web page holds.

    Raises:
        ReadingError: it cannot be parsed, or holds no article.
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


def check_length(length: int, source: str) -> None:
    """Refuse a text that is longer than any article.

    Raises:
        ReadingError: it has more than ``MAX_CHARACTERS``.
    """
    if length > MAX_CHARACTERS:
        reason = f"its text has {length:,} characters, more than {MAX_CHARACTERS:,}: cut it to the article to be read"
        raise ReadingError(source, reason)
