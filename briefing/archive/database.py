"""The SQLite file underneath: how it is opened, what a transaction is, and what its errors mean to a person."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic_core import PydanticSerializationError

from briefing.errors import ArchiveError

# "BRIF": marks the file as ours, so that no other program's database is taken for an archive.
APPLICATION_ID: Final = 0x42524946

# NORMAL loses the last transactions where the power fails; FULL waits for the disk once an article, which is little
# beside the time that a brief takes to make, and what was reported as kept is kept.
_PRAGMAS: Final = ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL")

_BETWEEN_TRIES: Final = 0.05  # seconds

_REMEDIES: Final = {
    "SQLITE_FULL": "the disk is full; make room, then give the same command again",
    "SQLITE_READONLY": "it may only be read; name another file with --archive, or make it and its folder writable",
    "SQLITE_PERM": "you may not use it; name another file with --archive, or have its owner let you",
    "SQLITE_CANTOPEN": "it cannot be opened; see that its folder is there and that you may write into it",
    "SQLITE_NOTADB": "it is a file of another kind; name another file with --archive",
    "SQLITE_CORRUPT": "it is damaged; put a copy of it back, or save what is left with: sqlite3 FILE .recover",
    "SQLITE_IOERR": "the disk could not be read or written; it may be full or failing, or a limit (ulimit -f) reached",
    "SQLITE_TOOBIG": "an article or its brief is larger than SQLite can hold",
}
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")


def connect(path: Path, *, write: bool, timeout: float) -> sqlite3.Connection:
    """Return a connection in autocommit mode to a file, which is made where it is to be written and is not there.

    Args:
        path: The file; only its owner may read one that is made.
        write: Open it for writing; else a file on a medium that cannot be written is opened too.
        timeout: Seconds to wait for another writer.

    Raises:
        sqlite3.Error: It cannot be opened, or is no database.
        OSError: Its folder cannot be made.
    """
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = _open(path, "mode=rw", timeout)
    else:
        db = _open_to_read(path, timeout)
    try:
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if write:
            _log_ahead(db, time.monotonic() + timeout)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing; the lock is taken at once, so that a second writer waits instead of failing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite has rolled back by itself where the disk is full
            db.execute("ROLLBACK")
        raise


@contextmanager
def told(path: Path, timeout: float) -> Iterator[None]:
    """Raise what goes wrong with the file as an ArchiveError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(str(path), _reason(error, timeout)) from error
    except OSError as error:
        raise ArchiveError(str(path), f"{error.strerror or error}; name another file with --archive") from error
    except (UnicodeError, PydanticSerializationError) as error:
        raise ArchiveError(
            str(path), f"half a character, which no file can hold, is to go into it ({error})"
        ) from error


def is_read_only(error: BaseException) -> bool:
    """Say whether a file could not be opened for writing, but may perhaps be read."""
    if isinstance(error, OSError):
        return not isinstance(error, IsADirectoryError)
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))


def _open(path: Path, query: str, timeout: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{query}"
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _open_to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """Open a file that is there; where its log cannot be made beside it, as one that nobody writes."""
    db = _open(path, "mode=ro", timeout)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if not is_read_only(error) or Path(f"{path}-wal").exists():
            raise
        return _open(path, "immutable=1", timeout)
    return db


def _log_ahead(db: sqlite3.Connection, deadline: float) -> None:
    """Have the file written by way of a log (WAL), so that readers and a writer do not wait for one another.

    SQLite does not wait for others while it turns a file into such a one, so this does.
    """
    while db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            return  # some file systems cannot have it; SQLite then keeps to a journal that is as safe
        except sqlite3.OperationalError as error:
            if not str(error.sqlite_errorname).startswith(_BUSY) or time.monotonic() > deadline:
                raise
            time.sleep(_BETWEEN_TRIES)


def _reason(error: sqlite3.Error, timeout: float) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(_BUSY):
        return f"another program has been writing to it for {timeout:.0f} s; let it end, then try again"
    known = next((remedy for prefix, remedy in _REMEDIES.items() if name.startswith(prefix)), "")
    return known or f"SQLite says: {error}"
