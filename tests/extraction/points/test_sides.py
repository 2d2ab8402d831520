"""Which parties of a point are one government."""

from collections.abc import Callable

import pytest

from briefing.extraction.points.sides import are_one_side
from briefing.language.analysis import Analysis


@pytest.mark.parametrize(
    ("text", "parties", "are_one"),
    [
        ("Prime Minister Kari Solberg of Norway spoke, and Norway will pay.", ["Kari Solberg", "Norway"], True),
        ("President Ana Sol spoke. The Sol Administration will pay.", ["Ana Sol", "Sol Administration"], True),
        ("The Federal Government will pay, and Norway agreed.", ["Federal Government", "Norway"], True),
        ("The Federal Government will pay. Peru agreed with Norway.", ["Federal Government", "Norway"], False),
        ("Prime Minister Kari Solberg of Norway met Peru's guests.", ["Kari Solberg", "Peru"], False),
        ("Kari Solberg, a farmer from Norway, sued Norway.", ["Kari Solberg", "Norway"], False),
        ("Norway and Peru agreed.", ["Norway", "Peru"], False),
    ],
)
def test_a_government_is_one_side(
    text: str, parties: list[str], are_one: bool, analyse: Callable[..., Analysis]
) -> None:
    analysis = analyse(text)
    found = [entity.index for entity in analysis.entities if entity.name in parties]
    assert len(found) == len(parties), [entity.name for entity in analysis.entities]
    assert are_one_side(analysis, found) == are_one
