"""The articles of a digest: found where its sources say, briefed, and kept, so that nothing is lost or told twice."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256

from briefing.archive.digests import DigestRecords, GatheredArticle
from briefing.errors import ArchiveError
from briefing.jobs.archived_run import digest_of, in_unicode
from briefing.jobs.production import get_ready, lost, make_each
from briefing.model.brief import Briefing, Notice
from briefing.model.notices import notice
from briefing.profile.digest import DigestSource
from briefing.profile.profile import Profile
from briefing.reading.feeds.state import FeedState
from briefing.runtime.parallel import ordered_map
from briefing.sources.inputs import find_articles
from briefing.sources.links import Web, expand
from briefing.sources.runs import Lead, Made, Order, Outcome, Source

SLACK = timedelta(days=1)  # an article often comes a day after the day that it bears

_TOGETHER = 4  # articles that are parsed together


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered from one digest of a profile to the next, and where articles are kept meanwhile."""

    records: DigestRecords
    feed: Callable[[str], FeedState | None]

    def feed_state(self, url: str) -> FeedState | None:
        """Return what this profile's digests read of a feed; what others read of it is new to them."""
        state = self.feed(self._key(url))
        return replace(state, url=url) if state is not None else None

    def of_profile(self, state: FeedState) -> FeedState:
        """Return what was read of a feed as it is remembered for this profile."""
        return replace(state, url=self._key(state.url))

    def _key(self, url: str) -> str:
        return f"{self.records.profile} {url}"


@dataclass
class Gathering:
    """The articles of a digest as they come in.

    What is remembered of feeds is kept with the digest: one that was broken off reads them whole once more, and so
    comes to the same, whatever of it was kept before.
    """

    profile: Profile
    web: Web
    at: datetime  # what was published on a later day is for a later digest
    memory: Memory | None = None  # None: nothing is kept, and all that is found is new
    articles: list[GatheredArticle] = field(default_factory=list)
    waiting: int = 0  # articles for later digests
    notices: list[Notice] = field(default_factory=list)
    feeds: list[FeedState] = field(default_factory=list)  # to be remembered once there is a digest

    def gather(
        self, sources: Sequence[DigestSource], standard_input: Callable[[int], bytes], *, jobs: int
    ) -> Iterator[Outcome]:
        """Find and brief the articles of all sources; yield what came of each."""
        course, web = _Course(self.memory), self.web
        if self.memory is not None:
            records = self.memory.records
            records.take_over(self.at)
            self.articles += records.gathered(self.at)
            self.waiting = records.waiting(self.at)
            web = replace(web, state_of=course.feed_state)
        found, missing = _found(sources, standard_input)
        for outcome in missing:
            yield self._told(outcome)
        order = Order(self.profile, (), None, keep=True)
        items = course.left(expand(course.following(found), web))
        together = 1 if any(isinstance(item, Lead) for item, _ in found) else _TOGETHER
        ready = partial(get_ready, order)
        for made in ordered_map(partial(make_each, order), items, jobs, lost, together=together, get_ready=ready):
            yield self._came(made, course.came())

    def _came(self, made: Made, item: "_Item") -> Outcome:
        """Keep what came of an article; what comes of a feed comes after all its articles."""
        if made.brief is not None:
            try:
                self._keep(_gathered(made.source.name, made.brief, item))
            except ArchiveError as error:
                if not isinstance(error.__cause__, ValueError):  # else what is wrong is wrong with this article alone
                    raise
                return self._told(Outcome(made.source.name, troubles=(f"cannot keep {made.source.name}: {error}",)))
        if made.feed is not None:
            if self.memory is not None:
                self.feeds.append(self.memory.of_profile(made.feed))
            return self._told(Outcome(made.source.name, troubles=made.troubles))  # nothing new is nothing odd
        return self._told(Outcome(made.source.name, troubles=made.troubles, remarks=made.remarks))

    def _keep(self, article: GatheredArticle) -> None:
        """Keep an article for this digest; a digest that is made up for leaves later ones what came out after it."""
        published = article.brief.article.published
        today = self.at.date()
        is_later = published is not None and published > today.isoformat() and self.web.today > today
        due = self.at
        if published is not None and is_later:
            due = datetime.combine(date.fromisoformat(published), time(), self.at.tzinfo)
        if self.memory is not None:
            self.memory.records.gather(due, article)
        if is_later:
            self.waiting += 1
        else:
            self.articles.append(article)

    def _told(self, outcome: Outcome) -> Outcome:
        self.notices += (notice("source-failed", fault=in_unicode(trouble)) for trouble in outcome.troubles)
        return outcome


@dataclass(frozen=True, slots=True)
class _Item:
    """What is under way: of which source it is, the digest of its bytes, and since when its feed was not read."""

    source: DigestSource
    digest: str | None
    since: date | None


class _Course:
    """Knows of each item of a run which source led to it, and leaves out what was gathered before."""

    def __init__(self, memory: Memory | None) -> None:
        self._memory = memory
        self._known = set(memory.records.known()) if memory is not None else set()
        self._source = DigestSource(file="-")
        self._since: date | None = None
        self._under_way: deque[_Item] = deque()

    def following(self, found: Iterable[tuple[Source | Lead, DigestSource]]) -> Iterator[Source | Lead]:
        """Yield what sources hold; until the next is asked for, all items are of the one before."""
        for item, source in found:
            self._source, self._since = source, None
            yield item

    def feed_state(self, url: str) -> FeedState | None:
        """Return what is remembered of a feed, whose entries come next."""
        state = self._memory.feed_state(url) if self._memory is not None else None
        self._since = (state.seen - SLACK).date() if state is not None and state.seen is not None else None
        return state

    def left(self, items: Iterable[Source | Made]) -> Iterator[Source | Made]:
        """Yield what is not known yet, each once."""
        for item in items:
            digest = digest_of(item) if isinstance(item, Source) else None
            if isinstance(item, Source) and digest is not None:
                key = (in_unicode(item.name), digest)
                if key in self._known:
                    continue
                self._known.add(key)
            self._under_way.append(_Item(self._source, digest, self._since))
            yield item

    def came(self) -> _Item:
        """Return what was known of the next item that comes back."""
        return self._under_way.popleft()


def _gathered(name: str, brief: Briefing, item: _Item) -> GatheredArticle:
    article, source = brief.article, item.source
    digest = item.digest or brief.provenance.source_sha256
    outlet = source.outlet or article.outlet
    return GatheredArticle(in_unicode(name), digest, brief, outlet, article.url, source.weight, item.since)


def since_day(
    articles: Iterable[GatheredArticle], since: date, *, strict: bool
) -> tuple[list[GatheredArticle], list[Notice]]:
    """Return the articles that were published on a day or later, or on an unknown one, and how many were not.

    Unless it is *strict*, those of a feed that was not read for longer count, too, if they came out meanwhile.
    """
    kept, old = [], 0
    for article in articles:
        published = article.brief.article.published
        first = min(since, article.since) if article.since is not None and not strict else since
        if published is not None and published < first.isoformat():
            old += 1
        else:
            kept.append(article)
    return kept, [notice("too-old", count=old, day=since)] if old else []


def later_notices(waiting: int, at: datetime) -> list[Notice]:
    """Return the notice that articles were published after an instant, if any were."""
    return [notice("too-new", count=waiting, day=at.date())] if waiting else []


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
        items, missing = find_articles([source.where], standard_input, may_be_empty=True)
        found += ((item, source) for item in items)
        outcomes += missing
    return found, outcomes
