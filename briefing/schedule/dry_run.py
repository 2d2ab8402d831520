"""What a schedule would do now, without doing it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.messages import counted
from briefing.schedule.plans import Plan
from briefing.schedule.runs import GRACE, share_due

_FAR = timedelta(days=366)


def foresee(plans: Sequence[Plan], records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    """Yield, in lines, what would be made and what would go to whom; *records* are None before the first start."""
    for plan in plans:
        noted = records.looked(plan.name) if records is not None else None
        due, _ = share_due(plan, noted or now - GRACE, now, now - GRACE)
        unfinished = [run.due for run in records.to_run((plan.name,))] if records is not None else []
        for instant in sorted({*due, *unfinished}):
            yield _making(instant, plan)
        yield from due_next((plan,), now)
        yield from _delivering(plan, records, now)


def foresee_now(plans: Sequence[Plan], records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    """Yield, in lines, what would be made of this instant, and what would go to whom."""
    for plan in plans:
        yield _making(now, plan)
        yield from _delivering(plan, records, now)


def due_next(plans: Iterable[Plan], now: datetime) -> Iterator[str]:
    """Yield a line for each plan that says when its digest is due next."""
    for plan in plans:
        for following in plan.times.next(now, 1):
            yield f"{plan.name}: due next at {_shown(following, plan)}"


def _making(instant: datetime, plan: Plan) -> str:
    sources = counted(len(plan.profile.digest.sources), "source")
    formats = ", ".join(plan.profile.outputs)
    return f"{plan.name}: would make the digest of {_shown(instant, plan)} from {sources}, as {formats}"


def _delivering(plan: Plan, records: ScheduleRecords | None, now: datetime) -> Iterator[str]:
    for channel in plan.channels:
        condition = ", unless it is empty" if plan.skips(channel) else ""
        yield from (f"{plan.name}: would {line}{condition}" for line in channel.describe())
    if records is not None:
        yield from _waiting(plan, records, now)


def _waiting(plan: Plan, records: ScheduleRecords, now: datetime) -> Iterator[str]:
    for delivery in records.to_send((plan.name,), now + _FAR):
        parcel = records.parcel(delivery)
        what = f"{plan.name} of {_shown(parcel.due, plan)}, which waits"
        channel = plan.channel(delivery.target)
        if channel is None:
            yield f"{what}: would give up {delivery.target}, which the profile no longer names"
            continue
        yield from (f"{what}: would {line}" for line in channel.describe(parcel))


def _shown(instant: datetime, plan: Plan) -> str:
    return f"{instant.astimezone(plan.times.zone):%Y-%m-%d %H:%M %Z}"
