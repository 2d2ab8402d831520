"""Enter by a one-time link, stay signed in by a cookie, and leave."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.web.people import Person
from briefing.web.room import room_of
from briefing.web.settings import Settings

# How long a session lasts, and how long it may be unused: at this machine, where other programs can get the cookie of
# the host by listening on another port; and under TLS.
_HERE: Final = (timedelta(hours=12), timedelta(hours=2))
_ELSEWHERE: Final = (timedelta(days=30), timedelta(days=5))

LINK_HERE: Final = timedelta(hours=12)  # how long a link may wait to be used
LINK_ELSEWHERE: Final = timedelta(days=7)


def signed_in(request: Request) -> Person | None:
    """Return the person who is signed in, or None."""
    room = room_of(request)
    secret = request.cookies.get(room.settings.cookie)
    if not secret:
        return None
    with room.reading() as archive:
        session = archive.access.session(secret, here=room.settings.is_here)
    if session is None:
        return None
    if session.is_stale:  # not what a GET asks for, but that it was asked
        with replace(room, is_for_reading=False).writing() as archive:
            archive.access.note_seen(secret)
    return Person(session.name, session.role)


def name_on(request: Request, link: str) -> str | None:
    """Return the name that a one-time link is for; None if it is not valid."""
    room = room_of(request)
    with room.reading() as archive:
        return archive.access.invited(link, here=room.settings.is_here)


def enter(request: Request, link: str, answer: Response) -> bool:
    """Use up a one-time link and give the answer the cookie of a session; return False if the link is not valid."""
    room = room_of(request)
    lasting, idle = _lasting(room.settings)
    with room.writing() as archive:
        secret = archive.access.enter(link, lasting, idle, here=room.settings.is_here)
    if secret is None:
        return False
    answer.set_cookie(
        room.settings.cookie,
        secret,
        max_age=int(lasting.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=room.settings.has_tls,
    )
    return True


def leave(request: Request, answer: Response) -> None:
    """End the session of a request, and remove its cookie."""
    room = room_of(request)
    with room.writing() as archive:
        archive.access.leave(request.cookies.get(room.settings.cookie, ""))
    answer.delete_cookie(room.settings.cookie, httponly=True, samesite="strict", secure=room.settings.has_tls)


def _lasting(settings: Settings) -> tuple[timedelta, timedelta]:
    return _ELSEWHERE if settings.has_tls and not settings.is_here else _HERE
