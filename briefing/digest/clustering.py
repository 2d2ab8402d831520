"""Stories: articles that tell one happening, or one that goes on from day to day."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.digest.comparing import Compared, compare
from briefing.digest.items import Item, once_each
from briefing.digest.likeness import Likeness
from briefing.digest.linkage import link
from briefing.digest.publishers import Family
from briefing.digest.ties import Tie, TieKind, ties_of
from briefing.model.brief import Record

_RECENT = 30  # articles of an earlier story that new ones are compared with, the latest
_TOLD: Mapping[TieKind, int] = {"actors": 3, "names": 3, "words": 4, "numbers": 3, "days": 2, "text": 1}  # in ``why``
_ID = 12  # hexadecimal digits of an article's id in that of a story


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """A story of an earlier run, to which articles of this one may belong."""

    id: str
    items: tuple[Item, ...]


class Member(Record):
    """An article of a story, and what holds it there."""

    article: str  # id
    new: bool  # no earlier story had it
    nearest: str | None = None  # id of the article of the story that it is most like; None where they were not compared
    ties: tuple[Tie, ...] = ()  # what it shares with that one


class Cluster(Record):
    """Articles that tell one story, and why."""

    id: str  # that of the earlier story, where there is one
    members: tuple[Member, ...]  # by day and id
    ties: tuple[Tie, ...] = ()  # what they share
    round_up: bool = False  # a single article that tells several stories

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of its articles."""
        return tuple(member.article for member in self.members)

    @property
    def why(self) -> tuple[str, ...]:
        """The strongest of what its articles share: ("Norrebo, Ann Lee", "ferry, aground"); empty for one article."""
        shared = {tie.kind: tie.shared for tie in self.ties}
        told = [kind for kind in ("actors", "words") if kind in shared] or list(shared)[:1]
        return tuple(", ".join(shared[kind][: _TOLD[kind]]) for kind in told)


@dataclass(frozen=True, slots=True)
class Clusterer:
    """Find stories by what bodies share: words, names, numbers, days and texts; never by titles alone."""

    bar: float = 0.3  # how alike two groups must be to be joined; docs/quality.md tells how it was chosen
    likeness: Likeness = field(default_factory=Likeness)
    families: tuple[Family, ...] = ()  # houses beside our own: what one house writes is alike in style

    def __call__(self, items: Iterable[Item], earlier: Iterable[EarlierStory] = ()) -> tuple[Cluster, ...]:
        """Return the stories that articles tell, by their first article.

        Args:
            items: Articles in any order, on which the result does not depend; a text that comes twice counts once.
            earlier: Stories of earlier runs. They keep their ids and their articles, and are never joined; those that
                none of *items* belongs to are not returned.
        """
        given = once_each(items)
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
    """Return the stories that articles tell, by their first article, as ``Clusterer`` finds them."""
    return Clusterer(families=tuple(families))(items, earlier)


def _unshared(earlier: Iterable[EarlierStory]) -> Iterator[EarlierStory]:
    """Yield stories by id with their articles by day and id; an article that two of them have is the first one's."""
    taken: set[str] = set()
    for story in sorted(earlier, key=lambda story: story.id):
        items = tuple(item for item in once_each(story.items) if item.id not in taken)
        taken.update(item.id for item in items)
        if items:
            yield EarlierStory(story.id, items)


def _numbered(groups: Iterable[Sequence[Item]]) -> Iterator[list[int]]:
    """Yield the numbers of the articles of each group, which follow each other."""
    start = 0
    for group in groups:
        yield list(range(start, start + len(group)))
        start += len(group)


def _cluster(numbers: Sequence[int], compared: Compared, seed: EarlierStory | None = None) -> Cluster:
    """Return a story of articles by their numbers, with those of the earlier story that it goes on with."""
    earlier = seed.items if seed else ()
    old = {item.id for item in earlier}
    members = {compared.items[number].id: _member(number, numbers, compared, old) for number in numbers}
    items = once_each([*earlier, *(compared.items[number] for number in numbers)])
    return Cluster(
        id=seed.id if seed else _story_id(items[0]),
        members=tuple(members.get(item.id) or Member(article=item.id, new=False) for item in items),
        ties=ties_of([compared.traits[number] for number in numbers]),
        round_up=seed is None and numbers[0] in compared.round_ups,
    )


def _member(number: int, numbers: Iterable[int], compared: Compared, old: Container[str]) -> Member:
    """Return an article of a story with the one that it is most like."""
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
    """Return the id of a new story, which no other can have: no two stories share an article."""
    return f"{first.article.published or 'undated'}-{first.id[:_ID]}"
