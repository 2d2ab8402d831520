"""Cluster articles into stories: reports on one event, or on one development over several days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.digest.comparing import Compared, compare
from briefing.digest.items import Item, unique_items
from briefing.digest.likeness import Likeness
from briefing.digest.linkage import link
from briefing.digest.publishers import Family
from briefing.digest.ties import Tie, TieKind, ties_of
from briefing.model.brief import Record

_RECENT = 30  # latest articles of an earlier story, with which new articles are compared
_SHOWN: Mapping[TieKind, int] = {
    "actors": 3,
    "names": 3,
    "words": 4,
    "numbers": 3,
    "days": 2,
}  # terms in ``why``
_ID = 12  # hexadecimal digits of an article's id in that of a story


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """A story of an earlier run that new articles may continue."""

    id: str
    items: tuple[Item, ...]


class Cluster(Record):
    """Articles on one story, and why they belong together."""

    id: str  # the id of the earlier story, if there is one
    articles: tuple[str, ...]  # ids, by day and id
    ties: tuple[Tie, ...] = ()  # what the articles share

    @property
    def why(self) -> tuple[str, ...]:
        """The strongest ties of its articles: ("Norrebo, Ann Lee", "ferry, aground"); empty for one article."""
        shared = {tie.kind: tie.shared for tie in self.ties}
        kinds = [kind for kind in ("actors", "words") if kind in shared] or list(shared)[:1]
        return tuple(", ".join(shared[kind][: _SHOWN[kind]]) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Clusterer:
    """Find stories by the words, names, numbers, days and texts that bodies share, never by titles alone."""

    bar: float = 0.3  # likeness at which two groups are joined; docs/quality.md explains the choice
    likeness: Likeness = field(default_factory=Likeness)
    families: tuple[Family, ...] = ()  # publishers beside the built-in ones; articles of one publisher share its style

    def __call__(self, items: Iterable[Item], earlier: Iterable[EarlierStory] = ()) -> tuple[Cluster, ...]:
        """Return the stories of articles, ordered by their first article.

        Args:
            items: Articles in any order; the result does not depend on it. A repeated text counts once.
            earlier: Stories of earlier runs. They keep their ids and articles, and are never joined. Those without any
                of *items* are not returned.
        """
        given = unique_items(items)
        seeds = tuple(_unshared(earlier))
        known = {item.id for seed in seeds for item in seed.items}
        fresh = [item for item in given if item.id not in known]
        recent = [seed.items[-_RECENT:] for seed in seeds]
        compared = compare([*(item for seed in recent for item in seed), *fresh], self.likeness, self.families)
        start = len(compared.items) - len(fresh)
        alone = [[number] for number in range(start, len(compared.items)) if number not in compared.round_ups]
        linked = link(compared.likenesses, [*_numbered(recent), *alone], len(seeds), self.bar)
        clusters = [
            *(_cluster(numbers, compared, seed) for seed, numbers in zip(seeds, linked, strict=False)),
            *(_cluster(numbers, compared) for numbers in linked[len(seeds) :]),
            *(_cluster([number], compared) for number in sorted(compared.round_ups) if number >= start),
        ]
        order = {item.id: item.order for item in (*given, *(item for seed in seeds for item in seed.items))}
        asked = {item.id for item in given}
        found = [cluster for cluster in clusters if not asked.isdisjoint(cluster.articles)]
        return tuple(sorted(found, key=lambda cluster: order[cluster.articles[0]]))


def cluster_stories(
    items: Iterable[Item], earlier: Iterable[EarlierStory] = (), families: Sequence[Family] = ()
) -> tuple[Cluster, ...]:
    """Return the stories of articles, ordered by their first article; see ``Clusterer``."""
    return Clusterer(families=tuple(families))(items, earlier)


def _unshared(earlier: Iterable[EarlierStory]) -> Iterator[EarlierStory]:
    """Yield stories by id, with articles by day and id; an article of two stories stays with the first."""
    taken: set[str] = set()
    for story in sorted(earlier, key=lambda story: story.id):
        items = tuple(item for item in unique_items(story.items) if item.id not in taken)
        taken.update(item.id for item in items)
        if items:
            yield EarlierStory(story.id, items)


def _numbered(groups: Iterable[Sequence[Item]]) -> Iterator[list[int]]:
    """Yield the consecutive numbers of the articles of each group."""
    start = 0
    for group in groups:
        yield list(range(start, start + len(group)))
        start += len(group)


def _cluster(numbers: Sequence[int], compared: Compared, seed: EarlierStory | None = None) -> Cluster:
    """Return a story of some numbered articles, with the articles of the earlier story that it continues."""
    items = unique_items([*(seed.items if seed else ()), *(compared.items[number] for number in numbers)])
    return Cluster(
        id=seed.id if seed else _story_id(items[0]),
        articles=tuple(item.id for item in items),
        ties=ties_of([compared.traits[number] for number in numbers]),
    )


def _story_id(first: Item) -> str:
    """Return the id of a new story; it is unique because no two stories share an article."""
    return f"{first.article.published or 'undated'}-{first.id[:_ID]}"
