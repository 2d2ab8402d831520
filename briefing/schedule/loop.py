"""The loop that follows schedules: looks at the clock, makes what is due, delivers, sleeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from briefing.archive.scheduling import ScheduleRecords
from briefing.errors import BriefingError, ScheduleError, defect
from briefing.jobs.plan import check_profile
from briefing.profile.profile import Profile, load_profile
from briefing.runtime.outputs import real_path
from briefing.schedule.plans import Plan, make_plans
from briefing.schedule.runs import GRACE, DigestJob, Told, make_run, note_due, send_waiting

_LONGEST_SLEEP = timedelta(minutes=1)  # so that a clock that is set, or a machine that slept, is noticed


@dataclass(frozen=True, slots=True)
class World:
    """What a schedule needs of the world around it."""

    clock: Callable[[], datetime]  # with a time zone
    sleep: Callable[[float], object]  # seconds; may return early
    stopping: Callable[[], bool]  # whether to end at the next point where nothing is half done
    say: Callable[[Told], object]
    # Returns a plan as the file of its profile has it by now, and what to say of that.
    reread: Callable[[Plan], tuple[Plan, Told | None]] = lambda plan: (plan, None)


def follow(
    plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World, *, once: bool = False
) -> None:
    """Make and deliver what is due, until it is stopped; with *once*, what is due now.

    What an earlier process left unfinished is taken up first. Before each further look the profiles are read anew.

    Raises:
        ArchiveError: The archive cannot be read or written.
    """
    records.hasten([plan.name for plan in plans], world.clock())
    for plan in plans if not once else ():
        _tell_next(plan, world, world.clock())
    in_time_after = world.clock() - GRACE
    while not world.stopping():
        now = world.clock()
        for plan in plans:
            missed = note_due(plan, records, now, in_time_after)
            if missed:
                world.say(Told(f"{plan.name}: {missed} due before now and not made (catch_up: {plan.catch_up})"))
        _work(plans, records, job, world)
        if once or world.stopping():
            return
        in_time_after = _rest(plans, records, world, now)
        plans = [_reread(plan, records, world, now) for plan in plans]


def make_now(plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World) -> None:
    """Make and deliver a digest of each plan for this instant, and nothing that was due before.

    Raises:
        ArchiveError: The archive cannot be read or written.
    """
    due = ask_for_now(plans, records, world.clock())
    _work(plans, records, job, world, due)


def ask_for_now(plans: Sequence[Plan], records: ScheduleRecords, now: datetime) -> datetime:
    """Note that each plan is to be run for this instant, and return it: a whole second."""
    due = now.replace(microsecond=0)
    for plan in plans:
        records.ask_for(plan.name, due, now)
    return due


def _tell_next(plan: Plan, world: World, after: datetime) -> None:
    for due in plan.times.next(after, 1):
        world.say(Told(f"{plan.name}: due next at {due:%Y-%m-%d %H:%M %Z}"))


def _reread(plan: Plan, records: ScheduleRecords, world: World, looked: datetime) -> Plan:
    """Return a plan as its profile has it by now; other times count from the last look on, not for what went by."""
    found, told = world.reread(plan)
    if told is not None:
        world.say(told)
    if found is not plan:
        if found.times != plan.times:
            records.note_due(plan.name, (), (), looked)
        records.hasten([plan.name], world.clock())  # what kept a delivery waiting may be mended
        _tell_next(found, world, looked)
    return found


def _work(
    plans: Sequence[Plan], records: ScheduleRecords, job: DigestJob, world: World, only: datetime | None = None
) -> None:
    """Make what is to be made, or *only* what is due at an instant, and deliver."""
    by_name = {plan.name: plan for plan in plans}
    for run in records.to_run(tuple(by_name)):
        if only is not None and run.due != only:
            continue
        if world.stopping():
            return
        for line in make_run(run, by_name[run.profile], job, records, world.clock, world.stopping):
            world.say(line)
        _deliver(plans, records, world)
    _deliver(plans, records, world)


def _deliver(plans: Sequence[Plan], records: ScheduleRecords, world: World) -> None:
    for line in send_waiting(plans, records, world.clock, world.stopping):
        world.say(line)


def _rest(plans: Sequence[Plan], records: ScheduleRecords, world: World, looked: datetime) -> datetime:
    """Sleep until something is due; return after when what is due by then was noticed in time.

    That is since the last look, but where the clock went ahead meanwhile: the machine slept, or its clock was set.
    """
    awaited = [due for plan in plans for due in plan.times.next(looked, 1)]
    attempt = records.next_attempt([plan.name for plan in plans])
    before = world.clock()
    until = min([*awaited, *([attempt] if attempt is not None else [])], default=before + _LONGEST_SLEEP)
    asked = max(timedelta(), min(until - before, _LONGEST_SLEEP))
    if asked:
        world.sleep(asked.total_seconds())
    after = world.clock()
    if after < before:  # the clock was set back: attempts were noted for times that may be far off
        records.hasten([plan.name for plan in plans], after)
    if after - before > asked + GRACE:
        return after - GRACE
    return min(looked, after - GRACE)


MakePlan = Callable[[Profile], Plan]


class ProfileFiles:
    """Reads the profiles of plans anew.

    Args:
        files: What the user named each profile by, by its name.
        make_plan: Returns the plan of a profile, or raises a ScheduleError.
    """

    def __init__(self, files: Mapping[str, str], make_plan: MakePlan) -> None:
        self._files = files
        self._make_plan = make_plan
        self._troubles: dict[str, str] = {}  # what is wrong with each profile, so that it is told once

    def __call__(self, plan: Plan) -> tuple[Plan, Told | None]:
        """Return a plan as its profile has it now, and what to say of that; the plan itself where that cannot be."""
        file = self._files[plan.name]
        try:
            profile = load_profile(file)
            is_changed = profile.sha256 != plan.profile.sha256
            found = self._plan_of(profile) if is_changed else plan
        except (BriefingError, ValueError) as error:
            return plan, self._trouble(plan.name, file, str(error))
        except Exception as error:  # noqa: BLE001 - a defect met in one profile must not end the schedule of the others
            return plan, self._trouble(plan.name, file, defect(error))
        was_wrong = self._troubles.pop(plan.name, None) is not None
        if is_changed:
            return found, Told(f"{plan.name}: {file} was changed, and counts as it is now")
        return plan, Told(f"{plan.name}: {file} is again as it counts") if was_wrong else None

    def _plan_of(self, profile: Profile) -> Plan:
        check_profile(profile)
        return self._make_plan(profile)

    def _trouble(self, name: str, file: str, reason: str) -> Told | None:
        if self._troubles.get(name) == reason:
            return None
        self._troubles[name] = reason
        return Told(f"{name}: {file} was changed, but cannot be used and counts as it was: {reason}", trouble=True)


def plan_maker(
    archive: Path, environment: Mapping[str, str], clock: Callable[[], datetime], *, is_named: bool
) -> MakePlan:
    """Return what makes plans for a schedule that is at work with an archive.

    Args:
        archive: The file, which no change of a profile may exchange, unless it *is_named* beside the profiles.
        environment: Holds the secrets that profiles name.
        clock: Of the deliveries.
        is_named: See above.
    """

    def make_plan(profile: Profile) -> Plan:
        (plan,) = make_plans((profile,), environment, clock)
        if not is_named and profile.archive is not None and real_path(Path(profile.archive)) != real_path(archive):
            reason = (
                f"the schedule is at work with the archive {archive}; to exchange it, end the schedule and start anew"
            )
            raise ScheduleError(f"the profile {profile.name}", reason)
        return plan

    return make_plan
