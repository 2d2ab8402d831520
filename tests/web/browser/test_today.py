"""Today in a browser: without scripts, by keys, and safe from strangers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.browser.conftest import RoomServer

pytestmark = pytest.mark.long


def test_the_room_works_without_scripts(enter: Callable[..., Any], server: RoomServer) -> None:
    page = enter(server, java_script_enabled=False)
    assert page.get_by_role("link", name="Port closes").is_visible()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You are not signed in").wait_for()


def test_keys_alone_reach_everything_and_the_focus_is_seen(page: Any) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("node => node === document.activeElement")
    assert skip.bounding_box()["width"] > 50
    assert skip.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_text_of_an_article_stays_text(page: Any) -> None:
    assert page.get_by_role("link", name="Rain <b>fell</b> & stopped").is_visible()
    assert page.locator("main b").count() == 0


def test_no_script_of_a_page_reads_the_cookie(page: Any) -> None:
    assert page.evaluate("document.cookie") == ""
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=\"window.ran = 1\">'")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran === undefined")
    assert any("Content Security Policy" in text for text in page.troubles)
    page.troubles.clear()


def test_another_site_cannot_send_a_form(page: Any, server: RoomServer, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text(f'<form method="post" action="{server.address}/leave"><button>Win</button></form>')
    stranger = page.context.new_page()
    stranger.goto(other.as_uri())
    stranger.get_by_role("button", name="Win").click()
    stranger.get_by_role("heading", name="You may not do this").wait_for()
    page.reload()
    assert page.get_by_role("heading", name="Today", exact=True).first.is_visible()


def test_today_prints_without_navigation(page: Any) -> None:
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").is_visible()
    assert page.get_by_role("link", name="Port closes").is_visible()
