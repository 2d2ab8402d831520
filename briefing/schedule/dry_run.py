"""What a schedule would do now, without doing it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.messages import counted
from briefing.schedule.plans import Plan
from briefing.schedule.runs import GRACE, split_due

_FAR = timedelta(days=366)


def describe_due(plans: Sequence[Plan], records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    """Yield lines on the digests that would be made now and where each would go.

    *records* are None before the first start of the schedule.
    """
    for plan in plans:
        last_look = records.looked(plan.name) if records is not None else None
        due, _ = split_due(plan, last_look or now - GRACE, now, now - GRACE)
        unfinished = [run.due for run in records.to_run((plan.name,))] if records is not None else []
        for instant in sorted({*due, *unfinished}):
            yield _run_line(instant, plan)
        yield from next_due_lines((plan,), now)
        if plan.needs_approval:
            yield f"{plan.name}: it waits for approval from {plan.profile.approval.ready} minutes before it is due"
        yield from _delivery_lines(plan, records, now)


def describe_now(plans: Sequence[Plan], records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    """Yield lines on a digest made for this instant and where it would go."""
    for plan in plans:
        yield _run_line(now, plan)
        yield from _delivery_lines(plan, records, now)


def next_due_lines(plans: Iterable[Plan], now: datetime) -> Iterator[str]:
    """Yield a line for each plan that says when its next digest is due."""
    for plan in plans:
        for following in plan.times.next(now, 1):
            yield f"{plan.name}: due next at {_in_zone(following, plan)}"


def _run_line(instant: datetime, plan: Plan) -> str:
    sources = counted(len(plan.profile.digest.sources), "source")
    formats = ", ".join(plan.profile.outputs)
    return f"{plan.name}: would make the digest of {_in_zone(instant, plan)} from {sources}, as {formats}"


def _delivery_lines(plan: Plan, records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    for channel in plan.channels:
        condition = ", unless it is empty" if plan.skips(channel) else ""
        yield from (f"{plan.name}: would {line}{condition}" for line in channel.describe())
    if records is not None:
        yield from _waiting_lines(plan, records, now)


def _waiting_lines(plan: Plan, records: ScheduleRecords, now: datetime) -> Iterator[str]:
    """Yield lines on the deliveries of earlier runs that are not finished."""
    for delivery in records.to_send((plan.name,), now + _FAR):
        parcel = records.parcel(delivery)
        what = f"{plan.name} of {_in_zone(parcel.due, plan)}, which waits"
        channel = plan.channel(delivery.target)
        if channel is None:
            yield f"{what}: would give up {delivery.target}, which the profile no longer names"
            continue
        yield from (f"{what}: would {line}" for line in channel.describe(parcel))


def _in_zone(instant: datetime, plan: Plan) -> str:
    return f"{instant.astimezone(plan.times.zone):%Y-%m-%d %H:%M %Z}"
