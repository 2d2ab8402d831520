"""Tell the logo of a printed brief from its other pictures, and what it may be painted with.

A logo is marked content with the tag Figure, clipped to a small frame at the head of the first page. What is painted
there stays within its frame, and no text may stand there: so it may be painted in any way but with text.
"""

from collections.abc import Iterator

from briefing.rendering.pdf.read_back.figures import Box

_WIDEST, _HIGHEST = 122.0, 43.0  # points: 43 x 15 mm, a little more than the style sheet gives it
_LOWEST = 160.0  # points from the upper edge of the paper
_LETTERS = frozenset({"Tj", "TJ", "'", '"', "BT"})
_MARKS = frozenset({"BMC", "BDC", "MP", "DP"})


def is_logo(frame: Box, paper: Box) -> bool:
    """Whether a frame on the first page is small enough, and stands high enough, for a logo."""
    is_small = frame.right - frame.left <= _WIDEST and frame.top - frame.bottom <= _HIGHEST
    return is_small and frame.bottom >= paper.top - _LOWEST


def odd_in_logo(operator: str, kept: int, depth: int) -> Iterator[str]:
    """Yield why an operator does not belong in a logo; *kept* states are kept now, *depth* were when it began."""
    if operator in _LETTERS:
        yield "text is shown in the logo"
    elif operator in _MARKS:
        yield "a part of the logo is marked"
    elif operator == "Q" and kept <= depth:
        yield "the logo leaves its frame"
