"""Compare texts as a page shows them: without white space, and with look-alike characters made equal."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

# Characters that some fonts draw with one glyph, so that a PDF does not distinguish them: hyphen, increment, accents.
# Also the two kinds of quotation marks and apostrophes, because a page prints only one kind.
_SAME_GLYPH = str.maketrans("\u2010\u2011\u02bb\u02bc‘’“”\u2206\u02cb\u02ca\u02c9", "--''''\"\"Δ`\u00b4\u00af")
_TURNED = str.maketrans(")]}>»›", "([{<«‹")  # brackets, which are mirrored in right-to-left text
# Characters that are invisible on a page (Default_Ignorable_Code_Point): joiners, fillers, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Blocks of right-to-left scripts, including unassigned characters (Unicode Standard Annex 9, 3.2).
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = frozenset({"Mn", "Mc", "Me"})  # general categories: marks


class Difference(NamedTuple):
    """A place where the printed text differs from the expected one."""

    expected: str  # the first block that differs; empty if the page has more text than expected
    printed: str  # the printed text there, without white space


def first_difference(expected: Sequence[str], blocks: Sequence[str], *, any_case: bool = False) -> Difference | None:
    """Return the first block whose printed text differs; None if all are the same.

    White space and breaks between pages are ignored. Right-to-left text is compared without its order, because a line
    of a page does not keep it. With *any_case*, upper and lower case are the same.
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
    """Return True if a text consists of all pieces, each once, in any order, as in the margins of a page."""
    if not pieces:
        return not text
    return any(
        text.startswith(piece) and is_made_of(text[len(piece) :], [*pieces[:at], *pieces[at + 1 :]])
        for at, piece in enumerate(pieces)
        if piece not in pieces[:at]
    )


def comparable(text: str, *, any_case: bool = False) -> str:
    """Return a text in comparable form: without white space, and with look-alike characters made equal.

    A double quotation mark becomes two single ones, because it may be typed so. A combining mark that forms no single
    character with its letter is left out: its place in a line depends on the font.
    """
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text.translate(_SAME_GLYPH)))
    shown = shown.replace('"', "''").replace("`", "'")
    if not shown.isascii():
        shown = "".join(character for character in shown if unicodedata.category(character) not in _MARKS)
    return "".join((shown.casefold() if any_case else shown).split())


def _unordered(text: str) -> str:
    """Return a text with the characters of each right-to-left part sorted."""
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
