"""What leads to articles, followed: web addresses, feeds and lists of feeds become the articles themselves.

Each is fetched when it is its turn, so that the first briefs are made while the last articles are still far away.
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
from briefing.sources.runs import Lead, Made, Source

if TYPE_CHECKING:
    from briefing.reading.web.fetch import Fetched, Fetcher


def _unknown(_url: str) -> FeedState | None:
    return None


@dataclass(frozen=True)
class Web:
    """The web, as a run reads it.

    The fetcher is made when it is first needed, so that a run without addresses loads nothing that a network needs.
    """

    make_fetcher: Callable[[], "Fetcher"]
    today: date  # nothing is published after it
    entries: int = MAX_ENTRIES  # that are read of a feed
    state_of: Callable[[str], FeedState | None] = _unknown  # what is remembered of the feed at an address

    @cached_property
    def fetcher(self) -> "Fetcher":
        """The one fetcher of the run: it remembers whom it asked when."""
        return self.make_fetcher()

    def get(self, url: str, state: FeedState | None = None, *, public_only: bool = False) -> "Fetched":
        """Return what an address leads to, if it changed since *state*; its content in UTF-8 where it is text.

        With *public_only* it may not lead to a private network, whatever the user allows: a public page named it.

        Raises:
            FetchError: It cannot be had, whatever the reason.
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


NO_WEB = Web(_no_fetcher, today=date.max)  # feeds that are at hand are read, and nothing is fetched


def expand(found: Iterable[Source | Lead | Made], web: Web) -> Iterator[Source | Made]:
    """Yield the articles that sources are or lead to, in order; what cannot be had is told in its place.

    An article that several feeds name is taken from the first. What is to be remembered of a feed comes after all its
    articles.
    """
    named: set[str] = set()  # canonical addresses of the articles of all feeds so far
    for item in found:
        if not isinstance(item, Lead):
            yield item
            continue
        yield from _guarded(item.name, _followed(item, web, named))


def _guarded(name: str, articles: Iterator[Source | Made]) -> Iterator[Source | Made]:
    """Yield articles; whatever goes wrong with what leads to them is told in their place."""
    try:
        yield from articles
    except BriefingError as error:
        yield _told(name, str(error))
    except Exception as error:  # noqa: BLE001 - a defect met in one source must not cost the others
        yield _told(name, f"cannot read {name}: {defect(error)}")


def _followed(lead: Lead, web: Web, named: set[str]) -> Iterator[Source | Made]:
    if lead.url is None:
        yield from _at_hand(lead.content, lead.name, web, named)
        return
    fetched = web.get(lead.url, web.state_of(lead.url))
    if fetched.unchanged or fetched.media_type in FEED_TYPES or kind_of(fetched.content) == "feed":
        yield from _feed(fetched, ListedFeed(lead.url, None), web, named)
    elif kind_of(fetched.content) == "opml":
        yield from _at_hand(fetched.content, lead.name, web, named, public_only=not fetched.is_private)
    else:
        yield Source(lead.name, content=fetched.content, known=Known(url=canonical_url(fetched.url)))


def _at_hand(
    content: bytes, name: str, web: Web, named: set[str], *, public_only: bool = False
) -> Iterator[Source | Made]:
    """Yield the articles of a feed, or of each feed in a list, that is at hand."""
    if kind_of(content) == "feed":
        feed = feed_apart(content, name, today=web.today, limit=web.entries)
        for entry in _not_named(feed.entries, named):
            yield _article(entry, feed, name, partial(web.get, public_only=public_only))
        yield from _remarks(feed, name)
        return
    for listed in feed_list_apart(content, name):
        yield from _guarded(listed.url, _listed(listed, web, named, public_only=public_only))


def _listed(listed: ListedFeed, web: Web, named: set[str], *, public_only: bool) -> Iterator[Source | Made]:
    fetched = web.get(listed.url, web.state_of(listed.url), public_only=public_only)
    yield from _feed(fetched, listed, web, named)


def _feed(fetched: "Fetched", listed: ListedFeed, web: Web, named: set[str]) -> Iterator[Source | Made]:
    """Yield the articles of a fetched feed that were not read before, then what to remember of it."""
    name, state = listed.url, web.state_of(listed.url) or FeedState(listed.url)
    if fetched.unchanged:
        yield Made(Source(name), remarks=(f"{name}: nothing new since last time",), feed=state)
        return
    feed = feed_apart(fetched.content, name, today=web.today, base=fetched.url, limit=web.entries)
    feed = replace(feed, title=feed.title or listed.title)
    new = [entry for entry in feed.entries if entry.id not in state.entries]
    read = {entry.id for entry in feed.entries}
    missed = False
    for entry in _not_named(new, named):
        article = _article(entry, feed, name, partial(web.get, public_only=not fetched.is_private))
        if isinstance(article, Made):
            missed = True
            read.discard(entry.id)
        yield article
    yield from _remarks(feed, name)
    state = replace(state, entries=frozenset(read))
    if not missed:  # else all of it is sent again next time, and with it what could not be had
        state = replace(state, etag=fetched.etag, last_modified=fetched.last_modified)
    yield Made(Source(name), remarks=() if new else (f"{name}: nothing new since last time",), feed=state)


def _not_named(entries: Iterable[Entry], named: set[str]) -> Iterator[Entry]:
    """Yield the entries whose articles are not among those named, to which they are added."""
    for entry in entries:
        url = canonical_url(entry.url) if entry.url is not None else None
        if url is None or url not in named:
            yield entry
        if url is not None:
            named.add(url)


def _article(entry: Entry, feed: Feed, feed_name: str, get: Callable[[str], "Fetched"]) -> Source | Made:
    """Return the article of an entry: its text in the feed where that is whole, else the page that it links to."""
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
            return _told(name, str(error))
        return replace(source, content=entry.page, notices=(*entry.notices, *_excerpt_notice(str(error))))
    known = replace(known, url=canonical_url(fetched.url))
    return replace(source, content=fetched.content, known=known, excerpt=entry.page or None)


def _excerpt_notice(reason: str | None) -> tuple[Notice, ...]:
    """Return the notice that an article is its excerpt in a feed, and why; none without a reason."""
    return () if reason is None else (excerpt_notice(reason),)


def excerpt_notice(reason: str) -> Notice:
    """Return the notice that only the excerpt of an article was read, and why."""
    return notice("excerpt-only", "feed", reason=reason)


def _remarks(feed: Feed, name: str) -> Iterator[Made]:
    if feed.notices:
        yield Made(Source(name), remarks=tuple(f"{name}: {notice.message}" for notice in feed.notices))


def _told(name: str, trouble: str) -> Made:
    return Made(Source(name), troubles=(trouble,))
