"""The reading room in a real browser: Debian's chromium, driven by Playwright."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from briefing.archive.archive import Archive
from briefing.web.app import application
from briefing.web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a browser; the test is skipped where it is missing."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}; apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def serve(kept: Path) -> Iterator[Callable[[str], str]]:
    """Serve the room for a person at this machine, and return the address by which the person enters it."""
    with ExitStack() as ending:

        def run(who: str) -> str:
            with Archive.open(kept) as archive:
                link = archive.access.invite_here(who, timedelta(days=1))
            config = uvicorn.Config(application(Settings(kept, who)), port=0, log_level="critical", ws="none")
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)

            def end() -> None:
                server.should_exit = True
                thread.join()

            ending.callback(end)
            return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/enter/{link}"

        yield run


@pytest.fixture
def visit(browser: Any, serve: Callable[[str], str]) -> Iterator[Callable[..., Any]]:
    """Open a page of the room as a person; the page must raise no error."""
    errors: list[str] = []
    with ExitStack() as ending:

        def open_page(path: str, who: str = "Ann", **options: Any) -> Any:
            context = browser.new_context(**options)
            ending.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("dialog", lambda dialog: errors.append(dialog.message))
            page.goto(serve(who))
            page.get_by_role("button").first.click()
            page.wait_for_url("**/")
            page.goto(page.url.rstrip("/") + path)
            return page

        yield open_page
    assert errors == []
