"""The scorer counts what it says it counts."""

import pytest

from briefing.model.brief import When
from tests.fakes.briefs import small_brief
from tests.quality.gold import GoldActor, GoldEvent, GoldPoint
from tests.quality.scoring import Tally, denoted, has_date, has_parties, has_role, pair_off, rests_on

PERSON = GoldActor("Ingrid Solheim", "person", 1, ["the minister"], ["minister"])
ACTORS = [
    PERSON,
    GoldActor("Olav Dahl", "person", 2, [], []),
    GoldActor("Mona Dahl", "person", 2, [], []),
    GoldActor("Norway", "country", 1, ["Oslo"], []),
    GoldActor("Iceland", "country", 1, [], []),
    GoldActor("Faroe Isles", "country", 2, [], []),
]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Ingrid Solheim", "Ingrid Solheim"),
        ("Solheim", "Ingrid Solheim"),
        ("Minister Ingrid Solheim", "Ingrid Solheim"),
        ("The Minister", "Ingrid Solheim"),
        ("Norway's", "Norway"),
        ("Oslo", "Norway"),
        ("Dahl", None),  # two persons have that surname
        ("Isles", None),  # only persons go by the end of their names
        ("", None),
    ],
)
def test_a_name_denotes_the_only_actor_with_it(name: str, who: str | None) -> None:
    known = denoted(name, ACTORS)
    assert (known.name if known else None) == who


@pytest.mark.parametrize(
    ("value", "wanted", "right"),
    [
        ("2024-06-06", ["2024-06-06"], True),
        ("2024-06-06T11:00", ["2024-06-06"], True),
        ("2024-06-06T11:00/2024-06-07T12:00", ["2024-06-06/2024-06-07"], True),
        ("2024-06", ["2024-06-06"], False),
        (None, ["2024-06-06"], False),
        (None, [], True),
        ("2024-06-06", [], False),
    ],
)
def test_a_date_is_right_to_the_day_or_absent(value: str | None, wanted: list[str], right: bool) -> None:
    event = small_brief().events[0].model_copy(update={"when": When(text="then", value=value)})
    assert has_date(event, GoldEvent(["meet"], wanted, [], ["scheduled"], [])) is right


@pytest.mark.parametrize(
    ("named", "parties", "right"),
    [
        (("Norway", "Iceland"), ["Norway", "Iceland"], True),
        (("Oslo", "Iceland", "Ingrid Solheim"), ["Norway", "Iceland"], True),  # one name too many is forgiven
        (("Norway", "Iceland", "Solheim", "Olav Dahl"), ["Norway", "Iceland"], False),
        (("Norway",), ["Norway", "Iceland"], False),
        (("Norway",), ["Norway"], True),
        (("Norway", "Faroe Isles"), ["Norway", "Iceland", "Faroe Isles"], True),
    ],
)
def test_parties_are_right_with_two_and_one_extra(named: tuple[str, ...], parties: list[str], right: bool) -> None:
    """A point is right if it names two gold parties and one other at most."""
    point = small_brief().agreements[0].model_copy(update={"parties": named})
    assert has_parties(point, GoldPoint(parties, [], []), ACTORS) is right


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("minister", True),
        ("fisheries minister of Norway", True),
        ("ministry", False),
        (None, False),
        ("minister who went to Bergen on a ferry with all of her nine cousins and a dog", False),
    ],
)
def test_a_role_has_the_right_words_and_few_others(role: str | None, right: bool) -> None:
    assert has_role(small_brief().actors[0].model_copy(update={"role": role}), PERSON) is right


def test_a_line_rests_on_the_sentence_with_its_opening() -> None:
    brief = small_brief()
    assert rests_on(brief.agreements[0], ["Norway and Iceland agreed on"], brief)
    assert rests_on(brief.events[0], ["The ministers will"], brief)
    assert not rests_on(brief.events[0], ["Norway and Iceland agreed on"], brief)
    assert not rests_on(brief.events[0], ["words of no sentence"], brief)


def test_better_pairs_first_and_optional_gold_last() -> None:
    """Each line is paired once: the better pair first, optional gold last."""
    optional = GoldPoint(["x"], [], [], optional=True)
    first, second = GoldPoint(["a"], [], []), GoldPoint(["b"], [], [])
    gold = [optional, first, second]
    pairs = pair_off(["b", "c", "d", "e"], gold, lambda _, __: True, lambda line, point: line in point.parties)
    assert pairs == [("b", second), ("c", first), ("d", optional)]


def test_figures_are_shares_and_nothing_expected_is_right() -> None:
    tally = Tally()
    tally.add_lists("events", 1, 2, 4)
    tally.add("roles", 0, 0)
    assert tally.figures() == {
        "events F1": pytest.approx(1 / 3),
        "events precision": 0.5,
        "events recall": 0.25,
        "roles": 1.0,
    }
