"""Style sheets and scripts come from files of ours alone."""

import hashlib
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.rendering.templating.environment import templates_folder

STATIC = templates_folder() / "room" / "static"
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"  # of htmx.org 2.0.11 (scripts/htmx)
_SETTINGS = re.compile(r":root\s*\{([^}]*)\}")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]+)")


def test_htmx_is_the_file_of_its_npm_package() -> None:
    assert hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == HTMX


def test_the_colours_of_the_room_are_those_of_a_theme() -> None:
    def colours(path: Path) -> list[set[tuple[str, str]]]:
        return [set(_COLOUR.findall(settings)) for settings in _SETTINGS.findall(path.read_text("utf-8"))]

    assert colours(STATIC / "room.css") == colours(templates_folder() / "themes" / "chancery.css")


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
def test_a_file_is_sent_once_and_then_asked_for(room: TestClient, name: str) -> None:
    first = room.get(f"/static/{name}")
    assert (first.status_code, first.content) == (200, (STATIC / name).read_bytes())
    again = room.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["none.css", "..%2flayout.html.j2", "%2e%2e/today.html.j2", "static", ""])
def test_no_other_file_is_sent(room: TestClient, name: str) -> None:
    assert room.get(f"/static/{name}").status_code == 404
