"""The real server on loopback, and pages of Debian's chromium that are signed in.

These tests are long (`make test-full`). They are skipped where there is no playwright or no chromium.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.web.server import Listener
from briefing.web.settings import Settings
from tests.web.conftest import WEEK

playwright = pytest.importorskip("playwright.sync_api", reason="no browser is driven: playwright is not installed")
Page = Any  # playwright's; its types are not needed here

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONES = (320, 390)  # widths in pixels
LOOKS: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@dataclass(frozen=True, slots=True)
class RoomServer:
    """A room that is served in a thread."""

    archive: Path
    address: str  # "http://127.0.0.1:40123"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no browser is driven: there is no chromium; on Debian: apt-get install chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium's own does not work for root
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., RoomServer]]:
    """Serve an archive until the test ends; named settings replace the usual ones."""
    with ExitStack() as served:

        def start(archive: Path, **changes: Any) -> RoomServer:
            listener = Listener("127.0.0.1", 0)
            settings = Settings(**({"archive": archive, "who": "Ada Berg", "port": listener.port} | changes))
            thread = Thread(target=listener.serve, args=(settings,), daemon=True)
            thread.start()
            served.callback(thread.join, 10)
            served.callback(listener.end)
            return RoomServer(archive, settings.address)

        yield start


@pytest.fixture
def server(serve: Callable[..., RoomServer], kept: Path) -> RoomServer:
    """Serve the archive of the test."""
    return serve(kept)


@pytest.fixture
def enter(browser: Any) -> Iterator[Callable[..., Page]]:
    """Enter a room through a one-time link and return the page: enter(server, color_scheme="dark", width=390)."""
    with ExitStack() as opened:

        def come_in(room: RoomServer, name: str = "Ada Berg", width: int = 1280, **context: Any) -> Page:
            usual = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
            started = browser.new_context(base_url=room.address, **(usual | context))
            opened.callback(started.close)
            page = started.new_page()
            page.troubles = []
            page.on("console", lambda said: said.type == "error" and page.troubles.append(said.text))
            page.on("pageerror", lambda error: page.troubles.append(str(error)))
            page.on("dialog", lambda dialog: page.troubles.append(dialog.message))
            with Archive.open(room.archive) as archive:
                link = archive.access.invite_here(name, WEEK)
            page.goto(f"/enter/{link}")
            page.get_by_role("button", name="Enter").click()
            page.wait_for_url(f"{room.address}/")
            return page

        yield come_in


@pytest.fixture
def visit(enter: Callable[..., Page], serve: Callable[..., RoomServer], kept: Path) -> Iterator[Callable[..., Page]]:
    """Open a page of the room as a person: visit("/search", "Ann"); no script may fail until the test ends."""
    visited = []

    def go(path: str, who: str = "Ann", **context: Any) -> Page:
        page = enter(serve(kept), who, **context)
        page.goto(path)
        visited.append(page)
        return page

    yield go
    troubles = [trouble for page in visited for trouble in page.troubles]
    assert [trouble for trouble in troubles if "Failed to load resource" not in trouble] == []


@pytest.fixture
def page(enter: Callable[..., Page], server: RoomServer) -> Iterator[Page]:
    """Return Today, entered; no script may fail and nothing may be blocked until the test ends."""
    entered = enter(server)
    yield entered
    assert entered.troubles == []


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the accessibility of a page, one line for each rule and place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    """Return True if a page is wider than its window."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
