"""Which instants are due, given when somebody looked last."""

from datetime import datetime, timedelta

from briefing.archive.scheduling import ScheduleRecords
from briefing.schedule.plans import Plan

# What is due so long before it is noticed counts as noticed in time: cron itself looks once a minute.
GRACE = timedelta(minutes=1)
_MOST_NOTED = 1000  # instants that were missed, of each look; the latest


def note_due(plan: Plan, records: ScheduleRecords, now: datetime, in_time_after: datetime) -> int:
    """Note what has become due since the last look; return how many instants were missed for good.

    Of those, the latest is run where it came after *in_time_after*, when somebody was there to look; beyond that, the
    latest ``catch_up`` are. A clock that was set back finds what was noted before, and nothing is run twice.
    """
    noted = records.looked(plan.name)
    since = noted or now - GRACE
    found = plan.times.latest(since, now, max(_MOST_NOTED, plan.catch_up))
    in_time = any(due > in_time_after for due in found)
    made = min(len(found), max(plan.catch_up, int(in_time)))
    missed = found[: len(found) - made]
    if found or noted is None or noted > now:  # else the file need not be written
        records.note_due(plan.name, found[len(found) - made :], missed, now)
    return len(missed)
