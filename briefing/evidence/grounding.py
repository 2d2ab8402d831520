"""Whether the words of a printed line are the article's: the check that extraction keeps and verification repeats."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.model.brief import Insertion

# A run of letters or digits: "co-operation" is two words, "U.S." two, "Japan's" two.
_WORD = re.compile(r"[^\W_]+")
# Quotation marks as TeX and typewriters make them: "``Yes,'' he said", ",,Ja,'' he said"; not the inches of 5'10''.
_TYPED_MARK = re.compile(r"``|''(?!')|,,(?=\w)")
_BEFORE_OPENING = frozenset(" \n([{—–-")


class Inserted(str):
    """Words of ours in a line that is otherwise the article's."""

    __slots__ = ()


class Line(NamedTuple):
    """A line to print and where it holds words of ours."""

    text: str
    insertions: tuple[Insertion, ...]


def compose(pieces: Iterable[str]) -> Line:
    """Join pieces of the article and :class:`Inserted` words of ours into a line.

    They stay as they are, but for quotation marks of two characters, which become the curly ones that they mean.
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
    """Return a piece with curly quotation marks for typed ones; *last* is the character before it, or empty."""

    def curly(mark: re.Match[str]) -> str:
        before = piece[mark.start() - 1] if mark.start() else last
        if not before or before in _BEFORE_OPENING:
            return "„" if mark[0] == ",," else "“"
        return mark[0] if mark[0] == ",," or before.isdigit() else "”"

    return _TYPED_MARK.sub(curly, piece)


def first_ungrounded_word(text: str, insertions: Sequence[Insertion], evidence: Sequence[str]) -> str | None:
    """Return the first word of a line, outside its insertions, that its evidence does not hold in the line's order.

    Case and compatibility forms (ligatures, full-width letters) do not count. The pieces of evidence are read one after
    the other as given. None where every word is there.
    """
    for insertion in insertions:
        text = text[: insertion.start] + " " * (insertion.end - insertion.start) + text[insertion.end :]
    held = iter([word for piece in evidence for word in words(piece)])
    return next((word for word in words(text) if word not in held), None)


def holds(text: str, phrase: str) -> bool:
    """Say whether a text holds the words of a phrase, whole and one behind the other."""
    return spaced_words(phrase) in spaced_words(text)


def spaced_words(text: str) -> str:
    """Return the words of a text, folded, with one space before and after each: what holds a phrase holds it whole."""
    return f" {' '.join(words(text))} "


def words(text: str) -> list[str]:
    """Return the words of a text, folded for comparison."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
