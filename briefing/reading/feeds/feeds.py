"""Parse feeds: RSS, Atom and JSON Feed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from briefing.errors import ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.decoding import decode
from briefing.reading.feeds.entries import Entry, RawEntry, each_once, entry_of, html_of, newest_first
from briefing.reading.known import tidy_line
from briefing.reading.safe_xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 200  # read from one feed; a busy agency publishes as many in a day

MAX_LISTED = 20_000  # entries of the largest feed allowed, which takes three seconds; the largest known has a tenth

_MOST_BYTES = 50_000_000
_ENTRY_NAMES = frozenset({"item", "entry"})


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed, newest first, and its flaws."""

    title: str | None
    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raw:
    title: str | None
    home: str | None  # the base of relative URLs if the URL of the feed is unknown
    entries: Iterable[RawEntry]


def read_feed(data: bytes, source: str, *, today: date, base: str | None = None, limit: int = MAX_ENTRIES) -> Feed:
    """Return the entries of a feed.

    Args:
        data: RSS, Atom, or JSON Feed.
        source: The name of the feed in messages.
        today: The day of the run; a later day of publication is dropped.
        base: The URL of the feed.
        limit: The largest number of entries to return; a notice reports how many are left out.

    Raises:
        ReadingError: The data is not a feed, or too large.
    """
    if len(data) > _MOST_BYTES:
        raise ReadingError(source, f"it is larger than {_MOST_BYTES // 1_000_000} MB: a feed is far smaller")
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    raw = _read_json(data, source) if is_json else _read_xml(data, source)
    found = [entry_of(entry, base or raw.home, today) for entry in raw.entries]
    usable = [entry for entry in found if entry is not None]
    once = each_once(newest_first(usable))
    counts = (len(found) - len(usable), len(usable) - len(once), max(0, len(once) - limit))
    return Feed(tidy_line(raw.title), tuple(once[:limit]), tuple(_notices(counts, limit)))


def _notices(counts: tuple[int, int, int], limit: int) -> Iterator[Notice]:
    """Yield notices about the entries that are left out."""
    useless, repeated, beyond = counts
    if useless:
        yield notice("useless-entries", "feed", count=useless)
    if repeated:
        yield notice("repeated-entries", "feed", count=repeated)
    if beyond:
        yield notice("too-many-entries", "feed", count=beyond, kept=limit)


def _read_xml(data: bytes, source: str) -> _Raw:
    """Parse RSS or Atom.

    feedparser would treat bytes as a file name and text as a URL, so it gets a stream.
    """
    import feedparser
    from lxml.etree import tostring

    root = parse_xml(data, source, "a feed")
    if _local_name(root) == "html":
        raise ReadingError(source, "it is a web page, not a feed: look in the page for the address of its feed")
    _check_count(sum(1 for element in root.iter("{*}*") if _local_name(element) in _ENTRY_NAMES), source)
    parsed = feedparser.parse(
        BytesIO(tostring(root, encoding="utf-8")), sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.version and not parsed.entries:
        raise ReadingError(source, "it is XML, but not a feed: give it the address of an RSS, Atom or JSON feed")
    links = [link.get("href") for link in parsed.feed.get("links", ()) if link.get("rel") == "self"]
    home = next((link for link in (*links, parsed.feed.get("link")) if link), None)
    return _Raw(parsed.feed.get("title"), home, map(_xml_entry, parsed.entries))


def _local_name(element: "_Element") -> str:
    """Return the lower-case name without its namespace; lxml's QName refuses repaired names such as "<:>"."""
    return str(element.tag).rpartition("}")[2].lower()


def _check_count(entries: int, source: str) -> None:
    if entries > MAX_LISTED:
        reason = f"it lists {entries:,} articles, more than {MAX_LISTED:,}: ask for a feed of the latest ones"
        raise ReadingError(source, reason)


def _xml_entry(entry: Mapping[str, Any]) -> RawEntry:
    details = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = (
        html_of(detail.get("value") or "") if detail.get("type") == "text/plain" else detail.get("value") or ""
        for detail in details
    )
    published = entry.get("published")
    return RawEntry(
        id=entry.get("id"),
        title=entry.get("title"),
        link=entry.get("feedburner_origlink") or _xml_link(entry),
        published=entry.get("updated") if published is None else published,
        byline=tuple(name for author in entry.get("authors", ()) if (name := author.get("name"))),
        texts=tuple(texts),
    )


def _xml_link(entry: Mapping[str, Any]) -> str | None:
    """Return the link to the article; a link that feedparser makes from an id counts only if it is a URL."""
    links = [link.get("href") for link in entry.get("links", ()) if link.get("rel") == "alternate"]
    link: str | None = next((link for link in links if link), None)
    made = entry.get("link") or ""
    return link or (made if made.startswith(("http://", "https://")) else None)


def _read_json(data: bytes, source: str) -> _Raw:
    """Parse JSON Feed (jsonfeed.org, versions 1 and 1.1); a field of the wrong type counts as missing."""
    try:
        feed = json.loads(decode(data, source, limit=_MOST_BYTES).text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(source, f"it is not a JSON feed: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadingError(source, "it is JSON, but not a feed: a JSON feed has a list of items")
    _check_count(len(feed["items"]), source)
    items = (item for item in feed["items"] if isinstance(item, dict))
    home = _text(feed, "feed_url") or _text(feed, "home_page_url")
    return _Raw(_text(feed, "title"), home, map(_json_entry, items))


def _json_entry(item: Mapping[str, object]) -> RawEntry:
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    plain = (html_of(text) for key in ("content_text", "summary") if (text := _text(item, key)))
    return RawEntry(
        id=_text(item, "id"),
        title=_text(item, "title"),
        link=_text(item, "url") or _text(item, "external_url"),
        published=_text(item, "date_published") or _text(item, "date_modified"),
        byline=tuple(name for person in people if isinstance(person, dict) and (name := _text(person, "name"))),
        texts=(_text(item, "content_html") or "", *plain),
    )


def _text(values: Mapping[str, object], key: str) -> str | None:
    """Return a text or number as text; lone surrogates, which JSON allows but no file can hold, become "?"."""
    value = values.get(key)
    text = str(value) if isinstance(value, str | int) else ""
    return text.encode("utf-8", "replace").decode("utf-8").strip() or None
