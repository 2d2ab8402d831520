"""What a sentence says in plain words of its parties."""

from collections.abc import Callable

import pytest

from briefing.extraction.points.signs import are_allies, are_no_opponents, say_they_disagree
from briefing.language.analysis import Analysis

Analyse = Callable[..., Analysis]


@pytest.mark.parametrize(
    ("text", "disagree"),
    [
        ("Norway and Iceland disagree on the cod quota.", True),
        ("Norway and Iceland clashed over the cod quota.", True),
        ("Norway and Iceland failed to agree on a cod quota.", True),
        ("Norway and Iceland have reached no agreement on the cod quota.", True),
        ("Norway and Iceland agreed on the cod quota.", False),
        ("Norway and Iceland do not disagree on the cod quota.", False),
        ("Norway and Iceland disagree on the quota and agree on the season.", False),
        ("Norway and Iceland signed a pact on cod.", False),
    ],
)
def test_words_say_that_parties_disagree(text: str, disagree: bool, analyse: Analyse) -> None:
    assert say_they_disagree(analyse(text).tokens) == disagree


LISTED = [
    "Denmark called on Norway and Iceland to stop fishing.",
    "Ferries sail to the ports of Norway and Iceland.",
    "Cod is exported to Norway and Iceland.",
]
ALLIES = [
    "Norway and Iceland protested against the quota.",
    "Norway and Iceland protested fiercely against Denmark's halt to the landing of cod.",
    "Norway and Iceland condemned the raid.",
]
OPPONENTS = [
    "Norway and Iceland quarrel about cod.",
    "The dispute between Norway and Iceland is old.",
    "Many states, including Norway and Iceland, oppose the ban.",
    "Norway condemned Iceland.",
    "Norway and Iceland condemned the raid, and Norway blamed Iceland.",
]


@pytest.mark.parametrize("text", [*LISTED, *ALLIES, *OPPONENTS])
def test_a_list_of_parties_is_one_side(text: str, analyse: Analyse) -> None:
    analysis = analyse(text)
    parties = [entity.index for entity in analysis.entities if entity.name in ("Norway", "Iceland")]
    assert len(parties) == 2
    assert are_no_opponents(analysis, analysis.sentences[0], parties) == (text in LISTED)
    assert are_allies(analysis, analysis.sentences[0], parties) == (text in ALLIES)
