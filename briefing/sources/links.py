"""Follow links to articles: web addresses, feeds, and lists of feeds.

Each article is fetched only when it is asked for, so that the first briefs are made while others are still fetched.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from briefing.errors import BriefingError, FetchError, defect
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.confined import feed_apart, feed_list_apart
from briefing.reading.feeds.entries import Entry
from briefing.reading.feeds.feeds import MAX_ENTRIES, Feed
from briefing.reading.feeds.opml import ListedFeed
from briefing.reading.feeds.state import FeedState
from briefing.reading.kinds import kind_of
from briefing.reading.known import Known
from briefing.reading.urls import canonical_url
from briefing.reading.web.encodings import in_utf8
from briefing.reading.web.html import FEED_TYPES
from briefing.sources.records import FeedRead, Link, Skipped, Source, Unbriefed

if TYPE_CHECKING:
    from briefing.reading.web.fetch import Fetched, Fetcher


def _no_state(_url: str) -> FeedState | None:
    return None


@dataclass(frozen=True)
class Web:
    """How a run reads the web.

    The fetcher is made when it is first needed, so that a run without web addresses does not load network libraries.
    """

    make_fetcher: Callable[[], "Fetcher"]
    today: date  # a later date of an entry is ignored
    entries: int = MAX_ENTRIES  # to read from each feed
    state_of: Callable[[str], FeedState | None] = _no_state  # of the feed at an address

    @cached_property
    def fetcher(self) -> "Fetcher":
        """The only fetcher of the run, so that its delays between requests hold for all of them."""
        return self.make_fetcher()

    def get(self, url: str, state: FeedState | None = None, *, public_only: bool = False) -> "Fetched":
        """Return the resource at an address, if it changed since *state*; text is in UTF-8.

        With *public_only* the address may not lead to a private network, even if the user allows that: a public page
        named it.

        Raises:
            FetchError: The resource cannot be fetched, for any reason.
        """
        etag, last_modified = (state.etag, state.last_modified) if state is not None else (None, None)
        try:
            fetched = self.fetcher.get(url, etag=etag, last_modified=last_modified, public_only=public_only)
            return replace(fetched, content=in_utf8(fetched.content, fetched.charset))
        except FetchError:
            raise
        except Exception as error:
            raise FetchError(url, defect(error)) from error


def _no_fetcher() -> "Fetcher":
    raise FetchError("the web", "this run does not use the network")


NO_WEB = Web(_no_fetcher, today=date.max)  # local feeds are read, and nothing is fetched


def expand(found: Iterable[Source | Link | Unbriefed], web: Web) -> Iterator[Source | Unbriefed]:
    """Yield all sources in order, links followed; an article that cannot be fetched is skipped, with the reason.

    An article in several feeds is taken from the first. The state of a feed comes after all its articles.
    """
    named: set[str] = set()  # canonical addresses of the articles of all feeds so far
    for item in found:
        if not isinstance(item, Link):
            yield item
            continue
        for article in _guarded(item.name, _follow(item, web, named)):
            yield _with_origin(article, item.origin)


def _with_origin(item: Source | Unbriefed, origin: int) -> Source | Unbriefed:
    if isinstance(item, Source):
        return replace(item, origin=origin)
    return replace(item, source=replace(item.source, origin=origin))


def _guarded(name: str, articles: Iterator[Source | Unbriefed]) -> Iterator[Source | Unbriefed]:
    """Yield articles; if the link to them fails, yield a skipped item with the reason."""
    try:
        yield from articles
    except BriefingError as error:
        yield Skipped(Source(name), str(error))
    except Exception as error:  # noqa: BLE001 - a defect that one source triggers must not stop the others
        yield Skipped(Source(name), f"cannot read {name}: {defect(error)}")


def _follow(link: Link, web: Web, named: set[str]) -> Iterator[Source | Unbriefed]:
    """Yield the articles that a link leads to."""
    if link.url is None:
        yield from _read_feeds(link.content, link.name, web, named)
        return
    state = web.state_of(link.url)
    fetched = web.get(link.url, state)
    if fetched.unchanged or fetched.media_type in FEED_TYPES or kind_of(fetched.content) == "feed":
        yield from _read_fetched_feed(fetched, ListedFeed(link.url, None), state, web, named)
    elif kind_of(fetched.content) == "opml":
        yield from _read_feeds(fetched.content, link.name, web, named, public_only=not fetched.is_private)
    else:
        yield Source(link.name, content=fetched.content, known=Known(url=canonical_url(fetched.url)))


def _read_feeds(
    content: bytes, name: str, web: Web, named: set[str], *, public_only: bool = False
) -> Iterator[Source | Unbriefed]:
    """Yield the articles of a feed, or of each feed in a list of feeds."""
    if kind_of(content) == "feed":
        feed = feed_apart(content, name, today=web.today, limit=web.entries)
        for entry in _not_named(feed.entries, named):
            yield _article(entry, feed, name, partial(web.get, public_only=public_only))
        yield from _remarks(feed, name)
        return
    for listed in feed_list_apart(content, name):
        yield from _guarded(listed.url, _fetch_feed(listed, web, named, public_only=public_only))


def _fetch_feed(listed: ListedFeed, web: Web, named: set[str], *, public_only: bool) -> Iterator[Source | Unbriefed]:
    state = web.state_of(listed.url)
    fetched = web.get(listed.url, state, public_only=public_only)
    yield from _read_fetched_feed(fetched, listed, state, web, named)


def _read_fetched_feed(
    fetched: "Fetched", listed: ListedFeed, state: FeedState | None, web: Web, named: set[str]
) -> Iterator[Source | Unbriefed]:
    """Yield the articles of a fetched feed that were not read before, then the new state of the feed."""
    name, state = listed.url, state or FeedState(listed.url)
    if fetched.unchanged:
        yield FeedRead(Source(name), (f"{name}: nothing new since last time",), state)
        return
    feed = feed_apart(fetched.content, name, today=web.today, base=fetched.url, limit=web.entries)
    feed = replace(feed, title=feed.title or listed.title)
    new = [entry for entry in feed.entries if entry.id not in state.entries]
    read = {entry.id for entry in feed.entries}
    missed = False
    for entry in _not_named(new, named):
        article = _article(entry, feed, name, partial(web.get, public_only=not fetched.is_private))
        if isinstance(article, Skipped):
            missed = True
            read.discard(entry.id)
            yield article
        else:
            yield replace(article, since=state.seen)
    yield from _remarks(feed, name)
    state = replace(state, entries=frozenset(read))
    if not missed:  # else the server must send the whole feed next time, so that missed articles are retried
        state = replace(state, etag=fetched.etag, last_modified=fetched.last_modified)
    yield FeedRead(Source(name), () if new else (f"{name}: nothing new since last time",), state)


def _not_named(entries: Iterable[Entry], named: set[str]) -> Iterator[Entry]:
    """Yield the entries whose addresses are not in *named*, and add them to it."""
    for entry in entries:
        url = canonical_url(entry.url) if entry.url is not None else None
        if url is None or url not in named:
            yield entry
        if url is not None:
            named.add(url)


def _article(entry: Entry, feed: Feed, feed_name: str, get: Callable[[str], "Fetched"]) -> Source | Skipped:
    """Return the article of an entry: the text in the feed if it is complete, else the page that it links to."""
    name = entry.url or f"{feed_name}: {entry.title or 'an entry without a title'}"
    url = canonical_url(entry.url) if entry.url is not None else None
    known = Known(entry.title, url, feed.title, entry.byline, entry.published)
    source = Source(name, known=known, notices=entry.notices)
    if entry.url is None or not entry.is_excerpt:
        reason = "the entry has no link" if entry.is_excerpt else None
        return replace(source, content=entry.page, notices=(*entry.notices, *_excerpt_notice(reason)))
    try:
        fetched = get(entry.url)
    except BriefingError as error:
        if not entry.page:
            return Skipped(Source(name), str(error))
        return replace(source, content=entry.page, notices=(*entry.notices, *_excerpt_notice(str(error))))
    known = replace(known, url=canonical_url(fetched.url))
    return replace(source, content=fetched.content, known=known, excerpt=entry.page or None)


def _excerpt_notice(reason: str | None) -> tuple[Notice, ...]:
    """Return the notice that only the excerpt in the feed was read, if there is a reason for that."""
    return () if reason is None else (excerpt_notice(reason),)


def excerpt_notice(reason: str) -> Notice:
    """Return the notice that only the excerpt of an article was read, and why."""
    return notice("excerpt-only", "feed", reason=reason)


def _remarks(feed: Feed, name: str) -> Iterator[FeedRead]:
    if feed.notices:
        yield FeedRead(Source(name), tuple(f"{name}: {notice.message}" for notice in feed.notices))
