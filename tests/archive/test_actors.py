"""The history of an actor across articles; doubtful sightings stay separate."""

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import ActorHistory
from tests.archive.briefs import brief_of, store

Actors = list[tuple[str, str | None, str | None]]

MINISTER = ("Pavel Orlov", "Foreign Minister", "Russia")


def histories(archive: Archive, name: str, *articles: Actors) -> tuple[ActorHistory, ...]:
    """Return what is known of a name after articles of one day each with these actors."""
    for number, actors in enumerate(articles):
        store(archive, brief_of(f"Article {number}.", published=f"2024-05-{number + 1:02}", actors=actors))
    return archive.actor(name)


@pytest.mark.parametrize(
    ("articles", "apart"),
    [
        ([[MINISTER], [MINISTER]], [2]),
        ([[MINISTER], [("Pavel Orlov", "President", "Russia")]], [2]),  # roles change
        ([[MINISTER], [("Pavel Orlov", "coach", "Bulgaria")]], [1, 1]),
        ([[MINISTER], [("Pavel Orlov", "Minister", None)]], [2]),
        ([[MINISTER], [("Pavel Orlov", "Russian Foreign Minister", None)]], [2]),
        ([[MINISTER], [("Pavel Orlov", "coach", None)]], [1, 1]),
        ([[MINISTER], [("Pavel Orlov", None, None)]], [2]),
        ([[("Pavel Orlov", "coach", None)], [("Pavel Orlov", "painter", None)]], [1, 1]),
        ([[("Pavel Orlov", "coach", None)], [("Pavel Orlov", "head coach", None)]], [2]),
        ([[MINISTER], [("Pavel Orlov", "coach", "Bulgaria")], [("Pavel Orlov", None, None)]], [1, 1, 1]),
        ([[MINISTER], [("PAVEL  Orlov", "Foreign Minister", "russia")]], [2]),
        ([[MINISTER], [("Anna Orlov", "judge", "Estonia")]], [1]),
        ([[MINISTER], [("Orlov", None, None)]], [2]),
        ([[MINISTER], [("Orlov", "Foreign Minister", None)]], [2]),
        ([[MINISTER], [("Orlov", "coach", None)]], [1]),
        ([[MINISTER], [("Orlov", "coach", "Russia")]], [1]),
        ([[MINISTER], [("Orlov", None, "Estonia")]], [1]),
        ([[MINISTER], [("Anna Orlov", "judge", "Estonia")], [("Orlov", None, None)]], [1]),
        ([[MINISTER], [("Anna Orlov", "judge", "Estonia")], [("Orlov", "judge", None)]], [1]),
        ([[MINISTER], [("Anna Orlov", "judge", "Estonia")], [("Orlov", "minister", None)]], [2]),
    ],
)
def test_a_full_name_is_one_person_if_details_agree(archive: Archive, articles: list[Actors], apart: list[int]) -> None:
    found = histories(archive, "Pavel Orlov", *articles)
    assert [len(history.appearances) for history in found] == apart


@pytest.mark.parametrize(
    ("articles", "names"),
    [
        ([[MINISTER], [("Orlov", None, None)]], ["Pavel Orlov"]),
        ([[MINISTER], [("Anna Orlov", "judge", "Estonia")]], ["Anna Orlov", "Pavel Orlov"]),
        ([[MINISTER], [("Anna Orlov", None, None)], [("Orlov", None, None)]], ["Anna Orlov", "Orlov", "Pavel Orlov"]),
        ([[("Orlov", "coach", None)], [("Orlov", "judge", None)]], ["Orlov", "Orlov"]),
    ],
)
def test_a_surname_finds_each_person_separately(archive: Archive, articles: list[Actors], names: list[str]) -> None:
    assert sorted(history.name for history in histories(archive, "orlov", *articles)) == names


def test_roles_have_dates(archive: Archive) -> None:
    (history,) = histories(
        archive,
        "Pavel Orlov",
        [MINISTER],
        [("Pavel Orlov", "foreign minister", "Russia")],
        [("Pavel Orlov", "President", "Russia")],
    )
    assert [(held.role, held.first, held.last, held.articles) for held in history.roles] == [
        ("President", "2024-05-03", "2024-05-03", 1),
        ("foreign minister", "2024-05-01", "2024-05-02", 2),
    ]
    assert (history.affiliation, history.kind) == ("Russia", "person")
    assert [appearance.day for appearance in history.appearances] == ["2024-05-03", "2024-05-02", "2024-05-01"]


def test_points_of_an_actor_list_the_other_parties(archive: Archive) -> None:
    kept = store(
        archive,
        brief_of(
            "They met.",
            actors=[MINISTER, ("Eva Berg", None, None)],
            agreements=[
                ("Orlov and Berg agreed on quotas", ("Pavel Orlov", "Eva Berg")),
                ("Norway and Iceland agreed", ("Norway", "Iceland")),
            ],
            disagreements=[("Orlov rejects the port", ("Eva Berg", "Pavel Orlov"))],
        ),
    )
    (history,) = archive.actor("Pavel Orlov")
    assert [(p.brief, p.kind, p.statement, p.others) for p in history.points] == [
        (kept.brief, "agreement", "Orlov and Berg agreed on quotas", ("Eva Berg",)),
        (kept.brief, "disagreement", "Orlov rejects the port", ("Eva Berg",)),
    ]


def test_a_country_is_always_one_actor(archive: Archive) -> None:
    store(archive, brief_of("One.", kind="country", actors=[("Japan", "host", None)]))
    store(archive, brief_of("Two.", kind="country", actors=[("Japan", "guest", None)]))
    (history,) = archive.actor("japan")
    assert len(history.appearances) == 2


def test_an_unknown_name_finds_no_actor(archive: Archive) -> None:
    assert histories(archive, "Nobody Here", [MINISTER]) == ()


def test_a_role_of_an_undated_article_has_no_date(archive: Archive) -> None:
    store(archive, brief_of("Dated.", published="2024-05-03", actors=[MINISTER]))
    store(archive, brief_of("Undated.", published=None, actors=[MINISTER, ("Anna Novak", "judge", "Estonia")]))
    (minister,), (judge,) = archive.actor("Pavel Orlov"), archive.actor("Anna Novak")
    assert [(held.first, held.last, held.articles) for held in minister.roles] == [("2024-05-03", "2024-05-03", 2)]
    assert [(held.first, held.last, held.articles) for held in judge.roles] == [(None, None, 1)]
