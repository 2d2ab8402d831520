"""Fixtures for the tests of the archive."""

from collections.abc import Iterator
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
