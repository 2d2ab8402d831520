"""The text of an article cut at the edges of everything that rests on it, so that a page can mark crossing lines."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from briefing.model.brief import Article, ParagraphRole


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article that a line rests on."""

    start: int
    end: int
    line: int  # number of the line on its page


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the article within which nothing begins or ends."""

    start: int
    end: int
    text: str
    lines: tuple[int, ...] = ()  # numbers of the lines that rest on it, ascending
    sentence: int | None = None
    opens: bool = False  # evidence begins here
    closing: tuple[int, ...] = ()  # numbers of the lines whose evidence ends here, ascending
    first: bool = False  # its sentence begins here


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph of the article, or the white space between two of them."""

    role: ParagraphRole | None  # None between paragraphs
    segments: tuple[Segment, ...]

    @property
    def is_bare(self) -> bool:
        """Return True if no line rests on any of its words."""
        return not any(segment.lines for segment in self.segments)


def source_paragraphs(article: Article, spans: Iterable[Span]) -> tuple[SourceParagraph, ...]:
    """Return the whole text of an article as segments, grouped by paragraph.

    Joined, the segments are the text. The segments that hold a span's line, within the span, join to the span's text.
    Their number grows with that of spans, sentences and paragraphs.
    """
    spans = tuple(spans)
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for span in spans:
        opening.setdefault(span.start, []).append(span.line)
        closing.setdefault(span.end, []).append(span.line)
    sentences = {one.start: one.number for one in article.sentences}
    outer = {edge for one in article.paragraphs for edge in (one.start, one.end)}
    outer |= {edge for one in article.sentences for edge in (one.start, one.end)}
    edges = sorted({0, len(article.text), *opening, *closing, *outer})
    ends = {one.start: one.end for one in article.sentences}
    open_lines: dict[int, int] = {}  # line: how many of its spans are open
    sentence, until = None, 0
    segments = []
    for start, end in pairwise(edges):
        for line in closing.get(start, ()):
            open_lines[line] -= 1
            if not open_lines[line]:
                del open_lines[line]
        for line in opening.get(start, ()):
            open_lines[line] = open_lines.get(line, 0) + 1
        if start in sentences:
            sentence, until = sentences[start], ends[start]
        segments.append(
            Segment(
                start,
                end,
                article.text[start:end],
                tuple(sorted(open_lines)),
                sentence if start < until else None,
                start in opening,
                tuple(sorted(set(closing.get(end, ())))),
                start in sentences,
            )
        )
    return _grouped(article, segments)


def _grouped(article: Article, segments: Iterable[Segment]) -> tuple[SourceParagraph, ...]:
    """Return segments by paragraph; those between two paragraphs are a group of their own."""
    starts = [paragraph.start for paragraph in article.paragraphs]
    groups: list[tuple[int, ParagraphRole | None, list[Segment]]] = []
    for segment in segments:
        number = bisect_right(starts, segment.start) - 1
        paragraph = article.paragraphs[number] if number >= 0 else None
        inside = paragraph is not None and segment.start < paragraph.end
        role = paragraph.role if paragraph is not None and inside else None
        key = 2 * number + (1 if inside else 2)
        if not groups or groups[-1][0] != key:
            groups.append((key, role, []))
        groups[-1][2].append(segment)
    return tuple(SourceParagraph(role, tuple(found)) for _, role, found in groups)
