"""A reading room over an archive of a few briefs, and a browser without scripts that is signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.archive.archive import Archive
from briefing.web.app import application
from briefing.web.settings import Settings
from tests.archive.briefs import brief_of, store
from tests.fakes.briefs import small_brief

ADDRESS = "http://127.0.0.1:8765"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}  # what a browser sends with a form of our own page


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return an archive with three briefs: 1 and 2 are short, 3 has a line in most fields."""
    path = tmp_path / "briefs.sqlite"
    with Archive.open(path) as archive:
        store(archive, brief_of("The port of Tromsø closes for a week.", title="Port closes", outlet="Northern Wire"))
        store(archive, brief_of("Rain fell on <Bergen> & Oslo.", title="Rain <b>fell</b> & stopped"))
        store(archive, small_brief())
    return path


@pytest.fixture
def open_room(kept: Path) -> Iterator[Callable[..., TestClient]]:
    """Open the room and sign in as admin; named settings replace the usual ones."""
    opened: list[TestClient] = []

    def enter(**changes: object) -> TestClient:
        settings = Settings(**({"archive": kept, "who": "Anna Lund"} | changes))  # type: ignore[arg-type]
        client = TestClient(
            application(settings), base_url=ADDRESS, headers=SAME_SITE, raise_server_exceptions=False
        ).__enter__()
        opened.append(client)
        return client

    yield enter
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def room(open_room: Callable[..., TestClient]) -> TestClient:
    return open_room()
