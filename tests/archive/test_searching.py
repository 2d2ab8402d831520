"""Briefs are found by words, actor, outlet, day and day of an event; any search text is valid."""

import sqlite3
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.archive.words import match_query
from tests.archive.briefs import Clock, brief_of, store

QUOTAS, PORTS, GRAIN = "quotas", "ports", "grain"


@pytest.fixture
def stocked(archive: Archive, clock: Clock) -> Archive:
    store(
        archive,
        brief_of(
            "Norway and Iceland agreed on mackerel quotas in Malmö.",
            title=QUOTAS,
            outlet="Northern Wire",
            published="2024-05-14",
            actors=[("Ingrid Solheim", "minister", "Norway")],
            events=[("The ministers meet", "2024-06-06")],
            summary=["A closed season was agreed [in Iceland]."],
        ),
    )
    store(
        archive,
        brief_of(
            "The U.S. closed the port for a season.",
            title=PORTS,
            outlet="Harbour Post",
            published="2024-05-16",
            actors=[("José Núñez", "harbour master", None)],
            events=[("The port opens again", "2024-W25"), ("A review", "XXXX-07-01"), ("Talks", None)],
        ),
    )
    clock.move(days=4)
    store(archive, brief_of("Grain was shipped.", title=GRAIN, published=None, outlet="Harbour Post"))
    return archive


def titles(archive: Archive, **asked: Any) -> list[str]:
    return [entry.title for entry in archive.find(Selection(**asked))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quotas", [QUOTAS]),
        ("QUOTAS malmo", [QUOTAS]),
        ("season", [PORTS, QUOTAS]),
        ("closed season", [PORTS, QUOTAS]),
        ('"closed season"', [QUOTAS]),
        ('"closed season', [QUOTAS]),
        ("season port", [PORTS]),
        ("grain OR mackerel", [GRAIN, QUOTAS]),
        ("season mackerel OR port", [PORTS, QUOTAS]),
        ("AND grain OR", [GRAIN]),
        ("quot*", [QUOTAS]),
        ('"closed sea"*', [QUOTAS]),
        ("quot", []),
        ("U.S.", [PORTS]),
        ("solheim", [QUOTAS]),  # in a line of the brief
        ("title:grain", []),
        ("grain)", [GRAIN]),
        ("grain -- NEAR(", []),
        ("season NOT port", []),  # NOT is a word like others
    ],
)
def test_words_find_the_texts_that_hold_all_of_them(stocked: Archive, words: str, found: list[str]) -> None:
    assert titles(stocked, words=words) == found


@pytest.mark.parametrize("words", ["***", '"', "AND", "— …", " \0"])
def test_a_search_needs_a_word(stocked: Archive, words: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        stocked.find(Selection(words=words))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab\"*()-:^+{}ANDORNT \t\0'\\\ud800é²漢"), max_size=20))
def test_any_search_text_is_valid_or_has_no_word(words: str) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
        try:
            query = match_query(words)
        except ValueError:
            return
        db.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (query,)).fetchall()
    db.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [GRAIN, PORTS, QUOTAS]),
        ({"limit": 2}, [GRAIN, PORTS]),
        ({"actor": "ingrid  SOLHEIM"}, [QUOTAS]),
        ({"actor": "Solheim"}, [QUOTAS]),
        ({"actor": "Jose Nunez"}, [PORTS]),
        ({"actor": "Ingrid"}, []),
        ({"outlet": "harbour post"}, [GRAIN, PORTS]),
        ({"since": date(2024, 5, 15)}, [GRAIN, PORTS]),  # the undated one counts from when it was stored
        ({"until": date(2024, 5, 16)}, [PORTS, QUOTAS]),
        ({"since": date(2024, 5, 14), "until": date(2024, 5, 14)}, [QUOTAS]),
        ({"event_from": date(2024, 6, 23)}, [PORTS]),  # the last day of the week
        ({"event_from": date(2024, 6, 24)}, []),
        ({"event_to": date(2024, 6, 10)}, [QUOTAS]),
        ({"event_from": date(2024, 6, 1), "event_to": date(2024, 6, 30)}, [PORTS, QUOTAS]),
        ({"words": "season", "actor": "Solheim", "outlet": "Northern Wire"}, [QUOTAS]),
        ({"words": "season", "actor": "Solheim", "outlet": "Harbour Post"}, []),
    ],
)
def test_a_brief_is_found_if_all_conditions_hold(stocked: Archive, asked: dict[str, Any], found: list[str]) -> None:
    assert titles(stocked, **asked) == found


def test_a_text_is_found_by_its_newest_brief(archive: Archive, clock: Clock) -> None:
    store(archive, brief_of("Talks begin.", actors=[("Jon Arnarsson", None, None)], summary=["An old line."]))
    clock.move(minutes=1)
    store(archive, brief_of("Talks begin.", actors=[("Eva Berg", None, None)], program="0.2.0"))
    assert not archive.find(Selection(actor="Jon Arnarsson"))
    assert not archive.find(Selection(words="old"))
    assert archive.find(Selection(actor="Eva Berg"))
