"""Join lines of printed pages to paragraphs, by indents, gaps, letter sizes and short last lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from briefing.reading.canonical import LIST_MARKER, clean, ends_sentence, squash
from briefing.reading.paragraphs import Block, Hint
from briefing.reading.pdf.lines import Line
from briefing.runtime.lexicon import word_set

_EDGE = 0.13  # share of a page's height, at the top and the bottom, for running titles
_APART = 0.6  # of a letter's size; the least space between a running title and the text
_MARKS = 2  # gaps or indents; fewer are not a style
_INDENT = 2.5  # letter sizes; few paragraphs are indented further
_HEADING = 1.12  # times the size of the text
_TITLE = 1.15
_TITLE_DEPTH = 0.75  # share of the first page's height; its title begins above this
MAX_TITLE_WORDS, MAX_HEADING_WORDS = 35, 20
_PAGE_NUMBER = re.compile(
    r"[ivxl]{1,6}|(?:page |p\. ?|seite )?[-–—|\[( ]*\d{1,4}[-–—|\]) ]*(?:(?:/|of|von) ?\d{1,4})?[-–—|\]) ]*",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(?P<before>\w+-)?(?P<part>\w+)[-\u2010]\Z")
_SOFT_HYPHEN = re.compile("\xad\\s*\\Z")


@dataclass(frozen=True, slots=True)
class Printed:
    """The paragraphs of a PDF, and its title in the largest letters of the first page."""

    blocks: tuple[Block, ...]
    title: str | None


@dataclass(frozen=True, slots=True)
class _Style:
    """How a text separates its paragraphs: by gaps or indents, else by short last lines."""

    leading: float  # usual distance of lines, in letter sizes
    gaps: bool
    indents: bool

    def continues(self, line: Line, following: Line) -> bool:
        """Return True if *following* belongs to the paragraph of *line*."""
        ended = ends_sentence(line.text)
        if abs(line.size - following.size) > 0.06 * line.size:
            return False
        if LIST_MARKER.match(following.text) and (ended or _is_short(line)):
            return False
        if line.bold != following.bold and _is_short(line if line.bold else following):
            return False
        if _is_indented(following) and (_is_short(line) or not _is_indented(line)):
            return False
        if line.page != following.page or line.column != following.column or following.top < line.top:
            is_open = following.text[0].islower() or not _is_short(line)
            return not _had_room(line, following) if ended else is_open
        if _is_gap(_line_distance(line, following), self.leading):
            return False
        return self.gaps or self.indents or not (ended and _is_short(line))


def without_furniture(pages: Sequence[tuple[Line, ...]], heights: Sequence[float]) -> list[tuple[Line, ...]]:
    """Return the lines of each page without running titles and page numbers.

    A running title is separate from the text, at the top or bottom of several pages, in one place, and with the same
    words except numbers.
    """
    separate = [_separate_lines(lines, heights[number]) for number, lines in enumerate(pages)]
    seen = Counter(key for lines in separate for key in {_furniture_key(line) for line in lines})
    least = max(2, len(pages) // 4)
    kept = []
    for lines, candidates in zip(pages, separate, strict=True):
        furniture = {
            line
            for line in candidates
            if seen[_furniture_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text.strip())
        }
        kept.append(_with_edges([line for line in lines if line not in furniture]))
    return kept


def _separate_lines(lines: Sequence[Line], height: float) -> tuple[Line, ...]:
    """Return the lines at the top and the bottom of a page that white space separates from the text."""
    head = _edge([(line.top, line.bottom, line) for line in lines], height)
    return (*head, *_edge([(height - line.bottom, height - line.top, line) for line in lines], height))


def _edge(placed: Iterable[tuple[float, float, Line]], height: float) -> tuple[Line, ...]:
    """Return the lines up to the first gap; *placed* holds the distances of their edges from the page's edge."""
    ordered = sorted(placed, key=lambda place: place[:2])
    for before, (near, far, line) in enumerate(ordered, start=-1):
        if before >= 0 and near - ordered[before][1] > _APART * line.size:
            return tuple(one for _, _, one in ordered[: before + 1])
        if far > _EDGE * height:
            break
    return ()


def _with_edges(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines of a page with updated column edges."""
    edges = {
        column: (min(line.x0 for line in held), max(line.x1 for line in held))
        for column in {line.column for line in lines}
        if (held := [line for line in lines if line.column == column])
    }
    return tuple(replace(line, column=edges[line.column]) for line in lines)


def paragraphs_of(lines: Sequence[Line], first_height: float) -> Printed:
    """Return the paragraphs of all pages; *first_height* is the height of the first page in points."""
    if not lines:
        return Printed((), None)
    body = _body_size(lines)
    style = _style_of(lines, body)
    groups: list[list[Line]] = [[lines[0]]]
    for line, following in pairwise(lines):
        if style.continues(line, following):
            groups[-1].append(following)
        else:
            groups.append([following])
    title = _title_group(groups, body, first_height)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).casefold()))
    blocks = [
        _block(group, words, "title" if group is title else "heading" if _is_heading(group, body) else None)
        for group in groups
    ]
    named = next((block.text for block in blocks if block is not None and block.hint == "title"), None)
    return Printed(tuple(_with_pages([block for block in blocks if block is not None])), named)


def _furniture_key(line: Line) -> tuple[str, int, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.top / 4), round(line.size)


def _body_size(lines: Iterable[Line]) -> float:
    """Return the most common letter size in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _style_of(lines: Sequence[Line], body: float) -> _Style:
    """Return how the text in the *body* size separates its paragraphs."""
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line.size == following.size == body and line.column == following.column and line.bottom < following.bottom
    ]
    steps = [_line_distance(line, following) for line, following in pairs]
    leading = median(steps) if steps else 1.2
    gaps = sum(_is_gap(step, leading) for step in steps)
    indents = sum(_is_indented(following) and not _is_indented(line) for line, following in pairs)
    return _Style(leading, gaps=gaps > _MARKS and gaps >= indents, indents=indents > _MARKS and indents > gaps)


def _line_distance(line: Line, following: Line) -> float:
    """Return the distance between the bottoms of two lines, in letter sizes."""
    return (following.bottom - line.bottom) / line.size


def _is_gap(step: float, leading: float) -> bool:
    return step > leading * 1.25 + 0.05


def _is_indented(line: Line) -> bool:
    return 0.6 * line.size < line.x0 - line.column[0] < 6 * line.size and not _is_centred(line)


def _is_short(line: Line) -> bool:
    """Return True if a line ends well before the edge of its column."""
    left, right = line.column
    return right - line.x1 > max(0.12 * (right - left), 2 * line.size)


def _had_room(line: Line, following: Line) -> bool:
    """Return True if the first word of the next line would fit at the end of this line."""
    letter = (following.x1 - following.x0) / len(following.text)
    return line.column[1] - line.x1 > letter * (len(following.text.split(" ", 1)[0]) + 1)


def _is_centred(line: Line) -> bool:
    before, after = line.x0 - line.column[0], line.column[1] - line.x1
    return before > _INDENT * line.size and abs(before - after) < line.size


def _title_group(groups: Sequence[list[Line]], body: float, height: float) -> list[Line] | None:
    """Return the lines of the title: the largest print on the first page, except a masthead of one or two words."""
    first = groups[0][0].page
    large = [
        group
        for group in groups
        if group[0].page == first and group[0].size >= _TITLE * body and group[0].top < _TITLE_DEPTH * height
    ]
    fit = [group for group in large if _words(group) <= MAX_TITLE_WORDS]
    titles = [group for group in fit if _words(group) > 2] or fit
    return max(titles, key=lambda group: group[0].size, default=None)


def _is_heading(group: Sequence[Line], body: float) -> bool:
    large = group[0].size >= _HEADING * body or (group[0].size >= 0.98 * body and all(line.bold for line in group))
    return large and _words(group) <= MAX_HEADING_WORDS


def _words(group: Sequence[Line]) -> int:
    return sum(line.text.count(" ") + 1 for line in group)


def _block(group: Sequence[Line], words: Counter[str], hint: Hint) -> Block | None:
    """Return a paragraph with the pages of its lines; None if nothing visible is left."""
    text = ""
    starts: list[tuple[int, int]] = []
    for line in group:
        own = squash(clean(_SOFT_HYPHEN.sub("\u2010", line.text)).text.replace("\n", " "))
        if not own:
            continue
        text = _joined(text, own, words) if text else own
        if not starts or starts[-1][1] != line.page:
            starts.append((len(text) - len(own), line.page))
    tidy = squash(clean(text).text)  # joined lines may form an entity
    return Block(tidy, hint, tuple((min(start, len(tidy) - 1), page) for start, page in starts)) if tidy else None


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """Append a line to a text, without the hyphen of a word that was divided between them."""
    first, following = _HYPHENATED.search(text), re.match(r"\w+", line)
    if first is None or following is None:
        return f"{text} {line}"
    one, two = first["part"].casefold(), following[0].casefold()
    if first["before"] or not (one + two).isalpha():  # "back-to-" "work", "24-" "year-old"
        return f"{text[:-1]}-{line}"
    kept = words[f"{one}-{two}"] > words[one + two] or one in word_set(__name__, "compounds")
    if not following[0][0].islower() or (kept and not words[one + two]):
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def _with_pages(blocks: list[Block]) -> Iterable[Block]:
    """Yield the blocks, each with only the pages that begin in it."""
    last = 0
    for block in blocks:
        pages = tuple((start, page) for start, page in block.pages if page > last)
        last = max(last, *(page for _, page in block.pages)) if block.pages else last
        yield Block(block.text, block.hint, pages)
