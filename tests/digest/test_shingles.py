"""The overlap of two texts."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.copies import find_copies, is_copy
from briefing.digest.shingles import Overlap, Shingles, body_shingles, hashed, overlap, overlapping
from tests.digest.news import CUT, FIRE, FIRE_AGAIN, LONGER, OWN, TALKS, WIRE
from tests.fakes.articles import article_of


def shingles_of(text: str) -> Shingles:
    return body_shingles(article_of(text))


def equal(one: Shingles, other: Shingles) -> bool:
    return one.tolist() == other.tolist()


def test_shingles_are_five_words_in_a_row():
    phrases = ["crews walked out on monday", "walked out on monday over", "out on monday over shifts"]
    assert equal(shingles_of("Crews walked out on Monday over shifts."), hashed(phrases))


@pytest.mark.parametrize(
    "text", ["“CREWS  walked out; on Monday —\nover ‘shifts’.”", "Crews walked out on Monday, over shifts"]
)
def test_case_space_and_marks_do_not_count(text):
    assert equal(shingles_of(text), shingles_of("Crews walked out on Monday over shifts."))


def test_a_body_shorter_than_a_shingle_is_one_shingle():
    assert equal(shingles_of("Crews don’t stop."), hashed(["crews dont stop"]))


@pytest.mark.parametrize(
    ("shared", "first", "second", "copy"),
    [
        (300, 300, 300, True),
        (150, 300, 150, True),  # cut to half
        (300, 300, 345, True),  # a paragraph added
        (60, 60, 290, True),  # cut to a fifth
        (60, 60, 310, False),  # a short item that a long article repeats
        (90, 180, 260, False),  # two paragraphs quoted: half of the report
        (140, 180, 360, False),  # four of five paragraphs of the report, in an article twice as long
        (0, 0, 0, False),
    ],
)
def test_copies_are_recognised(shared, first, second, copy):
    assert is_copy(Overlap(shared, first, second)) is copy


def test_all_copies_are_found():
    texts = {
        str(number): shingles_of(text) for number, text in enumerate((WIRE, CUT, LONGER, OWN, FIRE, FIRE_AGAIN, TALKS))
    }
    found = {(pair.first, pair.second) for pair in find_copies(texts).pairs}
    assert found == {
        (first, second) for first, second in combinations(texts, 2) if is_copy(overlap(texts[first], texts[second]))
    }
    assert found == {("0", "1"), ("0", "2"), ("1", "2")}


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=8), max_size=6))
def test_overlaps_are_counted_exactly(sets):
    texts = {str(number): hashed(shingles) for number, shingles in enumerate(sets)}
    for first, second, shared in overlapping(texts):
        assert shared == overlap(texts[first], texts[second])
        assert int(first) < int(second)
        assert 0 <= shared.resemblance <= shared.of_shorter <= 1
        assert shared.resemblance <= shared.of_longer <= shared.of_shorter
