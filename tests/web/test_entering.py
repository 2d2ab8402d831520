"""A one-time link begins a session; its cookie is a secret; the session ends."""

import re
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from briefing.archive.archive import Archive
from briefing.web.routing import page
from tests.archive.briefs import Clock
from tests.web.conftest import ADDRESS, OpenRoom, link_of

TLS = {
    "address": "https://room.example.org",
    "hosts": ("room.example.org",),
    "is_here": False,
    "has_tls": True,
    "port": 443,
}


def test_nobody_reads_without_a_session(open_door: OpenRoom) -> None:
    refused = open_door().get("/")
    assert refused.status_code == 401
    assert "Port closes" not in refused.text


def test_a_link_leads_to_a_page_whose_button_enters(open_door: OpenRoom, kept: Path, clock: Clock) -> None:
    client = open_door()
    link = f"/enter/{link_of(kept, clock, 'Ada Berg')}"
    for _ in range(2):  # a program that looks at links does not use them up
        page = client.get(link)
        assert "Ada Berg" in page.text
        assert "set-cookie" not in page.headers
    assert f'<form method="post" action="{link}">' in page.text
    entered = client.post(link)
    assert str(entered.url).endswith(":8765/")
    assert "Port closes" in entered.text
    assert client.get("/").status_code == 200


def test_a_link_works_once(open_door: OpenRoom, kept: Path, clock: Clock) -> None:
    link = f"/enter/{link_of(kept, clock, 'Ada Berg')}"
    assert open_door().post(link).status_code == 200
    second = open_door()
    assert second.get(link).status_code == second.post(link).status_code == 404
    assert second.get("/").status_code == 401


@pytest.mark.parametrize(
    ("settings", "name", "is_secure"),
    [({}, "room-8765", False), ({"port": 9000}, "room-9000", False), (TLS, "__Host-room", True)],
)
def test_scripts_and_other_sites_never_get_the_cookie(
    open_door: OpenRoom, kept: Path, clock: Clock, settings: dict[str, object], name: str, is_secure: bool
) -> None:
    entered = open_door(**settings).post(f"/enter/{link_of(kept, clock, 'Ines', 'reader')}", follow_redirects=False)
    cookie = entered.headers["set-cookie"].lower()
    assert re.match(rf"{name.lower()}=[\w-]{{43,}};", cookie)
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert ("secure" in cookie) == is_secure


def test_the_store_knows_only_the_hash_of_the_cookie(room: TestClient, kept: Path) -> None:
    (secret,) = room.cookies.values()
    files = b"".join(path.read_bytes() for path in kept.parent.glob("briefs.sqlite*"))
    assert b"Port closes" in files
    assert secret.encode() not in files


@pytest.mark.parametrize(("settings", "idle", "whole"), [({}, 2, 12), (TLS, 5 * 24, 30 * 24)])
def test_a_session_ends_when_idle_and_after_its_time(
    open_room: OpenRoom, clock: Clock, settings: dict[str, object], idle: int, whole: int
) -> None:
    client = open_room("Ines", "reader", **settings)
    for _ in range(whole // idle - 1):
        clock.move(hours=idle)  # each request makes it last
        assert client.get("/").status_code == 200
    clock.move(hours=idle, seconds=-1)
    assert client.get("/").status_code == 200
    clock.move(seconds=1)
    assert client.get("/").status_code == 401
    other = open_room("Ines", "reader", **settings)
    clock.move(hours=idle, seconds=1)
    assert other.get("/").status_code == 401


def test_to_leave_ends_the_session_also_for_a_copied_cookie(room: TestClient, open_door: OpenRoom) -> None:
    (secret,) = room.cookies.values()
    left = room.post("/leave")
    assert left.status_code == 401  # of Today, to which it leads
    assert not room.cookies
    assert open_door().get("/", headers={"Cookie": f"room-8765={secret}"}).status_code == 401


def test_who_is_removed_is_out_at_once(open_room: OpenRoom, kept: Path) -> None:
    client = open_room("Ines", "editor")
    with Archive.open(kept) as archive:
        archive.access.remove("Ines")
    assert client.get("/").status_code == 401


def test_a_link_of_the_machine_works_only_there(open_door: OpenRoom, kept: Path, clock: Clock) -> None:
    link = f"/enter/{link_of(kept, clock, 'Ada Berg')}"
    outside = open_door(**TLS)
    assert outside.get(link).status_code == outside.post(link).status_code == 404
    assert open_door().post(link).status_code == 200


def test_wrong_links_are_limited_for_each_address(open_door: OpenRoom, kept: Path, clock: Clock) -> None:
    client = open_door()
    link = f"/enter/{link_of(kept, clock, 'Ada Berg')}"
    assert [client.get("/enter/wrong").status_code for _ in range(10)] == [404] * 10
    waits = client.get(link)
    assert (waits.status_code, waits.headers["retry-after"]) == (429, "60")
    assert client.post(link).status_code == 429


def test_a_cookie_that_is_not_ours_is_no_session(open_door: OpenRoom) -> None:
    client = open_door()
    for value in ("", "x", "é", "' OR 1=1 --", "a" * 4000):
        assert client.get("/", headers={"Cookie": f"room-8765={value}".encode()}).status_code == 401


@pytest.mark.parametrize("path", ["//example.org/", "/\\example.org", "//example.org/%3Fa?b=1&c=2"])
def test_the_way_back_to_a_page_stays_in_the_room(open_door: OpenRoom, path: str) -> None:
    client = open_door(routes=[page("/{rest:path}", lambda _: Response(), "reader")])
    refused = client.get(f"{ADDRESS}{path}")
    assert refused.status_code == 401
    (address,) = re.findall('<a href="(.*?)">open', refused.text)
    assert address in ("/example.org/", "/%5Cexample.org", "/example.org/%3Fa?b=1&amp;c=2")
