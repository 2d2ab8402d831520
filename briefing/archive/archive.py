"""The archive: one SQLite file; records go in, and records come out."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from briefing.archive import feeds, pruning, runs
from briefing.archive.database import connect, is_read_only, told, transaction
from briefing.archive.digests import DigestRecords
from briefing.archive.histories import histories_of
from briefing.archive.migrations import check_schema, known_migrations, migrate
from briefing.archive.records import ActorHistory, Entry, Kept, Pruned, Run, RunItem, Selection
from briefing.archive.scheduling import ScheduleRecords
from briefing.archive.searching import find
from briefing.archive.storing import read_stored, store
from briefing.errors import ArchiveError
from briefing.model.brief import Briefing
from briefing.reading.feeds.state import FeedState

_TIMEOUT: Final = 30.0  # seconds that a writer waits for another
_STILL_TODAY: Final = timedelta(hours=24)  # a run that was broken off earlier is not gone on with


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """An open archive; every method is one transaction, and raises ArchiveError where the file cannot be used."""

    def __init__(
        self, db: sqlite3.Connection, path: Path, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT
    ) -> None:
        self.path = path
        self._db = db
        self._clock = clock
        self._timeout = timeout

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT) -> Self:
        """Open an archive to write, made where it is not there, its schema brought up to date.

        Args:
            path: The file.
            clock: Returns the moment, in UTC.
            timeout: Seconds to wait for another writer.

        Raises:
            ArchiveError: It cannot be written, is something else, or a newer version of this program made it.
        """
        with told(path, timeout):
            db = connect(path, write=True, timeout=timeout)
            try:
                migrate(db, path, known_migrations(), clock().isoformat())
            except BaseException:
                db.close()
                raise
        return cls(db, path, clock, timeout)

    @classmethod
    def open_to_read(cls, path: Path, *, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT) -> Self:
        """Open an archive that is there; one that cannot be written will do, if its schema is up to date.

        Raises:
            ArchiveError: It is not there, is something else, or another version of this program made it.
        """
        if not path.exists():
            reason = "there is no such file; briefing make SOURCE... --archive FILE makes one"
            raise ArchiveError(str(path), reason)
        try:
            return cls.open(path, clock=clock, timeout=timeout)
        except ArchiveError as error:
            if error.__cause__ is None or not is_read_only(error.__cause__):
                raise
        with told(path, timeout):
            db = connect(path, write=False, timeout=timeout)
            try:
                check_schema(db, path, known_migrations())
            except BaseException:
                db.close()
                raise
        return cls(db, path, clock, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; SQLite puts its log away."""
        self._db.close()

    @property
    def schedule(self) -> ScheduleRecords:
        """The part that schedules write: due instants, runs, results and deliveries."""
        return ScheduleRecords(self._db, self.path, self._timeout)

    def digests(self, profile: str) -> DigestRecords:
        """Return the part that the digests of a profile write."""
        return DigestRecords(self._db, self.path, self._timeout, self._clock, profile)

    def store(self, brief: Briefing) -> Kept:
        """Store a brief; what is there already stays one."""
        with self._writing():
            return store(self._db, brief, self._clock())

    def store_all(self, briefs: Iterable[Briefing]) -> tuple[Kept, ...]:
        """Store several briefs, all or none of them."""
        with self._writing():
            return tuple(store(self._db, brief, self._clock()) for brief in briefs)

    def find(self, selection: Selection | None = None) -> tuple[Entry, ...]:
        """Return the briefs that are asked for, the newest first.

        Raises:
            ValueError: Words are asked for, and there is no word among them.
        """
        with self._reading():
            return find(self._db, selection or Selection())

    def brief(self, brief: int) -> Briefing | None:
        """Return the brief of this number; None where there is none.

        Raises:
            ArchiveError: This version of the program cannot read it.
        """
        with self._reading():
            row = self._db.execute("SELECT json FROM briefs WHERE id = ?", (brief,)).fetchone()
        if row is None:
            return None
        try:
            return read_stored(row[0])
        except ValueError as error:
            reason = f"this version of briefing cannot read the brief {brief}; the version that made it can"
            raise ArchiveError(str(self.path), reason) from error

    def actor(self, name: str) -> tuple[ActorHistory, ...]:
        """Return what is known of the actors of a name, each apart; those that appear most come first."""
        with self._reading():
            return histories_of(self._db, name)

    def prune(self, older_than: timedelta) -> Pruned:
        """Remove the briefs that were made longer ago, the texts that have none left, and every trace of them.

        Raises:
            ArchiveError: Another program reads on and on, so that the log still holds what was removed.
        """
        with self._told():
            pruned = pruning.prune(self._db, self._clock() - older_than)
            self._empty_log()
            return pruned

    def compact(self) -> None:
        """Give the room of what was removed back to the disk; needs as much free room as the archive takes."""
        with self._told():
            pruning.compact(self._db)
            self._empty_log()

    def feed(self, url: str) -> FeedState | None:
        """Return what is known of a feed; None where it was never kept."""
        with self._reading():
            return feeds.read_feed(self._db, url)

    def keep_feed(self, state: FeedState) -> None:
        """Store what is known of a feed; its entries join those that were seen before.

        Those that it has not listed for a year are forgotten; the state that is known already says that it lists the
        same ones as when it was kept last.
        """
        with self._writing():
            feeds.write_feed(self._db, state, self._clock())

    def begin_run(self, kind: str, key: str) -> Run:
        """Begin a run, or go on with one of the same kind and key that was broken off within a day.

        Its items are then those that were worked on. A run whose process still works is left alone.

        Args:
            kind: What is run: "make", "digest".
            key: A digest of all that decides what it makes of a source.
        """
        with self._writing():
            now = self._clock()
            for run in runs.unfinished(self._db, now - _STILL_TODAY, runs.is_alive):
                if (run.kind, run.key) == (kind, key):
                    return runs.take_up(self._db, run)
            return runs.begin(self._db, kind, key, now)

    def unfinished_runs(self, since: datetime) -> tuple[Run, ...]:
        """Return the runs begun at *since* or later that were broken off, the newest first."""
        with self._reading():
            return runs.unfinished(self._db, since, runs.is_alive)

    def finish_item(self, run: Run, item: RunItem, brief: Briefing | None = None) -> Kept | None:
        """Store what came of a source of a run and, as one transaction with it, the brief."""
        with self._writing():
            now = self._clock()
            kept = store(self._db, brief, now) if brief is not None else None
            runs.note_item(self._db, run.number, item, kept.brief if kept is not None else item.brief, now)
            return kept

    def finish_run(self, run: Run) -> None:
        """End a run."""
        with self._writing():
            runs.end(self._db, run.number, self._clock())

    def _empty_log(self) -> None:
        if not pruning.empty_log(self._db):
            reason = "its log still holds what was removed, for another program has been reading"
            raise ArchiveError(str(self.path), f"{reason} for {self._timeout:.0f} s; let that end, then prune again")

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.path, self._timeout):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._told(), transaction(self._db):
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Let all of a method see one state of the file, whoever writes meanwhile."""
        with self._told():
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
