"""An article becomes windows of whole sentences, and each sentence is read once."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.scoring.pieces import CLASSIFY, MOST_PIECES, SEPARATE, Pieces, rows_of, windows_of

sizes = st.lists(st.integers(min_value=0, max_value=MOST_PIECES), min_size=1, max_size=40)


def pieces(size: int, start: int = 0) -> Pieces:
    return Pieces(tuple(range(size)), tuple((start + number, start + number + 1) for number in range(size)))


@given(sizes)
def test_windows_hold_whole_sentences_within_the_limit(lengths: list[int]) -> None:
    for window in windows_of([pieces(length) for length in lengths]):
        assert len(window.ids) <= MOST_PIECES + 2
        assert (window.ids[0], window.ids[-1]) == (CLASSIFY, SEPARATE)
        assert len(window.ids) - 2 == sum(lengths[window.first : window.last])


@given(sizes)
def test_each_sentence_is_read_once_with_all_its_pieces(lengths: list[int]) -> None:
    sentences = [pieces(length) for length in lengths]
    windows = windows_of(sentences)
    rows = rows_of(windows, sentences)
    assert [end - start for _, start, end in rows] == lengths
    for (number, start, end), sentence in zip(rows, sentences, strict=True):
        assert windows[number].ids[start:end] == sentence.ids


def test_pieces_between_characters_are_those_that_touch_them() -> None:
    assert pieces(10).between(3, 5) == (3, 5)
    assert pieces(10).between(20, 30) is None


def test_pieces_without_a_range_lose_those_that_touch_it() -> None:
    assert pieces(5).without(1, 3).ids == (0, 3, 4)
