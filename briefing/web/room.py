"""The archive of a reading room: a read-only connection for each request, and one writer at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

from starlette.requests import Request

from briefing.archive.archive import Archive
from briefing.web.settings import Settings
from briefing.web.wrong_links import WrongLinks


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Room:
    """A reading room over an archive; endpoints use it from several threads."""

    settings: Settings
    clock: Callable[[], datetime] = _now
    wrong_links: WrongLinks = field(default_factory=WrongLinks)
    is_for_reading: bool = False
    writer: Lock = field(default_factory=Lock)

    @contextmanager
    def reading(self) -> Iterator[Archive]:
        """Open the archive for a block that only reads."""
        with Archive.open_read_only(self.settings.archive, clock=self.clock) as archive:
            yield archive

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """Open the archive for a block that writes; other blocks that write wait.

        Raises:
            RuntimeError: The request is a GET, which must change nothing.
        """
        if self.is_for_reading:
            raise RuntimeError("a page that is only read must not write; make it the route of a form")
        with self.writer, Archive.open(self.settings.archive, clock=self.clock) as archive:
            yield archive


def room_of(request: Request) -> Room:
    """Return the room that a request is for; for a GET it cannot be written to."""
    room: Room = request.app.state.room
    return replace(room, is_for_reading=request.method != "POST")
