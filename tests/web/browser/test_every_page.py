"""Every page of the room, for everybody's eyes and on a phone; a new page is tested as soon as it has a route."""

from collections.abc import Callable
from typing import Any

import pytest

from briefing.web.app import ROUTES
from tests.web.browser.conftest import LOOKS, PHONES, RoomServer, axe, scrolls_sideways
from tests.web.conftest import sample

pytestmark = pytest.mark.long

PATHS = [sample(route) for route in ROUTES if route.is_page] + ["/nowhere"]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_wrong(enter: Callable[..., Any], server: RoomServer, look: str) -> None:
    page = enter(server, **LOOKS[look])
    for path in PATHS:
        page.goto(path)
        assert axe(page) == [], path


def test_axe_finds_what_is_wrong(page: Any) -> None:
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/static/icon.svg\">'")
    assert [line.partition(":")[0] for line in axe(page)] == ["empty-heading", "image-alt"]


@pytest.mark.parametrize("width", PHONES)
def test_a_phone_does_not_scroll_sideways(enter: Callable[..., Any], server: RoomServer, width: int) -> None:
    page = enter(server, width=width)
    assert [path for path in PATHS if page.goto(path) and scrolls_sideways(page)] == []
    page.evaluate("document.querySelector('h1').style.width = '2000px'")
    assert scrolls_sideways(page)


def test_no_script_fails_and_nothing_is_blocked(page: Any) -> None:
    for path in PATHS:
        answer = page.goto(path)
        if not answer.ok:  # chromium reports this, too
            assert "Failed to load resource" in page.troubles.pop()
        assert page.troubles == [], path


def test_keys_lead_from_every_page_to_today(enter: Callable[..., Any], server: RoomServer) -> None:
    page = enter(server)
    for path in sorted({*PATHS} - {"/", "/nowhere"}):
        page.goto(path)
        page.keyboard.press("Escape")  # out of the field of Search
        page.keyboard.press("g")
        page.keyboard.press("t")
        page.wait_for_url("**/", timeout=5000)
