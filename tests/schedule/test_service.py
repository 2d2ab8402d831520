"""A signal asks to end, once; a lock says who is at work."""

import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.errors import ScheduleError, ScheduleLockedError
from briefing.schedule.service import schedule_lock, stop_signal

_NOW = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_sleep_early(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stop_signal() as stop:
        assert not stop.asked()
        os.kill(os.getpid(), number)
        begun = time.monotonic()
        stop.sleep(60)
        assert time.monotonic() - begun < 30
        assert stop.asked()
        assert signal.getsignal(number) == before  # a second one does what it always did
    assert signal.getsignal(number) == before


def test_without_a_signal_a_sleep_is_as_long_as_asked() -> None:
    with stop_signal() as stop:
        begun = time.monotonic()
        stop.sleep(0.05)
        assert time.monotonic() - begun >= 0.05
        assert not stop.asked()


def test_the_error_names_the_process_with_the_lock(tmp_path: Path) -> None:
    archive = tmp_path / "sub" / "briefs.sqlite"
    with (
        schedule_lock(archive, _NOW),
        pytest.raises(
            ScheduleLockedError, match=rf"briefs.sqlite: another .*process {os.getpid()} on .* since 2026-06-01 06:00"
        ),
        schedule_lock(archive, _NOW),
    ):
        raise AssertionError("two at once")
    with schedule_lock(archive, _NOW):
        pass


def test_an_old_lock_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite.schedule-lock").write_text("process 1 on elsewhere since long ago, and much more than that\n")
    with schedule_lock(tmp_path / "a.sqlite", _NOW):
        assert (tmp_path / "a.sqlite.schedule-lock").read_text().startswith(f"process {os.getpid()} on ")


@pytest.mark.parametrize("is_there", [True, False])
def test_only_the_owner_can_read_the_lock_file(tmp_path, is_there):
    file = tmp_path / "a.sqlite.schedule-lock"
    if is_there:
        file.touch(0o644)
    with schedule_lock(tmp_path / "a.sqlite", _NOW):
        assert file.stat().st_mode & 0o777 == 0o600


def test_an_unwritable_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ScheduleError, match="make its folder writable"),
        schedule_lock(tmp_path / "file" / "a.sqlite", _NOW),
    ):
        raise AssertionError("no lock, no work")
