"""The times and places that an event may have."""

from collections.abc import Callable, Sequence

import pytest

from briefing.extraction.scoring.around import near_ties
from briefing.extraction.scoring.features import Scene, Tied
from briefing.extraction.scoring.model import load_model
from briefing.language.analysis import Analysis

FILLER = "The harbour was quiet and the boats stayed in. "
TEXT = (
    "Norway and Chile will meet in Bergen on 3 June. "
    "The ministers last met in Lima on 2 May. "
    "The meeting on 3 June will be the first in Bergen. " + 6 * FILLER + "Ferries to Oslo stop on 9 July."
)


@pytest.fixture(scope="session")
def near(analyse: Callable[..., Analysis]) -> Callable[[Sequence[int], Tied], list[tuple[int, str]]]:
    analysis = analyse(TEXT, published="2024-05-14")
    scene = Scene(analysis)
    scores = load_model().scorer.score(scene)

    def find(numbers: Sequence[int], what: Tied) -> list[tuple[int, str]]:
        found, rows = near_ties(scene, scores, numbers, what)
        assert len(rows) == len(found)
        return [(one.sentence, analysis.article.text[one.tie.start : one.tie.end]) for one in found]

    return find


@pytest.mark.parametrize(
    ("numbers", "what", "wanted"),
    [
        ([0], "time", [(0, "3 June"), (1, "2 May")]),  # the same day once, where it is nearest; 9 July is too far
        ([2], "time", [(1, "2 May"), (2, "3 June")]),
        ([0], "place", [(0, "Bergen"), (0, "Chile"), (0, "Norway"), (1, "Lima")]),
        ([9], "time", [(1, "2 May"), (2, "3 June"), (9, "9 July")]),  # the head of an article is always looked at
    ],
)
def test_each_time_and_place_is_listed_once_where_nearest(
    near: Callable[[Sequence[int], Tied], list[tuple[int, str]]],
    numbers: Sequence[int],
    what: Tied,
    wanted: list[tuple[int, str]],
) -> None:
    found = [(number, text.removeprefix("on ")) for number, text in near(numbers, what)]
    assert sorted(found) == wanted
