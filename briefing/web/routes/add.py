"""Add: paste an address or choose files; the page shows what became of each."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

import anyio.from_thread
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import RoomError
from briefing.profile.profile import load_profile
from briefing.room.add import MOST_BYTES, MOST_FILES, Adding, Job, adding
from briefing.runtime.parallel import Worker
from briefing.web.pages import answer, see
from briefing.web.people import person_of
from briefing.web.room import Room
from briefing.web.routing import deed, page

_MOST_AT_ONCE: Final = 5 * MOST_BYTES  # bytes of a form with all its files
_starting = Lock()


@dataclass(frozen=True, slots=True)
class AddPage:
    """The page "Add"."""

    jobs: tuple[Job, ...]  # the newest first
    busy: bool  # some are not made yet
    troubles: tuple[str, ...] = ()  # what was not added, and why
    most_files: int = MOST_FILES
    most_megabytes: int = MOST_BYTES // 1_000_000


def show_add(request: Request) -> Response:
    """Return what was added."""
    return answer(request, "add.html.j2", _page(request))


def add(request: Request) -> Response:
    """Add what a form holds."""
    troubles: list[str] = []
    try:
        form = _form(request)
    except HTTPException as error:
        return answer(request, "add.html.j2", _page(request, error.detail), status=error.status_code)
    queue, who = adding_of(request), person_of(request).name
    address = str(form.get("address", "")).strip()
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not address and not files:
        troubles.append("Paste an address or choose a file first.")
    try:
        if address:
            queue.add_address(address, who)
        for file in files:
            queue.add_file(file.filename or "", file.file.read(MOST_BYTES + 1), who)
    except RoomError as error:
        troubles.append(str(error))
    finally:
        for file in files:
            file.file.close()
    if troubles:
        return answer(request, "add.html.j2", _page(request, *troubles), status=422)
    return see("/add")


def adding_of(request: Request) -> Adding:
    """Return the queue of this server; it is made when it is first asked for."""
    state = request.app.state
    with _starting:
        if not hasattr(state, "adding"):
            room: Room = state.room  # what `room_of` returns for a GET cannot be written to later
            state.worker = Worker()
            state.adding = adding(room.settings.profile or load_profile(), room.writing, room.clock, state.worker)
    queue: Adding = state.adding
    return queue


def end_adding(app: Starlette) -> None:
    """End the queue of a server that is ending."""
    if hasattr(app.state, "adding"):
        app.state.adding.close()
        app.state.worker.close()


def _page(request: Request, *troubles: str) -> AddPage:
    jobs = adding_of(request).jobs()
    return AddPage(jobs, any(job.state in ("waiting", "reading") for job in jobs), troubles)


def _form(request: Request) -> FormData:
    """Return the form; its files are on the disk if they are large.

    Raises:
        HTTPException: It has too many files.
    """

    async def read() -> FormData:
        return await request.form(max_files=MOST_FILES, max_fields=10)

    return anyio.from_thread.run(read)


ROUTES: Final = (page("/add", show_add, "editor"), deed("/add", add, "editor", largest=_MOST_AT_ONCE))
