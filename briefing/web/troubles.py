"""What the room answers if it cannot do what is asked: a page or JSON, never a trace."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import ArchiveError, BriefingError, ConflictError
from briefing.web.pages import answer

_LOG = logging.getLogger("briefing.web")

_TITLES: Final[Mapping[int, str]] = {
    400: "This cannot be done",
    401: "You are not signed in",
    403: "You may not do this",
    404: "There is no such page",
    405: "This page takes no such request",
    409: "Somebody else was faster",
    411: "This is sent without its length",
    413: "This is too large",
    421: "This is not the name of the room",
    429: "Too many wrong links",
    500: "Something went wrong here",
    503: "The archive cannot be used now",
}
_REASONS: Final[Mapping[int, str]] = {
    403: "Your role does not allow it.",
    404: "The address may be mistyped, or what was here was removed because of its age.",
    500: "It is a defect of briefing. The window where briefing serve runs shows what happened; please report it.",
    503: "The window where briefing serve runs shows the reason.",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the room cannot do, and why."""

    status: int
    title: str
    reason: str


def trouble(request: Request, status: int, reason: str = "") -> Response:
    """Return the page of a trouble; without a reason, the usual one of its status."""
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return answer(request, "trouble.html.j2", Trouble(status, title, reason or _REASONS.get(status, "")), status=status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as registered below
    is_usual = error.detail == HTTPStatus(error.status_code).phrase
    response = trouble(request, error.status_code, "" if is_usual else error.detail)
    response.headers.update(error.headers or {})
    return response


def _conflict(request: Request, error: Exception) -> Response:
    return trouble(request, 409, str(error))


def _not_done(request: Request, error: Exception) -> Response:
    return trouble(request, 400, str(error))


def _no_archive(request: Request, error: Exception) -> Response:
    _LOG.error("%s", error)
    return trouble(request, 503)


def _defect(request: Request, _error: Exception) -> Response:
    return trouble(request, 500)  # the server logs the error


TROUBLES: Final[Mapping[Any, Any]] = {
    HTTPException: _refused,
    ConflictError: _conflict,
    ArchiveError: _no_archive,
    BriefingError: _not_done,
    Exception: _defect,
}
