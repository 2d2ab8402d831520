"""The application: all routes of the reading room behind its guard."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from briefing.archive.archive import Archive
from briefing.web.room import Room
from briefing.web.routes import (
    actors,
    add,
    agenda,
    brief,
    deliveries,
    digests,
    entering,
    journal,
    keys,
    search,
    static,
    today,
)
from briefing.web.routing import Route, with_twins
from briefing.web.security import Guard
from briefing.web.settings import Settings
from briefing.web.troubles import TROUBLES

ROUTES: Final[tuple[Route, ...]] = (
    *entering.ROUTES,
    *brief.ROUTES,
    *today.ROUTES,
    *search.ROUTES,
    *agenda.ROUTES,
    *actors.ROUTES,
    *add.ROUTES,
    *journal.ROUTES,
    *keys.ROUTES,
    *digests.ROUTES,
    *deliveries.ROUTES,
    *static.ROUTES,
)


def application(
    settings: Settings, *, clock: Callable[[], datetime] | None = None, routes: Iterable[Route] = ROUTES
) -> ASGIApp:
    """Return the reading room as an ASGI application; a test may pass a clock and routes of its own."""
    room = Room(settings, clock) if clock is not None else Room(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # It updates the schema and, while it is open, keeps SQLite's log for the read-only connections.
        with Archive.open(settings.archive):
            try:
                yield
            finally:
                await run_in_threadpool(add.end_adding, app)

    app = Starlette(routes=list(with_twins(routes)), exception_handlers=TROUBLES, lifespan=lifespan)
    app.state.room = room
    return Guard(app, settings)
