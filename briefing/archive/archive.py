"""The archive: one SQLite file that stores and returns records."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from briefing.archive import feeds, pruning, runs
from briefing.archive.access import AccessRecords
from briefing.archive.database import Database, is_read_only
from briefing.archive.digests import DigestRecords
from briefing.archive.histories import histories_of
from briefing.archive.migrations import check_schema, known_migrations, migrate
from briefing.archive.records import ActorHistory, Entry, Kept, Pruned, Run, RunItem, Selection
from briefing.archive.reviews import ReviewRecords, append
from briefing.archive.room import RoomRecords
from briefing.archive.scheduling import ScheduleRecords
from briefing.archive.searching import find
from briefing.archive.storing import corrected, index_again, is_stored, note_state, read_stored, store
from briefing.errors import ArchiveError
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.reading.feeds.state import FeedState
from briefing.review.acts import Act, By, Draft, Subject

_TIMEOUT: Final = 30.0  # seconds that a writer waits for another writer
_LARGEST: Final = 2**63 - 1  # number of a row
_RESUMABLE: Final = timedelta(hours=24)  # an interrupted run that began earlier is not resumed


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """An open archive.

    Every method is one transaction. It raises an ArchiveError if the file cannot be used.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self.path = database.path
        self.database = database
        self._clock = clock

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT) -> Self:
        """Open an archive for writing, create it if it is missing, and update its schema.

        Args:
            path: The file.
            clock: Returns the moment, in UTC.
            timeout: Seconds to wait for another writer.

        Raises:
            ArchiveError: The file is read-only, is no archive, or was made by a newer version of this program.
        """

        def update(connection: sqlite3.Connection) -> None:
            migrate(connection, path, known_migrations(), clock().isoformat())

        return cls(Database.open(path, write=True, timeout=timeout, prepare=update), clock)

    @classmethod
    def open_to_read(cls, path: Path, *, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT) -> Self:
        """Open an existing archive; it may be read-only if its schema is up to date.

        Raises:
            ArchiveError: The file is missing, is no archive, or was made by another version of this program.
        """
        if not path.exists():
            reason = "there is no such file; briefing make SOURCE... --archive FILE makes one"
            raise ArchiveError(str(path), reason)
        try:
            return cls.open(path, clock=clock, timeout=timeout)
        except ArchiveError as error:
            if error.__cause__ is None or not is_read_only(error.__cause__):
                raise
        return cls.open_read_only(path, clock=clock, timeout=timeout)

    @classmethod
    def open_read_only(cls, path: Path, *, clock: Callable[[], datetime] = _now, timeout: float = _TIMEOUT) -> Self:
        """Open an archive of the present schema; nothing can be written through it.

        Raises:
            ArchiveError: The file is missing, is no archive, or was made by another version of this program.
        """

        def check(connection: sqlite3.Connection) -> None:
            check_schema(connection, path, known_migrations())

        return cls(Database.open(path, write=False, timeout=timeout, prepare=check), clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; SQLite then merges its log into it."""
        self.database.connection.close()

    @property
    def schedule(self) -> ScheduleRecords:
        """The records of schedules: due instants, runs, results and deliveries."""
        return ScheduleRecords(self.database)

    def digests(self, profile: str) -> DigestRecords:
        """Return the records of the digests of a profile."""
        return DigestRecords(self.database, self._clock, profile)

    def find(self, selection: Selection | None = None) -> tuple[Entry, ...]:
        """Return the selected briefs, the newest first; without a selection, all of them.

        Raises:
            ValueError: The search text of the selection holds no word.
        """
        with self.database.reading():
            return find(self.database.connection, selection or Selection())

    @property
    def access(self) -> AccessRecords:
        """Who may enter the reading room."""
        return AccessRecords(self.database, self._clock)

    @property
    def reviews(self) -> ReviewRecords:
        """The acts of review."""
        return ReviewRecords(self.database, self._clock)

    @property
    def room(self) -> RoomRecords:
        """The records of the reading room."""
        return RoomRecords(self.database, self._clock)

    def brief(self, brief: int) -> Briefing | None:
        """Return the brief with this number as people corrected it, or None.

        Raises:
            ArchiveError: This version of the program cannot read it.
        """
        made = self.brief_as_made(brief)
        if made is None:
            return None
        with self.database.reading():
            return corrected(self.database.connection, made)

    def brief_as_made(self, brief: int) -> Briefing | None:
        """Return the brief with this number as the program made it, or None.

        Raises:
            ArchiveError: This version of the program cannot read it.
        """
        if brief > _LARGEST:
            return None
        with self.database.reading():
            query = "SELECT json FROM briefs WHERE id = ?"
            row = self.database.connection.execute(query, (brief,)).fetchone()
        if row is None:
            return None
        try:
            return read_stored(row[0])
        except ValueError as error:
            reason = f"this version of briefing cannot read the brief {brief}; the version that made it can"
            raise ArchiveError(str(self.path), reason) from error

    def note(self, by: By, subject: Subject, draft: Draft) -> None:
        """Store an act that changes no record, such as the wish to send a digest now."""
        with self.database.writing():
            append(self.database.connection, by, subject, (draft,), self._clock(), after=None)

    def act(self, by: By, made: Briefing | Digest, drafts: Sequence[Draft], *, after: int | None) -> tuple[Act, ...]:
        """Store acts on a brief or digest, and index the corrected brief, in one transaction.

        Args:
            by: Who acts.
            made: The brief or digest as it was made.
            drafts: The acts; those on lines are on the same line.
            after: The number of the last act that the person knew of, on that line or, for an act on the whole, on the
                whole; None to act whatever others did.

        Raises:
            ConflictError: Somebody acted since.
        """
        db = self.database.connection
        with self.database.writing():
            acts = append(db, by, Subject.of(made), drafts, self._clock(), after=after)
            if isinstance(made, Briefing) and any(act.is_of_line for act in acts):
                index_again(db, made)
            if isinstance(made, Briefing):
                note_state(db, made)
            return acts

    def actor(self, name: str, *, most: int = -1) -> tuple[ActorHistory, ...]:
        """Return the history of each actor with this name; the actors with most appearances come first.

        With *most*, only so many articles are looked at, the newest.
        """
        with self.database.reading():
            return histories_of(self.database.connection, name, most)

    def prune(self, older_than: timedelta) -> Pruned:
        """Remove all records that are older than a time span, and every trace of them.

        A text is removed together with its last brief. The unused space returns to the disk; this needs as much free
        space as the archive takes.

        Raises:
            ArchiveError: Another process is still reading, so that the log still holds the removed records; or the disk
                has not enough free space.
        """
        db = self.database.connection
        before = db.total_changes
        with self.database.writing():
            pruned = pruning.prune(db, self._clock() - older_than, self._clock())
        if db.total_changes > before:
            with self.database.errors():
                pruning.compact(db)
        self._empty_log()
        return pruned

    def feed(self, url: str) -> FeedState | None:
        """Return the stored state of a feed, or None."""
        with self.database.reading():
            return feeds.read_feed(self.database.connection, url)

    def keep_feed(self, state: FeedState) -> None:
        """Store the state of a feed; its entries are added to the known ones.

        Entries that the feed has not listed for a year are removed. If the state equals the stored one, the feed still
        lists the same entries as when it was stored last.
        """
        with self.database.writing():
            feeds.write_feed(self.database.connection, state, self._clock())

    def keep_all(self, briefs: Sequence[Briefing]) -> int:
        """Store briefs that were made elsewhere, in one transaction; return how many were not stored before."""
        db = self.database.connection
        with self.database.writing():
            (before,) = db.execute("SELECT count(*) FROM briefs").fetchone()
            for brief in briefs:
                if not is_stored(db, brief):
                    store(db, brief, self._clock())
            (after,) = db.execute("SELECT count(*) FROM briefs").fetchone()
        return int(after - before)

    def begin_run(self, kind: str, key: str) -> Run:
        """Begin a run, or resume one of the same kind and key that was interrupted within a day.

        A resumed run holds its finished items. A run whose process is still alive is not resumed.

        Args:
            kind: The kind of run: "make", "digest".
            key: A hash of everything that decides what the run makes of a source.
        """
        db = self.database.connection
        with self.database.writing():
            now = self._clock()
            for run in runs.unfinished(db, now - _RESUMABLE):
                if (run.kind, run.key) == (kind, key):
                    return runs.take_over(db, run)
            return runs.begin(db, kind, key, now)

    def finish_item(self, run: Run, item: RunItem, brief: Briefing | None = None) -> Kept | None:
        """Store the result of a source of a run and its brief, in one transaction; nothing is stored twice."""
        db = self.database.connection
        with self.database.writing():
            now = self._clock()
            kept = store(db, brief, now) if brief is not None else None
            runs.note_item(db, run.number, item, kept.brief if kept is not None else item.brief, now)
            return kept

    def finish_run(self, run: Run) -> None:
        """Mark a run as ended."""
        with self.database.writing():
            runs.end(self.database.connection, run.number, self._clock())

    def _empty_log(self) -> None:
        with self.database.errors():
            emptied = pruning.empty_log(self.database.connection)
        if not emptied:
            waited = f"{self.database.timeout:.0f} s"
            reason = f"its log still holds the removed briefs, because another program has been reading for {waited}"
            raise ArchiveError(str(self.path), f"{reason}; wait for it to end, then prune again")
