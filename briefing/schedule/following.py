"""The loop that follows schedules: looks at the clock, makes what is due, delivers, sleeps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.schedule.dispatching import send_waiting
from briefing.schedule.job import DigestJob
from briefing.schedule.looking import GRACE, note_due
from briefing.schedule.making import make_run
from briefing.schedule.plans import Plan
from briefing.schedule.telling import Told

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
