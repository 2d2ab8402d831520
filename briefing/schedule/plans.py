"""A profile's schedule, ready to be followed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from briefing.delivery.channel import Channel
from briefing.errors import ScheduleError
from briefing.profile.crontab import parse_crontab
from briefing.profile.profile import Profile
from briefing.schedule.channels import channels_of
from briefing.schedule.fire_times import FireTimes


@dataclass(frozen=True, slots=True)
class Plan:
    """When a profile's digest is made, and whereto it goes."""

    profile: Profile
    times: FireTimes
    catch_up: int  # at most so many missed instants are made up for
    channels: tuple[Channel, ...] = ()

    @property
    def name(self) -> str:
        """Return the name by which its runs are known."""
        return self.profile.name

    def channel(self, target: str) -> Channel | None:
        """Return the way to a target; None where the profile no longer names it."""
        return next((channel for channel in self.channels if channel.target == target), None)

    def skips(self, channel: Channel) -> bool:
        """Return True if a target does without a digest that has nothing to tell."""
        skipped = self.profile.digest.skip_empty
        return channel.news_only if skipped is None else skipped


def fire_times_of(profile: Profile) -> FireTimes:
    """Return when a profile's digest is due.

    Raises:
        ScheduleError: It says nothing of a schedule.
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
        ScheduleError: One has no schedule, names a variable that is not set, or two go by one name.
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
            raise ScheduleError(f"the profile {name}", "two profiles go by that name; rename one of the files")
    return plans
