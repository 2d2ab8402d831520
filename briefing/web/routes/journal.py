"""Journal: who did what, with the values before and after."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.room.journal import Journal, journal
from briefing.web.pages import answer
from briefing.web.places import following, place
from briefing.web.room import room_of
from briefing.web.routing import page


@dataclass(frozen=True, slots=True)
class JournalPage:
    """The page "Journal"."""

    journal: Journal
    older: str | None  # the address of the next page


def show_journal(request: Request) -> Response:
    """Return the latest acts."""
    before: tuple[int] | None = place(request.query_params.get("after", ""), int)  # type: ignore[assignment]
    who = request.query_params.get("who", "").strip()
    with room_of(request).reading() as archive:
        found = journal(archive, before[0] if before is not None else None, who)
    more = (found.more,) if found.more is not None else None
    return answer(request, "journal.html.j2", JournalPage(found, following("/journal", {"who": who}, more)))


ROUTES: Final = (page("/journal", show_journal, "reader"),)
