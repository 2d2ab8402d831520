"""The runs of a schedule: find which are due, make their digests, try their deliveries.

Each step is recorded in the archive before and after it. A process that is killed can therefore be resumed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from briefing.archive.scheduling import THE_SCHEDULE, Release, ScheduleRecords
from briefing.delivery.channel import Channel
from briefing.errors import BriefingError, DeliveryError, defect
from briefing.jobs.releasing import Held, ToSend
from briefing.model.runs import Delivery, DueRun, Parcel, Receipt, RunResult, RunState, Settlement
from briefing.profile.profile import Profile
from briefing.review.acts import Draft
from briefing.schedule.plans import Plan

# An instant that is noticed this late still counts as noticed in time: cron itself looks once a minute.
GRACE = timedelta(minutes=1)
_MAX_RECORDED = 1000  # missed instants of one look that are recorded; the latest
_MAX_ATTEMPTS = 3  # attempts at one run that ended with the death of the process
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_GIVE_UP_AFTER = timedelta(days=7)  # age of a delivery that is no longer retried

Instants = tuple[datetime, ...]
Stage = Literal["briefed", "merged"]


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line for the log of a schedule."""

    text: str
    trouble: bool = False


class StopRequest(BaseException):
    """Raised inside a job, when it reports a stage, to end the process; the job must not catch it."""


class DigestJob(Protocol):
    """Makes the digest of a profile for a due instant.

    A job may be killed at any point; it is then called again with the same arguments. It must therefore store
    everything only once, with (profile, due) as the key. "The last digest" is the last one with an earlier due instant.
    """

    def __call__(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Return the digest of the articles published up to *due*, in every format that is delivered.

        Args:
            profile: What the digest holds and how it looks.
            due: The instant of the run, in the time zone of the schedule; it counts as "now".
            reached: Called with "briefed" once all articles are fetched and briefed, and with "merged" once they are
                merged; it may raise StopRequest.

        Raises:
            BriefingError: There is no digest, and a retry would not help.
        """

    def prepare(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Make the same digest, but for people to approve; return its title, without files."""

    def release(self, profile: Profile, due: datetime) -> tuple[RunResult, ToSend] | Held:
        """Return a digest whose deadline has come as people made it, or why it is held.

        Raises:
            BriefingError: It cannot be sent, and a retry would not help.
        """


def note_due(plan: Plan, records: ScheduleRecords, now: datetime, in_time_after: datetime) -> int:
    """Record the instants that became due since the last look; return how many of them are skipped.

    An instant whose digest waits for approval becomes due earlier, so that there is time to approve it.
    Nothing runs twice after the clock was set back, because the earlier records are still there.
    """
    last_look = records.looked(plan.name)
    until = now + plan.lead
    due, skipped = split_due(plan, last_look or now - GRACE, now, in_time_after)
    if due or skipped or last_look is None or last_look > until:  # else the file need not be written
        records.note_due(plan.name, due, skipped, until)
    return len(skipped)


def split_due(plan: Plan, since: datetime, now: datetime, in_time_after: datetime) -> tuple[Instants, Instants]:
    """Return the instants after *since* and up to *now* that are to be run, and those that are skipped.

    The latest ``catch_up`` instants are run. An instant after *in_time_after*, when the schedule was already at work,
    was not missed: the latest instant is then run even if ``catch_up`` is 0. If digests need approval, those of the
    coming instants are made, too, as long ahead as the profile says.
    """
    found = plan.times.latest(since, now + plan.lead, max(_MAX_RECORDED, plan.catch_up))
    in_time = any(due > in_time_after for due in found)
    coming = sum(due > now for due in found)
    first = len(found) - min(len(found), max(plan.catch_up, int(in_time), coming))
    return found[first:], found[:first]


def make_run(
    run: DueRun,
    plan: Plan,
    job: DigestJob,
    records: ScheduleRecords,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
) -> tuple[LogLine, ...]:
    """Make the digest of a run and store it for delivery; return the lines for the log."""
    due = run.due.astimezone(plan.times.zone)
    name = f"{plan.name} of {due:%Y-%m-%d %H:%M %Z}"
    if run.attempts >= _MAX_ATTEMPTS:
        reason = f"the program died {run.attempts} times while making it; see the system's log, it may lack memory"
        return (_fail(run, name, records, clock, reason),)

    def reached(state: RunState) -> None:
        records.reach(run, state, clock())
        if stopping():
            raise StopRequest

    records.begin(run, clock())
    records.reach(run, "fetching", clock())
    make = job.prepare if plan.needs_approval else job
    try:
        result = make(plan.profile, due, reached)
    except StopRequest:
        records.stop(run, clock())
        return (LogLine(f"{name}: stopped; it starts over at the next start"),)
    except BriefingError as error:
        return (_fail(run, name, records, clock, str(error)),)
    except Exception as error:  # noqa: BLE001 - a defect in one run must not stop the next
        return (_fail(run, name, records, clock, defect(error)),)
    lines = [f"made {result.title!r}", *result.notices]
    if plan.needs_approval:
        records.wait(run, result, clock())
        return tuple(LogLine(f"{name}: {line}") for line in (*lines, "it waits for approval"))
    targets, skipped = _targets(plan, result)
    records.keep_result(run, result, targets, clock())
    return tuple(LogLine(f"{name}: {line}") for line in (*lines, *skipped))


def release_waiting(
    plans: Sequence[Plan],
    records: ScheduleRecords,
    job: DigestJob,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
    only: datetime | None = None,
) -> Iterator[LogLine]:
    """Send each digest whose deadline has come and that may be sent; yield the lines for the log.

    With *only*, the others of that instant are left alone.
    """
    by_name = {plan.name: plan for plan in plans}
    for run in records.waiting(tuple(by_name)):
        if stopping():
            return
        if (run.deadline or run.due) <= clock() and only in (None, run.due):
            yield from _release(run, by_name[run.profile], job, records, clock)


def _release(
    run: DueRun, plan: Plan, job: DigestJob, records: ScheduleRecords, clock: Callable[[], datetime]
) -> Iterator[LogLine]:
    """Send a digest that waits, or note once why it is held."""
    due = run.due.astimezone(plan.times.zone)
    name = f"{plan.name} of {due:%Y-%m-%d %H:%M %Z}"
    try:
        released = job.release(plan.profile, due)
    except BriefingError as error:
        yield _fail(run, name, records, clock, str(error))
        return
    except Exception as error:  # noqa: BLE001 - a defect in one run must not stop the next
        yield _fail(run, name, records, clock, defect(error))
        return
    if isinstance(released, Held):
        if clock() - run.due > _GIVE_UP_AFTER:
            yield _fail(run, name, records, clock, f"{released.reason}, for {_GIVE_UP_AFTER.days} days")
        elif released.reason != run.reason:
            records.hold(run, released.reason, clock())
            yield LogLine(f"{name}: held: {released.reason}")
        return
    result, sent = released
    targets, skipped = _targets(plan, result)
    goes_to = "; ".join(target for target, _ in targets) or "nobody"
    draft = Draft("sent", reason=f"{sent.why}; to {goes_to}", state=sent.state)
    records.keep_result(run, result, targets, clock(), Release(THE_SCHEDULE, draft, sent.acts, sent.final))
    yield from (LogLine(f"{name}: {line}") for line in (f"released: {sent.why}", *skipped))


def _targets(plan: Plan, result: RunResult) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    """Return the targets of a result with their recipients, and a line on those that skip an empty one."""
    skipped = [channel for channel in plan.channels if result.empty and plan.skips(channel)]
    targets = [(channel.target, channel.recipients) for channel in plan.channels if channel not in skipped]
    left_out = (f"not delivered to {channel.target}" for channel in skipped)
    return targets, ["; ".join(["it is empty", *left_out])] if result.empty else []


def send_waiting(
    plans: Sequence[Plan], records: ScheduleRecords, clock: Callable[[], datetime], stopping: Callable[[], bool]
) -> Iterator[LogLine]:
    """Try each waiting delivery once; yield the lines for the log."""
    by_name = {plan.name: plan for plan in plans}
    for delivery in records.to_send(tuple(by_name), clock()):
        if stopping():
            return
        begun, stored = records.begin_delivery(delivery, clock())
        plan = by_name[stored.profile]
        parcel = replace(stored, due=stored.due.astimezone(plan.times.zone))
        settlement = _send(plan.channel(delivery.target), parcel, begun, clock)
        records.settle(begun, settlement, clock())
        yield _delivery_line(settlement, begun, parcel)


def after_receipt(delivery: Delivery, receipt: Receipt, now: datetime) -> Settlement:
    """Return the state of a delivery that the target took, at least for some recipients."""
    refused = tuple(refusal for refusal in receipt.refused if not refusal.temporary)
    later = tuple(refusal for refusal in receipt.refused if refusal.temporary)
    reason = "; ".join(f"{refusal.recipient}: {refusal.reason}" for refusal in (*refused, *later))
    if not later:
        left_out = {refusal.recipient for refusal in (*delivery.refused, *refused)}
        served = set(delivery.recipients) - left_out
        return Settlement("sent" if served else "refused", (), refused, None, reason)
    waiting = tuple(refusal.recipient for refusal in later)
    if now - delivery.created > _GIVE_UP_AFTER:
        return Settlement("given up", waiting, refused, None, reason)
    return Settlement("pending", waiting, refused, now + wait_after(delivery.attempts), reason)


def after_failure(delivery: Delivery, error: DeliveryError, now: datetime) -> Settlement:
    """Return the state of a delivery that failed.

    A temporary failure is retried after a while, any other one at the next run or start.
    """
    if now - delivery.created > _GIVE_UP_AFTER:
        return Settlement("given up", delivery.waiting, (), None, error.reason)
    following = now + wait_after(delivery.attempts) if error.temporary else None
    return Settlement("pending", delivery.waiting, (), following, error.reason)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after the *attempts*-th attempt: 1, 2, 4, ... minutes, at most an hour."""
    doublings = min(attempts - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def _fail(run: DueRun, name: str, records: ScheduleRecords, clock: Callable[[], datetime], reason: str) -> LogLine:
    records.reach(run, "failed", clock(), reason)
    return LogLine(f"{name}: failed: {reason}", trouble=True)


def _send(channel: Channel | None, parcel: Parcel, delivery: Delivery, clock: Callable[[], datetime]) -> Settlement:
    if channel is None:
        return Settlement("given up", delivery.waiting, reason="the profile no longer names it")
    try:
        receipt = channel.send(parcel, delivery.waiting)
    except DeliveryError as error:
        return after_failure(delivery, error, clock())
    except Exception as error:  # noqa: BLE001 - a defect in one delivery must not stop the others
        return after_failure(delivery, DeliveryError(delivery.target, defect(error)), clock())
    return after_receipt(delivery, receipt, clock())


def _delivery_line(settlement: Settlement, delivery: Delivery, parcel: Parcel) -> LogLine:
    what = f"{parcel.profile} of {parcel.due:%Y-%m-%d %H:%M %Z}: {delivery.target}"
    state, reason, following = settlement.state, settlement.reason, settlement.next_attempt
    if state == "sent":
        return LogLine(f"{what}: sent, but {reason}", trouble=True) if reason else LogLine(f"{what}: sent")
    if state != "pending":
        return LogLine(f"{what}: {state}: {reason}", trouble=True)
    again = f"again at {following:%Y-%m-%d %H:%M %Z}" if following else "again at the next run or start"
    return LogLine(f"{what}: failed, {again}: {reason}", trouble=True)
