"""Parse OPML: lists of feeds that feed readers export."""

from dataclasses import dataclass

from briefing.errors import ReadingError
from briefing.reading.known import tidy_line
from briefing.reading.safe_xml import parse_xml
from briefing.reading.urls import canonical_url, is_web_address

MAX_FEEDS = 500


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed in a list."""

    url: str
    title: str | None


def read_opml(data: bytes, source: str) -> tuple[ListedFeed, ...]:
    """Return the feeds of a list, each once and in order, including nested groups.

    Raises:
        ReadingError: The data is not OPML, names no feed, or too many.
    """
    root = parse_xml(data, source, "a list of feeds")
    if root.tag != "opml":
        raise ReadingError(source, "it is not a list of feeds (OPML): export one from your feed reader")
    feeds: dict[str, ListedFeed] = {}
    for outline in root.iter("outline"):
        names = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = names.get("xmlurl", "")
        if is_web_address(url):
            feeds.setdefault(canonical_url(url), ListedFeed(url, tidy_line(names.get("title") or names.get("text"))))
    if not feeds:
        raise ReadingError(source, "it names no feed: an outline of it needs an xmlUrl that is a web address")
    if len(feeds) > MAX_FEEDS:
        raise ReadingError(source, f"it names {len(feeds):,} feeds, more than {MAX_FEEDS}: split it")
    return tuple(feeds.values())
