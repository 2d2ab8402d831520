"""Enter by a one-time link, and leave."""

from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.web import sessions
from briefing.web.pages import answer, see
from briefing.web.room import room_of
from briefing.web.routing import deed, file

_WRONG = "This link was used, has ended, or is mistyped. Ask for a new one where you got it."


@dataclass(frozen=True, slots=True)
class Door:
    """The page of a one-time link."""

    name: str


def door(request: Request) -> Response:
    """Return the page of a link; its button uses the link up, so that no program that looks at it does."""
    name = sessions.name_on(request, _link(request))
    if name is None:
        raise _wrong(request)
    return answer(request, "enter.html.j2", Door(name))


def enter(request: Request) -> Response:
    """Use up a link, and go to Today."""
    response = see("/")
    if not sessions.enter(request, _link(request), response):
        raise _wrong(request)
    return response


def leave(request: Request) -> Response:
    """End the session."""
    response = see("/")
    sessions.leave(request, response)
    return response


def _link(request: Request) -> str:
    """Return the secret of a link.

    Raises:
        HTTPException: The address tried too many wrong ones.
    """
    if room_of(request).wrong_links.are_too_many(_address(request)):
        raise HTTPException(429, "Wait a minute, then try again.", {"Retry-After": "60"})
    return str(request.path_params["link"])


def _wrong(request: Request) -> HTTPException:
    room_of(request).wrong_links.note(_address(request))
    return HTTPException(404, _WRONG)


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


ROUTES: Final = (
    file("/enter/{link}", door, None),
    deed("/enter/{link}", enter, None),
    deed("/leave", leave, "reader"),
)
