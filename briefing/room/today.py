"""The page Today: what waits for people, what failed, what is sent next, and the actors that a person follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from briefing.archive.archive import Archive
from briefing.archive.records import Failure, Followed, WaitingBrief, WaitingPlace
from briefing.jobs.reviews import digest_review
from briefing.profile.profile import Profile

_SHOWN: Final = 50
_RECENT: Final = timedelta(days=3)
_FAR: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Send:
    """When the digest of a profile is sent next, and its targets."""

    profile: str
    due: datetime
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToApprove:
    """A brief or digest that must be approved before its deadline."""

    profile: str
    title: str
    deadline: datetime | None
    state: str  # "made" or "reviewed"
    brief: int | None = None
    doubts: int = -1  # doubtful lines; -1 if they are not counted
    due: datetime | None = None  # the instant of a digest; None for a brief


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The briefs of a day that nobody reviewed, the most doubtful first."""

    day: str  # on which they were made, in UTC
    briefs: tuple[WaitingBrief, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page shows."""

    to_approve: tuple[ToApprove, ...]  # the earliest deadline first, then the most doubtful
    to_review: tuple[ReviewDay, ...]  # the last day first
    more: WaitingPlace | None  # where the next page of those to review begins
    failed: tuple[Failure, ...]
    sends: tuple[Send, ...]
    followed: tuple[Followed, ...]


def today(
    archive: Archive,
    person: str,
    now: datetime,
    profiles: Sequence[Profile] = (),
    sends: Sequence[Send] = (),
    after: WaitingPlace | None = None,
) -> Today:
    """Return what the page Today shows.

    Args:
        archive: The archive.
        person: Who looks.
        now: The moment, in UTC.
        profiles: Those of the room.
        sends: When the digest of each profile is sent next.
        after: The place after which those to review are listed.
    """
    deadlines = {send.profile: send.due for send in sends}
    every = [profile.name for profile in profiles if profile.approval.need == "every-brief"]
    to_review = archive.room.to_review(without=every, after=after, most=_SHOWN + 1)
    shown = to_review[:_SHOWN]
    waiting = (one for profile in profiles for one in _to_approve(archive, profile, deadlines.get(profile.name)))
    return Today(
        to_approve=tuple(sorted(waiting, key=lambda one: (one.deadline or _FAR, one.brief is not None, -one.doubts))),
        to_review=tuple(ReviewDay(day, tuple(briefs)) for day, briefs in groupby(shown, lambda one: one.day)),
        more=shown[-1].place if len(to_review) > _SHOWN else None,
        failed=(*_failed_runs(archive, profiles, now - _RECENT), *archive.room.failures(_RECENT, most=_SHOWN)),
        sends=tuple(sorted(sends, key=lambda send: send.due)),
        followed=archive.room.followed(person),
    )


def _to_approve(archive: Archive, profile: Profile, deadline: datetime | None) -> Iterator[ToApprove]:
    """Yield the digests of a profile that wait, and its briefs if each must be approved."""
    name, need = profile.name, profile.approval.need
    if need == "none":
        return
    for run in archive.schedule.waiting((name,)):
        review = digest_review(archive, name, run.due)
        if review is not None and review.state.state in ("made", "reviewed"):
            yield ToApprove(name, run.title, run.deadline, review.state.state, due=run.due)
    if need == "every-brief":
        for one in archive.room.to_approve(name, _RECENT, most=_SHOWN):
            yield ToApprove(name, one.title, deadline, one.state, one.brief, one.doubts)


def _failed_runs(archive: Archive, profiles: Sequence[Profile], since: datetime) -> Iterator[Failure]:
    """Yield the runs of the schedule that failed since a moment, the last first."""
    runs = archive.schedule.recent([profile.name for profile in profiles], _SHOWN) if profiles else ()
    for run, _ in runs:
        if run.state == "failed" and run.changed >= since:
            yield Failure(run.profile, run.reason, "schedule", run.changed)
