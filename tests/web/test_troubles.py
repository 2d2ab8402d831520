"""What cannot be done is answered by a page or JSON that says why, and shows nothing else."""

import logging

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import ArchiveError, ConflictError, ReviewError
from briefing.web.app import ROUTES
from briefing.web.routing import page
from tests.web.conftest import OpenRoom


def raises(error: Exception) -> Response:
    raise error


CASES = [
    (HTTPException(403), 403, "You may not do this", "Your role does not allow it."),
    (HTTPException(403, "It is <locked>."), 403, "You may not do this", "It is <locked>."),
    (HTTPException(404), 404, "There is no such page", "The address may be mistyped"),
    (
        ConflictError("save quotes", "Ines corrected it meanwhile"),
        409,
        "Somebody else was faster",
        "cannot save quotes: Ines corrected it meanwhile",
    ),
    (
        ReviewError("approve", "the profile lets only Olav approve"),
        400,
        "This cannot be done",
        "cannot approve: the profile lets only Olav approve",
    ),
    (HTTPException(413, "Send less."), 413, "This is too large", "Send less."),
    (ValueError("hunter2 at /srv/desk"), 500, "Something went wrong here", "It is a defect of briefing."),
    (ArchiveError("/srv/desk/hunter2", "the disk is full"), 503, "The archive cannot be used now", "The window"),
    (HTTPException(418), 418, "a Teapot", ""),
]


@pytest.mark.parametrize(("error", "status", "title", "reason"), CASES)
def test_a_trouble_is_a_page_and_json(
    open_room: OpenRoom,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    title: str,
    reason: str,
) -> None:
    def fail(_: Request) -> Response:
        return raises(error)

    caplog.set_level(logging.CRITICAL)
    client = open_room(routes=[*ROUTES, page("/fails", fail, "reader")])
    shown, twin = client.get("/fails"), client.get("/fails.json")
    assert shown.status_code == twin.status_code == status
    assert title in shown.text
    assert reason.replace("<", "&lt;").replace(">", "&gt;") in shown.text
    assert title in twin.json()["title"]
    assert reason in twin.json()["reason"]
    for text in (shown.text, twin.text):
        assert "hunter2" not in text
        assert "Traceback" not in text


@pytest.mark.parametrize("path", ["/nowhere", "/static/nothing.css", "/enter"])
def test_what_is_not_there_is_a_page_of_ours(open_door: OpenRoom, path: str) -> None:
    answer = open_door().get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "There is no such page" in answer.text


def test_who_is_not_signed_in_learns_how_to_enter(open_door: OpenRoom) -> None:
    refused = open_door().get("/")
    assert "Open the link that you were sent" in refused.text
    assert '<a href="/">' in refused.text
    assert "<nav" not in refused.text
