"""No figure of quality falls below its floor; floors are set anew only where articles join or leave a set."""

import json
from collections.abc import Callable

import pytest

from tests.quality.conftest import FIGURE
from tests.quality.gold import FOLDER, SETS

FLOORS: dict[str, dict[str, float]] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
CASES = [(name, figure, floor) for name, floors in FLOORS.items() for figure, floor in floors.items()]


@pytest.mark.parametrize(("name", "figure", "floor"), CASES, ids=[f"{n}: {f}" for n, f, _ in CASES])
def test_figure_keeps_its_floor(
    figures: dict[str, dict[str, float]],
    record_property: Callable[[str, object], None],
    name: str,
    figure: str,
    floor: float,
) -> None:
    measured = figures[name][figure]
    record_property(FIGURE, (name, figure, measured, floor))
    assert measured >= floor


@pytest.mark.parametrize("name", SETS)
def test_every_figure_has_a_floor(figures: dict[str, dict[str, float]], name: str) -> None:
    assert sorted(figures[name]) == sorted(FLOORS[name])
