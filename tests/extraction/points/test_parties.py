"""Between whom a point stands."""

import pytest

from briefing.extraction.points.positions import find_positions


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
        ("The Norwegian prime minister and his Chilean counterpart agreed to build a tunnel.", ("Norway", "Chile")),
        ("The leaders of Norway and Chile met. Prime Minister Kari Solberg and her Chilean counterpart Pablo Ruiz "
         "agreed to build a tunnel.", ("Norway", "Chile")),
    ],
)  # fmt: skip
def test_an_agreement_is_between_those_who_agree(analyse, text, parties):
    assert (1, parties) in points(analyse(text))


_MEETING = "Norway's President Kari Solberg met with Chilean President Pablo Ruiz."
_CHATTER = "It rained. The wind blew. Snow fell. The sea froze. The road was closed. "


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", f"{_MEETING} {_CHATTER}It was agreed to build a tunnel."),
        ("", f"{_MEETING} {_CHATTER}The leaders agreed to build a tunnel."),
        ("Telephone conversation with President of Chile Pablo Ruiz",
         f"President of Norway Kari Solberg spoke. {_CHATTER}It was agreed to build a tunnel. Kari Solberg left."),
    ],
)  # fmt: skip
def test_a_read_out_speaks_of_those_who_met_to_its_end(analyse, title, text):
    found = points(analyse(text, title=title))
    assert [(sign, set(parties)) for sign, parties in found] == [(1, {"Norway", "Chile"})]


@pytest.mark.parametrize(
    "text",
    [
        "The council approved the plan 4-3, with Councillor Ann Smith dissenting.",
        "The council voted 4-3 in favour of the plan, with Councillor Ann Smith voting against it.",
        "The council voted 4-3 to approve the plan, with Councillor Ann Smith opposed.",
    ],
)
def test_those_who_vote_against_oppose_the_body_and_agree_to_nothing(analyse, text):
    (point,) = find_positions(analyse(text))
    assert (point.sign, set(point.position.parties), point.position.topic) == (-1, {"council", "Ann Smith"}, "plan")


def test_a_list_of_examples_is_no_pair(analyse):
    analysis = analyse("Talks dealt with worries such as Norway, Chile and fish. It was agreed to build a tunnel.")
    assert points(analysis) == []


def test_who_denies_a_charge_answers_its_author_and_nobody_in_it(analyse):
    analysis = analyse("Chile said that Norway armed rebels in Peru. Norway denied that Peru was hurt by its arms.")
    assert all("Peru" not in parties for sign, parties in points(analysis) if "Norway" in parties and sign < 0)


def test_one_out_of_office_may_be_at_odds_with_the_own_state(analyse):
    analysis = analyse("Chilean opposition leader Pablo Ruiz condemned Chile’s plan to sell the port.")
    assert [sign for sign, _ in points(analysis)] == [-1]


@pytest.mark.parametrize(
    ("text", "sign", "parties"),
    [
        ("The Ruiz Foundation filed a lawsuit against Almeida on Monday.", -1, ("Ruiz Foundation", "Almeida")),
        ("A spokesman for President Pablo Ruiz disputed the report by Norway.", -1, ("Pablo Ruiz", "Norway")),
        ("Some Baltic states have called for sanctions against Chile.", -1, ("Baltic states", "Chile")),
        ("Chile denied entry to a Norwegian journalist.", -1, ("Chile", "Norwegian journalist")),
        ("Chile has pledged to work with Norway on deep-sea cables.", 1, ("Chile", "Norway")),
        ("The Norwegian government said Chile was behind the attack on the port.", -1, ("Norway", "Chile")),
        (
            "Norway’s foreign minister Kari Solberg said Chile is violating the pact on fishing.",
            -1,
            ("Norway", "Chile"),
        ),
        ("Norway’s spokesman Ola Vik said responsibility for the delay lies with Chile.", -1, ("Norway", "Chile")),
        ("Norway threatened to boycott Chile if the ban stays.", -1, ("Norway", "Chile")),
    ],
)
def test_the_other_side_is_looked_for_where_it_stands(analyse, text, sign, parties):
    assert (sign, parties) in points(analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian government said Chile was responsible for patrols in the strait.",
        "Norway will begin talks with Chile on Friday.",
        "The figure was false, Norway’s President Kari Solberg said.",
    ],
)
def test_duty_and_plans_are_no_quarrel(analyse, text):
    assert points(analyse(text)) == []


def test_we_after_talks_is_both_sides_and_never_one_person(analyse):
    text = (
        "Norway and Chile held talks on fishing in Oslo. "
        "“We have agreed on joint inspections,” Norwegian Fisheries Minister Kari Solberg said."
    )
    (point,) = [point for point in find_positions(analyse(text)) if point.sign > 0]
    assert set(point.position.parties) == {"Norway", "Chile"}
    assert point.position.statement.startswith("[Norway and Chile] have agreed")


def test_whom_the_editor_names_in_brackets_is_named_once(analyse):
    text = (
        "Norway and Chile held talks on fishing in Oslo. "
        "“We [Norway and Chile] have close views on inspections,” Norwegian Fisheries Minister Kari Solberg said."
    )
    (point,) = [point for point in find_positions(analyse(text)) if point.sign > 0]
    assert set(point.position.parties) == {"Norway", "Chile"}
    assert point.position.statement == "We [Norway and Chile] have close views on inspections"
