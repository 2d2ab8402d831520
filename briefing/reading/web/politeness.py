"""Manners towards the sites that are read: how often they are asked, and what they ask visitors to leave alone.

RFC 9309 says how robots.txt is read: one that is not there allows all, one that cannot be had because the site is in
trouble allows nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

MAX_ROBOTS = 512_000  # bytes; RFC 9309 asks for 500 kibibytes at least
LONGEST_DELAY = 10.0  # seconds; a site may ask for hours
NAME = "briefing"  # that robots.txt knows us by


class Rules:
    """What a site asks of visitors.

    Args:
        robots: The text of its robots.txt; None where it has none.
    """

    def __init__(self, robots: str | None) -> None:
        self._parsed = Protego.parse(robots) if robots is not None else None

    def allow(self, url: str) -> bool:
        """Return True if we may read a page."""
        return self._parsed is None or self._parsed.can_fetch(url, NAME)

    @property
    def delay(self) -> float:
        """The seconds that the site wants between two requests, up to ``LONGEST_DELAY``."""
        asked = self._parsed.crawl_delay(NAME) if self._parsed is not None else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY)


class Pace:
    """Keeps requests to one host apart.

    Args:
        delay: Seconds between two.
        clock: Returns seconds that never go back.
        sleep: Waits for so many seconds.
    """

    def __init__(self, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}

    def wait(self, host: str, asked: float) -> None:
        """Wait until the host may be asked again; *asked* is the delay that it wants itself."""
        last = self._last.get(host)
        if last is not None:
            left = last + max(self._delay, asked) - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds after which a server wants to be asked again: ``"120"``, or an HTTP date; None if unknown."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter for a year or a zone of twenty digits
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return max(0.0, (instant - now).total_seconds())
