"""Respect sites: obey robots.txt, and wait between requests.

RFC 9309 defines robots.txt: a missing file allows everything; a file that a server error withholds allows nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

MAX_ROBOTS = 512_000  # bytes; RFC 9309 demands at least 500 kibibytes
LONGEST_DELAY = 10.0  # seconds; some sites ask for hours
NAME = "briefing"  # our name in robots.txt


class Rules:
    """The rules of a site's robots.txt.

    Args:
        robots: The text of robots.txt; None if the site has none.
    """

    def __init__(self, robots: str | None) -> None:
        self._parsed = Protego.parse(robots) if robots is not None else None

    def allow(self, url: str) -> bool:
        """Return True if the rules allow a page."""
        return self._parsed is None or self._parsed.can_fetch(url, NAME)

    @property
    def delay(self) -> float:
        """The seconds between two requests that the site asks for, at most ``LONGEST_DELAY``."""
        asked = self._parsed.crawl_delay(NAME) if self._parsed is not None else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY)


class Pace:
    """Keep a delay between requests to one host.

    Args:
        delay: The least seconds between two requests.
        clock: Returns monotonic seconds.
        sleep: Waits for a number of seconds.
    """

    def __init__(self, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}

    def wait(self, host: str, asked: float) -> None:
        """Wait until the next request to a host is allowed; *asked* is the delay that the host asks for."""
        last = self._last.get(host)
        if last is not None:
            remaining = last + max(self._delay, asked) - self._clock()
            if remaining > 0:
                self._sleep(remaining)
        self._last[host] = self._clock()


def retry_after(value: str | None, now: datetime) -> float | None:
    """Parse a Retry-After header, ``"120"`` or an HTTP date, to seconds; None if unknown."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # OverflowError: a year or a zone of twenty digits
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return max(0.0, (instant - now).total_seconds())
