"""What a schedule would refuse of a profile, found before one is started and by the same functions."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from briefing.delivery.folder import FolderChannel
from briefing.errors import ScheduleError
from briefing.profile.profile import Profile
from briefing.schedule.channels import Flaw, find_channels
from briefing.schedule.lock import check_writable
from briefing.schedule.serving import archive_of


def schedule_flaws(profile: Profile, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Iterator[Flaw]:
    """Yield why a schedule could not be followed or its digest not be delivered, each with the key that asks for it."""
    if profile.schedule is not None or profile.archive is not None:
        try:
            check_writable(archive_of([profile], None))
        except ScheduleError as error:
            yield ("archive" if profile.archive is not None else "schedule"), error
    _, flaws = find_channels(profile, environment, clock)
    yield from flaws
    for number, delivery in enumerate(profile.deliver):
        channel = FolderChannel(Path(delivery.folder)) if delivery.folder is not None else None
        reason = channel.obstacle() if channel is not None else None
        if channel is not None and reason is not None:
            yield f"deliver.{number}", ScheduleError(channel.target, reason)
