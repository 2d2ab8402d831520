"""The pages of deliveries: who gets what next, what became of the last runs, and what can be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from briefing.archive.archive import Archive
from briefing.errors import BriefingError
from briefing.model.runs import Delivery
from briefing.profile.profile import Profile
from briefing.room.copies import copy_of
from briefing.room.digest import path_of
from briefing.schedule.plans import Plan
from briefing.schedule.requests import Addressee, addressees, plan_of

_SHOWN: Final = 30
_CHECKED: Final = 10  # of the last digests, whether they were corrected since


@dataclass(frozen=True, slots=True)
class NextSend:
    """When a profile sends next, and who gets it."""

    profile: str
    due: datetime | None
    ready: datetime | None  # when the digest is made, if people must approve it
    addressees: tuple[Addressee, ...]
    now: str = ""  # the address that asks for a digest of this instant
    trouble: str = ""  # why it cannot be sent


@dataclass(frozen=True, slots=True)
class Recipient:
    """What became of a delivery for one recipient."""

    name: str
    state: str  # "sent", "waits", "refused", "given up", "unknown"
    reason: str


@dataclass(frozen=True, slots=True)
class TargetState:
    """A delivery with its recipients."""

    target: str
    state: str
    attempts: int
    next_attempt: datetime | None
    reason: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run or a corrected copy, with its deliveries."""

    profile: str
    due: datetime
    path: str  # of its digest
    actions: str  # the address of what can be done with it
    copy: int
    state: str
    title: str
    reason: str
    targets: tuple[TargetState, ...]
    can_send: bool  # it waits for approval
    can_retry: bool
    wants_copy: bool  # it was corrected after it was sent


@dataclass(frozen=True, slots=True)
class Deliveries:
    """All that the page shows."""

    next: NextSend | None  # of the profile of the room
    runs: tuple[RunEntry, ...]


@dataclass(frozen=True, slots=True)
class SendPage:
    """What is asked before something is sent: who gets what."""

    profile: str
    due: datetime | None  # None: a digest of this instant
    title: str
    action: str  # the address that the button sends to
    asked: datetime  # when the page was made
    seen: str  # digest of the exact digest that is sent; empty if it is yet to be made
    addressees: tuple[Addressee, ...]
    changes: tuple[str, ...] = ()  # of a corrected copy: the lists whose lines differ
    notes: tuple[str, ...] = ()


def deliveries_page(archive: Archive, profile: Profile | None, now: datetime) -> Deliveries:
    """Return the page of deliveries."""
    runs = tuple(_entries(archive, profile))
    return Deliveries(_next(profile, now) if profile is not None else None, runs)


def send_page(archive: Archive, profile: Profile, due: datetime | None, now: datetime) -> SendPage:
    """Return what is asked before a digest is sent: that of an instant, or one of now.

    Raises:
        ScheduleError: The profile cannot be followed.
    """
    plan = plan_of(profile)
    notes = list(_notes(plan))
    if due is None:
        action = _now_address(profile)
        return SendPage(profile.name, None, "", action, now, "", addressees(plan), notes=tuple(notes))
    run, _ = archive.schedule.of_digest(profile.name, due)[0]
    action = f"{_actions(profile.name, due)}/send"
    return SendPage(profile.name, due, run.title, action, now, "", addressees(plan), notes=tuple(notes))


def copy_page(archive: Archive, profile: str, due: datetime, now: datetime) -> SendPage | None:
    """Return what is asked before a corrected copy is sent; None if there is nothing to send."""
    copy = copy_of(archive, profile, due)
    if copy is None:
        return None
    run, _ = archive.schedule.of_digest(profile, due)[0]
    names = tuple(
        Addressee(target, people, (f"the corrected copy, number {copy.number}",)) for target, people in copy.targets
    )
    action = f"{_actions(profile, due)}/copy"
    return SendPage(profile, due, run.title, action, now, copy.digest, names, tuple(dict.fromkeys(copy.changes)))


def _next(profile: Profile, now: datetime) -> NextSend | None:
    if profile.schedule is None:
        return None
    try:
        plan = plan_of(profile)
    except BriefingError as error:
        return NextSend(profile.name, None, None, (), trouble=str(error))
    due = next(iter(plan.times.next(now, 1)), None)
    ready = due - plan.lead if due is not None and plan.needs_approval else None
    return NextSend(profile.name, due, ready, addressees(plan), _now_address(profile))


def _notes(plan: Plan) -> Iterator[str]:
    if plan.needs_approval:
        yield {
            "hold": "It is sent when it is approved; until then it is held.",
            "approved-only": "Only articles whose briefs are approved are in it.",
            "send-marked": "If nobody has approved it, it is sent with a mark.",
        }[plan.profile.approval.at_deadline]
    if any(plan.skips(channel) for channel in plan.channels):
        yield "A digest without news is not mailed."


def _entries(archive: Archive, profile: Profile | None) -> Iterator[RunEntry]:
    for number, (run, deliveries) in enumerate(archive.schedule.recent((), _SHOWN)):
        ours = profile is not None and profile.name == run.profile
        checked = ours and run.copy == 0 and number < _CHECKED and any(one.served for one in deliveries)
        can_retry = any(one.state == "pending" for one in deliveries) or (run.state == "failed" and not deliveries)
        yield RunEntry(
            profile=run.profile,
            due=run.due,
            path=path_of(run.profile, run.due),
            actions=_actions(run.profile, run.due),
            copy=run.copy,
            state=run.state,
            title=run.title,
            reason=run.reason if run.state in ("failed", "waiting") else "",
            targets=tuple(map(_target, deliveries)),
            can_send=ours and run.state == "waiting",
            can_retry=ours and can_retry,
            wants_copy=checked and copy_of(archive, run.profile, run.due) is not None,
        )


def _target(delivery: Delivery) -> TargetState:
    refused = {refusal.recipient: refusal.reason for refusal in delivery.refused}
    served = set(delivery.served)

    def recipient(name: str) -> Recipient:
        if name in refused:
            return Recipient(name, "refused", refused[name])
        if name in served:
            return Recipient(name, "sent", "")
        state = {"pending": "waits", "sending": "unknown"}.get(delivery.state, delivery.state)
        return Recipient(name, state, delivery.reason)

    return TargetState(
        delivery.target,
        delivery.state,
        delivery.attempts,
        delivery.next_attempt if delivery.state == "pending" else None,
        delivery.reason,
        tuple(map(recipient, delivery.recipients)),
    )


def _now_address(profile: Profile) -> str:
    return f"/deliveries/{quote(profile.name, safe='')}/now"


def _actions(profile: str, due: datetime) -> str:
    return path_of(profile, due).replace("/digests/", "/deliveries/", 1)
