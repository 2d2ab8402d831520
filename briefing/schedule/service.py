"""A schedule in a process of its own: the lock, the archive, the signals and the clock."""

import fcntl
import os
import platform
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from briefing.archive.archive import Archive
from briefing.errors import ScheduleError, ScheduleLockedError
from briefing.runtime.outputs import obstacle
from briefing.schedule.loop import World, follow, make_now, request_now
from briefing.schedule.plans import Plan
from briefing.schedule.runs import DigestJob, LogLine

_LOCK_MODE = 0o600  # the file names this machine
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def now() -> datetime:
    """Return the current time, in UTC."""
    return datetime.now(UTC)


def serve(
    plans: Sequence[Plan],
    archive: Path,
    job: DigestJob,
    say: Callable[[LogLine], object],
    *,
    once: bool = False,
    at_once: bool = False,
    clock: Callable[[], datetime] = now,
    reload: Callable[[Plan], tuple[Plan, LogLine | None]] = lambda plan: (plan, None),
) -> None:
    """Follow schedules until SIGTERM or SIGINT.

    Args:
        plans: The schedules.
        archive: The file that keeps the runs.
        job: Makes a digest.
        say: Takes each line for the log.
        once: Make and deliver only what is due now, then return.
        at_once: Make and deliver only the digests of this instant, then return.
        clock: Returns the current time.
        reload: Returns a plan as its profile's file now has it, and a line for the log.

    Raises:
        ScheduleLockedError: Another process follows schedules with this archive.
        ArchiveError: The archive cannot be used.
    """
    with schedule_lock(archive, clock()), Archive.open(archive) as opened, stop_signal() as stop:
        world = World(clock, stop.sleep, stop.asked, say, reload)
        if at_once:
            make_now(plans, opened.schedule, job, world)
        else:
            follow(plans, opened.schedule, job, world, once=once)


def request_from_running(plans: Sequence[Plan], archive: Path, clock: Callable[[], datetime] = now) -> None:
    """Ask the schedule that runs with this archive to make the digests of this instant at its next look.

    Raises:
        ArchiveError: The archive cannot be used.
    """
    with Archive.open(archive) as opened:
        request_now(plans, opened.schedule, clock())


def check_writable(archive: Path) -> None:
    """Check that the archive's folder can be written.

    Raises:
        ScheduleError: It cannot.
    """
    reason = obstacle(archive.parent)
    if reason is not None:
        raise ScheduleError(str(archive), reason)


@contextmanager
def schedule_lock(archive: Path, now: datetime) -> Iterator[None]:
    """Hold the lock that lets only one process follow schedules with an archive.

    The system drops the lock when the process ends, in whatever way. The lock file beside the archive stays.

    Raises:
        ScheduleLockedError: Another process holds the lock.
        ScheduleError: The lock file cannot be written.
    """
    check_writable(archive)
    path = archive.with_name(f"{archive.name}.schedule-lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, _LOCK_MODE), "r+", encoding="utf-8")
    except OSError as error:
        raise ScheduleError(str(path), f"{error.strerror or error}; make its folder writable") from error
    with file:
        with suppress(PermissionError):  # the file belongs to another user who shares the archive
            os.fchmod(file.fileno(), _LOCK_MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read(200).strip() or "one that has just started"
            reason = f"another schedule already uses it ({holder}); let it run, or stop it first"
            raise ScheduleLockedError(str(archive), reason) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()} since {now:%Y-%m-%d %H:%M:%S %Z}\n")
        file.flush()
        yield


class StopSignal:
    """Remembers that a signal asked to stop, and ends a sleep early."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self._asked = False

    def asked(self) -> bool:
        """Return True if the process is to stop."""
        return self._asked

    def sleep(self, seconds: float) -> None:
        """Sleep until the time is over or a signal asks to stop; return at once if one has already asked."""
        select.select([self._reader], [], [], seconds)

    def ask(self) -> None:
        """Ask to stop."""
        self._asked = True
        os.write(self._writer, b"!")

    def close(self) -> None:
        """Close the pipe."""
        os.close(self._reader)
        os.close(self._writer)


@contextmanager
def stop_signal() -> Iterator[StopSignal]:
    """Let the first SIGTERM or SIGINT ask to stop; restore the former handlers, so that a second ends at once."""
    stop = StopSignal()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def ask(_number: int, _frame: FrameType | None) -> None:
        restore()
        stop.ask()

    for number in _SIGNALS:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        restore()
        stop.close()
