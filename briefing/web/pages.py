"""Make a page or its JSON twin from a record, and read the fields of a form."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

import anyio.from_thread
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from pydantic_core import to_json
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from briefing.rendering.templating.environment import templates_folder
from briefing.room.keys import Binding, bindings
from briefing.web.places import actor_address
from briefing.web.room import room_of

_HTML, _JSON = "text/html", "application/json"


def answer(request: Request, template: str, page: object, *, status: int = 200) -> Response:
    """Return a record as a page or, if the request asks for JSON, as its JSON twin.

    Args:
        request: What is asked. With the ETag of the same page in If-None-Match, the answer is 304 and empty.
        template: The name of a template in templates/room: "today.html.j2". It sees the record as ``page``.
        page: A frozen dataclass.
        status: The HTTP status.
    """
    as_json = wants_json(request)
    body = to_json(page) if as_json else _filled(request, template, page).encode()
    headers = {"Vary": "Accept, HX-Request", "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if status == 200 and headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, _JSON if as_json else _HTML)


def see(path: str) -> Response:
    """Return the answer to a form that was carried out: go to a page of the room."""
    return RedirectResponse(path, 303)


def form_of(request: Request) -> FormData:
    """Return the fields of a form, within the thread of an endpoint."""

    async def read() -> FormData:
        return await request.form()

    return anyio.from_thread.run(read)


def wants_json(request: Request) -> bool:
    """Return True if the request asks for JSON, by its path or its Accept header."""
    accepted = request.headers.get("accept", "")
    return str(request.scope["path"]).endswith(".json") or (_JSON in accepted and _HTML not in accepted)


def is_fragment(request: Request) -> bool:
    """Return True if htmx asks and needs only the changed part of a page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


@cache
def environment() -> SandboxedEnvironment:
    """Return the environment of the templates of the room: HTML is escaped, an unknown name is an error."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates_folder() / "room"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment
    environment.filters["actor_address"] = actor_address
    return environment


def moment(when: datetime) -> str:
    """Return a moment as it is printed: "2024-05-14 06:00 UTC"."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _filled(request: Request, template: str, page: object) -> str:
    person = getattr(request.state, "person", None)
    keys: tuple[Binding, ...] = ()
    if person is not None and not is_fragment(request):
        with room_of(request).reading() as archive:
            keys = bindings(archive, person.name)
    values: dict[str, Any] = {
        "page": page,
        "person": person,
        "keys": keys,
        "here": request.scope["path"],
        "again": _again(request),
        "is_fragment": is_fragment(request),
    }
    return environment().get_template(template).render(**values)


def _again(request: Request) -> str:
    """Return the address of the same page within the room; "//example.org" would lead to another site."""
    path = quote("/" + request.scope["path"].lstrip("/"))
    return f"{path}?{request.url.query}" if request.url.query else path
