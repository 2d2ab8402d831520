"""The two that agree in most of our sentences, and between whom an article says that there is agreement."""

from briefing.extraction.points.agreements import AgreementExtractor
from briefing.language.analysis import Analysis

PAIR = {"Norway", "Chile"}
MET = "Norwegian President Ola Berg met Chilean President Ana Rios in Oslo on Monday. "


def parties(analysis: Analysis) -> list[set[str]]:
    """Return the parties of each point of agreement, in no order."""
    return [set(point.parties) for point in AgreementExtractor()(analysis)]
