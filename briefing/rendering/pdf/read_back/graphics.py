"""Track the graphics state of a page's content: position, colour and clipping (ISO 32000-1, 8.4)."""

from dataclasses import dataclass, replace
from typing import Any

from briefing.rendering.pdf.read_back.figures import UNMOVED, Box, Matrix, product, transform

_STATE = frozenset({"q", "Q", "cm", "w", "rg", "RG", "gs", "Tf"})
_PATH = frozenset({"m", "l", "c", "re", "W", "W*", "n", "f", "f*", "S"})


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that can hide content."""

    matrix: Matrix = UNMOVED
    clipped: bool = False
    frame: Box | None = None  # the clipping area, if it is one upright rectangle
    clip: Box | None = None  # a box around the clipping area
    ink: float = 0.0  # luminance of fills, from 0 (black) to 1
    line_ink: float = 0.0  # luminance of lines
    line: float = 1.0  # width, in units of the matrix
    transparent: bool = False  # paint is transparent
    invisible: bool = False  # paint is fully transparent
    font: str = ""
    size: float = 0.0  # of the font, in units of the text matrix


class Graphics:
    """Track the graphics state, the path and the text position, operator by operator."""

    def __init__(self, states: Any) -> None:
        self.state = State()
        self.kept: list[State] = []
        self.text = UNMOVED
        self.path: list[tuple[float, float]] = []
        self._states = states
        self._rectangles = 0  # number of rectangles in the path; -1 if it holds anything else
        self._clips = False  # True if the path will clip

    def follow(self, operator: str, operands: Any) -> None:
        """Update the graphics state, the path and the text position."""
        if operator in _STATE:
            self._follow_state(operator, operands)
        elif operator in _PATH:
            self._follow_path(operator, operands)
        elif operator == "BT":
            self.text = UNMOVED
        elif operator == "Tm":
            self.text = _matrix(operands)

    def _follow_state(self, operator: str, operands: Any) -> None:
        state = self.state
        match operator:
            case "q":
                self.kept.append(state)
            case "Q" if self.kept:
                self.state = self.kept.pop()
            case "cm":
                self.state = replace(state, matrix=product(_matrix(operands), state.matrix))
            case "w":
                self.state = replace(state, line=float(operands[0]))
            case "rg":
                self.state = replace(state, ink=_luminance(operands))
            case "RG":
                self.state = replace(state, line_ink=_luminance(operands))
            case "gs":
                named = self._states.get(str(operands[0]), {})
                self.state = replace(
                    state, transparent=_is_transparent(named), invisible=float(named.get("/ca", 1)) == 0
                )
            case "Tf":
                self.state = replace(state, font=str(operands[0]), size=float(operands[1]))

    def _follow_path(self, operator: str, operands: Any) -> None:
        matrix = self.state.matrix
        match operator:
            case "m" | "l" | "c":
                self._rectangles = -1
                numbers = [float(number) for number in operands]
                self.path += [transform(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            case "re":
                x, y, width, height = (float(number) for number in operands)
                self._rectangles += self._rectangles >= 0
                corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                self.path += [transform(matrix, *corner) for corner in corners]
            case "W" | "W*":
                self._clips = True
            case _:
                self._end_path()

    def _end_path(self) -> None:
        state = self.state
        if self._clips:
            _, across, up, _, _, _ = state.matrix
            upright = self._rectangles == 1 and not state.clipped and across == up == 0
            box = Box.around(self.path) if self.path else Box(0.0, 0.0, 0.0, 0.0)
            clip = box.common(state.clip) if state.clip else box
            self.state = replace(state, clipped=True, frame=box if upright else None, clip=clip)
        self.path, self._rectangles, self._clips = [], 0, False


def _luminance(colour: Any) -> float:
    red, green, blue = (float(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_transparent(state: Any) -> bool:
    """Return True if a graphics state is transparent or blends with the background."""
    return any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA")) or "/SMask" in state or "/BM" in state


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in operands)
    return a, b, c, d, e, f
