"""The plan of a profile: the instants at which its digest is due, and where it is delivered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from briefing.delivery.channel import Channel
from briefing.errors import ScheduleError
from briefing.profile.crontab import Crontab, has_days, parse_crontab
from briefing.profile.profile import Profile
from briefing.runtime.outputs import real_path
from briefing.schedule.channels import channels_of

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_TICK = timedelta(microseconds=1)
# How far back to search for the latest missed instants, step by step.
_LOOKS_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1), timedelta(days=60), timedelta(days=366))


@dataclass(frozen=True)
class FireTimes:
    """The instants at which a crontab expression is due in a time zone.

    The trigger runs over the times of a wall clock that never jumps. Each of them is then placed in the zone. A time
    that occurs twice is due the first time. A time that is skipped is due at the first instant after the gap. Run
    in a zone, APScheduler's trigger loops forever, or skips a day, where daylight saving begins or ends.
    """

    crontab: Crontab
    zone: ZoneInfo

    def after(self, instant: datetime) -> Iterator[datetime]:
        """Yield the instants after *instant* in ascending order, each once, in the time of the zone."""
        last = instant.astimezone(UTC)
        reading: datetime | None = instant.astimezone(self.zone).replace(tzinfo=UTC, fold=0)
        while reading is not None:
            reading = self._trigger.get_next_fire_time(None, reading + _TICK)
            if reading is not None and (due := _place(reading.replace(tzinfo=None), self.zone)) > last:
                last = due
                yield due.astimezone(self.zone)

    def latest(self, after: datetime, until: datetime, most: int) -> tuple[datetime, ...]:
        """Return the last *most* instants after *after* and up to *until*, in ascending order."""
        following = self.next(after, 1)
        if not following or following[0] > until:
            return ()
        for back in _LOOKS_BACK:
            if until - back <= after:
                break
            found = self._within(until - back, until)
            if len(found) >= most:
                return found[len(found) - most :]
        return self._within(max(after, until - _LOOKS_BACK[-1]), until)[-most:] if most else ()

    def next(self, after: datetime, count: int) -> tuple[datetime, ...]:
        """Return the next *count* instants after *after*."""
        return tuple(islice(self.after(after), count))

    def _within(self, after: datetime, until: datetime) -> tuple[datetime, ...]:
        found: list[datetime] = []
        for due in self.after(after):
            if due.astimezone(UTC) > until.astimezone(UTC):
                break
            found.append(due)
        return tuple(found)

    @cached_property
    def _trigger(self) -> BaseTrigger:
        """Return the trigger; weekdays are given by name, because APScheduler counts them from Monday."""
        crontab = self.crontab
        shared = {
            "minute": _listed(crontab.minutes, 60),
            "hour": _listed(crontab.hours, 24),
            "month": _listed(crontab.months, 12),
            "timezone": UTC,
        }
        days = _listed(crontab.days, 31)
        weekdays = _listed([_WEEKDAYS[day] for day in crontab.weekdays], 7)
        if not crontab.either_day:
            return CronTrigger(day=days, day_of_week=weekdays, **shared)
        by_weekday = CronTrigger(day_of_week=weekdays, **shared)
        # APScheduler would search up to the year 9999 for a trigger that is never due, each time.
        return OrTrigger([CronTrigger(day=days, **shared), by_weekday]) if has_days(crontab) else by_weekday


def _listed(values: Sequence[int | str], all_of_them: int) -> str:
    return "*" if len(values) == all_of_them else ",".join(map(str, values))


def _place(reading: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the clocks of a zone show *reading*, or the end of the gap that skips it."""
    placed = reading.replace(tzinfo=zone).astimezone(UTC)
    if placed.astimezone(zone).replace(tzinfo=None) == reading:
        return placed
    return _end_of_gap(reading.replace(tzinfo=zone, fold=1).astimezone(UTC), placed, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the second between two instants at which the zone's clocks are set forward (PEP 495)."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


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
