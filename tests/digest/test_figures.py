"""The numbers of a sentence, with slot and range."""

from math import inf

import pytest

from briefing.digest.figures import figures_in, figures_of
from tests.digest.stories import Draft


@pytest.mark.parametrize(
    ("text", "slot", "written", "least", "most"),
    [
        ("At least 12 people were killed in the blast.", "killed/people", "At least 12", 12, inf),
        ("The blast killed 14 people.", "killed/people", "14", 14, 14),
        ("The death toll rose to 15.", "killed/people", "15", 15, 15),
        ("Twelve soldiers died.", "killed/soldiers", "Twelve", 12, 12),
        ("Dozens of people were injured.", "injured/people", "Dozens of", 24, 999),
        ("More than two dozen people were hurt.", "injured/people", "More than two dozen", 24, inf),
        ("Up to 30 people are missing.", "missing/people", "Up to 30", 0, 30),
        ("Parliament approved the bill by 52 votes to 48.", "vote", "52 votes to 48", 520048, 520048),
        ("Members voted 48-52 on the bill.", "vote", "48-52", 520048, 520048),
        ("The fund will hold 200 million euros.", "euro", "200 million", 2e8, 2e8),
        ("The repairs cost about $3 billion.", "dollar", "about $3 billion", 2.4e9, 3.6e9),
        ("Wages rise by 4.5 percent.", "percent", "4.5", 4.5, 4.5),
        ("Some 900 troops arrived.", "troop", "Some 900", 720, 1080),
    ],
)
def test_a_number_has_a_slot_and_a_range(text, slot, written, least, most):
    (found,) = figures_in(text)
    assert (found.slot, found.text) == (slot, written)
    assert found.range == pytest.approx((least, most))


@pytest.mark.parametrize(
    "text",
    [
        "A 24-year-old man was killed.",
        "No one was killed on 17 May.",
        "The gunman, 24, was killed.",
        "In 2031 the dam was built.",
        "The G20 met in hall 7.",
        "They won the match 3-1.",
        "Many were killed, 20 said.",
    ],
)
def test_a_number_that_counts_nothing_is_no_figure(text):
    assert figures_in(text) == ()


def test_two_counts_of_one_sentence_are_two():
    found = figures_in("The blast killed 14 people and injured 30 others.")
    assert [(one.slot, one.text) for one in found] == [("killed/people", "14"), ("injured/people", "30")]


@pytest.mark.parametrize(
    "text",
    [
        "Last year 12 people were killed there.",
        "In 2029 the quake killed 300 people.",
        "Fires kill 30 people on average.",
    ],
)
def test_numbers_of_another_time_are_left_out(text):
    assert figures_of(Draft(text, published="2031-06-09").by("a")) == ()


def test_numbers_of_the_background_are_left_out():
    text = "The storm of the century killed 90 people."
    assert figures_of(Draft(text).fact(text).by("a")) == ()


def test_the_year_of_publication_is_no_other_time():
    assert len(figures_of(Draft("On 9 June 2031 the storm killed 9 people.").by("a"))) == 1
