"""The subject of a mail as a profile words it."""

from zoneinfo import ZoneInfo

from briefing.jobs.plan import layout_of
from briefing.model.runs import Parcel
from briefing.profile.profile import Profile
from briefing.rendering.dates import day_in_words


def subject_of(parcel: Parcel, wording: str, profile: Profile) -> str:
    """Return the subject of the mail of a run: *wording* with its placeholders filled in, after the marking.

    Args:
        parcel: The run.
        wording: A text with the placeholders of ``briefing.profile.delivery.PLACEHOLDERS``.
        profile: Says in which time zone and how days are written, and how the digest may be handled.
    """
    due = parcel.due.astimezone(ZoneInfo(profile.schedule.timezone) if profile.schedule is not None else None)
    filled = wording.format(
        title=parcel.result.title,
        date=day_in_words(f"{due:%Y-%m-%d}", layout_of(profile).labels),
        time=f"{due:%H:%M}",
        profile=profile.name,
    )
    marking = profile.handling.marking
    return f"[{marking}] {filled}" if marking else filled
