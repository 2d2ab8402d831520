"""Groups are joined as long as they are similar enough."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.linkage import link
from briefing.digest.partition import connected_components

SINGLE = [[number] for number in range(4)]


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 7))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    weights = draw(st.lists(st.integers(1, 10_000), min_size=len(chosen), max_size=len(chosen), unique=True))
    return count, {pair: weight / 10_000 for pair, weight in zip(chosen, weights, strict=True)}


def slowly(count, likenesses, apart, bar):
    """Join the two groups that are most alike, looking at all of them each time."""
    groups = [[number] for number in range(count)]

    def alike(pair):
        first, second = (groups[place] for place in pair)
        values = [likenesses.get((min(a, b), max(a, b)), 0.0) for a in first for b in second]
        return (max(values) + sum(values) / len(values)) / 2

    while True:
        allowed = [
            pair
            for pair in combinations(range(len(groups)), 2)
            if not all(min(groups[place]) < apart for place in pair)
        ]
        best = max(allowed, key=alike, default=None)
        if best is None or alike(best) < bar:
            return {frozenset(group) for group in groups}
        groups[best[0]] += groups.pop(best[1])


@given(graphs(), st.floats(0.05, 0.9), st.integers(0, 3))
def test_the_two_groups_most_alike_are_joined_first(graph, bar, apart):
    count, likenesses = graph
    found = link(likenesses, [[number] for number in range(count)], min(apart, count), bar)
    assert {frozenset(group) for group in found} == slowly(count, likenesses, min(apart, count), bar)


def test_a_chain_of_pairs_is_no_group():
    chain = {(0, 1): 0.5, (1, 2): 0.5, (2, 3): 0.5}
    assert link(chain, SINGLE, 0, 0.4) == [[0, 1], [2, 3]]


def test_groups_that_exclude_each_other_stay_apart():
    likenesses = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7}
    assert link(likenesses, SINGLE[:3], 2, 0.3) == [[0, 2], [1]]


def test_initial_groups_stay_together():
    assert link({}, [[0, 1], [2]], 1, 0.3) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ([], [("a",), ("b",), ("c",)]),
        ([("c", "a")], [("a", "c"), ("b",)]),
        ([("a", "b"), ("c", "b")], [("a", "b", "c")]),
    ],
)
def test_connected_pairs_are_one_group(pairs, groups):
    assert list(connected_components("abc", pairs)) == groups
