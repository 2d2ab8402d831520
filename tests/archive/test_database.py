"""Unusable files are refused with a remedy, and disk failures damage nothing."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.errors import ArchiveError
from tests.archive.briefs import brief_of, store

TEXT = "The stock must not fall. " * 40

WRITER = """
import sys
from pathlib import Path
from briefing.archive.archive import Archive
from tests.archive.briefs import brief_of, store

name = sys.argv[2]
sys.stdin.readline()
with Archive.open(Path(sys.argv[1])) as archive:
    for number in range(25):
        store(archive, brief_of(f"Talks {number} of {name} begin.", url=f"https://example.org/{name}/{number}"))
"""


def sound(path: Path) -> bool:
    """Return True if SQLite finds no error in a file and its index."""
    db = sqlite3.connect(path)
    try:
        db.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
        checks = ("integrity_check", "foreign_key_check")
        return [db.execute(f"PRAGMA {check}").fetchall() for check in checks] == [[("ok",)], []]
    finally:
        db.close()


@pytest.mark.parametrize("opened", [Archive.open, Archive.open_to_read])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, opened: Callable[[Path], Archive]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy herring. " * 200)
    with pytest.raises(ArchiveError, match=r"notes\.txt: it is a file of another kind; .*--archive"):
        opened(path)
    assert path.read_text() == "Buy herring. " * 200


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "stock.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE herring (x)")
    with pytest.raises(ArchiveError, match="another program's database"):
        Archive.open(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("herring",)]
    db.close()


@pytest.mark.parametrize("opened", [Archive.open, Archive.open_to_read])
def test_a_folder_is_refused(tmp_path: Path, opened: Callable[[Path], Archive]) -> None:
    with pytest.raises(ArchiveError, match=r"directory.*--archive"):
        opened(tmp_path)


def test_a_missing_folder_is_created_and_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ö ?#%20.sqlite"
    Archive.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600


def test_files_beside_an_open_archive_are_private(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.sqlite"):
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("a.sqlite", "a.sqlite-wal", "a.sqlite-shm"), 0o600)


def test_reading_creates_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such file; briefing make"):
        Archive.open_to_read(tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Archive.open(path) as archive:
        store(archive, brief_of(TEXT))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"damaged; restore a backup"), Archive.open(path) as archive:
        archive.find()


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"  # which both of them find missing
    writers = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", WRITER, str(path), name],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("north", "south")
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0), ("", 0)]
    with Archive.open(path) as archive:
        assert len(archive.find()) == 50
    assert sound(path)


def test_a_writer_reports_a_timeout(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Archive.open(path, timeout=0.05) as archive:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program has been writing"):
            store(archive, brief_of(TEXT))
        assert archive.find() == ()  # readers do not wait
        other.rollback()
        other.close()
        store(archive, brief_of(TEXT))
        assert len(archive.find()) == 1


def test_a_reader_that_blocks_pruning_is_reported(tmp_path: Path) -> None:
    from datetime import timedelta

    path = tmp_path / "a.sqlite"
    with Archive.open(path, timeout=0.05) as archive:
        store(archive, brief_of(TEXT))
        other = sqlite3.connect(path)
        other.execute("BEGIN")
        other.execute("SELECT * FROM briefs").fetchone()
        store(archive, brief_of("Talks begin."))
        with pytest.raises(ArchiveError, match="its log still holds the removed briefs"):
            archive.prune(timedelta(days=1))
        other.close()
        archive.prune(timedelta(days=1))


def fill_up(archive: Archive) -> tuple[int, ArchiveError]:
    """Store briefs until that fails, and return how many were and what was said."""
    for number in range(10_000):
        try:
            store(archive, brief_of(f"Number {number}. {TEXT}", url=f"https://example.org/{number}"))
        except ArchiveError as error:
            return number, error
    raise AssertionError("the disk is endless")


def test_a_full_disk_loses_only_the_new_brief(small_disk: Callable[[str], Path]) -> None:
    folder = small_disk("size=1m")
    path = folder / "a.sqlite"
    with Archive.open(path) as archive:
        stored, error = fill_up(archive)
        assert "the disk is full; make room" in str(error)
        assert len(archive.find()) == stored > 3
        small_disk("remount,size=4m")
        store(archive, brief_of("There is room again."))
        assert len(archive.find(Selection(words="room"))) == 1
    assert sound(path)


def test_a_full_disk_leaves_no_partial_archive(small_disk: Callable[[str], Path]) -> None:
    folder = small_disk("size=32k")
    path = folder / "a.sqlite"
    with pytest.raises(ArchiveError, match=r"full"):
        Archive.open(path)
    small_disk("remount,size=4m")
    with Archive.open(path) as archive:
        store(archive, brief_of(TEXT))
    assert sound(path)


def test_a_size_limit_keeps_stored_briefs(archive: Archive) -> None:
    archive.database.connection.execute("PRAGMA max_page_count = 80")
    stored, error = fill_up(archive)
    assert "the disk is full" in str(error)
    assert len(archive.find()) == stored > 3
    archive.database.connection.execute("PRAGMA max_page_count = 4294967294")
    store(archive, brief_of("There is room again."))
    assert sound(archive.path)


def test_an_archive_on_a_read_only_disk_can_be_read(small_disk: Callable[[str], Path]) -> None:
    path = small_disk("size=4m") / "a.sqlite"
    with Archive.open(path) as archive:
        kept = store(archive, brief_of(TEXT))
    small_disk("remount,ro")
    with pytest.raises(ArchiveError, match="--archive"):
        Archive.open(path)
    with Archive.open_to_read(path) as archive:
        assert [entry.brief for entry in archive.find()] == [kept.brief]
        with pytest.raises(ArchiveError, match="it is read-only; name another file"):
            store(archive, brief_of("More."))
    assert sorted(file.name for file in path.parent.iterdir()) == ["a.sqlite"]


def test_an_old_read_only_archive_is_refused(small_disk: Callable[[str], Path]) -> None:
    path = small_disk("size=4m") / "a.sqlite"
    with Archive.open(path) as archive:
        archive.database.connection.execute("DELETE FROM migrations WHERE number = 3")
    small_disk("remount,ro")
    with pytest.raises(ArchiveError, match="an older version made it"):
        Archive.open_to_read(path)
