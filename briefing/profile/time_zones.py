"""Time zones by their names in the tz database."""

from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of this name, such as ``Europe/Prague``.

    Raises:
        ValueError: This machine does not know it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(_unknown(name)) from error


def _unknown(name: str) -> str:
    """Return a message that suggests the zone with the most similar name, or with that city."""
    known = sorted(available_timezones())
    if not known:
        return f"no time zone {name!r}: this machine has no tz database; install the package tzdata"
    by_spelling = {zone.lower(): zone for zone in known}
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in reversed(known) if "/" in zone}
    wanted = name.strip().replace(" ", "_").lower()
    for names in (by_spelling, by_city):
        nearest = get_close_matches(wanted, names, n=1, cutoff=0.75)
        if nearest:
            return f"no time zone {name!r}; did you mean {names[nearest[0]]!r}?"
    return f"no time zone {name!r}; write it as Europe/Prague or UTC"
