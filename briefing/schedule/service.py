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
from briefing.schedule.loop import World, ask_for_now, follow, make_now
from briefing.schedule.plans import Plan
from briefing.schedule.runs import DigestJob, Told


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def serve(
    plans: Sequence[Plan],
    archive: Path,
    job: DigestJob,
    say: Callable[[Told], object],
    *,
    once: bool = False,
    at_once: bool = False,
    clock: Callable[[], datetime] = now,
    reread: Callable[[Plan], tuple[Plan, Told | None]] = lambda plan: (plan, None),
) -> None:
    """Follow schedules until SIGTERM or SIGINT; with *once*, make and deliver what is due now.

    With *at_once* the digests of this instant are made and delivered, whatever is due.

    *reread* returns a plan as the file of its profile has it by now, and what to say of that.

    Raises:
        ScheduleLockedError: Another process follows schedules with this archive.
        ArchiveError: The archive cannot be used.
    """
    with only_schedule(archive, clock()), Archive.open(archive) as opened, stop_signal() as stop:
        world = World(clock, stop.sleep, stop.asked, say, reread)
        if at_once:
            make_now(plans, opened.schedule, job, world)
        else:
            follow(plans, opened.schedule, job, world, once=once)


def hand_over(plans: Sequence[Plan], archive: Path, clock: Callable[[], datetime] = now) -> None:
    """Have the schedule that is at work with an archive make the digests of this instant at its next look.

    Raises:
        ArchiveError: The archive cannot be used.
    """
    with Archive.open(archive) as opened:
        ask_for_now(plans, opened.schedule, clock())


def check_writable(archive: Path) -> None:
    """Refuse an archive whose folder cannot be written into.

    Raises:
        ScheduleError: It is such a one.
    """
    reason = obstacle(archive.parent)
    if reason is not None:
        raise ScheduleError(str(archive), reason)


_MODE = 0o600  # it names this machine


@contextmanager
def only_schedule(archive: Path, now: datetime) -> Iterator[None]:
    """Be the only process that follows schedules with an archive; the file beside it stays, the lock on it does not.

    Raises:
        ScheduleLockedError: Another one is.
        ScheduleError: The file beside the archive cannot be written.
    """
    check_writable(archive)
    path = archive.with_name(f"{archive.name}.schedule-lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, _MODE), "r+", encoding="utf-8")
    except OSError as error:
        raise ScheduleError(str(path), f"{error.strerror or error}; let its folder be writable") from error
    with file:
        with suppress(PermissionError):  # another user's, who shares the archive
            os.fchmod(file.fileno(), _MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read(200).strip() or "one that has just started"
            reason = f"another schedule is at work with it ({holder}); let it work, or end it first"
            raise ScheduleLockedError(str(archive), reason) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()} since {now:%Y-%m-%d %H:%M:%S %Z}\n")
        file.flush()
        yield


_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """Whether a signal asked to end; a sleep that it cuts short."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self._asked = False

    def asked(self) -> bool:
        """Tell whether to end."""
        return self._asked

    def sleep(self, seconds: float) -> None:
        """Sleep until the time is over or a signal asks to end; a signal that came before counts, too."""
        select.select([self._reader], [], [], seconds)

    def ask(self) -> None:
        """Ask to end."""
        self._asked = True
        os.write(self._writer, b"!")

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._reader)
        os.close(self._writer)


@contextmanager
def stop_signal() -> Iterator[StopSignal]:
    """Have SIGTERM and SIGINT ask to end, once; they then do again what they did before."""
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
