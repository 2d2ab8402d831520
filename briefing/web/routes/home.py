"""Today: the newest briefs."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.records import Entry, Selection
from briefing.web.pages import answer
from briefing.web.room import room_of
from briefing.web.routing import page

_MOST = 50


@dataclass(frozen=True, slots=True)
class Today:
    """The page "Today"."""

    briefs: tuple[Entry, ...]  # the newest first


def today(request: Request) -> Response:
    """Return the page with the newest briefs."""
    with room_of(request).reading() as archive:
        briefs = archive.find(Selection(limit=_MOST))
    return answer(request, "today.html.j2", Today(briefs))


ROUTES: Final = (page("/", today, "reader"),)
