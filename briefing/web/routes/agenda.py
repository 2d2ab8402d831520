"""Agenda: the events of all briefs by day, as a page and as a calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.records import AgendaPlace
from briefing.errors import DayError
from briefing.jobs.briefs import parse_day
from briefing.profile.profile import load_profile
from briefing.room.agenda import Agenda, agenda, agenda_calendar
from briefing.web.pages import answer
from briefing.web.places import address, following, place
from briefing.web.room import room_of
from briefing.web.routing import file, page


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """The page "Agenda"."""

    agenda: Agenda
    later: str | None  # the address of the next page
    calendar: str  # the address of the same as a calendar
    trouble: str  # why the day was not understood


def show_agenda(request: Request) -> Response:
    """Return the events from a day on."""
    kinds = (str, str, int, int)
    after: AgendaPlace | None = place(request.query_params.get("after", ""), *kinds)  # type: ignore[assignment]
    first, trouble = _first(request)
    with room_of(request).reading() as archive:
        found = agenda(archive, first, after)
    fields = {"from": first.isoformat()}
    later, calendar = following("/agenda", fields, found.more), address("/agenda.ics", fields)
    shown = AgendaPage(found, later, calendar, trouble)
    return answer(request, "agenda.html.j2", shown, status=400 if trouble else 200)


def agenda_file(request: Request) -> Response:
    """Return the events from a day on as a calendar."""
    room = room_of(request)
    with room.reading() as archive:
        calendar = agenda_calendar(archive, _first(request)[0], room.settings.profile or load_profile())
    headers = {"Content-Disposition": 'attachment; filename="agenda.ics"'}
    return Response(calendar, headers=headers, media_type="text/calendar")


def _first(request: Request) -> tuple[date, str]:
    """Return the first day that is asked for, today unless one is, and why it was not understood."""
    written = request.query_params.get("from", "").strip()
    today = room_of(request).clock().date()
    try:
        return (parse_day(written) if written else today), ""
    except DayError as error:
        return today, str(error)


ROUTES: Final = (file("/agenda.ics", agenda_file, "reader"), page("/agenda", show_agenda, "reader"))
