"""Sentences that state the same become one point, and the set of parties that fits best is chosen."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.scoring.joining import FLOOR, choose_parties, groups_of
from briefing.extraction.scoring.scores import KINDS, Scores

shares = st.floats(min_value=0, max_value=1).map(lambda value: round(value, 3))


def scores(stated: list[float], parties: dict[int, dict[int, float]], same: float) -> Scores:
    pairs = dict.fromkeys(combinations(range(len(stated)), 2), same)
    return Scores(
        sentences=dict.fromkeys(KINDS, stated),
        parties=dict.fromkeys(KINDS, parties),
        same_matter=dict.fromkeys(KINDS, pairs),
        ties={},
        status={},
    )


def test_sentences_on_one_matter_of_the_same_parties_are_joined() -> None:
    parties = {key: {0: 0.9, 1: 0.9} for key in range(2)}
    (group,) = groups_of(scores([0.9, 0.85], parties, same=0.9), "agreement")
    assert group.joined == group.sentences == (0, 1)


def test_sentences_with_other_parties_are_two_points() -> None:
    parties = {0: {0: 0.9, 1: 0.9}, 1: {2: 0.9, 3: 0.9}}
    assert len(groups_of(scores([0.9, 0.9], parties, same=0.9), "agreement")) == 2


def test_sentences_of_other_times_are_never_joined() -> None:
    parties = {0: {0: 0.9, 1: 0.9}, 1: {0: 0.9, 1: 0.9}}
    assert len(groups_of(scores([0.9, 0.9], parties, same=0.9), "event")) == 1
    assert len(groups_of(scores([0.9, 0.9], parties, same=0.9), "event", {(0, 1)})) == 2


def test_a_doubtful_sentence_is_no_evidence() -> None:
    parties = {key: {0: 0.9, 1: 0.9} for key in range(2)}
    (group,) = groups_of(scores([0.9, 0.4], parties, same=0.9), "agreement")
    assert (group.joined, group.sentences) == ((0, 1), (0,))


@given(st.lists(shares, max_size=8), shares)
def test_each_likely_sentence_is_in_one_point(stated: list[float], same: float) -> None:
    parties = {key: {0: 0.9, 1: 0.9} for key in range(len(stated))}
    joined = [number for group in groups_of(scores(stated, parties, same), "event") for number in group.joined]
    assert sorted(joined) == [number for number, value in enumerate(stated) if value >= FLOOR]


@pytest.mark.parametrize(
    ("likely", "chosen"),
    [
        ({0: 0.9, 1: 0.8, 2: 0.1}, (0, 1)),
        ({0: 0.9, 1: 0.8, 2: 0.7}, (0, 1, 2)),
        ({0: 0.95, 1: 0.6, 2: 0.05}, (0, 1)),
        ({0: 0.9}, (0,)),
        ({}, ()),
    ],
)
def test_the_parties_are_the_set_that_fits_best(likely: dict[int, float], chosen: tuple[int, ...]) -> None:
    assert choose_parties(likely)[0] == chosen


@given(st.dictionaries(st.integers(0, 30), shares, min_size=2, max_size=10))
def test_a_point_has_two_parties_or_more(likely: dict[int, float]) -> None:
    parties, fit = choose_parties(likely)
    assert len(parties) >= 2
    assert set(parties) <= set(likely)
    assert 0 <= fit <= 1
