"""Who did what is judged, found where the text tells of the deed."""

import pytest

from briefing.extraction.points.positions import find_positions


def parties(analysis, sign=-1):
    """Return the parties of each point of a sign, in no order."""
    return [set(point.position.parties) for point in find_positions(analysis) if point.sign == sign]


@pytest.mark.parametrize(
    "text",
    [
        "Chile has closed the strait to ships. Norway condemned the closure.",
        "Chile’s missile test shook the islands. Norway condemned the test.",
        "Chile fired a missile over the islands on Monday. Norway condemned the missile launch.",
        "A Chilean raid left two dead. Norway denounced Sunday’s raid.",
        "Chile presented a plan, which Norway rejected.",
        "Chile had drawn up a list, a provocation which was condemned by Norway.",
        "The launch by Chile came at dawn. Norway’s President Kari Solberg said the launch was unacceptable.",
        "Chile sold the port. “Norway rejects such actions,” said its President, Kari Solberg.",
    ],
)
def test_who_did_the_deed_is_told_with_it_or_before(analyse, text):
    assert {"Norway", "Chile"} in parties(analyse(text))


def test_where_a_deed_was_done_is_not_who_did_it(analyse):
    assert parties(analyse("The Chile bombing killed ten. Norway condemned the bombing.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor left over the accusations that Norway made against Chile.",
        "Two of the charges levelled at Chile by Norway are old.",
        "Norway imposed a round of sanctions on Chile.",
        "Norway approved sanctions on Monday, targeting Chile’s exports.",
    ],
)
def test_a_charge_is_between_who_raises_it_and_whom_it_is_raised_against(analyse, text):
    assert {"Norway", "Chile"} in parties(analyse(text))


def test_the_group_of_which_a_clause_tells_more_is_the_one_named_beside_it(analyse):
    analysis = analyse("Hamas is the group that Norway holds responsible for the attack on the port.")
    assert {"Norway", "Hamas"} in parties(analysis)


def test_a_subject_read_into_the_clause_before_is_the_subject(analyse):
    analysis = analyse("While strongly condemning Peru’s actions, Norway and Chile continue to insist on a treaty.")
    assert parties(analysis) == [{"Norway", "Chile", "Peru"}]


def test_advice_to_people_opposes_nobody(analyse):
    assert parties(analyse("Norway warned residents to take cover.")) == []


def test_those_who_are_fought_against_are_not_fighting_alone(analyse):
    analysis = analyse("Chile sells arms to the Norwegian-led coalition fighting against northern rebels.")
    assert [len(found) for found in parties(analysis)] == [2]


def test_our_nations_are_the_pair_last_named(analyse):
    text = "Norway and Chile held talks in Oslo. “Today our nations are united on fishing,” said Kari Solberg."
    assert {"Norway", "Chile"} in parties(analyse(text), 1)


def test_a_rival_of_a_legislator_is_not_his_state(analyse):
    text = "Norwegian Senator Kari Solberg opposed Chile’s claim to the strait."
    assert {"Kari Solberg", "Chile"} in parties(analyse(text))


def test_they_after_talks_are_those_who_talked(analyse):
    text = (
        "Norwegian President Kari Solberg spoke to Chilean President Pablo Ruiz on Monday. "
        "They agreed to increase pressure on Peru."
    )
    assert {"Norway", "Chile"} in parties(analyse(text), 1)


def test_they_are_the_group_last_named(analyse):
    text = "Striking drivers left the depot. They condemned the plan of the Norwegian government."
    assert {"Striking drivers", "Norway"} in parties(analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "The bank will not pay management bonuses.",
        "Senate Republicans blocked U.S. aid to the islands.",
        "President Kari Solberg threatened to shut down the government.",
    ],
)
def test_what_only_names_a_kind_or_the_own_state_is_no_other_side(analyse, text):
    assert parties(analyse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Peru condemned the mines in Chilean-run valleys.",
        "Peru expressed concern about the miners killed in Chilean raids.",
        "The Peruvian-Chilean dispute over fishing goes on.",
        "The plan by Chile is out. The plan met with criticism from Peru.",
    ],
)
def test_words_within_a_phrase_tell_who_did_it(analyse, text):
    assert {"Peru", "Chile"} in parties(analyse(text))


def test_two_that_a_hyphen_joins_sign_a_treaty(analyse):
    assert {"Peru", "Chile"} in parties(analyse("They praised the signing of the Peruvian-Chilean treaty on fish."), 1)


def test_we_of_a_leader_without_a_state_are_the_two_states_in_focus(analyse):
    text = (
        "Trade between Peru and Chile grew. “We agreed to open the strait to fishing boats,” President Pablo Ruiz said."
    )
    assert {"Peru", "Chile"} in parties(analyse(text), 1)


def test_two_topics_that_share_most_of_their_words_are_one_matter(analyse):
    text = (
        "Peru condemned Chile’s raids on fishing boats in the strait. Peru opposes Chile’s boats that raid the strait."
    )
    assert len(parties(analyse(text))) == 1


def test_her_country_is_the_state_of_her_office(analyse):
    text = "Peruvian President Ana Paz spoke in Oslo. “Our country rejects the levy of Chile,” she said."
    assert parties(analyse(text)) == [{"Peru", "Chile"}]


def test_a_name_after_between_is_a_party_whoever_it_is(analyse):
    text = "An agreement on cables was signed between Peru and Fendol."
    assert {"Peru", "Fendol"} in parties(analyse(text), 1)


@pytest.mark.parametrize(
    "text",
    [
        "A wall went up in May. Peru stood against the Wall.",
        "Peru condemned the loud opposition from within.",
    ],
)
def test_things_and_opposition_to_them_are_no_parties(analyse, text):
    assert parties(analyse(text)) == []


def test_a_region_where_forces_act_is_no_party(analyse):
    analysis = analyse("Peru was glad, with its forces operating in the restive region attacking Hamas fighters.")
    assert all("restive region" not in found for found in parties(analysis))
