"""One run: the job is done, its result kept; whatever happens, the archive says how far it came."""

from collections.abc import Callable
from datetime import datetime

from briefing.archive.scheduling import ScheduleRecords
from briefing.errors import BriefingError, defect
from briefing.model.runs import DueRun, RunState
from briefing.schedule.job import DigestJob, StopRequest
from briefing.schedule.plans import Plan
from briefing.schedule.telling import Told

_MOST_ATTEMPTS = 3  # that ended with the death of the process


def make_run(
    run: DueRun,
    plan: Plan,
    job: DigestJob,
    records: ScheduleRecords,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
) -> tuple[Told, ...]:
    """Make what is due and keep it for delivery; return what to say of it."""
    due = run.due.astimezone(plan.times.zone)
    name = f"{plan.name} of {due:%Y-%m-%d %H:%M %Z}"
    if run.attempts >= _MOST_ATTEMPTS:
        reason = f"the program died {run.attempts} times in it; see the system's log, it may lack memory"
        return (_fail(run, name, records, clock, reason),)

    def reached(state: RunState) -> None:
        records.reach(run, state, clock())
        if stopping():
            raise StopRequest

    records.begin(run, clock())
    records.reach(run, "fetching", clock())
    try:
        result = job(plan.profile, due, reached)
    except StopRequest:
        records.stop(run, clock())
        return (Told(f"{name}: stopped; it starts over with the next start"),)
    except BriefingError as error:
        return (_fail(run, name, records, clock, str(error)),)
    except Exception as error:  # noqa: BLE001 - a defect met in one run must not cost the next
        return (_fail(run, name, records, clock, defect(error)),)
    left_out = [channel for channel in plan.channels if result.empty and plan.skips(channel)]
    served = [channel for channel in plan.channels if channel not in left_out]
    records.keep_result(run, result, [(channel.target, channel.recipients) for channel in served], clock())
    told = [f"made {result.title!r}", *result.notices]
    if result.empty:
        told.append("; ".join(["it is empty", *(f"not delivered to {channel.target}" for channel in left_out)]))
    return tuple(Told(f"{name}: {line}") for line in told)


def _fail(run: DueRun, name: str, records: ScheduleRecords, clock: Callable[[], datetime], reason: str) -> Told:
    records.reach(run, "failed", clock(), reason)
    return Told(f"{name}: failed: {reason}", trouble=True)
