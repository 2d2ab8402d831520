"""One schedule at a time for each archive; the lock goes with the process that holds it, however that ends."""

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from briefing.errors import ScheduleError, ScheduleLockedError
from briefing.runtime.outputs import obstacle


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
