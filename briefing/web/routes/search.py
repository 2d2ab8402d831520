"""Search: the address holds all that is asked, and the place of the page."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.records import SearchPlace
from briefing.room.search import Found, search
from briefing.web.pages import answer
from briefing.web.places import following, place
from briefing.web.room import room_of
from briefing.web.routing import page


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page "Search"."""

    found: Found
    older: str | None  # the address of the next page
    is_first: bool


def show_search(request: Request) -> Response:
    """Return a page of results."""
    after: SearchPlace | None = place(request.query_params.get("after", ""), str, int)  # type: ignore[assignment]
    with room_of(request).reading() as archive:
        found = search(archive, request.query_params, after)
    shown = SearchPage(found, following("/search", found.asked, found.more), after is None)
    return answer(request, "search.html.j2", shown, status=400 if found.trouble else 200)


ROUTES: Final = (page("/search", show_search, "reader"),)
