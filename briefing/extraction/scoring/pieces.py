"""Split sentences into word pieces, and an article into windows that the encoder reads whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.language.analysis import Analysis

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLASSIFY, SEPARATE = 101, 102  # ids of the pieces that open and close each window
MOST_PIECES = 510  # of a window, without those two: the encoder has 512 positions
_REPEATED = MOST_PIECES // 3  # pieces that a window repeats of the one before it


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a sentence: ids, and where each starts and ends in the article."""

    ids: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...]  # characters

    def between(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and one past the last piece within a range of characters; None if there is no such piece."""
        inside = [number for number, (first, last) in enumerate(self.ranges) if last > start and first < end]
        return (inside[0], inside[-1] + 1) if inside else None

    def without(self, start: int, end: int) -> "Pieces":
        """Return the pieces that lie outside a range of characters."""
        kept = [number for number, (first, last) in enumerate(self.ranges) if last <= start or first >= end]
        return Pieces(tuple(self.ids[number] for number in kept), tuple(self.ranges[number] for number in kept))


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences *first* to *last* (one past) as one row of pieces."""

    first: int
    last: int
    ids: tuple[int, ...]
    starts: tuple[int, ...]  # of each sentence in the row


def split_sentences(analysis: Analysis, tokenizer: "Tokenizer") -> tuple[Pieces, ...]:
    """Return the pieces of each sentence; the end of a sentence that no window can hold is left out."""
    texts = [analysis.article.text[sentence.start : sentence.end] for sentence in analysis.sentences]
    # One by one: encode_batch starts threads, after which the process should not be copied for --jobs.
    split = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    return tuple(
        Pieces(
            tuple(one.ids[:MOST_PIECES]),
            tuple((start + sentence.start, end + sentence.start) for start, end in one.offsets[:MOST_PIECES]),
        )
        for one, sentence in zip(split, analysis.sentences, strict=True)
    )


def windows_of(sentences: Sequence[Pieces]) -> tuple[Window, ...]:
    """Return windows of whole sentences that cover an article; each repeats the end of the one before it."""
    windows: list[Window] = []
    first, total = 0, len(sentences)
    while first < total:
        last, size = first, 0
        while last < total and (last == first or size + len(sentences[last].ids) <= MOST_PIECES):
            size += len(sentences[last].ids)
            last += 1
        windows.append(_window(sentences, first, last))
        if last == total:
            break
        following, repeated = last, 0
        while following > first + 1 and repeated + len(sentences[following - 1].ids) <= _REPEATED:
            following -= 1
            repeated += len(sentences[following].ids)
        first = following
    return tuple(windows)


def _window(sentences: Sequence[Pieces], first: int, last: int) -> Window:
    ids, starts = [CLASSIFY], []
    for sentence in sentences[first:last]:
        starts.append(len(ids))
        ids.extend(sentence.ids)
    return Window(first, last, (*ids, SEPARATE), tuple(starts))


def rows_of(windows: Sequence[Window], sentences: Sequence[Pieces]) -> tuple[tuple[int, int, int], ...]:
    """Return where each sentence is read: its window, and its first and one past its last piece there.

    A sentence in two windows is read where it has more words on both sides.
    """
    best: dict[int, tuple[int, tuple[int, int, int]]] = {}
    for number, window in enumerate(windows):
        for sentence, start in zip(range(window.first, window.last), window.starts, strict=True):
            end = start + len(sentences[sentence].ids)
            margin = min(start, len(window.ids) - end)
            if sentence not in best or margin > best[sentence][0]:
                best[sentence] = (margin, (number, start, end))
    return tuple(best[sentence][1] for sentence in range(len(sentences)))
