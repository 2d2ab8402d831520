"""Deliveries: each is noted before and after it is tried, and tried again until it is over."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.delivery.channel import Channel
from briefing.errors import DeliveryError, defect
from briefing.model.runs import Delivery, Parcel, Receipt, Settlement
from briefing.schedule.plans import Plan
from briefing.schedule.telling import Told

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
