"""Check that the text of a page is placed in reading order and does not overlap.

A page is read from left to right and downwards, column by column: each text is below the text before it or to the right
of it. Two texts that were exchanged break this rule.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.pdf.read_back.figures import Box

_NEAR = 1.5  # points by which a text may begin too far left or too high
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SHOWN = 40  # characters that a message repeats
_CORE = 0.3  # share of the height at the foot and at the head of a text that letters may leave empty
_SIDE = 0.1  # the same at both sides, as a share of the height


class Place(NamedTuple):
    """The place of a text on a page."""

    mark: int | None  # the number of its marked content
    box: Box
    base: float  # height of its base line
    text: str

    @property
    def core(self) -> Box:
        """The inner box, which lower-case letters fill."""
        left, bottom, right, top = self.box
        height = top - bottom
        return Box(left + _SIDE * height, bottom + _CORE * height, right - _SIDE * height, top - _CORE * height)

    def meets(self, other: Box) -> bool:
        """Return True if its letters overlap a box."""
        return bool(self.text.strip()) and self.core.meets(other)


def odd_places(places: Sequence[Place], order: Sequence[int]) -> Iterator[str]:
    """Yield overlapping text and text out of order; *order* has the numbers of marked content as they are read."""
    seen = [place for place in places if comparable(place.text)]
    yield from _overlaps(seen)
    by_mark: dict[int | None, list[Place]] = defaultdict(list)
    for place in seen:
        by_mark[place.mark].append(place)
    read = [place for mark in order for place in by_mark[mark]]
    for before, after in pairwise(read):
        if RIGHT_TO_LEFT.search(before.text) or RIGHT_TO_LEFT.search(after.text):
            continue
        if after.base > before.base - _NEAR and after.box.left < before.box.right - _NEAR:
            yield f"{after.text.strip()[:_SHOWN]!r} is placed before {before.text.strip()[:_SHOWN]!r}, which it follows"
            return


def _overlaps(places: Sequence[Place]) -> Iterator[str]:
    """Yield the first overlap of two texts."""
    rows = sorted((place.core, place.text) for place in places)
    for at, (box, text) in enumerate(rows):
        for other, words in rows[at + 1 :]:
            if other.left >= box.right:
                break
            if box.meets(other):
                yield f"{text.strip()[:_SHOWN]!r} and {words.strip()[:_SHOWN]!r} are shown one over the other"
                return
