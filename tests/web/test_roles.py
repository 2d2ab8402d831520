"""Each route names the least role that it needs, and is refused to all below it."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.access import ROLES, Role
from briefing.web.app import ROUTES as PAGES
from briefing.web.routing import Route, with_twins
from tests.web.conftest import OpenRoom, sample

ROUTES = tuple(with_twins(PAGES))
# What is open to everybody; the last part of a link is a secret.
OPEN = {("GET", "/static/{name}"), ("GET", "/enter/{link}"), ("POST", "/enter/{link}")}


def method_of(route: Route) -> str:
    (method,) = (route.methods or set()) - {"HEAD"}
    return method


def came_in(_: Request) -> Response:
    return Response("came in")


def same_routes() -> list[Route]:
    """Return all routes with an endpoint that does nothing."""
    return [Route(route.path, came_in, route.least, method_of(route)) for route in ROUTES]


def test_every_route_has_a_role_but_the_open_ones() -> None:
    assert all(isinstance(route, Route) for route in ROUTES)
    without = {(method_of(route), route.path) for route in ROUTES if route.least is None}
    assert without == OPEN
    assert {route.least for route in ROUTES} <= {*ROLES, None}


def test_a_deed_is_a_post_and_a_page_is_not() -> None:
    assert {method_of(route) for route in ROUTES} == {"GET", "POST"}
    assert not [route.path for route in ROUTES if route.is_page and method_of(route) != "GET"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{method_of(route)} {route.path}")
def test_nobody_comes_in_without_a_session(open_door: OpenRoom, route: Route) -> None:
    answer = open_door(routes=same_routes()).request(method_of(route), sample(route))
    assert answer.status_code == (200 if route.least is None else 401)
    assert (answer.text == "came in") == (route.least is None)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_its_routes_and_no_others(open_room: OpenRoom, role: Role) -> None:
    client = open_room("Ines", role, routes=[*entering(), *same_routes()])
    for route in ROUTES:
        answer = client.request(method_of(route), sample(route))
        may = route.least is None or ROLES.index(role) >= ROLES.index(route.least)
        if "/enter/" not in route.path:
            assert answer.status_code == (200 if may else 403), route.path
            assert (answer.text == "came in") == may


def entering() -> list[Route]:
    return [route for route in ROUTES if "/enter/" in route.path]


@pytest.mark.parametrize("least", ROLES)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_those_before_it_may(open_room: OpenRoom, role: Role, least: Role) -> None:
    client = open_room("Ines", role, routes=[*entering(), Route("/x", came_in, least, "POST")])
    answer = client.post("/x")
    may = ROLES.index(role) >= ROLES.index(least)
    assert answer.status_code == (200 if may else 403)
    if not may:
        assert f"this needs the role {least}; you are {role}" in answer.text
