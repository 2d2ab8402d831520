"""The plan of a profile: the instants at which its digest is due, and where it is delivered."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefing.delivery.channel import Channel
from briefing.errors import ScheduleError
from briefing.profile.crontab import parse_crontab
from briefing.profile.profile import Profile
from briefing.runtime.outputs import real_path
from briefing.schedule.channels import channels_of

_FARTHEST = timedelta(days=366)  # how far back missed instants are searched


@dataclass(frozen=True)
class FireTimes:
    """The instants at which a crontab expression is due in a time zone.

    cronsim runs over the readings of a wall clock that never jumps. Each of them is then placed in the zone. A time
    that occurs twice is due the first time. A time that is skipped is due at the first instant after the gap. Run in a
    zone, cronsim repeats ``0 * * * *`` in an hour that occurs twice, and drops ``*/15 2 * * *`` in one that is skipped.
    """

    crontab: str  # from ``parse_crontab``
    zone: ZoneInfo

    def after(self, instant: datetime) -> Iterator[datetime]:
        """Yield the instants after *instant* in ascending order, each once, in the time of the zone."""
        last = instant.astimezone(UTC)
        for reading in CronSim(self.crontab, instant.astimezone(self.zone).replace(tzinfo=None)):
            if (due := _place(reading, self.zone)) > last:
                last = due
                yield due.astimezone(self.zone)

    def latest(self, after: datetime, until: datetime, most: int) -> tuple[datetime, ...]:
        """Return the last *most* instants after *after* and up to *until*, in ascending order.

        They are searched within the year before *until*.
        """
        first, last = max(after, until - _FARTHEST).astimezone(UTC), until.astimezone(UTC)
        shown = last.astimezone(self.zone).replace(fold=0)
        repeated = last - shown.astimezone(UTC)  # not zero in the second of two equal hours
        found: list[datetime] = []
        start = shown.replace(tzinfo=None) + repeated + timedelta(seconds=1)  # cronsim leaves the start itself out
        for reading in CronSim(self.crontab, start, reverse=True):
            due = _place(reading, self.zone)
            if due <= first or len(found) == most:
                break
            if due <= last and due not in found[-1:]:
                found.append(due)
        return tuple(due.astimezone(self.zone) for due in reversed(found))

    def next(self, after: datetime, count: int) -> tuple[datetime, ...]:
        """Return the next *count* instants after *after*."""
        return tuple(islice(self.after(after), count))


def _place(reading: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the clocks of a zone show *reading*, or the end of the gap that skips it."""
    placed = reading.replace(tzinfo=zone)
    before, after = int(placed.replace(fold=1).timestamp()), int(placed.timestamp())
    if before < after:  # *reading* is skipped; the clocks are set forward between the two (PEP 495)
        gap, offset = range(before, after + 1), placed.utcoffset()
        after = gap[
            bisect_left(gap, True, key=lambda second: datetime.fromtimestamp(second, zone).utcoffset() != offset)
        ]
    return datetime.fromtimestamp(after, UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """When the digest of a profile is made, and where it is delivered."""

    profile: Profile
    times: FireTimes
    catch_up: int  # the most missed instants to make up for
    channels: tuple[Channel, ...] = ()

    @property
    def name(self) -> str:
        """The name of the profile, under which its runs are recorded."""
        return self.profile.name

    @property
    def needs_approval(self) -> bool:
        """Whether people must approve its digests or their briefs."""
        return self.profile.approval.need != "none"

    @property
    def lead(self) -> timedelta:
        """How long before the due instant the digest is made, so that there is time to approve it."""
        return timedelta(minutes=self.profile.approval.ready) if self.needs_approval else timedelta()

    def channel(self, target: str) -> Channel | None:
        """Return the channel to a target; None if the profile no longer names it."""
        return next((channel for channel in self.channels if channel.target == target), None)

    def skips(self, channel: Channel) -> bool:
        """Return True if an empty digest is not delivered to a channel."""
        skip_empty = self.profile.digest.skip_empty
        return channel.news_only if skip_empty is None else skip_empty


def fire_times_of(profile: Profile) -> FireTimes:
    """Return when the digest of a profile is due.

    Raises:
        ScheduleError: The profile has no schedule.
    """
    if profile.schedule is None:
        reason = "it has no schedule; add: schedule: {cron: '0 6 * * 1-5', timezone: Europe/Prague}"
        raise ScheduleError(f"the profile {profile.name}", reason)
    return FireTimes(parse_crontab(profile.schedule.cron), ZoneInfo(profile.schedule.timezone))


def make_plans(
    profiles: Sequence[Profile], environment: Mapping[str, str], clock: Callable[[], datetime]
) -> tuple[Plan, ...]:
    """Return the plans of profiles; *environment* holds the secrets that they name.

    Raises:
        ScheduleError: A profile has no schedule or names a variable that is not set, or two have the same name.
    """
    plans = tuple(
        Plan(
            profile,
            fire_times_of(profile),
            profile.schedule.catch_up if profile.schedule is not None else 0,
            channels_of(profile, environment, clock),
        )
        for profile in profiles
    )
    names = [plan.name for plan in plans]
    for name in names:
        if names.count(name) > 1:
            raise ScheduleError(f"the profile {name}", "two profiles have this name; rename one of the files")
    return plans


def archive_of(profiles: Sequence[Profile], named: Path | None) -> Path:
    """Return the archive *named* on the command line, else the one that all profiles name.

    Raises:
        ScheduleError: No archive is named, or the profiles name several.
    """
    if named is not None:
        return named
    archives = sorted({str(real_path(Path(profile.archive))) for profile in profiles if profile.archive is not None})
    names = ", ".join(profile.name for profile in profiles)
    if not archives:
        reason = "no archive is named to keep runs in; add archive: briefs.sqlite, or --archive FILE"
        raise ScheduleError(f"the profile {names}", reason)
    if len(archives) > 1:
        reason = (
            f"they name several archives ({', '.join(archives)}); start a schedule for each, or name one: --archive"
        )
        raise ScheduleError(f"the profiles {names}", reason)
    return Path(archives[0])
