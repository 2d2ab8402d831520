"""Quotations: the stretches between quotation marks, found paragraph by paragraph.

An unmatched mark affects at most its own quotation, never the rest of the article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from briefing.language.analysis import Range, SentenceSpan

# Any quotation mark: matches both marks of ``"Yes," he said`` and the apostrophe of "Britain's", not a hyphen.
_MARK = re.compile(r"``|''|(?<!\S),,(?=\w)|[“”„‟\"«»‘’‚'`´]")
# Words that begin with an apostrophe: matches '90s, 'em, 'til, not 'Never.
_ELISION = re.compile(r"['‘’](?:\d0s\b|em\b|til\b|tis\b|twas\b|cause\b|n['’])", re.IGNORECASE)
# A word, for counting: matches "don't" and "two-plus-two" as one word each.
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

_SINGLE = frozenset("‘’‚'`´")
_OPENING = frozenset({"``", ",,", "“", "„", "‟", "«", "‘", "‚", "`"})
_CLOSING = frozenset({"''", "”", "»", "’", "´"})
_BEFORE_OPENING = frozenset("([{—–-/:;")
_AFTER_CLOSING = frozenset(",;:!?)")
_ENDS_SPEECH = frozenset(",.!?…-—")
_SENTENCE_ENDS = (".", "!", "?", "…")
_NEAR = 8  # characters before a mark that may hold the colon or comma of its cue

Side = Literal["open", "close", "either", "none"]
Family = Literal["double", "single"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The text between a pair of marks, or from a mark to the end of a paragraph that the next one continues."""

    start: int  # first character after the opening mark
    end: int  # the closing mark, or the end of the paragraph
    outer_start: int  # the opening mark
    outer_end: int  # one past the closing mark
    paragraph: int  # index into article.paragraphs
    goes_on: bool = False  # the next paragraph opens with a mark and continues it

    def words(self, text: str) -> int:
        """Return the number of words."""
        return sum(1 for _ in _WORD.finditer(text, self.start, self.end))

    def ends_as_speech(self, text: str) -> bool:
        """Return True if punctuation precedes the closing mark, as at the end of speech."""
        return self.end > self.start and text[self.end - 1] in _ENDS_SPEECH


class _Mark(NamedTuple):
    start: int
    end: int
    family: Family
    side: Side


class _Paragraph(NamedTuple):
    number: int
    start: int
    end: int
    marks: tuple[_Mark, ...]

    def opens_with(self, family: Family) -> bool:
        first = self.marks[0] if self.marks else None
        return first is not None and first.start == self.start and first.family == family and first.side != "close"


def find_quotations(text: str, sentences: Sequence[SentenceSpan]) -> tuple[Quotation, ...]:
    """Return the quotations of the article in reading order; nested ones are part of the outer one."""
    paragraphs = list(_paragraphs(text, sentences))
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if following is not None and following.number != paragraph.number + 1:
            following = None
        found.extend(q for q in _quotations_in(text, paragraph, following) if q.start < q.end)
    return tuple(found)


def _paragraphs(text: str, sentences: Sequence[SentenceSpan]) -> Iterator[_Paragraph]:
    """Yield the paragraphs that have sentences, with their marks."""
    bounds: dict[int, Range] = {}
    for sentence in sentences:
        known = bounds.get(sentence.paragraph)
        bounds[sentence.paragraph] = Range(known.start if known else sentence.start, sentence.end)
    for index, (start, end) in bounds.items():
        marks = tuple(_mark(text, start, end, match) for match in _MARK.finditer(text, start, end))
        yield _Paragraph(index, start, end, tuple(mark for mark in marks if mark.side != "none"))


def _mark(text: str, start: int, end: int, match: re.Match[str]) -> _Mark:
    """Return a mark with its side, decided by its neighbours; the shape of a curly mark decides in doubt."""
    left = next((text[i] for i in _beside(text, match.start() - 1, start, -1)), " ")
    right = next((text[i] for i in _beside(text, match.end(), end, 1)), " ")
    mark = match.group()
    family: Family = "single" if mark in _SINGLE else "double"
    opens = (left.isspace() or left in _BEFORE_OPENING) and not right.isspace() and right not in _AFTER_CLOSING
    closes = not left.isspace() and not right.isalnum()
    side: Side
    if opens and not closes:
        side = "open"
    elif closes and not opens:
        side = "close"
    elif mark in _OPENING:
        side = "open"
    elif mark in _CLOSING:
        side = "close"
    else:
        side = "either"
    if family == "single":
        side = _side_of_single(text, match, left, right, side)
    return _Mark(match.start(), match.end(), family, side)


def _beside(text: str, first: int, limit: int, step: int) -> Iterator[int]:
    """Yield the offsets of the next two characters beside a mark that are not marks themselves."""
    for place in (first, first + step):
        if (limit <= place) if step < 0 else (place < limit):
            if text[place] not in "\"'“”‘’«»`":
                yield place
        else:
            return


def _side_of_single(text: str, match: re.Match[str], left: str, right: str, side: Side) -> Side:
    """Return the side of a single mark; "none" for an apostrophe."""
    if left.isalnum() and right.isalnum():
        return "none"
    if side == "open":
        return "none" if _ELISION.match(text, match.start()) or right.isspace() else "open"
    return "none" if left.isspace() else "close"


def _quotations_in(text: str, paragraph: _Paragraph, following: _Paragraph | None) -> Iterator[Quotation]:
    marks = paragraph.marks
    closers = _closers_from(marks)
    index = 0
    while index < len(marks):
        mark = marks[index]
        if mark.side == "close":
            index += 1
            continue
        single = mark.family == "single"
        closing = _close_of_single(text, marks, index) if single else _close_of(marks, index, closers)
        if closing is not None:
            if marks[closing].start > mark.end:
                yield _quotation(text, paragraph.number, mark, marks[closing].start, marks[closing].end)
            index = closing + 1
        elif _is_left_open(text, paragraph, mark, following) and closers[mark.family][index] == 0:
            goes_on = following is not None and following.opens_with(mark.family)
            yield _quotation(text, paragraph.number, mark, paragraph.end, paragraph.end, goes_on=goes_on)
            return
        else:
            again = _opened_again(text, paragraph, index)
            if again is not None:
                yield _quotation(text, paragraph.number, mark, again, again)
            index += 1


def _quotation(text: str, paragraph: int, mark: _Mark, end: int, outer_end: int, *, goes_on: bool = False) -> Quotation:
    start = mark.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, mark.start, outer_end, paragraph, goes_on)


def _closers_from(marks: tuple[_Mark, ...]) -> dict[str, list[int]]:
    """Return for each family, and each index of a mark, how many later marks may close."""
    table: dict[str, list[int]] = {}
    for family in ("double", "single"):
        counts = [0] * (len(marks) + 1)
        for index in range(len(marks) - 1, 0, -1):
            counts[index - 1] = counts[index] + (marks[index].family == family and marks[index].side != "open")
        table[family] = counts
    return table


def _close_of(marks: tuple[_Mark, ...], opening: int, closers: dict[str, list[int]]) -> int | None:
    """Return the index of the mark that closes *opening*; equal marks within nest if enough closing marks follow."""
    family = marks[opening].family
    depth = 1
    for index in range(opening + 1, len(marks)):
        mark = marks[index]
        if mark.family != family:
            continue
        if mark.side == "open":
            if closers[family][index] < depth + 1:
                return None
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return index
    return None


def _close_of_single(text: str, marks: tuple[_Mark, ...], opening: int) -> int | None:
    """Return the index of the mark that closes a single-quoted stretch.

    The best is a mark after punctuation, the next best one that cannot be a possessive.
    """
    weak: int | None = None
    holds_double = False
    for index in range(opening + 1, len(marks)):
        mark = marks[index]
        if mark.family != "single":
            holds_double = True
            continue
        if mark.side == "open":
            break
        before = text[mark.start - 1]
        if before in _ENDS_SPEECH:
            return index
        if before not in "sS" and not holds_double:
            return index if weak is None else weak
        if weak is None and not holds_double:
            weak = index
    return weak


def _opened_again(text: str, paragraph: _Paragraph, index: int) -> int | None:
    """Return where the next quotation opens, if an unclosed quotation ends with a sentence before it; else None."""
    mark = paragraph.marks[index]
    following = next((m for m in paragraph.marks[index + 1 :] if m.family == mark.family), None)
    if following is None or following.side != "open" or not _is_introduced(text, paragraph, mark):
        return None
    return following.start if text[mark.end : following.start].rstrip().endswith(_SENTENCE_ENDS) else None


def _is_left_open(text: str, paragraph: _Paragraph, mark: _Mark, following: _Paragraph | None) -> bool:
    """Return True if a quotation without a closing mark runs to the end of its paragraph."""
    if following is not None and following.opens_with(mark.family):
        return True
    return _is_introduced(text, paragraph, mark)


def _is_introduced(text: str, paragraph: _Paragraph, mark: _Mark) -> bool:
    before = text[max(paragraph.start, mark.start - _NEAR) : mark.start]
    return mark.family == "double" and before.rstrip().endswith((":", "that", ","))
