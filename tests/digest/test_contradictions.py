"""Contradictions between articles."""

import pytest

from briefing.digest.actors import merge_actors
from briefing.digest.contradictions import find_contradictions
from briefing.digest.events import merge_events
from briefing.digest.members import in_order
from briefing.digest.superseding import current_figures
from tests.digest.stories import Draft


def contradictions(*members):
    ordered = in_order(members)
    _, names = merge_actors(ordered)
    figures = current_figures(ordered).current
    return find_contradictions(ordered, figures, merge_events(ordered, names), names)


def values(*members):
    return [[side.value for side in found.sides] for found in contradictions(*members)]


def member_of(text, origin, day="2031-06-09"):
    return Draft(text, published=day).by(origin)


def test_different_counts_of_two_origins_are_a_contradiction():
    one = member_of("Fourteen people were killed in the collision.", "a")
    other = member_of("Sixteen people were killed when the ships collided.", "b")
    (found,) = contradictions(one, other)
    assert (found.kind, found.slot) == ("number", "people killed")
    assert sorted(side.value for side in found.sides) == ["Fourteen", "Sixteen"]
    assert [side.origins for side in found.sides] == [1, 1]


def test_a_side_counts_its_origins():
    members = [member_of(f"14 people were killed, {name} said.", name) for name in ("police", "rescuers")]
    members.append(member_of("16 people were killed, the mayor said.", "mayor"))
    (found,) = contradictions(*members)
    assert {side.value: side.origins for side in found.sides} == {"14": 2, "16": 1}


def test_of_many_sides_those_of_most_origins_are_shown():
    members = [member_of(f"{n} people were killed, {n} said.", f"o{n}") for n in range(20, 40)]
    members += [
        member_of("90 people were killed, the mayor said.", "mayor"),
        member_of("90 people were killed.", "police"),
    ]
    (found,) = contradictions(*members)
    assert len(found.sides) == 6
    assert found.sides[0].value == "90"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least 12 people were killed.", "14 people were killed."),
        ("Dozens of people were injured.", "45 people were injured."),
        ("About 100 troops arrived at the base.", "90 troops arrived at the base."),
        ("12 people were killed.", "30 people were injured."),
        ("12 soldiers were killed.", "14 people were killed."),
        ("The fund will hold 200 million euros.", "The ship cost 300 million euros."),
        ("12 people were killed.", "12 people were killed, police said."),
    ],
)
def test_compatible_statements_are_no_contradiction(one, other):
    assert values(member_of(one, "a"), member_of(other, "b")) == []


@pytest.mark.parametrize(("origins", "days"), [(("a", "b"), (9, 10)), (("a", "a"), (9, 10))])
def test_a_later_higher_count_is_no_contradiction(origins, days):
    one = member_of("12 people were killed.", origins[0], f"2031-06-{days[0]:02}")
    other = member_of("14 people were killed.", origins[1], f"2031-06-{days[1]:02}")
    assert values(one, other) == []


def test_a_count_that_one_origin_corrects_downwards_is_no_contradiction():
    one, other = member_of("14 people were killed.", "a"), member_of("12 people were killed.", "a", "2031-06-10")
    assert values(one, other) == []


def test_a_later_lower_count_of_another_origin_contradicts():
    one, other = member_of("14 people were killed.", "a"), member_of("12 people were killed.", "b", "2031-06-10")
    assert values(one, other) == [["14", "12"]]


def test_the_missing_may_become_fewer():
    one, other = "Six people are missing.", "Three people are still missing."
    assert values(member_of(one, "a"), member_of(other, "b", "2031-06-10")) == []
    assert len(values(member_of(one, "a"), member_of(other, "b"))) == 1


def test_a_single_origin_is_no_contradiction():
    assert (
        values(member_of("12 people were killed.", "wire"), member_of("14 people were killed, police said.", "wire"))
        == []
    )


def test_two_counts_in_one_article_are_ambiguous_and_skipped():
    one = member_of("12 people were killed in Oslo. 14 people were killed in Bergen.", "a")
    assert values(one, member_of("13 people were killed in Oslo.", "b")) == []


def test_amounts_contradict_only_in_similar_sentences():
    one = member_of("The fund for solar plants will hold 200 million euros.", "a")
    other = member_of("The fund for solar plants will hold 250 million euros.", "b")
    assert values(one, other) in ([["200 million", "250 million"]], [["250 million", "200 million"]])


def test_votes_are_compared_whichever_side_is_named_first():
    one, other = (
        member_of("Members approved it by 52 votes to 48.", "a"),
        member_of("They rejected it 48-52 in a vote.", "b"),
    )
    assert values(one, other) == []
    assert len(values(one, member_of("Members approved it 53-47 in a vote.", "c"))) == 1


def test_two_days_for_one_event_are_a_contradiction():
    title = "The ministers of Norway and Iceland will meet"
    members = [
        Draft(f"{title} on {day} June.").event(title, f"{day} June", f"2031-06-{day}", "Norway", "Iceland").by(origin)
        for day, origin in ((12, "a"), (13, "b"))
    ]
    (found,) = contradictions(*members)
    assert (found.kind, found.slot) == ("date", title)
    assert [side.value for side in found.sides] == ["12 June", "13 June"]


def office(name, role, affiliation, origin, *others):
    text = f"{role} {name} said so." + "".join(f" {other} agreed." for other in others)
    made = Draft(text).actor(name, role, affiliation)
    for other in others:
        made.actor(other)
    return made.by(origin)


def test_two_holders_of_one_office_are_a_contradiction():
    one = office("Ilse Varga", "Foreign Minister", "Norway", "a")
    other = office("Pavel Oren", "Foreign Minister", "Norway", "b")
    (found,) = contradictions(one, other)
    assert (found.kind, found.slot) == ("office", "Foreign Minister")
    assert {side.value for side in found.sides} == {"Ilse Varga", "Pavel Oren"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ilse Varga", "Foreign Minister", "Norway"), ("Pavel Oren", "Foreign Minister", "Iceland")),
        (("Ilse Varga", "Foreign Minister", "Norway"), ("Pavel Oren", "former Foreign Minister", "Norway")),
        (("Ilse Varga", "minister", "Norway"), ("Pavel Oren", "minister", "Norway")),
        (("Ilse Varga", "spokeswoman", "Norway"), ("Pavel Oren", "spokesman", "Norway")),
        (("Ilse Varga", "Foreign Minister", None), ("Pavel Oren", "Foreign Minister", None)),
    ],
)
def test_shared_or_different_offices_are_no_contradiction(one, other):
    assert values(office(*one, "a"), office(*other, "b")) == []


def test_an_article_that_names_both_holders_is_no_contradiction():
    one = office("Ilse Varga", "Foreign Minister", "Norway", "a", "Pavel Oren")
    assert values(one, office("Pavel Oren", "Foreign Minister", "Norway", "b")) == []


CLAIM = "Norway said that an Icelandic boat had entered the closed zone."


@pytest.mark.parametrize(
    ("denial", "count"),
    [
        ("Iceland denied that its boat had entered the closed zone.", 1),
        ("Iceland dismissed claims that its boat had entered the closed zone.", 1),
        ("Iceland denied entry to the delegation.", 0),
        ("Iceland denied that the talks about quotas had failed.", 0),
        ("Norway denied that its boat had entered the closed zone.", 0),
    ],
)
def test_a_claim_and_its_denial_are_a_contradiction(denial, count):
    claim = Draft(CLAIM).actor("Norway", kind="country").by("a")
    who = denial.split()[0]
    found = contradictions(claim, Draft(denial).actor(who, kind="country").by("b"))
    assert [one.kind for one in found] == ["denial"] * count
    if count:
        assert found[0].sides[0].text == CLAIM
