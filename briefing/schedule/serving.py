"""A schedule in a process of its own: the lock, the archive, the signals and the clock."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefing.archive.archive import Archive
from briefing.errors import ScheduleError
from briefing.profile.profile import Profile
from briefing.runtime.outputs import real_path
from briefing.schedule.following import World, ask_for_now, follow, make_now
from briefing.schedule.job import DigestJob
from briefing.schedule.lock import only_schedule
from briefing.schedule.plans import Plan
from briefing.schedule.stopping import stop_signal
from briefing.schedule.telling import Told


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def serve(
    plans: Sequence[Plan],
    archive: Path,
    job: DigestJob,
    say: Callable[[Told], object],
    *,
    once: bool = False,
    at_once: bool = False,
    clock: Callable[[], datetime] = now,
    reread: Callable[[Plan], tuple[Plan, Told | None]] = lambda plan: (plan, None),
) -> None:
    """Follow schedules until SIGTERM or SIGINT; with *once*, make and deliver what is due now.

    With *at_once* the digests of this instant are made and delivered, whatever is due.

    *reread* returns a plan as the file of its profile has it by now, and what to say of that.

    Raises:
        ScheduleLockedError: Another process follows schedules with this archive.
        ArchiveError: The archive cannot be used.
    """
    with only_schedule(archive, clock()), Archive.open(archive) as opened, stop_signal() as stop:
        world = World(clock, stop.sleep, stop.asked, say, reread)
        if at_once:
            make_now(plans, opened.schedule, job, world)
        else:
            follow(plans, opened.schedule, job, world, once=once)


def hand_over(plans: Sequence[Plan], archive: Path, clock: Callable[[], datetime] = now) -> None:
    """Have the schedule that is at work with an archive make the digests of this instant at its next look.

    Raises:
        ArchiveError: The archive cannot be used.
    """
    with Archive.open(archive) as opened:
        ask_for_now(plans, opened.schedule, clock())


def archive_of(profiles: Sequence[Profile], named: Path | None) -> Path:
    """Return the archive that is named, else the one that all profiles name.

    Raises:
        ScheduleError: None is, or the profiles name several.
    """
    if named is not None:
        return named
    archives = sorted({str(real_path(Path(profile.archive))) for profile in profiles if profile.archive is not None})
    names = ", ".join(profile.name for profile in profiles)
    if not archives:
        reason = "no archive is named, where its runs are kept; add archive: briefs.sqlite, or --archive FILE"
        raise ScheduleError(f"the profile {names}", reason)
    if len(archives) > 1:
        reason = (
            f"they name several archives ({', '.join(archives)}); start a schedule for each, or name one: --archive"
        )
        raise ScheduleError(f"the profiles {names}", reason)
    return Path(archives[0])
