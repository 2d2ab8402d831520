"""Text of right-to-left scripts, put back from the order of the page into the order of reading."""

import re
import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = frozenset({"R", "AL"})  # bidirectional classes (Unicode Standard Annex 9)
_LEFT_TO_RIGHT = frozenset({"L"})
_FIRST = "\u0590"  # no character before it is written from right to left
# A number keeps its order within right-to-left text: "12", "3.5", "40,000".
_NUMBER = re.compile(r"\d(?:[\d.,:/]*\d)?")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def logical_order(clusters: Sequence[str]) -> str:
    """Return a line of glyphs, each as its text, from left to right, in the order in which they are read.

    The line is one of a left-to-right paragraph; a stretch from the first to the last right-to-left character with no
    left-to-right letter between is turned round, but for the numbers in it.
    """
    line = "".join(clusters)
    if not any(character >= _FIRST for character in line):
        return line
    out: list[str] = []
    stretch: list[str] = []  # since the last left-to-right letter
    for cluster in clusters:
        classes = {unicodedata.bidirectional(character) for character in cluster}
        if classes & _LEFT_TO_RIGHT:
            out += _turned(stretch)
            out.append(cluster)
            stretch = []
        else:
            stretch.append(cluster)
    return "".join((*out, *_turned(stretch)))


def _turned(stretch: list[str]) -> list[str]:
    places = [place for place, cluster in enumerate(stretch) if _is_right_to_left(cluster)]
    if not places:
        return stretch
    first, last = places[0], places[-1] + 1
    turned = "".join(reversed(stretch[first:last]))
    return [*stretch[:first], _NUMBER.sub(lambda number: number[0][::-1], turned), *stretch[last:]]


def _is_right_to_left(cluster: str) -> bool:
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in cluster)
