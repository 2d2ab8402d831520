"""Schema migrations: numbered SQL files, each applied once, in the order of the numbers, as one transaction.

The table ``migrations`` records which files were applied. Numbers may have gaps, and a lower number may be added after
a higher one was applied.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from briefing.archive.database import APPLICATION_ID, transaction
from briefing.errors import ArchiveError

# "0001_articles.sql", not "README.md".
_FILE = re.compile(r"(\d{4})_([a-z_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One SQL file that changes the schema."""

    number: int
    name: str
    script: str


@cache
def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations that this program knows, in order."""
    found = []
    for entry in (files("briefing") / "archive" / "migrations").iterdir():
        named = _FILE.fullmatch(entry.name)
        if named is not None:
            found.append(Migration(int(named[1]), named[2], entry.read_text("utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def migrate(db: sqlite3.Connection, path: Path, migrations: tuple[Migration, ...], moment: str) -> None:
    """Apply the missing migrations; another process may do the same at the same time.

    Raises:
        ArchiveError: The database belongs to another program, or to a newer version of this one.
    """
    if not _pending(db, path, migrations):
        return
    for migration in migrations:
        with transaction(db):
            if migration not in _pending(db, path, migrations):
                continue
            db.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT, applied TEXT)")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            for statement in statements(migration.script):
                db.execute(statement)
            db.execute("INSERT INTO migrations VALUES (?, ?, ?)", (migration.number, migration.name, moment))


def check_schema(db: sqlite3.Connection, path: Path, migrations: tuple[Migration, ...]) -> None:
    """Check that a read-only database has the schema that this program knows.

    Raises:
        ArchiveError: The schema is older or newer.
    """
    if _pending(db, path, migrations):
        raise ArchiveError(str(path), "an older version made it, and it is read-only; copy it and use the copy")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; a statement ends at the end of a line."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _pending(db: sqlite3.Connection, path: Path, migrations: tuple[Migration, ...]) -> tuple[Migration, ...]:
    applied = _applied(db, path)
    known = {migration.number for migration in migrations}
    if not applied <= known:
        newer = ", ".join(f"{number:04}" for number in sorted(applied - known))
        reason = f"a newer version of briefing made it (it has step {newer}, which this one does not know)"
        raise ArchiveError(str(path), f"{reason}; install that version, or name another file with --archive")
    return tuple(migration for migration in migrations if migration.number not in applied)


def _applied(db: sqlite3.Connection, path: Path) -> set[int]:
    (mark,) = db.execute("PRAGMA application_id").fetchone()
    if mark == APPLICATION_ID:
        return {number for (number,) in db.execute("SELECT number FROM migrations")}
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark or tables:
        raise ArchiveError(str(path), "it is another program's database; name another file with --archive")
    return set()
