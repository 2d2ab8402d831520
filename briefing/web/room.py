"""The archive of a reading room: a read-only connection for each request, and one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from starlette.requests import Request

from briefing.archive.archive import Archive
from briefing.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """A reading room over an archive; endpoints use it from several threads."""

    settings: Settings
    _writer: Lock = field(default_factory=Lock)

    @contextmanager
    def reading(self) -> Iterator[Archive]:
        """Open the archive for a block that only reads."""
        with Archive.open_read_only(self.settings.archive) as archive:
            yield archive

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """Open the archive for a block that writes; other blocks that write wait."""
        with self._writer, Archive.open(self.settings.archive) as archive:
            yield archive


def room_of(request: Request) -> Room:
    """Return the room that a request is for."""
    room: Room = request.app.state.room
    return room
