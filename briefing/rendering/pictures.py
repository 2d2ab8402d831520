"""Which pictures a page has, and the room and the colours that they are drawn in."""

from briefing.model import Briefing
from briefing.rendering.charts import timeline
from briefing.rendering.drawing import Palette
from briefing.rendering.layout import Layout
from briefing.rendering.matrix import matrix
from briefing.rendering.themes import colours_of
from briefing.rendering.view import Picture

# Widths of the sizes of paper in millimetres, lower case.
_PAPER = {"a3": 297, "a4": 210, "a5": 148, "a6": 105, "b4": 250, "b5": 176, "letter": 215.9, "legal": 215.9}
# Millimetres of it that the margins and the labels of a theme take, as its style sheet says.
_TAKEN = {"chancery": 74.5, "newsroom": 59.5, "plain": 36.5}
_WIDEST = 520.0  # points; beyond it, what is far apart is no longer read together
_POINTS = 72 / 25.4


def pictures(briefing: Briefing, layout: Layout) -> dict[str, Picture]:
    """Return the pictures that the layout asks for and that there is something to draw in, by section.

    One matrix shows agreements and disagreements; it stands in the first section that asks for it.
    """
    asked = [section.name for section in layout.sections if section.options.get("matrix")]
    shown = {section.name for section in layout.sections}
    asked = [name for name in asked if getattr(briefing, name)]
    wants_timeline = any(section.options.get("timeline") for section in layout.sections)
    if not asked and not wants_timeline:
        return {}
    width = min(_WIDEST, (_PAPER[layout.paper.lower()] - _TAKEN[layout.theme]) * _POINTS)
    drawn = {}
    if wants_timeline:
        drawn["events"] = timeline(briefing.events, layout.labels, _palette(layout), width)
    if asked:
        agreements = briefing.agreements if "agreements" in shown else ()
        disagreements = briefing.disagreements if "disagreements" in shown else ()
        drawn[asked[0]] = matrix(agreements, disagreements, layout.labels, _palette(layout), width)
    return {name: picture for name, picture in drawn.items() if picture is not None}


def _palette(layout: Layout) -> Palette:
    colours = colours_of(layout)
    return Palette(*(f"#{colours[name].lower()}" for name in Palette._fields))
