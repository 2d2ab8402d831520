"""The loop that follows schedules: look at the clock, make what is due, deliver it, reload the profiles, sleep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from briefing.archive.scheduling import ScheduleRecords
from briefing.errors import BriefingError, ScheduleError, defect
from briefing.jobs.plan import check_profile
from briefing.messages import counted
from briefing.profile.profile import Profile, load_profile
from briefing.runtime.outputs import real_path
from briefing.schedule.plans import Plan, make_plans
from briefing.schedule.runs import GRACE, DigestJob, LogLine, make_run, note_due, release_waiting, send_waiting

_LONGEST_SLEEP = timedelta(minutes=1)  # short, to notice a clock that was set and a machine that slept

MakePlan = Callable[[Profile], Plan]


@dataclass(frozen=True, slots=True)
class World:
    """What the loop needs from outside: the clock, sleep, the signal to stop, the log and the profiles."""

    clock: Callable[[], datetime]  # with a time zone
    sleep: Callable[[float], object]  # seconds; may return early
    stopping: Callable[[], bool]  # True once the loop is to end at the next safe point
    say: Callable[[LogLine], object]
    # Returns a plan as its profile's file now has it, and a line for the log.
    reload: Callable[[Plan], tuple[Plan, LogLine | None]] = lambda plan: (plan, None)


def follow(
    plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World, *, once: bool = False
) -> None:
    """Make and deliver digests when they are due, until the loop is stopped; with *once*, only what is due now.

    Runs that an earlier process left unfinished are resumed first. The profiles are reloaded after each sleep.

    Raises:
        ArchiveError: The archive cannot be read or written.
    """
    records.hasten([plan.name for plan in plans], world.clock())
    for plan in plans if not once else ():
        _log_next(plan, world, world.clock())
    in_time_after = world.clock() - GRACE
    while not world.stopping():
        now = world.clock()
        for plan in plans:
            skipped = note_due(plan, records, now, in_time_after)
            if skipped:
                world.say(LogLine(f"{plan.name}: skipped {counted(skipped, 'missed run')} (catch_up: {plan.catch_up})"))
        work(plans, records, job, world)
        if once or world.stopping():
            return
        in_time_after = _rest(plans, records, world, now)
        plans = [_reload(plan, records, world, now) for plan in plans]


def make_now(plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World) -> None:
    """Make and deliver a digest of each plan for this instant, and no digest that was due before.

    Raises:
        ArchiveError: The archive cannot be read or written.
    """
    work(plans, records, job, world, request_now(plans, records, world.clock()))


def request_now(plans: Sequence[Plan], records: ScheduleRecords, now: datetime) -> datetime:
    """Record a run of each plan for this instant; return the instant, cut to a whole second."""
    due = now.replace(microsecond=0)
    for plan in plans:
        records.ask_for(plan.name, due, now)
    return due


def work(
    plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World, only: datetime | None = None
) -> None:
    """Make and release the recorded runs, or only those due at the instant *only*; try all open deliveries."""
    by_name = {plan.name: plan for plan in plans}
    for run in records.to_run(tuple(by_name)):
        if only is not None and run.due != only:
            continue
        if world.stopping():
            return
        for line in make_run(run, by_name[run.profile], job, records, world.clock, world.stopping):
            world.say(line)
        _deliver(plans, records, world)
    for line in release_waiting(plans, records, job, world.clock, world.stopping, only):
        world.say(line)
    _deliver(plans, records, world)


class ProfileFiles:
    """Reloads the profiles of plans from their files.

    A changed profile replaces the earlier one if it can be used. If not, the earlier one stays in use.

    Args:
        files: The name or path that the user gave for each profile, by the profile's name.
        make_plan: Returns the plan of a profile, or raises a ScheduleError.
    """

    def __init__(self, files: Mapping[str, str], make_plan: MakePlan) -> None:
        self._files = files
        self._make_plan = make_plan
        self._troubles: dict[str, str] = {}  # by the name of the profile, so that each is reported once

    def __call__(self, plan: Plan) -> tuple[Plan, LogLine | None]:
        """Return the plan of the profile as it is now, and a line for the log; the same plan if nothing changed."""
        file = self._files[plan.name]
        try:
            profile = load_profile(file)
            is_changed = profile.sha256 != plan.profile.sha256
            found = self._plan_of(profile) if is_changed else plan
        except (BriefingError, ValueError) as error:
            return plan, self._trouble(plan.name, file, str(error))
        except Exception as error:  # noqa: BLE001 - a defect met in one profile must not end the other schedules
            return plan, self._trouble(plan.name, file, defect(error))
        was_wrong = self._troubles.pop(plan.name, None) is not None
        if is_changed:
            return found, LogLine(f"{plan.name}: {file} has changed; the new version is now in use")
        return plan, LogLine(f"{plan.name}: {file} is again the version in use") if was_wrong else None

    def _plan_of(self, profile: Profile) -> Plan:
        check_profile(profile)
        return self._make_plan(profile)

    def _trouble(self, name: str, file: str, reason: str) -> LogLine | None:
        """Return a line for the log; None if it was reported before."""
        if self._troubles.get(name) == reason:
            return None
        self._troubles[name] = reason
        text = f"{name}: {file} has changed but cannot be used; the earlier version stays in use: {reason}"
        return LogLine(text, trouble=True)


def plan_maker(
    archive: Path, environment: Mapping[str, str], clock: Callable[[], datetime], *, is_named: bool
) -> MakePlan:
    """Return a function that makes plans for a schedule that is already running.

    The function raises a ScheduleError for a profile that names another archive, unless *is_named*.

    Args:
        archive: The file that the running schedule uses.
        environment: Holds the secrets that profiles name.
        clock: Of the deliveries.
        is_named: True if the user named the archive on the command line; the profiles then have no say.
    """

    def make_plan(profile: Profile) -> Plan:
        (plan,) = make_plans((profile,), environment, clock)
        if not is_named and profile.archive is not None and real_path(Path(profile.archive)) != real_path(archive):
            reason = f"the running schedule uses the archive {archive}; to change it, stop the schedule and start again"
            raise ScheduleError(f"the profile {profile.name}", reason)
        return plan

    return make_plan


def _log_next(plan: Plan, world: World, after: datetime) -> None:
    for due in plan.times.next(after, 1):
        world.say(LogLine(f"{plan.name}: due next at {due:%Y-%m-%d %H:%M %Z}"))


def _reload(plan: Plan, records: ScheduleRecords, world: World, last_look: datetime) -> Plan:
    """Return the plan of the profile as it is now.

    New times count from the last look on: instants before it are not made up for.
    """
    found, line = world.reload(plan)
    if line is not None:
        world.say(line)
    if found is not plan:
        if found.times != plan.times:
            records.note_due(plan.name, (), (), last_look)
        records.hasten([plan.name], world.clock())  # the change may fix a failed delivery
        _log_next(found, world, last_look)
    return found


def _deliver(plans: Sequence[Plan], records: ScheduleRecords, world: World) -> None:
    for line in send_waiting(plans, records, world.clock, world.stopping):
        world.say(line)


def _rest(plans: Sequence[Plan], records: ScheduleRecords, world: World, last_look: datetime) -> datetime:
    """Sleep until something is due; return the instant after which a run counts as noticed in time.

    This is the last look. If the sleep took longer than asked, because the machine slept or its clock was set, it is
    the end of the sleep.
    """
    awaited = [due - plan.lead for plan in plans for due in plan.times.next(last_look + plan.lead, 1)]
    waiting = records.waiting([plan.name for plan in plans])
    awaited += [run.deadline for run in waiting if run.deadline is not None and run.deadline > last_look]
    attempt = records.next_attempt([plan.name for plan in plans])
    before = world.clock()
    until = min([*awaited, *([attempt] if attempt is not None else [])], default=before + _LONGEST_SLEEP)
    asked = max(timedelta(), min(until - before, _LONGEST_SLEEP))
    if asked:
        world.sleep(asked.total_seconds())
    after = world.clock()
    if after < before:  # the clock was set back: the next attempts may now lie far ahead
        records.hasten([plan.name for plan in plans], after)
    if after - before > asked + GRACE:
        return after - GRACE
    return min(last_look, after - GRACE)
