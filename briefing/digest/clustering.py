"""Cluster articles into stories: reports on one event, or on one development over several days."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
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
    "text": 1,
}  # terms in ``why``
_ID = 12  # hexadecimal digits of an article's id in that of a story


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """A story of an earlier run that new articles may continue."""

    id: str
    items: tuple[Item, ...]


class Member(Record):
    """An article of a story, and why it belongs there."""

    article: str  # id
    new: bool  # it was in no earlier story
    nearest: str | None = None  # id of the most similar article of the story; None if none was compared
    ties: tuple[Tie, ...] = ()  # what it shares with the nearest article


class Cluster(Record):
    """Articles on one story, and why they belong together."""

    id: str  # the id of the earlier story, if there is one
    members: tuple[Member, ...]  # by day and id
    ties: tuple[Tie, ...] = ()  # what the articles share
    round_up: bool = False  # a single article on several stories

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of its articles."""
        return tuple(member.article for member in self.members)

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
    earlier = seed.items if seed else ()
    old = {item.id for item in earlier}
    members = {compared.items[number].id: _member(number, numbers, compared, old) for number in numbers}
    items = unique_items([*earlier, *(compared.items[number] for number in numbers)])
    return Cluster(
        id=seed.id if seed else _story_id(items[0]),
        members=tuple(members.get(item.id) or Member(article=item.id, new=False) for item in items),
        ties=ties_of([compared.traits[number] for number in numbers]),
        round_up=seed is None and numbers[0] in compared.round_ups,
    )


def _member(number: int, numbers: Iterable[int], compared: Compared, old: Container[str]) -> Member:
    """Return an article of a story with its nearest article."""
    article = compared.items[number].id
    others = [(compared.likenesses.get((min(number, other), max(number, other)), 0.0), -other) for other in numbers]
    likeness, other = max(others)
    if likeness <= 0:
        return Member(article=article, new=article not in old)
    nearest = -other
    ties = ties_of([compared.traits[number], compared.traits[nearest]])
    if (min(number, nearest), max(number, nearest)) in compared.copies:
        ties = (Tie(kind="text", shared=(compared.items[nearest].id,), articles=2), *ties)
    return Member(article=article, new=article not in old, nearest=compared.items[nearest].id, ties=ties)


def _story_id(first: Item) -> str:
    """Return the id of a new story; it is unique because no two stories share an article."""
    return f"{first.article.published or 'undated'}-{first.id[:_ID]}"
