"""Entries of a feed: their metadata, and whether they hold a whole article or an excerpt."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.known import tidy_line
from briefing.reading.urls import canonical_url, is_web_address
from briefing.runtime.lexicon import ordered_words

WHOLE = 120  # words; a shorter text counts as an excerpt
EARLIEST = date(1970, 1, 1)  # programs write this day, or an older one, for an unknown day
_LEEWAY = timedelta(days=2)  # for time zones and wrong clocks

_TAG = re.compile(r"<[^<>]{0,2000}>")
# "The talks go on […]"; then the last words of "They failed. Continue reading →", which the word list must hold.
_ELLIPSIS = re.compile(r"\[?(?:…|\.{3})\]?\s*\Z")
_LAST_SENTENCE = re.compile(r"(?:\A|[.!?…\]»”\"]\s+)([^.!?…\]»”\"]{1,120})\W*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked entry of a feed."""

    id: str  # unique in its feed
    title: str | None
    url: str | None  # of the article
    instant: datetime | None  # of publication, with a time zone
    published: date | None  # the local day of publication; None if unknown or impossible
    byline: tuple[str, ...]
    page: bytes  # its text as a small web page in UTF-8; empty without text
    is_excerpt: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The fields of an entry as its feed writes them."""

    id: str | None
    title: str | None
    link: str | None
    published: str | None
    byline: tuple[str, ...]
    texts: tuple[str, ...]  # HTML, the likeliest whole text first


def entry_of(raw: RawEntry, base: str | None, today: date) -> Entry | None:
    """Check an entry; return None if it has neither a URL nor text.

    Args:
        raw: The fields of the entry.
        base: The base of relative URLs.
        today: The day of the run: a later day of publication is impossible.
    """
    url = _address(raw.link, base)
    text = max(raw.texts, key=_words, default="")
    if url is None and not _words(text):
        return None
    title = tidy_line(html.unescape(_TAG.sub(" ", raw.title))) if raw.title else None
    instant = _instant(raw.published)
    published = instant.date() if instant is not None else None
    notices: tuple[Notice, ...] = ()
    if published is not None and (published <= EARLIEST or published - today > _LEEWAY):
        notices = (notice("impossible-date", "feed", day=published),)
        published = instant = None
    return Entry(
        id=raw.id or url or f"{title}\n{text[:500]}",
        title=title,
        url=url,
        instant=instant,
        published=published,
        byline=raw.byline,
        page=_page(title, text) if _words(text) else b"",
        is_excerpt=_words(text) < WHOLE or _is_cut_off(_plain(text)),
        notices=notices,
    )


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Sort entries by time, newest first; those without a time come last, in the order of the feed."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.instant or never, reverse=True)


def each_once(entries: Iterable[Entry]) -> list[Entry]:
    """Drop entries whose id or URL an earlier entry has."""
    ids: set[str] = set()
    urls: set[str] = set()
    kept: list[Entry] = []
    for entry in entries:
        url = canonical_url(entry.url) if entry.url is not None else None
        if entry.id not in ids and url not in urls:
            kept.append(entry)
        ids.add(entry.id)
        if url is not None:
            urls.add(url)
    return kept


def html_of(plain: str) -> str:
    """Convert plain text to HTML paragraphs."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", plain) if part.strip())


def _address(link: str | None, base: str | None) -> str | None:
    if not link:
        return None
    try:
        url = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return url if is_web_address(url) else None


def _instant(text: str | None) -> datetime | None:
    """Parse an RFC 822 or ISO 8601 time; a time without a zone is read as UTC."""
    if not text or not text.strip():
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = parse(text.strip())
        except (ValueError, OverflowError, IndexError):
            continue
        return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return None


def _is_cut_off(plain: str) -> bool:
    """Return True if a text ends like a cut excerpt."""
    last = _LAST_SENTENCE.search(plain[-300:])
    goes_on = last is not None and last[1].lower().startswith(ordered_words(__name__, "continuations"))
    return goes_on or _ELLIPSIS.search(plain[-20:]) is not None


def _words(text: str) -> int:
    return len(_plain(text).split())


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).strip()


def _page(title: str | None, text: str) -> bytes:
    """Return an entry's text as a web page, so that the page reader drops hidden text."""
    name = html.escape(title or "")
    heading = f"<h1>{name}</h1>" if name else ""
    head = f'<head><meta charset="utf-8"><title>{name}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body><article>{heading}{text}</article></body></html>".encode(
        "utf-8", "replace"
    )
