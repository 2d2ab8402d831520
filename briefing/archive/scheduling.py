"""What is kept of a schedule, each step whole or not at all: due instants, runs, results and deliveries."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from briefing.archive import deliveries, scheduled_runs
from briefing.archive.database import told, transaction
from briefing.model.runs import Delivery, DueRun, Parcel, RunResult, RunState, Settlement


class ScheduleRecords:
    """The part of an archive that a schedule writes.

    Every method raises an ArchiveError where the file cannot be read or written.

    Args:
        db: Its connection, in autocommit mode.
        path: Its file.
        timeout: Seconds to wait for another writer.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, timeout: float) -> None:
        self._db = db
        self._path = path
        self._timeout = timeout

    def looked(self, profile: str) -> datetime | None:
        """Return up to when the due instants of a profile were noted; None for one that was never scheduled."""
        with told(self._path, self._timeout):
            return scheduled_runs.looked(self._db, profile)

    def note_due(self, profile: str, due: Sequence[datetime], missed: Sequence[datetime], now: datetime) -> None:
        """Note which instants up to *now* are to be run and which are not; none is noted twice."""
        with self._step():
            scheduled_runs.note_due(self._db, profile, due, missed, now)

    def ask_for(self, profile: str, due: datetime, now: datetime) -> None:
        """Note that a run is wanted for an instant; up to when a schedule looked stays as it was."""
        with self._step():
            scheduled_runs.ask_for(self._db, profile, due, now)

    def to_run(self, profiles: Sequence[str]) -> tuple[DueRun, ...]:
        """Return the runs that have no result yet, the earliest first."""
        with told(self._path, self._timeout):
            return scheduled_runs.to_run(self._db, profiles)

    def recent(self, profiles: Sequence[str], most: int) -> tuple[tuple[DueRun, tuple[Delivery, ...]], ...]:
        """Return the latest runs with their deliveries, the newest first; those of all profiles where none is named."""
        with told(self._path, self._timeout):
            runs = scheduled_runs.recent(self._db, profiles, most)
            return tuple((run, deliveries.of_run(self._db, run.number)) for run in runs)

    def begin(self, run: DueRun, now: datetime) -> DueRun:
        """Count an attempt at a run and return it."""
        with self._step():
            return scheduled_runs.begin(self._db, run.number, now)

    def stop(self, run: DueRun, now: datetime) -> None:
        """Put a run back that was stopped where it may be."""
        with self._step():
            scheduled_runs.stop(self._db, run.number, now)

    def reach(self, run: DueRun, state: RunState, now: datetime, reason: str = "") -> None:
        """Note how far a run is, and why it is no further."""
        with self._step():
            scheduled_runs.reach(self._db, run.number, state, now, reason)

    def keep_result(
        self, run: DueRun, result: RunResult, targets: Sequence[tuple[str, Sequence[str]]], now: datetime
    ) -> None:
        """Store what a run made and to whom it goes: targets with their recipients.

        What waits of earlier runs of its profile is tried again at once, too.
        """
        with self._step():
            scheduled_runs.keep_result(self._db, run.number, result, now)
            deliveries.hasten(self._db, (run.profile,), now)
            for target, recipients in targets:
                deliveries.add(self._db, run.number, target, recipients, now)
            self._close(run.number, now)

    def hasten(self, profiles: Sequence[str], now: datetime) -> None:
        """Have what waits to be delivered tried at once."""
        with self._step():
            deliveries.hasten(self._db, profiles, now)

    def to_send(self, profiles: Sequence[str], now: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries whose time has come, the oldest runs first."""
        with told(self._path, self._timeout):
            return deliveries.to_send(self._db, profiles, now)

    def next_attempt(self, profiles: Sequence[str]) -> datetime | None:
        """Return when the next delivery is to be tried."""
        with told(self._path, self._timeout):
            return deliveries.next_attempt(self._db, profiles)

    def parcel(self, delivery: Delivery) -> Parcel:
        """Return what a delivery hands over."""
        with self._step():
            run = scheduled_runs.find(self._db, delivery.run)
            return Parcel(run.profile, run.due, scheduled_runs.result_of(self._db, run))

    def begin_delivery(self, delivery: Delivery, now: datetime) -> tuple[Delivery, Parcel]:
        """Note that a hand-over begins; return it with what is handed over."""
        with self._step():
            run = scheduled_runs.find(self._db, delivery.run)
            scheduled_runs.reach(self._db, run.number, "delivering", now)
            begun = deliveries.begin(self._db, delivery.number, now)
            return begun, Parcel(run.profile, run.due, scheduled_runs.result_of(self._db, run))

    def settle(self, delivery: Delivery, came: Settlement, now: datetime) -> None:
        """Note what came of a hand-over; with its last delivery a run is over."""
        with self._step():
            deliveries.settle(self._db, delivery, came, now)
            self._close(delivery.run, now)

    def _close(self, number: int, now: datetime) -> None:
        """End a run whose deliveries are all over, and forget its files."""
        ways = deliveries.of_run(self._db, number)
        if any(way.state in ("pending", "sending") for way in ways):
            return
        failed = any(way.state != "sent" for way in ways)
        troubles = "; ".join(f"{way.target}: {way.state}, {way.reason}" for way in ways if way.reason)
        scheduled_runs.reach(self._db, number, "failed" if failed else "done", now, troubles)
        scheduled_runs.drop_result(self._db, number)

    @contextmanager
    def _step(self) -> Iterator[None]:
        with told(self._path, self._timeout), transaction(self._db):
            yield
