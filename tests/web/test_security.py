"""Which requests are taken, and what confines the answers."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from briefing.web.app import ROUTES
from briefing.web.pages import form_of
from briefing.web.room import room_of
from briefing.web.routing import LARGEST_FORM, Route, deed, page
from tests.web.conftest import ADDRESS, OpenRoom, sample

TOO_LARGE = LARGEST_FORM + 1
PROXIED = {
    "address": "http://127.0.0.1:8765",
    "hosts": ("room.example.org",),
    "is_here": False,
    "has_tls": True,
    "behind_proxy": True,
}
SAID = {"X-Forwarded-Host": "room.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def length(request: Request) -> Response:
    return Response(str(len(form_of(request).get("text", ""))))  # type: ignore[arg-type]


def fail(_: Request) -> Response:
    raise ZeroDivisionError("a secret of ours")


def write(request: Request) -> Response:
    with room_of(request).writing() as archive:
        archive.access.remove("nobody")
    return Response("written")


OWN = [
    deed("/length", length, "reader"),
    deed("/upload", length, "reader", largest=TOO_LARGE * 2),
    deed("/write", write, "reader"),
    page("/write", write, "reader"),
    page("/fail", fail, "reader"),
    *ROUTES,
]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("rebound.example.org:8765", 421),
        ("127.0.0.1.example.org", 421),
        ("localhost.", 421),
        ("192.168.1.7:8765", 421),
        ("0.0.0.0:8765", 421),
        ("127.0.0.1@example.org", 400),
        ("127.0.0.1:8765:80", 400),
        ("example.org/127.0.0.1", 400),
        ("", 400),
    ],
)
def test_only_the_names_of_the_room_are_answered(room: TestClient, host: str, status: int) -> None:
    (secret,) = room.cookies.values()
    asked = room.get("/", headers={"Host": host, "Cookie": f"room-8765={secret}"})
    assert asked.status_code == status
    assert ("Port closes" in asked.text) == (status == 200)


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),  # a form sent again by a reload
        ({"Sec-Fetch-Site": "same-site", "Origin": ADDRESS}, False),  # another port of this machine
        ({"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}, False),
        ({"Sec-Fetch-Site": "", "Origin": ADDRESS}, False),
        ({"Origin": ADDRESS}, True),  # an older browser, or a program that says it
        ({"Origin": ADDRESS.upper()}, True),
        ({"Origin": "http://127.0.0.1:9000"}, False),
        ({"Origin": "https://127.0.0.1:8765"}, False),
        ({"Origin": "https://example.org"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
        ({"Referer": f"{ADDRESS}/"}, False),
    ],
)
def test_no_other_site_writes(open_room: OpenRoom, headers: dict[str, str], is_taken: bool) -> None:
    client = open_room(routes=OWN)
    del client.headers["Sec-Fetch-Site"]
    assert client.post("/write", headers=headers).status_code == (200 if is_taken else 403)
    assert client.get("/", headers=headers).status_code == 200  # the cookie is not sent from other sites anyway


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_from_other_sites_are_refused(room: TestClient, method: str) -> None:
    assert room.request(method, "/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert room.request(method, "/").status_code == 405


def test_nothing_is_written_by_reading(open_room: OpenRoom) -> None:
    client = open_room(routes=OWN)
    assert client.get("/write").status_code == 500
    assert client.head("/write").status_code == 500
    assert client.post("/write").text == "written"


@pytest.mark.parametrize("route", [route for route in ROUTES if "GET" in (route.methods or ())], ids=lambda r: r.path)
def test_no_page_changes_the_archive(room: TestClient, kept: Path, route: Route) -> None:
    def stored() -> list[str]:
        with closing(sqlite3.connect(kept)) as db:
            return [line for line in db.iterdump() if "texts" not in line]  # the index cannot be printed

    before = stored()
    assert room.get(sample(route)).status_code != 500
    assert stored() == before


ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/index.json", 200),
    ("GET", "/static/room.css", 200),
    ("GET", "/nowhere", 404),
    ("GET", "/fail", 500),
    ("POST", "/", 405),
    ("POST", "/leave", 303),
    ("POST", "/enter/wrong", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_is_confined(open_room: OpenRoom, method: str, path: str, status: int) -> None:
    answer = open_room(routes=OWN).request(method, path, follow_redirects=False)
    assert answer.status_code == status
    assert_confined(answer.headers)


@pytest.mark.parametrize("headers", [{"Host": "example.org"}, {"Cookie": ""}, {"Sec-Fetch-Site": "cross-site"}])
def test_every_refusal_is_confined(room: TestClient, headers: dict[str, str]) -> None:
    answer = room.post("/leave", headers=headers)
    assert answer.status_code in (401, 403, 421)
    assert_confined(answer.headers)


def assert_confined(headers: object) -> None:
    got = dict(headers)  # type: ignore[call-overload]
    policy = dict(part.strip().split(" ", 1) for part in got["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "font-src": "'self'",
        "frame-src": "'self'",
    }
    assert got["x-content-type-options"] == "nosniff"
    assert got["referrer-policy"] == "same-origin"  # so that forms carry their Origin
    assert got["cross-origin-opener-policy"] == got["cross-origin-resource-policy"] == "same-origin"
    assert got["cache-control"] in ("no-store", "no-cache")
    assert "strict-transport-security" not in got
    assert "server" not in got


def test_only_style_sheets_and_scripts_may_be_stored(room: TestClient) -> None:
    assert room.get("/").headers["cache-control"] == "no-store"
    assert room.get("/static/room.css").headers["cache-control"] == "no-cache"


def test_a_form_that_is_too_large_is_refused(open_room: OpenRoom) -> None:
    client = open_room(routes=OWN)
    fits, not_ = {"text": "a" * 1000}, {"text": "a" * TOO_LARGE}
    assert client.post("/length", data=fits).text == "1000"
    refused = client.post("/length", data=not_)
    assert (refused.status_code, "<h1>This is too large</h1>" in refused.text) == (413, True)
    assert client.post("/upload", data=not_).text == str(TOO_LARGE)


def test_a_form_of_unknown_length_is_refused(open_room: OpenRoom) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    refused = open_room(routes=OWN).post("/length", content=iter([b"text=a"]), headers=headers)
    assert (refused.status_code, refused.json()["title"]) == (411, "This is sent without its length")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (SAID, 200),
        (SAID | {"X-Forwarded-Host": "Room.Example.Org:443"}, 200),
        (SAID | {"X-Forwarded-Host": "example.org, room.example.org"}, 200),  # the last is the proxy's own
        (SAID | {"X-Forwarded-Host": "room.example.org, example.org"}, 421),
        (SAID | {"X-Forwarded-Host": "example.org"}, 421),
        (SAID | {"X-Forwarded-Proto": "http"}, 400),
        ({"Host": "room.example.org"}, 400),
        ({"Host": "room.example.org", "X-Forwarded-Proto": "https"}, 200),
        ({}, 421),
    ],
)
def test_a_proxy_says_how_it_was_asked(open_door: OpenRoom, said: dict[str, str], status: int) -> None:
    client = open_door(**PROXIED)
    assert client.get("/static/room.css", headers=said).status_code == status


def test_forwarded_headers_count_only_behind_a_proxy(open_door: OpenRoom) -> None:
    client = open_door()
    assert client.get("/static/room.css", headers=SAID).status_code == 200
    assert client.get("/", headers={"X-Forwarded-Host": "127.0.0.1", "Host": "example.org"}).status_code == 421
    tries = [client.get("/enter/wrong", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(11)]
    assert tries == [404] * 10 + [429]


def test_behind_a_proxy_each_browser_has_its_own_wrong_links(open_door: OpenRoom) -> None:
    client = open_door(**PROXIED)

    def tries(address: str) -> int:
        return client.get("/enter/wrong", headers=SAID | {"X-Forwarded-For": f"10.0.0.1, {address}"}).status_code

    assert [tries("192.0.2.7") for _ in range(11)] == [404] * 10 + [429]
    assert tries("192.0.2.8") == 404


def test_a_form_sent_through_a_proxy_is_of_this_site(open_door: OpenRoom) -> None:
    client = open_door(**PROXIED, routes=OWN)
    del client.headers["Sec-Fetch-Site"]
    for origin, status in (("https://room.example.org", 401), ("http://room.example.org", 403), (ADDRESS, 403)):
        assert client.post("/write", headers=SAID | {"Origin": origin}).status_code == status


def test_browsers_are_held_to_tls_where_others_ask(open_door: OpenRoom) -> None:
    named = {"address": "https://room.example.org", "hosts": ("room.example.org",), "has_tls": True}
    assert open_door(**named, is_here=False).get("/").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in open_door(has_tls=True).get("/").headers  # for all of localhost


def test_a_websocket_is_refused(room: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), room.websocket_connect("/"):
        pass
