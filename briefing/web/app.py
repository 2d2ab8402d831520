"""The application: all routes of the reading room behind its guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from briefing.archive.archive import Archive
from briefing.web.room import Room
from briefing.web.routes import actors, add, agenda, brief, deliveries, digests, journal, keys, search, static, today
from briefing.web.routing import Route, with_twins
from briefing.web.security import Guard
from briefing.web.settings import Settings

ROUTES: Final[tuple[Route, ...]] = tuple(
    with_twins(
        (
            *today.ROUTES,
            *brief.ROUTES,
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
    )
)


def application(settings: Settings) -> ASGIApp:
    """Return the reading room as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # It updates the schema and, while it is open, keeps SQLite's log for the read-only connections.
        with Archive.open(settings.archive):
            try:
                yield
            finally:
                await run_in_threadpool(add.end_adding, app)

    app = Starlette(routes=ROUTES, lifespan=lifespan)
    app.state.room = Room(settings)
    return Guard(app)
