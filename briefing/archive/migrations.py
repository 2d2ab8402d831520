"""The schema, step by step: numbered SQL files, each applied once, in the order of its number, as one transaction.

Numbers need not follow one another, and a lower one may come after a higher one was applied: what counts is which were
applied, as the table ``migrations`` says.
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
    """A step of the schema."""

    number: int
    name: str
    script: str


@cache
def known_migrations() -> tuple[Migration, ...]:
    """Return the steps that this program knows, in order."""
    found = []
    for entry in (files("briefing") / "archive" / "migrations").iterdir():
        named = _FILE.fullmatch(entry.name)
        if named is not None:
            found.append(Migration(int(named[1]), named[2], entry.read_text("utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def migrate(db: sqlite3.Connection, path: Path, migrations: tuple[Migration, ...], moment: str) -> None:
    """Apply the steps that a database lacks; another process may be doing the same.

    Raises:
        ArchiveError: It is another program's database, or a newer version of this program has been at it.
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
    """Demand the schema that this program knows, of a database that cannot be written.

    Raises:
        ArchiveError: It has another.
    """
    if _pending(db, path, migrations):
        raise ArchiveError(str(path), "an older version made it, and it may only be read; copy it and use the copy")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; each ends with its line."""
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
