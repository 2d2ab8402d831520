"""Polarity, parties and matters of points of agreement and disagreement."""

import pytest

from briefing.extraction.points.positions import find_positions


def points(analysis):
    return [(point.sign, set(point.position.parties), point.position.topic) for point in find_positions(analysis)]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Norway and Chile agreed on a fishing quota.", 1),
        ("Norway and Chile failed to agree on a fishing quota.", -1),
        ("Norway and Chile did not reach an agreement on a fishing quota.", -1),
        ("Norway and Chile signed a treaty on fishing.", 1),
        ("Norway rejected Chile's proposal on fishing.", -1),
        ("Norway did not reject Chile's proposal on fishing.", 1),
        ("Norway will not accept Chile's proposal on fishing.", -1),
        ("Norway accused Chile of overfishing.", -1),
        ("There is a dispute between Norway and Chile over fishing.", -1),
        ("There is no disagreement between Norway and Chile over fishing.", 1),
        ("Norway imposed sanctions on Chile over fishing.", -1),
    ],
)
def test_polarity_is_the_cue_and_what_negates_it(analyse, text, sign):
    found = points(analyse(text))
    assert {point[0] for point in found} == {sign}
    assert all(parties == {"Norway", "Chile"} for _, parties, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Chile may agree on a fishing quota.",
        "Norway and Chile hope to reach an agreement on fishing.",
        "Norway would sign the treaty with Chile if the quota were raised.",
        "Norway and Chile were urged to agree on a fishing quota.",
        "Norway and Chile discussed fishing.",
        "Norway did not accuse Chile of overfishing.",
        "Norway agreed.",
        "",
    ],
)
def test_what_is_only_possible_wished_or_discussed_is_no_point(analyse, text):
    assert points(analyse(text)) == []


def test_the_holder_of_an_office_is_not_at_odds_with_the_own_state(analyse):
    assert points(analyse("Norwegian President Ana Sandoval rejected Norway's plan for the strait.")) == []
    assert points(analyse("Norwegian opposition leader Ana Sandoval rejected Norway's plan for the strait.")) != []


def test_a_point_keeps_what_it_rests_on(analyse):
    (point,) = find_positions(analyse("Norway did not reject Chile's proposal on fishing."))
    (ground,) = point.grounds
    assert (ground.cue, ground.rule, ground.named, ground.negated, ground.ahead) == (
        "reject",
        "verb: reject",
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Norway rejected Chile’s ‘closed season’ and the quota.", "closed season"),
        ("Norway and Chile agreed on workers’ pensions.", "workers’ pensions"),
    ],
)
def test_a_matter_has_no_mark_whose_other_half_is_missing(analyse, text, topic):
    assert [point[2] for point in points(analyse(text))] == [topic]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "President Voss also commended Costa Rica’s commitment to using trusted suppliers in its upcoming 5G "
            "tender and auctions.",
            "Costa Rica’s commitment to using trusted suppliers in its upcoming",
        ),
        ("Norway and Chile agreed on a 5G network.", "5G network"),
    ],
)
def test_a_matter_does_not_end_within_a_word(analyse, text, topic):
    assert [point[2] for point in points(analyse(text))] == [topic]
