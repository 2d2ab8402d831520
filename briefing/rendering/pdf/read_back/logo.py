"""Recognise the logo of a PDF among its pictures, and check the operators that paint it.

A logo is marked content with the tag Figure, clipped to a small frame at the head of the first page. All its paint
stays in the frame, where no text may be. Therefore it may use any operators except those for text.
"""

from collections.abc import Iterator

from briefing.rendering.pdf.read_back.figures import Box

_WIDEST, _HIGHEST = 122.0, 43.0  # points: 43 x 15 mm, slightly more than in the style sheet
_LOWEST = 160.0  # points from the upper edge of the paper
_LETTERS = frozenset({"Tj", "TJ", "'", '"', "BT"})
_MARKS = frozenset({"BMC", "BDC", "MP", "DP"})


def is_logo(frame: Box, paper: Box) -> bool:
    """Return True if a frame on the first page is small enough and high enough for a logo."""
    is_small = frame.right - frame.left <= _WIDEST and frame.top - frame.bottom <= _HIGHEST
    return is_small and frame.bottom >= paper.top - _LOWEST


def odd_in_logo(operator: str, kept: int, depth: int) -> Iterator[str]:
    """Yield why an operator may not paint a logo; *kept* states are saved now, *depth* at its start."""
    if operator in _LETTERS:
        yield "text is shown in the logo"
    elif operator in _MARKS:
        yield "a part of the logo is marked"
    elif operator == "Q" and kept <= depth:
        yield "the logo leaves its frame"
