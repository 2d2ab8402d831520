"""Join the words of a page to lines in reading order; white space separates columns.

The page is cut recursively (XY-cut, Nagy and Seth 1984), here from the top. Text above or below columns that crosses
the space between them is read before or after them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from briefing.reading.pdf.words import PdfPage, Word

_INITIAL = re.compile("[\"“‘']?[A-Z]")
_APART = 0.8  # of a letter's size: more space within a line may separate columns
_MAX_SEGMENTS = 1_000  # a page with more is a table
_MAX_COLUMNS = 30  # pieces of a page
_MAX_ABOVE = 25  # lines above the first columns
_MIN_COLUMN_LINES = 3
_MIN_COLUMN_WIDTH = 0.15  # of the page's width


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column; coordinates in points from the page's upper left corner."""

    text: str
    page: int  # counted from 1
    x0: float
    top: float
    x1: float
    bottom: float
    size: float  # of most of its letters
    bold: bool
    column: tuple[float, float]  # left and right edge of the column


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of one line with little space between them."""

    words: tuple[Word, ...]
    band: int  # segments with the same number are in one line of the page
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "x0", min(word.x0 for word in self.words))
        object.__setattr__(self, "x1", max(word.x1 for word in self.words))
        object.__setattr__(self, "top", min(word.top for word in self.words))
        object.__setattr__(self, "bottom", max(word.bottom for word in self.words))


def lines_of(page: PdfPage, number: int) -> tuple[Line, ...]:
    """Return the lines of a page in reading order; *number* is the page number, from 1."""
    words = _with_initials(page.words)
    segments = [segment for band, held in enumerate(_bands(words)) for segment in _segments(held, band)]
    columns = _columns(segments, _MIN_COLUMN_WIDTH * page.width) if len(segments) <= _MAX_SEGMENTS else [segments]
    return tuple(line for column in columns for line in _lines(column, number))


def _with_initials(words: Sequence[Word]) -> list[Word]:
    """Join each large initial of a paragraph to the word that it begins."""
    initials = [word for word in words if _INITIAL.fullmatch(word.text)]
    kept = list(words)
    for initial in initials:
        begun = next((word for word in kept if _begins(initial, word)), None)
        if begun is not None:
            apart = initial.text in ("A", "I") and begun.x0 - initial.x1 > 0.2 * begun.size
            whole = replace(begun, text=f"{initial.text}{' ' if apart else ''}{begun.text}")
            kept = [whole if word is begun else word for word in kept if word is not initial]
    return kept


def _begins(initial: Word, word: Word) -> bool:
    high = initial.size > 1.6 * word.size and initial.top - 0.4 * word.size <= word.top <= initial.top + word.size
    return high and -0.2 * word.size <= word.x0 - initial.x1 <= 0.8 * word.size


def _bands(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield groups of words with their middles at one height, from top to bottom."""
    band: list[Word] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if band and middle > _lowest_middle(band):
            yield band
            band = []
        band.append(word)
    if band:
        yield band


def _lowest_middle(band: Sequence[Word]) -> float:
    """Return the lowest middle of a word in the same line: 0.4 of the size below the first middle."""
    return (band[0].top + band[0].bottom) / 2 + 0.4 * max(word.size for word in band)


def _segments(band: list[Word], number: int) -> Iterator[_Segment]:
    words: list[Word] = []
    for word in sorted(band, key=lambda word: word.x0):
        if words and word.x0 - max(w.x1 for w in words[-3:]) > _APART * max(5.0, min(word.size, words[-1].size)):
            yield _Segment(tuple(words), number)
            words = []
        words.append(word)
    if words:
        yield _Segment(tuple(words), number)


def _columns(segments: list[_Segment], min_width: float) -> list[list[_Segment]]:
    """Return the segments of each column; the columns are in reading order."""
    waiting = [segments]
    columns: list[list[_Segment]] = []
    while waiting:
        part = waiting.pop()
        full = len(columns) + len(waiting) >= _MAX_COLUMNS
        cut = None if full else _gutter(part, min_width)
        if cut is not None:
            waiting += [[s for s in part if s.x0 >= cut], [s for s in part if s.x0 < cut]]
            continue
        reach = None if full else _first_columns(part, min_width)
        if reach is None:
            columns.append(part)
        else:
            start, end = reach
            pieces = ([s for s in part if s.band >= end], [s for s in part if start <= s.band < end])
            waiting += [piece for piece in pieces if piece]
            columns += [head] if (head := [s for s in part if s.band < start]) else []
    return columns


def _first_columns(part: list[_Segment], min_width: float) -> tuple[int, int] | None:
    """Return the bands at which the first columns of a part start and end; None without columns."""
    bands = sorted({segment.band for segment in part})
    doubles = [band for band, count in Counter(segment.band for segment in part).items() if count > 1]
    if len(doubles) < _MIN_COLUMN_LINES:
        return None
    last = bands.index(max(doubles)) - _MIN_COLUMN_LINES + 1
    for first in range(min(last + 1, _MAX_ABOVE)):
        end = _columns_end(part, bands[first:], min_width)
        if end is not None:
            return bands[first], end
    return None


def _columns_end(part: list[_Segment], bands: list[int], min_width: float) -> int | None:
    """Return the band below the columns that begin at the first of *bands*; None without columns."""

    def reach(number: int) -> list[_Segment]:
        return [segment for segment in part if bands[0] <= segment.band <= bands[number]]

    low, high = min(_MIN_COLUMN_LINES, len(bands)) - 1, len(bands) - 1
    if _gutter(reach(low), min_width, 2) is None:
        return None
    while low < high:  # binary search: more lines leave less common space
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _gutter(reach(middle), min_width, 2) is not None else (low, middle - 1)
    return bands[low] + 1 if _gutter(reach(low), min_width) is not None else None


def _gutter(part: list[_Segment], min_width: float, min_lines: int = _MIN_COLUMN_LINES) -> float | None:
    """Return the left edge of the column after the first gutter; None without a gutter."""
    if len(part) < 2 * min_lines:
        return None
    wide = _APART * median(word.size for segment in part for word in segment.words[:1])
    ordered = sorted(part, key=lambda segment: segment.x0)
    left, right = ordered[0].x0, max(segment.x1 for segment in part)
    reach = ordered[0].x1
    for before, segment in pairwise(ordered):
        reach = max(reach, before.x1)
        if segment.x0 - reach < wide or reach - left < min_width or right - segment.x0 < min_width:
            continue
        sides = ([s for s in part if s.x0 < segment.x0], [s for s in part if s.x0 >= segment.x0])
        if all(len({s.band for s in side}) >= min_lines for side in sides):
            return segment.x0
    return None


def _lines(column: list[_Segment], page: int) -> Iterator[Line]:
    left, right = min((s.x0 for s in column), default=0.0), max((s.x1 for s in column), default=0.0)
    ordered = sorted(column, key=lambda segment: (segment.band, segment.x0))
    for _, held in groupby(ordered, key=lambda segment: segment.band):
        words = [word for segment in held for word in segment.words]
        sizes: Counter[float] = Counter()
        for word in words:
            sizes[round(word.size, 1)] += len(word.text)
        yield Line(
            text=_text(words),
            page=page,
            x0=words[0].x0,
            top=min(word.top for word in words),
            x1=max(word.x1 for word in words),
            bottom=max(word.bottom for word in words),
            size=sizes.most_common(1)[0][0],
            bold=all(word.bold for word in words),
            column=(left, right),
        )


def _text(words: Sequence[Word]) -> str:
    """Join words to text; close words of different size are one: an initial and small capitals."""
    text = words[0].text
    for before, word in pairwise(words):
        close = word.x0 - before.x1 < 0.08 * word.size and abs(word.size - before.size) > 0.5
        text += word.text if close and not word.text.isdecimal() else f" {word.text}"
    return text
