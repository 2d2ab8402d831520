"""Compare a text with what a page shows of it: without white space, and without what no glyph tells apart."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

# Characters that some fonts draw with one glyph, so that a PDF cannot tell them apart: hyphen, increment, accents; and
# the two kinds of quotation marks and apostrophes, of which a page prints one.
_SAME_GLYPH = str.maketrans("\u2010\u2011\u02bb\u02bc‘’“”\u2206\u02cb\u02ca\u02c9", "--''''\"\"Δ`\u00b4\u00af")
_TURNED = str.maketrans(")]}>»›", "([{<«‹")  # brackets, which right-to-left text turns round
# Characters that leave no trace on a page (Default_Ignorable_Code_Point): joiners, fillers, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Blocks of right-to-left scripts, with what is yet to be assigned there (Unicode Standard Annex 9, 3.2).
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = frozenset({"Mn", "Mc", "Me"})  # general categories: marks


class Difference(NamedTuple):
    """Where a page is not what it should be."""

    expected: str  # the first block that differs; empty where the page goes on after its end
    printed: str  # what stands there, without white space


def first_difference(expected: Sequence[str], blocks: Sequence[str], *, any_case: bool = False) -> Difference | None:
    """Return the first block that is printed otherwise than expected; None where all are the same.

    White space, and where a block was broken over two pages, does not count. A stretch of a right-to-left script is
    compared without its order, which a line of a page does not keep. With *any_case* capitals count as small letters.
    """
    found = "".join(comparable(block, any_case=any_case) for block in blocks)
    position = 0
    for block in expected:
        wanted = comparable(block, any_case=any_case)
        there = found[position : position + len(wanted)]
        if there != wanted and _unordered(there) != _unordered(wanted):
            return Difference(block, there)
        position += len(wanted)
    return Difference("", found[position:]) if position < len(found) else None


def is_made_of(text: str, pieces: Sequence[str]) -> bool:
    """Whether a text is these few pieces, each once, in any order: margins hold them, broken over lines or not."""
    if not pieces:
        return not text
    return any(
        text.startswith(piece) and is_made_of(text[len(piece) :], [*pieces[:at], *pieces[at + 1 :]])
        for at, piece in enumerate(pieces)
        if piece not in pieces[:at]
    )


def comparable(text: str, *, any_case: bool = False) -> str:
    """Return a text as a page can show it: no white space, compatibility forms and twins of one glyph made one.

    A double mark is two single ones, as which it may be typed. A mark that composes with no letter into one character
    is left out: where it stands in a line depends on the font.
    """
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text.translate(_SAME_GLYPH)))
    shown = shown.replace('"', "''").replace("`", "'")
    if not shown.isascii():
        shown = "".join(character for character in shown if unicodedata.category(character) not in _MARKS)
    return "".join((shown.casefold() if any_case else shown).split())


def _unordered(text: str) -> str:
    """Sort the characters of each stretch of right-to-left text: between letters that run from left to right."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    out: list[str] = []
    for is_letter, characters in groupby(text.translate(_TURNED), _runs_left_to_right):
        stretch = "".join(characters)
        is_plain = is_letter or not _RIGHT_TO_LEFT.search(stretch)
        out.append(stretch if is_plain else "".join(sorted(stretch)))
    return "".join(out)


def _runs_left_to_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "") and not _RIGHT_TO_LEFT.match(character)
