"""Read a web page: its article, without boilerplate and hidden text, and its metadata.

trafilatura finds the article (Barbaresi 2021), and htmldate finds the day in the page's metadata. By default, htmldate
takes today as the latest possible day, and reads days in URLs and in running text. So it gets fixed bounds, and only
the parts of the page that state its publication.
"""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing.errors import ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.canonical import clean, split_paragraphs, squash
from briefing.reading.contents import with_title
from briefing.reading.known import tidy_line
from briefing.reading.markup_limits import check_markup, check_tree
from briefing.reading.paragraphs import Block
from briefing.reading.urls import is_web_address
from briefing.reading.web.furniture import drop_furniture
from briefing.reading.web.hidden import UNSEEN_TAGS, drop, drop_hidden

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ELEMENTS = 30_000  # a large news page has a tenth of this
MIN_ARTICLE = 12  # characters; "It is over."
EARLIEST, LATEST = "1900-01-01", "2199-12-31"  # a day outside these is an error of the page

# "<!DOCTYPE html>", "<html lang=en>", a comment above them; not "a < b" and not a lone "<b>".
_HTML_START = re.compile(
    r"(?:\s|\ufeff|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PARTS = re.compile(r"<(p|div|article|section|h1|title|meta|table)\b[^<>]{0,300}>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A(?:\s|\ufeff)*<\?xml[^>]{0,200}\?>")
# Characters that XML forbids (XML 1.0, 2.2), and references to them: lxml reads them, but refuses to write them.
_NO_XML = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    "|&#0*(?:[1-8]|1[124-9]|2\\d|3[01]|6553[45])(?!\\d);?|&#[xX]0*(?:[1-8bBcCeEfF]|1[\\da-fA-F]|[fF]{3}[eEfF])(?![\\da-fA-F]);?"
)
_DATE_META = re.compile(
    r"date|time|publish|issued|created|modified|updated|dc\.|dcterms|sailthru|parsely", re.IGNORECASE
)
_NO_DATE_META = re.compile(r"image|url|video|expir", re.IGNORECASE)
_INLINE = ("hi", "ref", "del", "graphic")  # trafilatura's inline elements


@dataclass(frozen=True, slots=True)
class Page:
    """The article and the metadata of a web page; None where unknown."""

    blocks: tuple[Block, ...]
    title: str | None
    outlet: str | None
    url: str | None
    byline: tuple[str, ...]
    published: date | None
    removed: int  # invisible characters removed
    notices: tuple[Notice, ...]


def looks_like_html(text: str) -> bool:
    """Return True if a text looks like a web page."""
    head = text[:20_000]
    if _HTML_START.match(head):
        return True
    opening = head.lstrip("\ufeff \t\r\n")
    return opening.startswith("<") and len({tag.lower() for tag in _HTML_PARTS.findall(head)}) >= 2


def read_page(text: str, source: str) -> Page:
    """Return the article of a web page.

    Raises:
        ReadingError: The page cannot be parsed, or holds no article.
    """
    try:
        return _read_page(text, source)
    except (RecursionError, MemoryError) as error:
        raise ReadingError(
            source, "its HTML or its style sheets are nested too deeply; save the article's text alone"
        ) from error


def parse_html(text: str, source: str) -> "HtmlElement":
    """Parse a page to a tree without comments and processing instructions.

    Raises:
        ReadingError: The page cannot be parsed, or its markup exceeds a limit.
    """
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    check_markup(text, source)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    data = _NO_XML.sub(" ", _DECLARATION.sub("", text).replace("\0", "")).encode("utf-8", errors="replace")
    try:
        tree = document_fromstring(data, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise ReadingError(source, f"its HTML cannot be parsed ({error}); save the article's text alone") from error
    check_tree(tree, source, "the page", MAX_ELEMENTS)
    return tree


def _read_page(text: str, source: str) -> Page:
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # our own errors report what they discard
    tree = parse_html(text, source)
    feed = _feed_address(tree, source)
    hidden = drop_hidden(tree, source)
    metadata = _metadata(tree)
    published = _published(tree)
    drop(tree.iter(*UNSEEN_TAGS))
    heading = next((squash(h.text_content()) for h in tree.iter("h1") if h.text_content().strip()), None)
    drop_furniture(tree)
    blocks, removed = _article_blocks(tree)
    if sum(len(block.text) for block in blocks if block.hint != "heading") < MIN_ARTICLE:
        remedy = f"it names a feed, {feed}: brief that" if feed else "save the article's text as .txt"
        raise ReadingError(source, f"the page holds no article that could be found: {remedy}")
    title = _title(metadata.title, heading)
    notices = []
    if hidden:
        notices.append(notice("hidden-text.page", "page", count=hidden))
    return Page(
        blocks=with_title(tuple(blocks), title),
        title=title,
        outlet=_outlet(metadata.sitename, metadata.url),
        url=metadata.url or None,
        byline=tuple(name.strip() for name in (metadata.author or "").split(";") if name.strip())[:10],
        published=published,
        removed=removed,
        notices=tuple(notices),
    )


def _feed_address(tree: "HtmlElement", source: str) -> str | None:
    """Return the URL of the first feed that a page names (HTML, 4.6.7.1); *source* is the page's own URL."""
    links = (link for link in tree.iter("link") if "alternate" in (link.get("rel") or "").lower().split())
    for link in links:
        if (link.get("type") or "").strip().lower() in FEED_TYPES:
            try:
                address = urljoin(source if is_web_address(source) else "", str(link.get("href") or "").strip())
            except ValueError:
                continue
            if is_web_address(address):
                return address
    return None


def _article_blocks(tree: "HtmlElement") -> tuple[list[Block], int]:
    """Return the paragraphs of the article, found by trafilatura, and the number of invisible characters."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    found = _blocks(document.body) if isinstance(document, Document) else ()
    removed = 0
    blocks: list[Block] = []
    for block in found:
        cleaned = clean(block.text)
        removed += cleaned.removed
        blocks += [Block(paragraph, block.hint) for paragraph in split_paragraphs(cleaned.text)]
    return blocks, removed


def _metadata(tree: "HtmlElement") -> "_Metadata":
    from trafilatura.metadata import extract_metadata

    bounds = {"min_date": EARLIEST, "max_date": LATEST, "extensive_search": False, "original_date": True}
    found = extract_metadata(deepcopy(tree), date_config=bounds, extensive=False)
    return _Metadata(
        title=tidy_line(found.title),
        sitename=tidy_line(found.sitename),
        url=found.url,
        author=tidy_line(found.author),
    )


@dataclass(frozen=True, slots=True)
class _Metadata:
    title: str | None
    sitename: str | None
    url: str | None
    author: str | None


def _published(tree: "HtmlElement") -> date | None:
    """Return the day of publication in the page's metadata, or in its first time element."""
    from htmldate import find_date
    from lxml.html import Element

    head = Element("head")
    for meta in tree.iter("meta"):
        name = " ".join(meta.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv"))
        if _DATE_META.search(name) and not _NO_DATE_META.search(name):
            head.append(deepcopy(meta))
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            head.append(deepcopy(script))
    times = [time for time in tree.iter("time") if time.get("datetime")]
    own = [time for time in times if any(a.tag in ("article", "main", "header") for a in time.iterancestors())]
    body = Element("body")
    for time in (own or times)[:1]:
        stamp = deepcopy(time)
        stamp.tail = None
        body.append(stamp)
    for parts in (head, body):
        page = Element("html")
        page.append(parts)
        day = find_date(page, extensive_search=False, original_date=True, url="", min_date=EARLIEST, max_date=LATEST)
        if day:
            return date.fromisoformat(day)
    return None


def _title(title: str | None, heading: str | None) -> str | None:
    """Return the headline: the first heading, if the title in the metadata only adds to it."""
    heading = tidy_line(heading)
    if title and heading and heading.casefold() in title.casefold() and len(heading) > 12:
        return heading
    return title or heading


def _outlet(sitename: str | None, url: str | None) -> str | None:
    """Return the site's name, unless it was only guessed from the URL."""
    if sitename is None or (url and f"//{sitename.lower()}" in url.lower().replace("//www.", "//")):
        return None
    return sitename


def _blocks(body: "HtmlElement") -> Iterator[Block]:
    """Yield the text of block elements, and loose text between them."""
    from lxml.etree import iterwalk

    text: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            own = " ".join("".join(text).split())  # a line end in HTML is a space
            text.clear()
            if own:
                yield Block(own, "heading" if event == "end" and element.tag == "head" else None)
        text.append((element.text if event == "start" else element.tail) or "")
