"""Which instants are due, given when somebody looked last."""

from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.schedule.plans import Plan

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
