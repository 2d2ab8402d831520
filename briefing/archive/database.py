"""The SQLite file of an archive: open it, run transactions, and explain its errors."""

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pydantic_core import PydanticSerializationError

from briefing.errors import ArchiveError

# "BRIF": marks the file as an archive, so that the database of another program is refused.
APPLICATION_ID: Final = 0x42524946

# NORMAL can lose the last transactions in a power cut; FULL cannot. FULL waits for the disk once per article, which is
# short compared with the time that it takes to make a brief.
_PRAGMAS: Final = ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL")

_BETWEEN_TRIES: Final = 0.05  # seconds

_REMEDIES: Final = {
    "SQLITE_FULL": "the disk is full; make room, then give the same command again",
    "SQLITE_READONLY": "it is read-only; name another file with --archive, or make it and its folder writable",
    "SQLITE_PERM": "you lack permission to use it; name another file with --archive, or ask its owner for access",
    "SQLITE_CANTOPEN": "it cannot be opened; check that its folder exists and that you may write to it",
    "SQLITE_NOTADB": "it is a file of another kind; name another file with --archive",
    "SQLITE_CORRUPT": "it is damaged; restore a backup, or save what is left with: sqlite3 FILE .recover",
    "SQLITE_IOERR": "the disk could not be read or written; it may be full or failing, or a limit (ulimit -f) reached",
    "SQLITE_TOOBIG": "an article or its brief is larger than SQLite can hold",
}
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")


def connect(path: Path, *, write: bool, timeout: float) -> sqlite3.Connection:
    """Return a connection in autocommit mode to a file.

    Args:
        path: The file. If it is missing and *write* is set, it is created, readable by its owner only.
        write: Open the file for writing. Otherwise, a file on a read-only medium can be opened, too.
        timeout: Seconds to wait for another writer.

    Raises:
        sqlite3.Error: The file cannot be opened, or is no database.
        OSError: The folder of the file cannot be created.
    """
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path)
        db = _open(path, "mode=rw", timeout)
    else:
        db = _open_to_read(path, timeout)
    try:
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if write:
            _use_write_ahead_log(db, time.monotonic() + timeout)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(connection: sqlite3.Connection, *, write: bool = True) -> Iterator[None]:
    """Run the statements of the block as one atomic transaction.

    One that writes takes the lock at the start, so that a second writer waits instead of failing.
    """
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # if the disk is full, SQLite has rolled back already
            connection.execute("ROLLBACK")
        raise


@dataclass(frozen=True, slots=True)
class Database:
    """An open archive file; its blocks raise an ArchiveError with a remedy if the file cannot be used."""

    connection: sqlite3.Connection  # in autocommit mode
    path: Path
    timeout: float  # seconds to wait for another writer

    @classmethod
    def open(cls, path: Path, *, write: bool, timeout: float, prepare: Callable[[sqlite3.Connection], None]) -> Self:
        """Open a file and prepare it; if that fails, the file is closed again.

        Args:
            path: The file.
            write: Open the file for writing, and create it if it is missing.
            timeout: Seconds to wait for another writer.
            prepare: Updates or checks the schema.

        Raises:
            ArchiveError: The file cannot be opened or prepared.
        """
        with _archive_errors(path, timeout):
            connection = connect(path, write=write, timeout=timeout)
            try:
                prepare(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path, timeout)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Raise errors of the file as an ArchiveError; the block starts no transaction."""
        with _archive_errors(self.path, self.timeout):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run a block as one atomic write transaction."""
        with self.errors(), transaction(self.connection):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Run a block that reads one state of the file, even if another process writes meanwhile."""
        with self.errors(), transaction(self.connection, write=False):
            yield


def is_read_only(error: BaseException) -> bool:
    """Return True if an error means that a file cannot be written, but can perhaps be read."""
    if isinstance(error, OSError):
        return not isinstance(error, IsADirectoryError)
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))


@contextmanager
def _archive_errors(path: Path, timeout: float) -> Iterator[None]:
    """Raise errors of the file as an ArchiveError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(str(path), _reason(error, timeout)) from error
    except OSError as error:
        raise ArchiveError(str(path), f"{error.strerror or error}; name another file with --archive") from error
    except (UnicodeError, PydanticSerializationError) as error:
        raise ArchiveError(str(path), f"a text holds half a character, which no file can hold ({error})") from error


def _create(path: Path) -> None:
    """Create a file if it is missing, and check that it may be written.

    An existing file is not opened: to close it would drop the locks of all other connections of this process, and
    another process could then remove the log under them (How To Corrupt An SQLite Database File, section 2.2).
    """
    if not path.is_file():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _open(path: Path, query: str, timeout: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{query}"
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _open_to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """Open an existing file; if its log cannot be created beside it, open it as immutable."""
    db = _open(path, "mode=ro", timeout)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if not is_read_only(error) or Path(f"{path}-wal").exists():
            raise
        return _open(path, "immutable=1", timeout)
    return db


def _use_write_ahead_log(db: sqlite3.Connection, deadline: float) -> None:
    """Switch the file to a write-ahead log (WAL), so that readers and a writer do not block each other.

    SQLite does not wait for other processes during this switch, so this function retries.
    """
    while db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            return  # some file systems do not support it; SQLite then keeps a rollback journal, which is as safe
        except sqlite3.OperationalError as error:
            if not str(error.sqlite_errorname).startswith(_BUSY) or time.monotonic() > deadline:
                raise
            time.sleep(_BETWEEN_TRIES)


def _reason(error: sqlite3.Error, timeout: float) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(_BUSY):
        return f"another program has been writing to it for {timeout:.0f} s; wait for it to end, then try again"
    known = next((remedy for prefix, remedy in _REMEDIES.items() if name.startswith(prefix)), "")
    return known or f"SQLite says: {error}"
