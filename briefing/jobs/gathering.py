"""Gather the articles of a digest: find them, brief them, and store them, so that each is reported once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256

from briefing.archive.digests import DigestRecords, GatheredArticle
from briefing.errors import ArchiveError
from briefing.jobs.production import get_ready, lost, make_each
from briefing.jobs.results import Request, Result
from briefing.model.brief import Briefing, Notice
from briefing.model.notices import notice
from briefing.profile.digest import DigestSource
from briefing.profile.profile import Profile
from briefing.proposals.eye import eye_of
from briefing.reading.feeds.state import FeedState
from briefing.runtime.parallel import ordered_map
from briefing.sources.identity import digest_of, in_unicode
from briefing.sources.inputs import find_articles
from briefing.sources.links import Web, expand
from briefing.sources.records import FeedRead, Link, Outcome, Source, Unbriefed, outcome_of

SLACK = timedelta(days=1)  # an article often appears a day after its date

_TOGETHER = 4  # articles that are parsed together


@dataclass(frozen=True, slots=True)
class Memory:
    """What is stored between the digests of a profile: articles, and the states of feeds."""

    records: DigestRecords
    feed: Callable[[str], FeedState | None]

    def feed_state(self, url: str) -> FeedState | None:
        """Return the state of a feed for this profile; other runs that read the feed do not change it."""
        state = self.feed(self._key(url))
        return replace(state, url=url) if state is not None else None

    def of_profile(self, state: FeedState) -> FeedState:
        """Return the state of a feed as it is stored for this profile."""
        return replace(state, url=self._key(state.url))

    def _key(self, url: str) -> str:
        return f"{self.records.profile} {url}"


@dataclass
class Gathering:
    """The articles of a digest, while they are gathered.

    The states of feeds are stored together with the digest. A resumed digest reads its feeds again from
    the start, and so gets the same articles.
    """

    profile: Profile
    web: Web
    at: datetime  # articles published on a later day are for a later digest
    memory: Memory | None = None  # None: nothing is stored, and all articles are new
    articles: list[GatheredArticle] = field(default_factory=list)
    waiting: int = 0  # articles for later digests
    notices: list[Notice] = field(default_factory=list)
    feeds: list[FeedState] = field(default_factory=list)  # to be stored with the digest

    def gather(
        self, sources: Sequence[DigestSource], standard_input: Callable[[int], bytes], *, jobs: int
    ) -> Iterator[Outcome]:
        """Find and brief the articles of all sources; yield an outcome for each."""
        web, known = self.web, frozenset[tuple[str, str]]()
        if self.memory is not None:
            records = self.memory.records
            known = records.known()
            records.take_over(self.at)
            self.articles += records.gathered(self.at)
            self.waiting = records.waiting(self.at)
            web = replace(web, state_of=self.memory.feed_state)
        found, missing = find_articles([source.where for source in sources], standard_input, may_be_empty=True)
        for outcome in missing:
            yield self._reported(outcome)
        eye = eye_of(self.profile)
        request = Request(self.profile, (), None, keep=True, eye=eye)
        jobs = 1 if eye is not None else jobs
        items = skip_known(expand(found, web), known)
        together = 1 if any(isinstance(item, Link) for item in found) else _TOGETHER
        ready = partial(get_ready, request)
        for item in ordered_map(partial(make_each, request), items, jobs, lost, together=together, get_ready=ready):
            yield self._reported(self._add(item, sources[item.source.origin]))

    def _add(self, item: Result | Unbriefed, source: DigestSource) -> Outcome:
        """Store an article or the state of a feed, whose articles came before; return the outcome."""
        name = item.source.name
        if isinstance(item, FeedRead) and item.state is not None:
            if self.memory is not None:
                self.feeds.append(self.memory.of_profile(item.state))
            return Outcome(name)  # a feed without new entries needs no remark
        if not isinstance(item, Result):
            return outcome_of(item)
        if item.brief is not None:
            try:
                self._keep(_gathered(item.source, item.brief, source))
            except ArchiveError as error:
                if not isinstance(error.__cause__, ValueError):  # else only this article cannot be stored
                    raise
                return Outcome(name, troubles=(f"cannot store {name}: {error}",))
        return Outcome(name, troubles=item.troubles, remarks=item.remarks)

    def _keep(self, article: GatheredArticle) -> None:
        """Store an article for this digest; one that catches up leaves newer articles for later digests."""
        published = article.brief.article.published
        today = self.at.date()
        is_later = published is not None and published > today.isoformat() and self.web.today > today
        due = self.at
        if published is not None and is_later:
            due = datetime.combine(date.fromisoformat(published), time(), self.at.tzinfo)
        if self.memory is not None:
            article = self.memory.records.gather(due, article)
        if is_later:
            self.waiting += 1
        else:
            self.articles.append(article)

    def _reported(self, outcome: Outcome) -> Outcome:
        """Return an outcome, its troubles added to the notices of the digest."""
        self.notices += (notice("source-failed", fault=in_unicode(trouble)) for trouble in outcome.troubles)
        return outcome


def skip_known(items: Iterable[Source | Unbriefed], known: Iterable[tuple[str, str]]) -> Iterator[Source | Unbriefed]:
    """Yield all items but sources that are known, or came before; each source gets its digest.

    Args:
        items: The sources of a digest, and items that yield no brief.
        known: Names and digests of the articles of earlier digests.
    """
    seen = set(known)
    for item in items:
        if not isinstance(item, Source):
            yield item
            continue
        source = replace(item, digest=digest_of(item))
        if source.digest is not None:
            key = (in_unicode(source.name), source.digest)
            if key in seen:
                continue
            seen.add(key)
        yield source


def _gathered(source: Source, brief: Briefing, named: DigestSource) -> GatheredArticle:
    article = brief.article
    digest = source.digest or brief.provenance.source_sha256
    outlet = named.outlet or article.outlet
    since = (source.since - SLACK).date() if source.since is not None else None
    kept = brief.share_field_names()
    return GatheredArticle(in_unicode(source.name), digest, kept, outlet, article.url, named.weight, since)


def since_day(
    articles: Iterable[GatheredArticle], since: date, *, strict: bool
) -> tuple[list[GatheredArticle], list[Notice]]:
    """Return the articles published on a day, later, or on an unknown day, and a notice that counts the others.

    Unless *strict*, older articles count if they appeared since their feed was last read: the digest catches up.
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
    """Return the notice that articles wait for a later digest, if any do."""
    return [notice("too-new", count=waiting, day=at.date())] if waiting else []


def sources_digest(articles: Iterable[GatheredArticle]) -> str:
    """Return a digest of the bytes of all articles, which does not depend on their order."""
    digests = sorted(article.brief.provenance.source_sha256 for article in articles)
    return sha256("\n".join(digests).encode("ascii")).hexdigest()
