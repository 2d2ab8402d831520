"""Legible colours: contrast by WCAG 2.1, and a profile's colour made dark or light enough."""

from itertools import count

ENOUGH = 4.5  # contrast of text of any size, level AA (WCAG 2.1, 1.4.3)

_LINEAR, _SLOPE, _OFFSET, _POWER = 0.04045, 12.92, 0.055, 2.4  # of sRGB (IEC 61966-2-1)
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_WHITE, _NIGHT = "#ffffff", "#1b1e21"  # the lightest background on paper, and on screen in dark themes
_STEPS = 20  # steps from a colour to black or to white


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours "#1b3a57", from 1.0 (none) to 21.0 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: str, *, dark: bool) -> str:
    """Return a colour that is legible as text: darker for white paper, or lighter for a dark screen."""
    ground, towards = (_NIGHT, 255) if dark else (_WHITE, 0)
    mixes = (_mixed(colour, towards, step / _STEPS) for step in count())
    return next(mix for mix in mixes if contrast(mix, ground) >= ENOUGH)


def _mixed(colour: str, towards: int, share: float) -> str:
    return "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in _parts(colour))


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    linear = (s / _SLOPE if s <= _LINEAR else ((s + _OFFSET) / (1 + _OFFSET)) ** _POWER for s in shares)
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
