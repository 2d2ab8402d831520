"""Between whom a point stands."""

import pytest

from briefing.extraction.positions import find_positions


def points(analysis):
    """Return the sign and the parties of each point."""
    return [(point.sign, point.position.parties) for point in find_positions(analysis)]


@pytest.mark.parametrize(
    "text",
    [
        "Chile’s Foreign Minister Pablo Ruiz rejected the plan to send Chilean ships.",
        "The office of Norwegian Prime Minister Kari Solberg criticised a law of Norway.",
        "The White House said on Monday that President Peter Hollis opposed aid by the United States.",
    ],
)
def test_nobody_is_at_odds_with_the_own_state_alone(analyse, text):
    assert points(analyse(text)) == []


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Norway and Chile agreed that Peru should open the port.", ("Norway", "Chile")),
        ("Norwegian President Kari Solberg met Chilean President Pablo Ruiz on Monday. The two leaders agreed to build "
         "a tunnel.", ("Norway", "Chile")),
        ("Norwegian President Kari Solberg met Chilean President Pablo Ruiz on Monday. The interlocutors agreed to "
         "build a tunnel.", ("Norway", "Chile")),
        ("The leaders of Norway and Chile met. Prime Minister Kari Solberg and her Chilean counterpart Pablo Ruiz "
         "agreed to build a tunnel.", ("Norway", "Chile")),
    ],
)  # fmt: skip
def test_an_agreement_is_between_those_who_agree(analyse, text, parties):
    assert (1, parties) in points(analyse(text))


def test_a_list_of_examples_is_no_pair(analyse):
    analysis = analyse("Talks dealt with worries such as Norway, Chile and fish. It was agreed to build a tunnel.")
    assert points(analysis) == []


def test_who_denies_a_charge_answers_its_author_and_nobody_in_it(analyse):
    analysis = analyse("Chile said that Norway armed rebels in Peru. Norway denied that Peru was hurt by its arms.")
    assert all("Peru" not in parties for sign, parties in points(analysis) if "Norway" in parties and sign < 0)


def test_one_out_of_office_may_be_at_odds_with_the_own_state(analyse):
    analysis = analyse("Chilean opposition leader Pablo Ruiz condemned Chile’s plan to sell the port.")
    assert [sign for sign, _ in points(analysis)] == [-1]
