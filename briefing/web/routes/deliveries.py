"""Deliveries: what is sent next, what became of the last runs; send now, try again, send a corrected copy."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import BriefingError
from briefing.profile.profile import Profile
from briefing.review.acts import Draft, Subject
from briefing.room.copies import CorrectedSince, correct_in_digest, corrected_since, send_copy
from briefing.room.deliveries import copy_page, deliveries_page, send_page
from briefing.schedule.plans import fire_times_of
from briefing.schedule.requests import run_of, send_now, start_work
from briefing.web.pages import answer, form_of, see
from briefing.web.people import person_of
from briefing.web.room import Room, room_of
from briefing.web.routing import deed, page


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why something could not be sent."""

    message: str


@dataclass(frozen=True, slots=True)
class CorrectedSincePage:
    """Lines that were corrected in briefs after digests were sent with them."""

    lines: tuple[CorrectedSince, ...]


def show_deliveries(request: Request) -> Response:
    """Return the page of deliveries."""
    room = room_of(request)
    with room.reading() as archive:
        return answer(request, "deliveries.html.j2", deliveries_page(archive, room.settings.profile, room.clock()))


def ask_now(request: Request) -> Response:
    """Ask whether a digest of this instant shall be made and sent, and say who gets it."""
    return _asked(request, None)


def ask_send(request: Request) -> Response:
    """Ask whether a digest shall be sent before its deadline, and say who gets it."""
    return _asked(request, due_of(request))


def ask_copy(request: Request) -> Response:
    """Ask whether a corrected copy shall be sent, and say who gets it."""
    room, profile, due = room_of(request), _profile(request), due_of(request)
    with room.reading() as archive:
        found = copy_page(archive, profile.name, due, room.clock())
    if found is None:
        return answer(request, "not_sent.html.j2", NotSent("There is nothing to correct: it is as it was sent."))
    return answer(request, "send.html.j2", found)


def now(request: Request) -> Response:
    """Make and send a digest of the instant at which the page was made; a second click is the same."""
    room, profile = room_of(request), _profile(request)
    try:
        asked = datetime.fromisoformat(str(form_of(request).get("asked", "")))
        with room.writing() as archive:
            due = send_now(archive, person_of(request).by, profile, asked, room.clock())
        start_work(profile, room.settings.archive, due)
    except ValueError as error:
        raise HTTPException(422, "the form lacks the moment at which it was made") from error
    except BriefingError as error:
        return answer(request, "not_sent.html.j2", NotSent(str(error)), status=409)
    return see("/deliveries")


def send(request: Request) -> Response:
    """Bring the deadline of a waiting digest forward to now."""
    return _on_run(request, "release")


def retry(request: Request) -> Response:
    """Try a run or its deliveries again."""
    return _on_run(request, "retry")


def copy(request: Request) -> Response:
    """Send a corrected copy to those who got the digest."""
    room, profile, due = room_of(request), _profile(request), due_of(request)
    seen = str(form_of(request).get("seen", ""))
    local = due.astimezone(fire_times_of(profile).zone) if profile.schedule is not None else due
    try:
        with room.writing() as archive:
            send_copy(archive, person_of(request).by, profile, local, seen, room.clock())
        start_work(profile, room.settings.archive, due)
    except BriefingError as error:
        return answer(request, "not_sent.html.j2", NotSent(str(error)), status=409)
    return see("/deliveries")


def show_corrected(request: Request) -> Response:
    """Return the lines of sent digests that were corrected in the briefs of their articles since."""
    with room_of(request).reading() as archive:
        return answer(request, "corrected_since.html.j2", CorrectedSincePage(corrected_since(archive)))


def correct_sent(request: Request) -> Response:
    """Correct a line of a sent digest as in the brief of its article; then ask whether a copy shall be sent."""
    form = form_of(request)
    wanted = (str(form.get("digest", "")), str(form.get("line", "")))
    with room_of(request).writing() as archive:
        found = next((one for one in corrected_since(archive) if (one.path, one.wrong.line) == wanted), None)
        if found is None:
            return answer(request, "not_sent.html.j2", NotSent("It is corrected already."), status=409)
        correct_in_digest(archive, person_of(request).by, found.wrong)
    return see(found.path.replace("/digests/", "/deliveries/", 1) + "/copy")


def due_of(request: Request) -> datetime:
    """Return the instant that an address names.

    Raises:
        HTTPException: It names none.
    """
    try:
        return datetime.fromisoformat(request.path_params["due"]).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise HTTPException(404, "the address names no instant") from error


def _asked(request: Request, due: datetime | None) -> Response:
    room, profile = room_of(request), _profile(request)
    try:
        with room.reading() as archive:
            if due is not None:
                run_of(archive, profile.name, due)
            return answer(request, "send.html.j2", send_page(archive, profile, due, room.clock()))
    except BriefingError as error:
        return answer(request, "not_sent.html.j2", NotSent(str(error)), status=409)


def _on_run(request: Request, what: str) -> Response:
    room, profile, due = room_of(request), _profile(request), due_of(request)
    try:
        with room.writing() as archive:
            run = run_of(archive, profile.name, due)
            (archive.schedule.release if what == "release" else archive.schedule.retry)(run, room.clock())
            reason = "to send it before its deadline" if what == "release" else "to try again"
            archive.note(person_of(request).by, Subject.of_digest(profile.name, due), Draft("asked", reason=reason))
        start_work(profile, room.settings.archive, due)
    except BriefingError as error:
        return answer(request, "not_sent.html.j2", NotSent(str(error)), status=409)
    return see("/deliveries")


def _profile(request: Request) -> Profile:
    """Return the profile that an address names, if the room was opened with it.

    Raises:
        HTTPException: It was not.
    """
    room: Room = room_of(request)
    profile = room.settings.profile
    if profile is None or profile.name != request.path_params["profile"]:
        raise HTTPException(404, "the room was not opened with this profile; name it: briefing serve --profile FILE")
    return profile


_RUN: Final = "/deliveries/{profile}/{due}"
ROUTES: Final = (
    page("/deliveries", show_deliveries, "reader"),
    page("/deliveries/corrected", show_corrected, "editor"),
    deed("/deliveries/corrected", correct_sent, "editor"),
    page("/deliveries/{profile}/now", ask_now, "approver"),
    deed("/deliveries/{profile}/now", now, "approver"),
    page(f"{_RUN}/send", ask_send, "approver"),
    deed(f"{_RUN}/send", send, "approver"),
    deed(f"{_RUN}/retry", retry, "approver"),
    page(f"{_RUN}/copy", ask_copy, "approver"),
    deed(f"{_RUN}/copy", copy, "approver"),
)
