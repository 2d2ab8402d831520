"""Fixtures of the tests of the archive."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from tests.archive.briefs import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "briefs.sqlite", clock=clock) as opened:
        yield opened


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a disk of a few pages in memory: the test calls it with mount's options, and again to mount it anew."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]  # what it is called on Linux
        if os.geteuid() != 0:
            pytest.skip("only root may mount a disk")
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - arguments of our own
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
        mounted = True
        return folder

    yield mount
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - the folder is ours
