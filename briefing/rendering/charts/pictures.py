"""Draw the pictures that a layout asks for, in the width and colours of its page."""

from collections.abc import Sequence

from briefing.model.brief import Position, UpcomingEvent
from briefing.rendering.charts.drawing import Palette
from briefing.rendering.charts.matrix import matrix
from briefing.rendering.charts.timeline import timeline
from briefing.rendering.layout import Layout
from briefing.rendering.paper import PAPERS, POINTS
from briefing.rendering.templating.theme_files import our_theme
from briefing.rendering.themes import colours_of
from briefing.rendering.view import Picture

# Millimetres of the width of the paper that the margins and labels of our themes take, as in their style sheets.
_TAKEN = {"chancery": 74.5, "newsroom": 59.5, "plain": 36.5}
_WIDEST = 520.0  # points; in a wider picture, related marks are too far apart


def pictures(
    events: Sequence[UpcomingEvent], agreements: Sequence[Position], disagreements: Sequence[Position], layout: Layout
) -> dict[str, Picture]:
    """Return the pictures that the layout asks for, by section; empty pictures are left out.

    One matrix shows agreements and disagreements. It is in the first section that asks for it.
    """
    asked = [section.name for section in layout.sections if section.options.get("matrix")]
    shown = {section.name for section in layout.sections}
    points = {"agreements": tuple(agreements), "disagreements": tuple(disagreements)}
    asked = [name for name in asked if points.get(name)]
    wants_timeline = any(section.options.get("timeline") for section in layout.sections)
    if not asked and not wants_timeline:
        return {}
    paper_width, _ = PAPERS[layout.paper.lower()]
    width = min(_WIDEST, (paper_width - _TAKEN[our_theme(layout.theme)]) * POINTS)
    drawn = {}
    if wants_timeline:
        drawn["events"] = timeline(tuple(events), layout.labels, _palette(layout), width)
    if asked:
        held, opposed = (points[name] if name in shown else () for name in points)
        drawn[asked[0]] = matrix(held, opposed, layout.labels, _palette(layout), width)
    return {name: picture for name, picture in drawn.items() if picture is not None}


def _palette(layout: Layout) -> Palette:
    colours = colours_of(layout)
    return Palette(*(f"#{colours[name].lower()}" for name in Palette._fields))
