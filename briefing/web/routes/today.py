"""Today: what waits, what failed, what is sent next, and where followed actors are named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.records import WaitingPlace
from briefing.profile.profile import Profile
from briefing.room.digest import path_of
from briefing.room.today import Send, ToApprove, Today, today
from briefing.schedule.plans import fire_times_of
from briefing.web.pages import answer
from briefing.web.people import person_of
from briefing.web.places import following, place
from briefing.web.room import room_of
from briefing.web.routing import page


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """A brief or digest to approve, and its address."""

    what: ToApprove
    address: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The page "Today"."""

    day: str  # YYYY-MM-DD, in UTC
    to_approve: tuple[ApprovalLine, ...]
    today: Today
    earlier: str | None  # the address of the next page of those to review
    is_first: bool


def show_today(request: Request) -> Response:
    """Return the page Today."""
    room, person = room_of(request), person_of(request).name
    now = room.clock()
    profiles = (room.settings.profile,) if room.settings.profile is not None else ()
    after: WaitingPlace | None = place(request.query_params.get("after", ""), str, int, int)  # type: ignore[assignment]
    with room.reading() as archive:
        found = today(archive, person, now, profiles, tuple(_sends(profiles, now)), after)
    lines = tuple(ApprovalLine(one, _address(one)) for one in found.to_approve)
    earlier = following("/", {}, found.more)
    shown = TodayPage(now.date().isoformat(), lines, found, earlier, after is None)
    return answer(request, "today.html.j2", shown)


def _sends(profiles: tuple[Profile, ...], now: datetime) -> Iterator[Send]:
    """Yield when the digest of each profile is sent next, and its targets."""
    for profile in profiles:
        if profile.schedule is not None:
            targets = tuple(
                one.folder or (one.email and ", ".join(one.email.to)) or "webhook" for one in profile.deliver
            )
            for due in fire_times_of(profile).next(now, 1):
                yield Send(profile.name, due, targets)


def _address(one: ToApprove) -> str:
    return path_of(one.profile, one.due) if one.due is not None else f"/briefs/{one.brief}"


ROUTES: Final = (page("/", show_today, "reader"),)
