"""Migrations are atomic, and keep the data of every earlier version."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.archive.database import connect
from briefing.archive.migrations import Migration, known_migrations, migrate, statements
from briefing.archive.records import Selection
from briefing.errors import ArchiveError
from tests.archive.briefs import Clock, brief_of, store
from tests.archive.make_dump import DUE, DUMPS, FEED, URL
from tests.digest.digests import digest_of, two_articles

NUMBERS = [migration.number for migration in known_migrations()]
ONE, TWO, FIVE = (
    Migration(1, "one", "CREATE TABLE one (x);\nINSERT INTO one VALUES (1);\n"),
    Migration(2, "two", "CREATE TABLE two (x);\nINSERT INTO two SELECT x FROM one;\n"),
    Migration(5, "five", "CREATE TABLE five (x);\n"),
)


def load(dump: Path, to: Path) -> Path:
    db = sqlite3.connect(to)
    db.executescript(dump.read_text("utf-8"))
    db.close()
    return to


def tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_every_migration_has_a_dump() -> None:
    assert sorted(int(file.stem) for file in DUMPS.glob("*.sql")) == NUMBERS  # python -m tests.archive.make_dump


@pytest.mark.parametrize("number", NUMBERS)
def test_an_archive_of_any_earlier_version_is_migrated_without_loss(tmp_path: Path, number: int) -> None:
    path = load(DUMPS / f"{number:04}.sql", tmp_path / "a.sqlite")
    clock = Clock("2024-05-14T08:00:00+00:00")
    with Archive.open(path, clock=clock) as archive:
        refused, agreed = archive.find()
        assert (refused.title, agreed.title, agreed.outlet) == ("Quotas refused", "Quotas agreed", "Northern Wire")
        assert refused.item == agreed.item
        assert refused.addresses == agreed.addresses == (URL,)
        brief = archive.brief(agreed.brief)
        assert brief is not None
        assert brief.actors[0].name == "Ingrid Solheim"
        assert archive.find(Selection(words="mackerel solheim", event_from=date(2024, 6, 6))) == (agreed,)
        (solheim,) = archive.actor("Solheim")
        assert [point.others for point in solheim.points] == [("Norway",)]
        if number >= 2:
            assert [(item.source, item.brief) for item in archive.begin_run("make", "key").items] == [
                ("talks.txt", agreed.brief)
            ]
        if number >= 3:
            state = archive.feed(FEED)
            assert state is not None
            assert (state.etag, state.entries) == ('"1"', {"a", "b"})
        if number >= 20:
            assert archive.digests("morning").ledger(DUE + timedelta(days=1)) is not None
        if number >= 21:
            (gathered,) = archive.digests("morning").gathered(DUE)
            assert (gathered.brief, gathered.outlet, gathered.weight) == (brief, "Northern Wire", 2.0)
            assert archive.digests("morning").digest(DUE) == digest_of(two_articles())
        if number >= 30:
            (way,) = archive.schedule.to_send(("morning",), clock())
            assert (way.target, way.state, way.waiting) == ("folder /out", "pending", ("/out",))
            assert archive.schedule.parcel(way).result.outputs[0].content == b"{}"
        assert {one.brief for one in archive.room.to_review()} == {refused.brief, *([agreed.brief] * (number < 60))}
        if number >= 60:
            assert archive.room.follows("eva", "Ingrid Solheim")
            assert archive.room.bindings("eva") == {"undo": "z"}
        store(archive, brief_of("The ministers will meet again.", url=URL))
        assert len({entry.item for entry in archive.find()}) == 1
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
    db.close()


def test_migrations_are_applied_once_in_order_and_gaps_are_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    db = connect(path, write=True, timeout=1)
    migrate(db, path, (ONE, FIVE), "then")
    assert tables(db) == {"migrations", "one", "five"}
    migrate(db, path, (ONE, TWO, FIVE), "now")
    assert db.execute("SELECT number, applied FROM migrations ORDER BY number").fetchall() == [
        (1, "then"),
        (2, "now"),
        (5, "then"),
    ]
    assert db.execute("SELECT x FROM two").fetchall() == [(1,)]
    db.close()


def test_a_failed_migration_is_rolled_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    db = connect(path, write=True, timeout=1)
    broken = Migration(2, "two", "CREATE TABLE two (x);\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, path, (ONE, broken, FIVE), "now")
    assert tables(db) == {"migrations", "one"}
    migrate(db, path, (ONE, TWO, FIVE), "now")
    assert tables(db) == {"migrations", "one", "two", "five"}
    db.close()


@pytest.mark.parametrize("read", [False, True])
def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path, read: bool) -> None:
    path = tmp_path / "a.sqlite"
    Archive.open(path).close()
    db = sqlite3.connect(path)
    db.execute("INSERT INTO migrations VALUES (9001, 'later', '2031-01-01')")
    db.commit()
    before = db.execute("SELECT * FROM migrations").fetchall()
    with pytest.raises(ArchiveError, match=r"newer version of briefing made it \(it has step 9001"):
        (Archive.open_to_read if read else Archive.open)(path)
    assert db.execute("SELECT * FROM migrations").fetchall() == before
    db.close()


def test_a_script_is_split_into_statements() -> None:
    script = (
        "CREATE TABLE a (x); -- one; two\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\nEND;\n\nDROP TABLE a\n"
    )
    assert [statement.split()[:2] for statement in statements(script)] == [
        ["CREATE", "TABLE"],
        ["CREATE", "TRIGGER"],
        ["DROP", "TABLE"],  # the last one may lack its semicolon
    ]
