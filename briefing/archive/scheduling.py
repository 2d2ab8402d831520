"""The records of schedules: due instants, runs, results and deliveries, each changed atomically."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from briefing.archive import deliveries, scheduled_runs
from briefing.archive.database import Database
from briefing.archive.digests import FinalDigest, finish_digest
from briefing.archive.reviews import append
from briefing.model.runs import Delivery, DueRun, Parcel, RunResult, RunState, Settlement
from briefing.review.acts import By, Draft, Subject

Targets = Sequence[tuple[str, Sequence[str]]]  # each with its recipients

THE_SCHEDULE: Final = By("the schedule", "schedule")


@dataclass(frozen=True, slots=True)
class Release:
    """What is stored with the result of a run that needed approval, or of a corrected copy."""

    by: By
    draft: Draft  # the act: who gets it, and why
    acts: int  # acts of review up to this number are in the result
    final: FinalDigest | None = None  # None: the digest is final already


class ScheduleRecords:
    """The records of schedules in an archive.

    Every method is one transaction, and raises an ArchiveError if the file cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._db = database.connection

    def looked(self, profile: str) -> datetime | None:
        """Return when the due instants of a profile were last checked; None if it was never scheduled."""
        with self._database.reading():
            return scheduled_runs.looked(self._db, profile)

    def note_due(self, profile: str, due: Sequence[datetime], missed: Sequence[datetime], now: datetime) -> None:
        """Store the due and the missed instants up to *now*; no instant is stored twice."""
        with self._database.writing():
            scheduled_runs.note_due(self._db, profile, due, missed, now)

    def ask_for(self, profile: str, due: datetime, now: datetime) -> None:
        """Request a run for an instant outside the schedule."""
        with self._database.writing():
            scheduled_runs.ask_for(self._db, profile, due, now)

    def to_run(self, profiles: Sequence[str]) -> tuple[DueRun, ...]:
        """Return the runs without a result, the earliest due first."""
        with self._database.reading():
            return scheduled_runs.to_run(self._db, profiles)

    def recent(self, profiles: Sequence[str], most: int) -> tuple[tuple[DueRun, tuple[Delivery, ...]], ...]:
        """Return the latest runs and their deliveries, the newest first; without profiles, those of all."""
        with self._database.reading():
            runs = scheduled_runs.recent(self._db, profiles, most)
            return tuple((run, deliveries.of_run(self._db, run.number)) for run in runs)

    def of_digest(self, profile: str, due: datetime) -> tuple[tuple[DueRun, tuple[Delivery, ...]], ...]:
        """Return the run of a digest, then its corrected copies, with their deliveries."""
        with self._database.reading():
            runs = scheduled_runs.of_digest(self._db, profile, due)
            return tuple((run, deliveries.of_run(self._db, run.number)) for run in runs)

    def digests(self, most: int) -> tuple[tuple[str, datetime], ...]:
        """Return the profiles and instants of the latest digests, the newest first."""
        query = "SELECT profile, due FROM digests ORDER BY due DESC, profile LIMIT ?"
        with self._database.reading():
            rows = self._db.execute(query, (most,)).fetchall()
        return tuple((profile, datetime.fromisoformat(due)) for profile, due in rows)

    def sent_with(self, article: str, most: int) -> tuple[tuple[str, datetime], ...]:
        """Return the profiles and instants of the latest digests that may have printed an article, the newest first."""
        with self._database.reading():
            return scheduled_runs.sent_with(self._db, article, most)

    def waiting(self, profiles: Sequence[str]) -> tuple[DueRun, ...]:
        """Return the runs that wait for approval, the earliest due first."""
        with self._database.reading():
            return scheduled_runs.waiting(self._db, profiles)

    def wait(self, run: DueRun, result: RunResult, now: datetime) -> None:
        """Let the digest of a run wait for approval until it is due."""
        with self._database.writing():
            scheduled_runs.wait(self._db, run.number, result, run.due, now)

    def hold(self, run: DueRun, reason: str, now: datetime) -> None:
        """Store why a run is held beyond its deadline, and that in the journal."""
        with self._database.writing():
            scheduled_runs.reach(self._db, run.number, "waiting", now, reason)
            draft = Draft("held", reason=reason)
            append(self._db, THE_SCHEDULE, Subject.of_digest(run.profile, run.due), (draft,), now, after=None)

    def release(self, run: DueRun, now: datetime) -> None:
        """Bring the deadline of a waiting run forward to now."""
        with self._database.writing():
            scheduled_runs.release(self._db, run.number, now)

    def retry(self, run: DueRun, now: datetime) -> None:
        """Let a run start over if it failed before it was delivered, and make its open deliveries due at once."""
        with self._database.writing():
            scheduled_runs.retry(self._db, run.number, now)
            deliveries.hasten(self._db, (run.profile,), now)

    def begin(self, run: DueRun, now: datetime) -> DueRun:
        """Count an attempt and return the run."""
        with self._database.writing():
            return scheduled_runs.begin(self._db, run.number, now)

    def stop(self, run: DueRun, now: datetime) -> None:
        """Reset a run that was stopped at a safe point, so that it starts over later."""
        with self._database.writing():
            scheduled_runs.stop(self._db, run.number, now)

    def reach(self, run: DueRun, state: RunState, now: datetime, reason: str = "") -> None:
        """Store the state of a run, and the reason if it failed."""
        with self._database.writing():
            scheduled_runs.reach(self._db, run.number, state, now, reason)

    def keep_result(
        self, run: DueRun, result: RunResult, targets: Targets, now: datetime, release: Release | None = None
    ) -> None:
        """Store the result of a run, and its targets with their recipients.

        Open deliveries of earlier runs of the profile are retried at once.
        """
        with self._database.writing():
            self._keep_result(run.number, run.profile, run.due, result, targets, now, release)

    def keep_copy(self, run: DueRun, result: RunResult, targets: Targets, now: datetime, release: Release) -> bool:
        """Store a corrected copy after *run*, to be delivered; return False if there is one already."""
        copy = run.copy + 1
        with self._database.writing():
            if any(other.copy == copy for other in scheduled_runs.of_digest(self._db, run.profile, run.due)):
                return False
            number = scheduled_runs.add_copy(self._db, run.profile, run.due, copy, now)
            self._keep_result(number, run.profile, run.due, result, targets, now, release)
            return True

    def _keep_result(
        self,
        number: int,
        profile: str,
        due: datetime,
        result: RunResult,
        targets: Targets,
        now: datetime,
        release: Release | None,
    ) -> None:
        scheduled_runs.keep_result(self._db, number, result, release.acts if release is not None else 0, now)
        if release is not None:
            append(self._db, release.by, Subject.of_digest(profile, due), (release.draft,), now, after=None)
            if release.final is not None:
                finish_digest(self._db, profile, due, release.final, now)
        deliveries.hasten(self._db, (profile,), now)
        for target, recipients in targets:
            deliveries.add(self._db, number, target, recipients, now)
        self._close(number, now)

    def hasten(self, profiles: Sequence[str], now: datetime) -> None:
        """Make all open deliveries of profiles due at once."""
        with self._database.writing():
            deliveries.hasten(self._db, profiles, now)

    def to_send(self, profiles: Sequence[str], now: datetime) -> tuple[Delivery, ...]:
        """Return the due and the interrupted deliveries, the oldest runs first."""
        with self._database.reading():
            return deliveries.to_send(self._db, profiles, now)

    def next_attempt(self, profiles: Sequence[str]) -> datetime | None:
        """Return when the next delivery is due, or None."""
        with self._database.reading():
            return deliveries.next_attempt(self._db, profiles)

    def parcel(self, delivery: Delivery) -> Parcel:
        """Return the parcel of a delivery."""
        with self._database.reading():
            run = scheduled_runs.find(self._db, delivery.run)
            return self._parcel(run)

    def begin_delivery(self, delivery: Delivery, now: datetime) -> tuple[Delivery, Parcel]:
        """Mark a delivery as being sent; return it with its parcel."""
        with self._database.writing():
            run = scheduled_runs.find(self._db, delivery.run)
            scheduled_runs.reach(self._db, run.number, "delivering", now)
            begun = deliveries.begin(self._db, delivery.number, now)
            return begun, self._parcel(run)

    def settle(self, delivery: Delivery, settlement: Settlement, now: datetime) -> None:
        """Store the outcome of an attempt; the run ends with its last delivery."""
        with self._database.writing():
            deliveries.settle(self._db, delivery, settlement, now)
            self._close(delivery.run, now)

    def _parcel(self, run: DueRun) -> Parcel:
        return Parcel(run.profile, run.due, scheduled_runs.result_of(self._db, run), run.copy)

    def _close(self, number: int, now: datetime) -> None:
        """End a run if all its deliveries are over, and remove its files."""
        all_of_run = deliveries.of_run(self._db, number)
        if any(one.state in ("pending", "sending") for one in all_of_run):
            return
        failed = any(one.state != "sent" for one in all_of_run)
        troubles = "; ".join(f"{one.target}: {one.state}, {one.reason}" for one in all_of_run if one.reason)
        scheduled_runs.reach(self._db, number, "failed" if failed else "done", now, troubles)
        scheduled_runs.drop_result(self._db, number)
