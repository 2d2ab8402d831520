"""An entry of a feed: what it says of an article, and whether it is the article or an excerpt of it."""

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
from briefing.reading.lists import word_lists
from briefing.reading.urls import canonical_url, is_web_address

# Media types of what has to be a feed; "text/xml" may be anything.
WHOLE = 120  # words; a shorter text is taken for an excerpt of the article, as most are
EARLIEST = date(1970, 1, 1)  # what programs write where they know no day is older, or this one
_LEEWAY = timedelta(days=2)  # the day is ahead elsewhere, and clocks go wrong

_TAG = re.compile(r"<[^<>]{0,2000}>")
# "The talks go on […]"; and the last words of "They failed. Continue reading →", which are to be in the list.
_ELLIPSIS = re.compile(r"\[?(?:…|\.{3})\]?\s*\Z")
_LAST_SENTENCE = re.compile(r"(?:\A|[.!?…\]»”\"]\s+)([^.!?…\]»”\"]{1,120})\W*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a feed has it."""

    id: str  # that tells it from the others of its feed
    title: str | None
    url: str | None  # of the article
    instant: datetime | None  # of publication, with its zone
    published: date | None  # where it was published; None where it is not known or cannot be
    byline: tuple[str, ...]
    page: bytes  # its text as a small web page in UTF-8; empty where it has none
    is_excerpt: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RawEntry:
    """What an entry says, in the words of its feed."""

    id: str | None
    title: str | None
    link: str | None
    published: str | None
    byline: tuple[str, ...]
    texts: tuple[str, ...]  # HTML, the likeliest whole text first


def entry_of(raw: RawEntry, base: str | None, today: date) -> Entry | None:
    """Return what an entry says, checked; None where it has neither an address nor a text.

    Args:
        raw: What it says.
        base: The address that relative ones belong to.
        today: The day of the run: nothing is published after it.
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
    """Return entries by their instant; those without one come last, in the order of the feed."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.instant or never, reverse=True)


def each_once(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose id and address no earlier one has."""
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
    """Return plain text as HTML, its paragraphs marked."""
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
    """Return the instant that RFC 822 or ISO 8601 writes; one without a zone is taken for UTC."""
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
    """Tell whether a text ends like an excerpt."""
    last = _LAST_SENTENCE.search(plain[-300:])
    goes_on = last is not None and last[1].lower().startswith(word_lists("feeds")["continuations"])
    return goes_on or _ELLIPSIS.search(plain[-20:]) is not None


def _words(text: str) -> int:
    return len(_plain(text).split())


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).strip()


def _page(title: str | None, text: str) -> bytes:
    """Return an entry's text as a page, so that it is read as pages are: without what hides in it."""
    name = html.escape(title or "")
    heading = f"<h1>{name}</h1>" if name else ""
    head = f'<head><meta charset="utf-8"><title>{name}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body><article>{heading}{text}</article></body></html>".encode(
        "utf-8", "replace"
    )
