"""Check that the words of a printed line come from the article; extraction and ``verify`` use the same check."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.model.brief import Insertion

# A run of letters or digits: "co-operation" is two words, "U.S." two, "Japan's" two.
_WORD = re.compile(r"[^\W_]+")
# Quotation marks as TeX and typewriters write them: "``Yes,'' he said", ",,Ja,'' he said"; not the inches of 5'10''.
_TYPED_MARK = re.compile(r"``|''(?!')|,,(?=\w)")
_BEFORE_OPENING = frozenset(" \n([{—–-")


class Inserted(str):
    """Words that the program adds to a line; all other words of the line are the article's."""

    __slots__ = ()


class Line(NamedTuple):
    """A line to print, and the ranges of it that the program added."""

    text: str
    insertions: tuple[Insertion, ...]


def compose(pieces: Iterable[str]) -> Line:
    """Join pieces of the article and :class:`Inserted` words into a line.

    Quotation marks that are typed with two characters become curly ones; nothing else changes.
    """
    text = ""
    insertions: list[Insertion] = []
    for piece in pieces:
        if isinstance(piece, Inserted) and piece:
            insertions.append(Insertion(start=len(text), end=len(text) + len(piece)))
            text += piece
        else:
            text += _with_curly_marks(piece, text[-1:])
    return Line(text, tuple(insertions))


def _with_curly_marks(piece: str, last: str) -> str:
    """Replace the typed quotation marks of a piece by curly ones; *last* is the character before the piece, or ""."""

    def curly(mark: re.Match[str]) -> str:
        before = piece[mark.start() - 1] if mark.start() else last
        if not before or before in _BEFORE_OPENING:
            return "„" if mark[0] == ",," else "“"
        return mark[0] if mark[0] == ",," or before.isdigit() else "”"

    return _TYPED_MARK.sub(curly, piece)


def first_ungrounded_word(text: str, insertions: Sequence[Insertion], evidence: Sequence[str]) -> str | None:
    """Return the first word of a line that its evidence does not hold in the same order, or None.

    Words of ours (the insertions) are not checked. Case and compatibility forms (ligatures, full-width letters) do not
    count. The pieces of evidence are read one after the other.
    """
    for insertion in insertions:
        text = text[: insertion.start] + " " * (insertion.end - insertion.start) + text[insertion.end :]
    held = iter([word for piece in evidence for word in words(piece)])
    return next((word for word in words(text) if word not in held), None)


def holds(text: str, phrase: str) -> bool:
    """Return True if a text holds the words of a phrase in sequence, as whole words."""
    return spaced_words(phrase) in spaced_words(text)


def spaced_words(text: str) -> str:
    """Return the folded words of a text with a space around each, so that ``in`` finds only whole words."""
    return f" {' '.join(words(text))} "


def words(text: str) -> list[str]:
    """Return the words of a text, folded for comparison."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
