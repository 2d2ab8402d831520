"""The ledger of each profile is stored separately."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

import pytest

from briefing.archive.ledgers import forget_ledgers, read_ledger, read_stories, write_ledger
from briefing.digest.ledger import ledger_of
from tests.digest.digests import digest_of, marked, two_articles
from tests.digest.stories import Draft


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    script = files("briefing") / "archive" / "migrations" / "0020_ledgers.sql"
    connection.executescript(script.read_text("utf-8"))
    yield connection
    connection.close()


DIGEST = digest_of(two_articles())
LEDGER = ledger_of(DIGEST)


def test_a_stored_ledger_is_returned_unchanged(db):
    assert read_ledger(db, "morning") is None
    write_ledger(db, "morning", LEDGER, DIGEST)
    assert read_ledger(db, "morning") == LEDGER
    assert read_ledger(db, "evening") is None


def test_a_later_ledger_replaces_the_earlier_one(db):
    write_ledger(db, "morning", LEDGER, DIGEST)
    later = marked(
        digest_of([Draft("Dockers voted.").summary("Dockers voted.").by("d")], ids=("docks",), day="2031-06-11"), LEDGER
    )
    ledger = ledger_of(later, LEDGER)
    write_ledger(db, "morning", ledger, later)
    assert read_ledger(db, "morning") == ledger


def test_articles_are_kept_as_long_as_their_lines(db):
    write_ledger(db, "morning", LEDGER, DIGEST)
    ids = tuple(sorted(member.id for member in DIGEST.stories[0].articles))
    assert read_stories(db, "morning") == {"s1": ids}
    other = digest_of([Draft("Dockers voted.").by("d")], ids=("docks",), day="2031-06-30")
    write_ledger(db, "morning", ledger_of(other, LEDGER), other)
    assert list(read_stories(db, "morning")) == ["docks"]


@pytest.mark.parametrize(
    ("before", "left"), [("2031-06-10T03:00:00+00:00", True), ("2031-06-10T05:00:00+00:00", False)]
)
def test_old_lines_are_removed_in_any_time_zone(db, before, left):
    write_ledger(db, "morning", LEDGER, DIGEST)  # made at 06:00 in +02:00
    forget_ledgers(db, datetime.fromisoformat(before))
    ledger = read_ledger(db, "morning")
    assert ledger is not None
    assert bool(ledger.lines) is left
    assert bool(read_stories(db, "morning")) is left
