"""Words of a page in reading order: nothing is lost, and columns are not mixed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.pdf.lines import lines_of
from briefing.reading.pdf.words import PdfPage, Word


def word(text: str, x: float, y: float, size: float = 10) -> Word:
    return Word(text, x, y, x + 0.5 * size * len(text), y + size, size, bold=False)


def row(text: str, x: float, y: float, size: float = 10) -> list[Word]:
    """Return the words of a line, each a letter's space from the next."""
    words: list[Word] = []
    for part in text.split():
        words.append(word(part, x, y, size))
        x = words[-1].x1 + 0.25 * size
    return words


def read(words: list[Word]) -> list[str]:
    return [line.text for line in lines_of(PdfPage(600, 800, tuple(words)), 1)]


def columns(rows: int, *edges: float, top: float = 100) -> list[Word]:
    """Return the words of columns that begin at *edges*: "column 0 line 3 here"."""
    return [
        w for c, x in enumerate(edges) for n in range(rows) for w in row(f"column {c} line {n} here", x, top + 12 * n)
    ]


def sentences(rows: int, *numbers: int) -> list[str]:
    return [f"column {c} line {n} here" for c in numbers for n in range(rows)]


def test_words_are_in_order_whatever_the_file_order():
    assert read(list(reversed(row("dockers walk out", 50, 100) + row("in Portville", 50, 112)))) == [
        "dockers walk out",
        "in Portville",
    ]


@pytest.mark.parametrize("edges", [(50, 300), (50, 220, 390)])
def test_columns_are_read_one_after_the_other(edges):
    assert read(columns(6, *edges)) == sentences(6, *range(len(edges)))


def test_text_across_columns_is_read_before_or_after():
    above = row("Dockers walk out in Portville over the night work of cranes", 50, 60, 16)
    below = row("Written by a reporter in Portville who was there when all of them left", 50, 260)
    lower = columns(5, 50, 300, top=300)
    assert read(above + columns(6, 50, 300) + below + lower) == [
        "Dockers walk out in Portville over the night work of cranes",
        *sentences(6, 0, 1),
        "Written by a reporter in Portville who was there when all of them left",
        *sentences(5, 0, 1),
    ]


def test_numbers_of_a_list_are_no_column():
    items = [w for n in range(6) for w in (word(f"{n}.", 50, 100 + 12 * n), *row("dockers walk out", 75, 100 + 12 * n))]
    assert read(items) == [f"{n}. dockers walk out" for n in range(6)]


PLACED = st.builds(
    word,
    st.text("abcdefgh", min_size=1, max_size=8),
    st.floats(0, 500, allow_nan=False),
    st.floats(0, 700, allow_nan=False),
    st.sampled_from([8.0, 10.0, 24.0]),
)


@given(st.lists(PLACED, max_size=60))
def test_no_word_is_lost_or_doubled(words):
    letters = "".join(sorted("".join(read(words)).replace(" ", "")))
    assert letters == "".join(sorted("".join(w.text for w in words)))
