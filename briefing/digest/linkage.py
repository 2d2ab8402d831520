"""Agglomerative clustering of a sparse graph; the result does not depend on the order of the edges.

The likeness of two groups is the mean of their best pair and of the average over all their pairs. The average alone
(UPGMA) splits a story that develops over days. The best pair alone (single linkage) chains different stories.
"""

import heapq
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Pair = tuple[int, int]


class _Link(NamedTuple):
    """The best likeness and the sum over the pairs between two groups; missing pairs count 0."""

    best: float
    total: float


def link(likenesses: Mapping[Pair, float], groups: Sequence[Sequence[int]], apart: int, bar: float) -> list[list[int]]:
    """Join the two most similar groups as long as their likeness reaches the bar.

    Args:
        likenesses: The likeness of each pair of things, the lower number first; values of 0 or less are ignored.
        groups: The groups at the start; each thing is in exactly one.
        apart: The first *apart* groups must not be joined with each other.
        bar: The minimum likeness of two groups that are joined.

    Returns:
        The remaining groups, in the order of the first of *groups* in each.
    """
    return _Linkage(likenesses, groups, apart).join(bar)


class _Linkage:
    """The current groups, and the links between them."""

    def __init__(self, likenesses: Mapping[Pair, float], groups: Sequence[Sequence[int]], apart: int) -> None:
        self._members: dict[int, list[int]] = {place: list(group) for place, group in enumerate(groups)}
        self._apart = apart
        self._links: list[dict[int, _Link]] = [{} for _ in groups]
        home = {thing: place for place, group in enumerate(groups) for thing in group}
        for (first, second), likeness in likenesses.items():
            if likeness > 0 and home[first] != home[second]:
                self._add(home[first], home[second], _Link(likeness, likeness))
        self._waiting = [
            (-self._alike(first, second), first, second, len(self._members[first]), len(self._members[second]))
            for first in self._members
            for second in self._links[first]
            if first < second
        ]
        heapq.heapify(self._waiting)

    def join(self, bar: float) -> list[list[int]]:
        """Join groups as long as any two reach the bar; return the remaining groups."""
        while self._waiting and -self._waiting[0][0] >= bar:
            _, first, second, *sizes = heapq.heappop(self._waiting)
            if sizes == [len(self._members.get(first, ())), len(self._members.get(second, ()))]:
                self._join(first, second)
        return list(self._members.values())

    def _join(self, first: int, second: int) -> None:
        self._members[first] += self._members.pop(second)
        links, self._links[second] = self._links[second], {}
        for other, known in links.items():
            del self._links[other][second]
            if other != first:
                self._add(first, other, known)
        for other in self._links[first]:
            low, high = sorted((first, other))
            entry = (-self._alike(low, high), low, high, len(self._members[low]), len(self._members[high]))
            heapq.heappush(self._waiting, entry)

    def _add(self, first: int, second: int, more: _Link) -> None:
        if max(first, second) < self._apart:
            return
        known = self._links[first].get(second, _Link(0.0, 0.0))
        both = _Link(max(known.best, more.best), known.total + more.total)
        self._links[first][second] = self._links[second][first] = both

    def _alike(self, first: int, second: int) -> float:
        known = self._links[first][second]
        return (known.best + known.total / (len(self._members[first]) * len(self._members[second]))) / 2
