"""One run of a schedule: which are due, how one is made and how its deliveries are tried."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from briefing.archive.scheduling import ScheduleRecords
from briefing.delivery.channel import Channel
from briefing.errors import BriefingError, DeliveryError, defect
from briefing.model.runs import Delivery, DueRun, Parcel, Receipt, RunResult, RunState, Settlement
from briefing.profile.profile import Profile
from briefing.schedule.plans import Plan


@dataclass(frozen=True, slots=True)
class Told:
    """A line for the log."""

    text: str
    trouble: bool = False


Stage = Literal["briefed", "merged"]


class StopRequest(BaseException):
    """Raised within a job where it reports a stage and the process is to end; a job lets it pass."""


class DigestJob(Protocol):
    """Makes the digest of a profile for a due instant.

    It may be killed at any point and is then called again with the same arguments. So what it stores must be stored
    once, however often it is called: what it keeps of the digest goes by (profile, due), and "the last digest" is the
    last one whose due instant is earlier.
    """

    def __call__(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Return the digest of what was published up to *due*, in every format that is delivered.

        Args:
            profile: What the digest holds and how it looks.
            due: The instant of the run, in the time zone of the schedule; it stands for "now".
            reached: Called with "briefed" once all articles are fetched and briefed, and with "merged" once they are
                merged; it may raise StopRequest.

        Raises:
            BriefingError: There is no digest, and trying again would not help.
        """


# What is due so long before it is noticed counts as noticed in time: cron itself looks once a minute.
GRACE = timedelta(minutes=1)
_MOST_NOTED = 1000  # instants that were missed, of each look; the latest

Instants = tuple[datetime, ...]


def note_due(plan: Plan, records: ScheduleRecords, now: datetime, in_time_after: datetime) -> int:
    """Note what has become due since the last look; return how many instants were missed for good.

    A clock that was set back finds what was noted before, and nothing is run twice.
    """
    noted = records.looked(plan.name)
    due, missed = share_due(plan, noted or now - GRACE, now, in_time_after)
    if due or missed or noted is None or noted > now:  # else the file need not be written
        records.note_due(plan.name, due, missed, now)
    return len(missed)


def share_due(plan: Plan, since: datetime, now: datetime, in_time_after: datetime) -> tuple[Instants, Instants]:
    """Return which instants after *since* and up to *now* are to be run, and which were missed for good.

    The latest ``catch_up`` are run; and at least the latest, where it came after *in_time_after*, when somebody was
    there to look.
    """
    found = plan.times.latest(since, now, max(_MOST_NOTED, plan.catch_up))
    in_time = any(due > in_time_after for due in found)
    first = len(found) - min(len(found), max(plan.catch_up, int(in_time)))
    return found[first:], found[:first]


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


_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_PATIENCE = timedelta(days=7)  # after which a delivery is given up


def send_waiting(
    plans: Sequence[Plan], records: ScheduleRecords, clock: Callable[[], datetime], stopping: Callable[[], bool]
) -> Iterator[Told]:
    """Try each delivery whose time has come, once; yield what to say of it."""
    by_name = {plan.name: plan for plan in plans}
    for delivery in records.to_send(tuple(by_name), clock()):
        if stopping():
            return
        begun, kept = records.begin_delivery(delivery, clock())
        plan = by_name[kept.profile]
        parcel = replace(kept, due=kept.due.astimezone(plan.times.zone))
        came = _hand_over(plan.channel(delivery.target), parcel, begun, clock)
        records.settle(begun, came, clock())
        yield _told(came, begun, parcel)


def after_receipt(delivery: Delivery, receipt: Receipt, now: datetime) -> Settlement:
    """Return what a hand-over comes to that the target took, perhaps without some recipients."""
    refused = tuple(refusal for refusal in receipt.refused if not refusal.temporary)
    later = tuple(refusal for refusal in receipt.refused if refusal.temporary)
    reason = "; ".join(f"{refusal.recipient}: {refusal.reason}" for refusal in (*refused, *later))
    if not later:
        left_out = {refusal.recipient for refusal in (*delivery.refused, *refused)}
        served = set(delivery.recipients) - left_out
        return Settlement("sent" if served else "refused", (), refused, None, reason)
    waiting = tuple(refusal.recipient for refusal in later)
    if now - delivery.created > _PATIENCE:
        return Settlement("given up", waiting, refused, None, reason)
    return Settlement("pending", waiting, refused, now + wait_after(delivery.attempts), reason)


def after_failure(delivery: Delivery, error: DeliveryError, now: datetime) -> Settlement:
    """Return what a hand-over comes to that failed: another attempt, by the clock where it may pass by itself."""
    if now - delivery.created > _PATIENCE:
        return Settlement("given up", delivery.waiting, (), None, error.reason)
    following = now + wait_after(delivery.attempts) if error.temporary else None
    return Settlement("pending", delivery.waiting, (), following, error.reason)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after the *attempts*-th attempt: 1, 2, 4, ... minutes, at most an hour."""
    doublings = min(attempts - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def _hand_over(
    channel: Channel | None, parcel: Parcel, delivery: Delivery, clock: Callable[[], datetime]
) -> Settlement:
    if channel is None:
        return Settlement("given up", delivery.waiting, reason="the profile no longer names it")
    try:
        receipt = channel.send(parcel, delivery.waiting)
    except DeliveryError as error:
        return after_failure(delivery, error, clock())
    except Exception as error:  # noqa: BLE001 - a defect met in one delivery must not cost the others
        return after_failure(delivery, DeliveryError(delivery.target, defect(error)), clock())
    return after_receipt(delivery, receipt, clock())


def _told(came: Settlement, delivery: Delivery, parcel: Parcel) -> Told:
    what = f"{parcel.profile} of {parcel.due:%Y-%m-%d %H:%M %Z}: {delivery.target}"
    if came.state == "sent":
        return Told(f"{what}: sent, but {came.reason}", trouble=True) if came.reason else Told(f"{what}: sent")
    if came.state != "pending":
        return Told(f"{what}: {came.state}: {came.reason}", trouble=True)
    again = f"again at {came.next_attempt:%Y-%m-%d %H:%M %Z}" if came.next_attempt else "again at the next run or start"
    return Told(f"{what}: failed, {again}: {came.reason}", trouble=True)
