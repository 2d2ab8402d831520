"""A reading room over an archive of a few briefs, and clients that are signed in."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from briefing.archive.access import Role
from briefing.archive.archive import Archive
from briefing.web.app import application
from briefing.web.routing import Route
from briefing.web.settings import Settings
from tests.archive.briefs import Clock, brief_of, store
from tests.fakes.briefs import small_brief

ADDRESS = "http://127.0.0.1:8765"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}  # what a browser sends with a form of our own page
WEEK = timedelta(days=7)

OpenRoom = Callable[..., TestClient]


_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")  # "{number:int}", "{name}"


# What the parameters of paths are in the archive below; others are "x".
_SAMPLES = {"number": "3"}


def sample(route: Route) -> str:
    """Return a path that a route matches."""
    return _PARAMETER.sub(lambda found: _SAMPLES.get(found[1], "1" if found[2] == "int" else "x"), route.path)


def fill(path: Path) -> None:
    """Make an archive with three briefs: 1 and 2 are short, 3 has a line in most fields."""
    with Archive.open(path) as archive:
        store(archive, brief_of("The port of Tromsø closes for a week.", title="Port closes", outlet="Northern Wire"))
        store(archive, brief_of("Rain fell on <Bergen> & Oslo.", title="Rain <b>fell</b> & stopped"))
        store(archive, small_brief())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "briefs.sqlite"
    fill(path)
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


def link_of(path: Path, clock: Clock, name: str, role: Role | None = None) -> str:
    """Return the secret of a link: without a role, that of the person at the machine."""
    with Archive.open(path, clock=clock) as archive:
        return archive.access.invite(name, role, WEEK) if role else archive.access.invite_here(name, WEEK)


@pytest.fixture
def open_door(kept: Path, clock: Clock) -> Iterator[OpenRoom]:
    """Open the room with settings and, as ``routes``, other routes; nobody is signed in."""
    with ExitStack() as opened:

        def open_it(address: str = ADDRESS, routes: Any = None, **changes: Any) -> TestClient:
            settings = Settings(**({"archive": kept, "who": "Ada Berg"} | changes))
            more = {} if routes is None else {"routes": routes}
            app = application(settings, clock=clock, **more)
            client = TestClient(app, base_url=address, headers=SAME_SITE, raise_server_exceptions=False)
            return opened.enter_context(client)

        yield open_it


@pytest.fixture
def open_room(open_door: OpenRoom, kept: Path, clock: Clock) -> OpenRoom:
    """Open the room and enter it under a name: with a role by invitation, else as the person at the machine."""

    def enter(name: str = "Ada Berg", role: Role | None = None, **changes: Any) -> TestClient:
        client = open_door(**changes)
        assert client.post(f"/enter/{link_of(kept, clock, name, role)}", follow_redirects=False).status_code == 303
        return client

    return enter


@pytest.fixture
def room(open_room: OpenRoom) -> TestClient:
    return open_room()
