"""Agreements told without the word: idioms of accord and of consent, and what looks like them."""

import pytest

from tests.extraction.points.pairs import PAIR, parties


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile shook hands on a salmon quota.",
        "Norway and Chile met halfway over the salmon quota.",
        "Norway and Chile made peace over the salmon quota.",
        "Norway and Chile came down on the same side in the quarrel about salmon.",
        "The ministers of Norway and Chile put their names to a plan for salmon.",
        "Norway and Chile settled for a compromise on salmon.",
        "Norway and Chile have consented to open the salmon market.",
        "Norway pledged with Chile to protect the salmon.",
        "Norway and Chile came to terms on the salmon quota.",
        "Norway reached terms with Chile on the salmon quota.",
        "Norway and Chile struck a bargain on salmon.",
        "Negotiators from Norway and Chile hammered out a formula for salmon.",
        "Norway and Chile thrashed out a compromise on salmon.",
        "Lawmakers from Norway and Chile lined up behind a plan for salmon.",
        "Norway and Chile have set aside their differences over salmon.",
        "Norway joined Chile in calling for a salmon quota.",
    ],
)
def test_idioms_of_accord_set_the_parties_side_by_side(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway threw its weight behind Chile's plan for salmon.",
        "Norway went along with Chile's request for a salmon quota.",
        "Norway granted Chile's request for a salmon quota.",
        "Norway gave its blessing to Chile's plan for salmon.",
        "Norway met Chile's demand for a salmon quota.",
    ],
)
def test_idioms_of_consent_bind_who_yields_and_who_asked(analyse, text):
    assert parties(analyse(text)) == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile may shake hands on a salmon quota.",
        "Norway would go along with Chile's request if the levy fell.",
        "The envoy of Norway shook hands with a guest.",
        "Norway settled for second place in the race.",
        "Norway was unable to reach terms with Chile.",
        "Norway did not come to terms with Chile on salmon.",
    ],
)
def test_idioms_that_are_possible_denied_or_of_one_alone_are_no_agreement(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "There is common ground between Norway and Chile on salmon.",
        "There was an understanding between Norway and Chile on salmon.",
        "Norway's pact with Chile on salmon took effect on Monday.",
        "Under the deal, Norway will cut its catch, and Chile will lift the levy.",
        "Norway and Chile will build the hatchery together.",
        "Norway and Chile will split the cost of the hatchery.",
        "Norway and Chile are of one mind on salmon.",
        "Norway is on the same page as Chile on salmon.",
        "The salmon plan has the backing of Norway and Chile.",
        "The motion on salmon passed with the votes of Norway and Chile.",
        "Neither Norway nor Chile wants to end the salmon quota.",
        "Norway will pay 2 million euros to settle a case brought by Chile over salmon.",
        "Norway accepted what Chile had proposed on salmon.",
        "Norway and Chile have a deal on salmon.",
        "Norway dropped its objections to Chile's plan for salmon.",
        "Under an arrangement between Norway and Chile, trawlers may land salmon at night.",
        "Norway, like Chile, wants a salmon quota.",
        "Norway and Chile share the aim of a salmon quota.",
        "Norway bowed to the demand of Chile for a salmon quota.",
    ],
)
def test_what_is_held_in_common_needs_no_verb_of_agreeing(analyse, text):
    assert parties(analyse(text)) == [PAIR]


def test_two_names_that_were_read_as_one_are_two_parties(analyse):
    text = "The Airline Pilots' Guild and Nordjet ended their row over rosters on Thursday."
    assert parties(analyse(text)) == [{"Airline Pilots' Guild", "Nordjet"}]


@pytest.mark.parametrize(
    "text",
    [
        "There is no deal between Norway and Chile on salmon.",
        "The accord allows concessions to both Norway and Chile.",
        "Norway and Chile will play together in Oslo.",
        "Norway and Chile could build the hatchery together.",
        "Under the law, Norway will cut its catch, and Chile will lift the levy.",
        "Norway and Chile are on the same side of the ocean.",
        "Norway praised the approval of a Great Plan for salmon.",
        "Norway may drop its objections to Chile's plan for salmon.",
        "A trawler landed salmon under a treaty between Norway and Chile.",
        "Norway, like a small shop, wants customers.",
        "Norway wants to settle a case brought by Chile over salmon.",
        "The plan would pass with the votes of Norway and Chile.",
    ],
)
def test_what_is_open_or_only_beside_each_other_is_not_held_in_common(analyse, text):
    assert parties(analyse(text)) == []
