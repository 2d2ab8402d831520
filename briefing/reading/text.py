"""Read plain text and saved web pages, with or without front matter."""

from briefing.reading.confined import page_apart
from briefing.reading.contents import Contents, check_raw_length, hidden_characters, plain_blocks
from briefing.reading.decoding import decode
from briefing.reading.front_matter import split_front_matter
from briefing.reading.web.html import looks_like_html


def read_text(data: bytes, source: str) -> Contents:
    """Return the contents of a text or a web page.

    Raises:
        ReadingError: The data is not text, too large, or a page without an article.
    """
    decoded = decode(data, source)
    unified = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    matter, body, notices = split_front_matter(unified)
    notices = (*decoded.notices, *notices)
    if looks_like_html(body):
        page = page_apart(body, source)
        return Contents(page.blocks, page.stated, matter, (*notices, *page.notices))
    check_raw_length(body, source)
    blocks, removed = plain_blocks(body)
    return Contents(blocks, matter=matter, notices=(*notices, *hidden_characters(removed)))
