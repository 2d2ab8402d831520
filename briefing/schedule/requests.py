"""What a person asks of a schedule from the reading room: send now, send before the deadline, try again.

A request is stored first. A process of its own then works it off, or a running schedule that holds the archive, within
a minute. Whoever is killed midway leaves runs that the next one resumes, so nothing is sent twice.
"""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from briefing.archive.archive import Archive
from briefing.errors import BriefingError, ReviewError, ScheduleLockedError
from briefing.jobs.digests import DigestMaker
from briefing.model.runs import DueRun
from briefing.profile.profile import Profile
from briefing.review.acts import By, Draft, Subject
from briefing.schedule.loop import World, work
from briefing.schedule.plans import Plan, make_plans
from briefing.schedule.service import now, schedule_lock

_VALID: Final = timedelta(hours=1)  # how long a page may be open before its button counts no more
_TRIES: Final = 90  # seconds to wait for the archive; a running schedule looks once a minute


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets what: a target with its recipients, and the delivery in words."""

    target: str
    recipients: tuple[str, ...]
    what: tuple[str, ...]


def addressees(plan: Plan) -> tuple[Addressee, ...]:
    """Return who gets the digests of a profile, without secrets."""
    return tuple(Addressee(channel.target, channel.recipients, channel.describe()) for channel in plan.channels)


def plan_of(profile: Profile, environment: Mapping[str, str] = os.environ) -> Plan:
    """Return the plan of a profile.

    Raises:
        ScheduleError: It has no schedule, or names a variable that is not set.
    """
    (plan,) = make_plans((profile,), environment, now)
    return plan


def send_now(archive: Archive, by: By, profile: Profile, asked: datetime, moment: datetime) -> datetime:
    """Request a digest of an instant; asked again with the same instant, it is the same run.

    Args:
        archive: The archive.
        by: Who asks; the journal says so once.
        profile: The profile.
        asked: When the page with the button was made: the instant of the digest.
        moment: Now.

    Raises:
        ReviewError: The page is too old.
    """
    due = asked.astimezone(UTC).replace(microsecond=0)
    if not moment - _VALID <= due <= moment + timedelta(minutes=1):
        raise ReviewError("send a digest now", "this page was made too long ago; load it again")
    if not archive.schedule.of_digest(profile.name, due):
        archive.note(by, Subject.of_digest(profile.name, due), Draft("asked", reason="to send a digest now"))
    archive.schedule.ask_for(profile.name, due, moment)
    return due


def run_of(archive: Archive, profile: str, due: datetime) -> DueRun:
    """Return the run of an instant.

    Raises:
        ReviewError: There is no such run.
    """
    runs = archive.schedule.of_digest(profile, due)
    if not runs:
        raise ReviewError("find the run", f"{profile} has none for {due:%Y-%m-%d %H:%M} UTC")
    return runs[0][0]


def work_off(
    profile: Profile, archive: Path, only: datetime | None, *, say: Callable[[str], object] = lambda _line: None
) -> None:
    """Make, release and deliver what is stored for a profile, in this process.

    Another process that holds the archive may be about to end, so this one waits for a while. If that is a running
    schedule, it does the work meanwhile.
    """
    world = World(now, time.sleep, lambda: False, lambda line: say(line.text))
    for _ in range(_TRIES):
        try:
            with schedule_lock(archive, now()), Archive.open(archive) as opened:
                work((plan_of(profile),), opened.schedule, DigestMaker(archive), world, only)
                return
        except ScheduleLockedError:
            time.sleep(1)


def start_work(profile: Profile, archive: Path, only: datetime | None) -> None:
    """Work off what is stored for a profile in a process of its own.

    Raises:
        ScheduleError: The profile cannot be followed.
    """
    plan_of(profile)
    get_context("spawn").Process(target=_work_quietly, args=(profile, archive, only)).start()


def _work_quietly(profile: Profile, archive: Path, only: datetime | None) -> None:
    """Work, and leave what fails to the records of the runs."""
    with suppress(BriefingError):
        work_off(profile, archive, only)
