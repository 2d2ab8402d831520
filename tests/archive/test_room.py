"""Pages of searches and of the agenda, and what each person follows and chose."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from tests.archive.briefs import Clock, brief_of, store

MEETING = [("Ingrid Solheim", "minister", "Norway")]


def titles(events: Any) -> list[str]:
    return [event.title for event in events]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(1, 4), min_size=1, max_size=12), size=st.integers(1, 5), every=st.booleans())
def test_pages_hold_each_result_once_in_order(tmp_path_factory: Any, days: list[int], size: int, every: bool) -> None:
    with Archive.open(tmp_path_factory.mktemp("a") / "a.sqlite", clock=Clock()) as archive:
        for number, day in enumerate(days):
            for profile in ("standard", "morning")[: 1 + number % 2]:
                store(archive, brief_of(f"Talks {number}.", published=f"2024-05-0{day}", profile=profile))
        found = archive.find(Selection(words="talks", every=every))
        turned: list[Any] = []
        after = None
        while page := archive.find(Selection(words="talks", every=every, after=after, limit=size)):
            turned += page
            after = (page[-1].day, page[-1].brief)
        assert tuple(turned) == found


def test_a_page_stays_as_it_is_while_briefs_are_stored(archive: Archive) -> None:
    for day in (1, 2, 3):
        store(archive, brief_of(f"Talks {day}.", published=f"2024-05-0{day}"))
    last = archive.find(Selection(limit=1))[0]
    before = archive.find(Selection(after=(last.day, last.brief)))
    store(archive, brief_of("More talks.", published="2024-05-09"))
    assert archive.find(Selection(after=(last.day, last.brief))) == before


def test_the_agenda_lists_events_by_day(archive: Archive) -> None:
    store(archive, brief_of("One.", events=[("Late", "2024-06-09"), ("Past", "2024-05-02"), ("Never", None)]))
    store(archive, brief_of("Two.", events=[("Early", "2024-06-01"), ("Week", "2024-W22"), ("Month", "2024-06")]))
    room, day = archive.room, date(2024, 6, 1)
    assert titles(room.events(day)) == ["Early", "Month", "Late"]
    assert titles(room.events_under_way(day)) == ["Week"]
    (first,) = room.events(day, most=1)
    assert titles(room.events(day, after=first.position)) == ["Month", "Late"]


def test_a_person_sees_where_followed_actors_are_named(archive: Archive) -> None:
    store(archive, brief_of("Old.", title="Old", actors=MEETING, published="2024-05-01"))
    new = store(archive, brief_of("New.", title="New", actors=MEETING))
    room = archive.room
    room.follow("eva", "Ingrid Solheim")
    room.follow("eva", "INGRID  Solheim")  # the same name
    room.follow("eva", "Nobody")
    room.follow("jan", "Nobody")
    solheim, nobody = room.followed("eva")
    assert (solheim.name, [sight.brief for sight in solheim.sights]) == ("Ingrid Solheim", [new.brief])
    assert nobody.sights == ()
    room.unfollow("eva", "ingrid solheim")
    assert [one.name for one in room.followed("eva")] == ["Nobody"]
    assert room.follows("jan", "nobody")


def test_each_person_chooses_keys(archive: Archive) -> None:
    room = archive.room
    room.bind("eva", "undo", "z")
    room.bind("eva", "undo", "y")
    room.bind("jan", "undo", "")
    assert (room.bindings("eva"), room.bindings("jan")) == ({"undo": "y"}, {"undo": ""})
    room.unbind("eva")
    assert room.bindings("eva") == {}


@pytest.mark.parametrize(("most", "seen"), [(-1, 5), (2, 2)])
def test_an_actor_is_shown_by_the_newest_articles(archive: Archive, most: int, seen: int) -> None:
    for day in range(1, 6):
        store(archive, brief_of(f"Text {day}.", actors=MEETING, published=f"2024-05-0{day}"))
    (history,) = archive.actor("Solheim", most=most)
    assert [one.day[-1] for one in history.appearances] == ["5", "4", "3", "2", "1"][:seen]
