"""Who is signed in."""

from starlette.requests import Request

from briefing.web.people import Person
from briefing.web.room import room_of


def signed_in(request: Request) -> Person | None:
    """Return the person who is signed in, or None."""
    return Person(room_of(request).settings.who, "admin")
