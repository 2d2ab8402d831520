"""The articles of a digest: found where its sources say, briefed, and kept, so that nothing is lost or told twice."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from briefing.archive.digests import DigestRecords, GatheredArticle
from briefing.archiving import digest_of
from briefing.expansion import Web, expand
from briefing.inputs import find_articles
from briefing.model import Notice
from briefing.parallel import ordered_map
from briefing.production import lost, make_each
from briefing.profile import Profile
from briefing.profile_digest import DigestSource
from briefing.reading.feed_state import FeedState
from briefing.runs import Lead, Made, Order, Outcome, Source

SOURCE_FAILED = "source-failed"

_TOGETHER = 4  # articles that are parsed together


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered from one digest of a profile to the next, and where articles are kept meanwhile."""

    records: DigestRecords
    feed: Callable[[str], FeedState | None]
    keep_feed: Callable[[FeedState], None]
    due: datetime

    def feed_state(self, url: str) -> FeedState | None:
        """Return what this profile's digests read of a feed; what others read of it is new to them."""
        state = self.feed(self._key(url))
        return replace(state, url=url) if state is not None else None

    def remember(self, state: FeedState) -> None:
        """Keep what was read of a feed."""
        self.keep_feed(replace(state, url=self._key(state.url)))

    def _key(self, url: str) -> str:
        return f"{self.records.profile} {url}"


@dataclass
class Gathering:
    """The articles of a digest as they come in."""

    profile: Profile
    web: Web
    memory: Memory | None = None  # None: nothing is kept, and all that is found is new
    articles: list[GatheredArticle] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def gather(
        self, sources: Sequence[DigestSource], standard_input: Callable[[int], bytes], *, jobs: int
    ) -> Iterator[Outcome]:
        """Find and brief the articles of all sources; yield what came of each."""
        web = self.web
        known: frozenset[tuple[str, str]] = frozenset()
        if self.memory is not None:
            self.articles += self.memory.records.gathered(self.memory.due)
            known = self.memory.records.known()
            web = replace(web, state_of=self.memory.feed_state)
        course = _Course(known)
        found, missing = _found(sources, standard_input)
        for outcome in missing:
            yield self._told(outcome)
        order = Order(self.profile, (), None, keep=True)
        items = course.left(expand(course.following(found), web))
        together = 1 if any(isinstance(item, Lead) for item, _ in found) else _TOGETHER
        for made in ordered_map(partial(make_each, order), items, jobs, lost, together=together):
            yield self._came(made, *course.came())

    def _came(self, made: Made, source: DigestSource, digest: str) -> Outcome:
        """Keep what came of an article, and remember a feed once all its articles are kept."""
        if made.brief is not None:
            article = made.brief.article
            kept = GatheredArticle(
                made.source.name, digest, made.brief, source.outlet or article.outlet, article.url, source.weight
            )
            self.articles.append(kept)
            if self.memory is not None:
                self.memory.records.gather(self.memory.due, kept)
        if made.feed is not None and self.memory is not None:
            self.memory.remember(made.feed)
        return self._told(Outcome(made.source.name, troubles=made.troubles, remarks=made.remarks))

    def _told(self, outcome: Outcome) -> Outcome:
        self.notices += (Notice(code=SOURCE_FAILED, message=trouble) for trouble in outcome.troubles)
        return outcome


class _Course:
    """Knows of each item of a run which source led to it, and leaves out what was gathered before."""

    def __init__(self, known: frozenset[tuple[str, str]]) -> None:
        self._known = known
        self._source = DigestSource(file="-")
        self._under_way: deque[tuple[DigestSource, str]] = deque()

    def following(self, found: Iterable[tuple[Source | Lead, DigestSource]]) -> Iterator[Source | Lead]:
        """Yield what sources hold; until the next is asked for, all items are of the one before."""
        for item, source in found:
            self._source = source
            yield item

    def left(self, items: Iterable[Source | Made]) -> Iterator[Source | Made]:
        """Yield what is not known yet."""
        for item in items:
            digest = (digest_of(item) or "") if isinstance(item, Source) else ""
            if isinstance(item, Source) and (item.name, digest) in self._known:
                continue
            self._under_way.append((self._source, digest))
            yield item

    def came(self) -> tuple[DigestSource, str]:
        """Return the source of the next item that comes back, and the digest of its bytes."""
        return self._under_way.popleft()


def since_day(articles: Iterable[GatheredArticle], since: date | None) -> tuple[list[GatheredArticle], list[Notice]]:
    """Return the articles that were published on a day or later, or on an unknown one, and how many were not."""
    kept, old = [], 0
    for article in articles:
        published = article.brief.article.published
        if since is not None and published is not None and published < since.isoformat():
            old += 1
        else:
            kept.append(article)
    if not old:
        return kept, []
    count = "1 article was" if old == 1 else f"{old} articles were"
    message = f"{count} left out: published before {since}."
    return kept, [Notice(code="too-old", message=message)]


def sources_digest(articles: Iterable[GatheredArticle]) -> str:
    """Return a digest of the bytes that articles were read from, in whatever order they came."""
    digests = sorted(article.brief.provenance.source_sha256 for article in articles)
    return sha256("\n".join(digests).encode("ascii")).hexdigest()


def _found(
    sources: Sequence[DigestSource], standard_input: Callable[[int], bytes]
) -> tuple[list[tuple[Source | Lead, DigestSource]], list[Outcome]]:
    found: list[tuple[Source | Lead, DigestSource]] = []
    outcomes: list[Outcome] = []
    for source in sources:
        items, missing = find_articles([source.where], standard_input)
        found += ((item, source) for item in items)
        outcomes += missing
    return found, outcomes
