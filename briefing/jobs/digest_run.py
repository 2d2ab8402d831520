"""Make one digest: gather articles, cluster them into stories, merge them, and mark what is new."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from briefing.archive.archive import Archive
from briefing.archive.digests import DigestRecords, GatheredArticle, Waiting
from briefing.digest.building import Gathered, build_digest
from briefing.digest.changes import mark_changes
from briefing.digest.clustering import Cluster, EarlierStory, cluster_stories
from briefing.digest.items import Item
from briefing.digest.ledger import ledger_of
from briefing.digest.members import Member
from briefing.digest.origins import find_origins, origin_ids
from briefing.digest.publishers import Family
from briefing.evidence.seal import seal
from briefing.jobs.gathering import SLACK, Gathering, Memory, later_notices, since_day, sources_digest
from briefing.jobs.plan import digest_options
from briefing.model.brief import Notice, Provenance
from briefing.model.digest import Digest
from briefing.model.ledger import Ledger
from briefing.profile.digest import DigestSource
from briefing.profile.profile import Profile
from briefing.sources.links import Web
from briefing.sources.records import Outcome
from briefing.version import __version__

Stage = Literal["briefed", "merged"]
Stories = Mapping[str, Sequence[GatheredArticle]]  # articles by the id of the story


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """What to make a digest of, and for when."""

    profile: Profile
    sources: Sequence[DigestSource]
    at: datetime  # instant of the digest, with its zone
    since: date | None = None  # None: since the day before the last digest of the profile, else before *at*
    jobs: int = 1
    waits: bool = False  # it waits for approval, so its ledger is not stored yet


class DigestRun:
    """The making of one digest: ``steps`` does the work; then ``result`` returns the digest.

    Args:
        request: What to make.
        web: How the web is read.
        archive: Where articles and digests are stored. With None nothing is stored, and no line is marked as new.
        reached: Called once all articles are briefed ("briefed") and once they are merged ("merged").
    """

    def __init__(
        self,
        request: DigestRequest,
        web: Web,
        archive: Archive | None = None,
        reached: Callable[[Stage], None] = lambda _stage: None,
    ) -> None:
        self._digest: Digest | None = None
        self._request = request
        self._web = web
        self._archive = archive
        self._records = archive.digests(request.profile.name) if archive is not None else None
        self._reached = reached

    def steps(self, standard_input: Callable[[int], bytes]) -> Iterator[Outcome]:
        """Make the digest, or take the stored one of the same instant; yield an outcome for each source."""
        request, records = self._request, self._records
        self._digest = records.digest(request.at) if records is not None else None
        if self._digest is not None:
            return
        gathering = Gathering(request.profile, self._web, request.at, self._memory())
        yield from gathering.gather(request.sources, standard_input, jobs=request.jobs)
        self._reached("briefed")
        ledger = records.ledger(request.at) if records is not None else None
        since = request.since or _since(ledger, request.at)
        articles, old = since_day(gathering.articles, since, strict=request.since is not None)
        earlier = records.earlier_stories(request.at) if records is not None else {}
        notices = (*gathering.notices, *old, *later_notices(gathering.waiting, request.at))
        digest = compose(articles, earlier, ledger, request, since, notices)
        self._reached("merged")
        if records is not None and request.waits:
            waiting = Waiting(ledger=ledger, since=since, notices=notices)
            records.keep(request.at, digest, None, gathering.feeds, waiting)
        elif records is not None:
            records.keep(request.at, digest, ledger_after(digest, ledger, records), gathering.feeds)
        self._digest = digest

    def result(self) -> Digest:
        """Return the digest.

        Raises:
            ValueError: ``steps`` has not run to its end.
        """
        if self._digest is None:
            raise ValueError("the steps of this digest have not run to their end")
        return self._digest

    def _memory(self) -> Memory | None:
        if self._archive is None or self._records is None:
            return None
        return Memory(self._records, self._archive.feed)


def ledger_after(digest: Digest, before: Ledger | None, records: DigestRecords) -> Ledger | None:
    """Return the ledger after a digest; None if a later digest has been made."""
    latest = records.ledger(datetime.max.replace(tzinfo=UTC))
    return ledger_of(digest, before) if latest is None or latest == before else None


def compose(
    articles: Sequence[GatheredArticle],
    earlier: Stories,
    ledger: Ledger | None,
    request: DigestRequest,
    since: date,
    notices: Iterable[Notice],
) -> Digest:
    """Return the sealed digest of articles; their stories continue earlier ones.

    Args:
        articles: The new articles, in any order.
        earlier: The stories of earlier digests.
        ledger: What earlier digests reported; None for the first digest.
        request: What to make.
        since: The first day of the digest.
        notices: The notices of the digest.
    """
    articles = sorted(articles, key=lambda article: (article.source, article.digest))
    settings = request.profile.digest
    houses = tuple(Family(house.name, house.outlets, house.domains) for house in settings.houses)
    before = [article for story in earlier.values() for article in story]
    origins = origin_ids(find_origins(map(_item, (*articles, *before)), houses))
    seeds = [EarlierStory(story, tuple(map(_item, held))) for story, held in sorted(earlier.items())]
    clusters = cluster_stories(map(_item, articles), seeds, houses)
    digest = build_digest(
        _gathered(clusters, (*articles, *before), origins),
        digest_options(request.profile),
        at=request.at,
        since=since.isoformat(),
        notices=tuple(notices),
        provenance=_provenance(articles, request.profile),
        earlier=datetime.fromisoformat(ledger.at).date() if ledger is not None else None,
    )
    return seal(mark_changes(digest, ledger, request.at.date(), request.profile.digest.agenda))


def _gathered(
    clusters: Iterable[Cluster], articles: Iterable[GatheredArticle], origins: Mapping[str, str]
) -> Iterator[Gathered]:
    """Yield the stories; an article that appeared in several places is a member for each."""
    by_id: dict[str, list[GatheredArticle]] = {}
    for article in articles:
        by_id.setdefault(article.brief.article.id, []).append(article)
    for cluster in clusters:
        members = tuple(
            Member(found.brief, origins[number], found.outlet, found.url, found.weight)
            for number in cluster.articles
            for found in by_id[number]
        )
        yield Gathered(cluster.id, members, cluster.why)


def _item(article: GatheredArticle) -> Item:
    return Item(article.brief, article.outlet, article.url)


def _provenance(articles: Sequence[GatheredArticle], profile: Profile) -> Provenance:
    """Return the provenance of a digest; the language pipeline is that of its briefs."""
    made = [article.brief.provenance for article in articles]
    return Provenance(
        engine="rules",
        briefing=__version__,
        spacy=made[0].spacy if made else "",
        model=made[0].model if made else profile.language.model,
        profile=profile.name,
        profile_sha256=profile.sha256,
        source_sha256=sources_digest(articles),
    )


def _since(ledger: Ledger | None, at: datetime) -> date:
    last = datetime.fromisoformat(ledger.at) if ledger is not None else at
    return (last - SLACK).date()
