"""Limit how often an address may try links that are not valid."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final

_MOST: Final = 10  # wrong links of one address
_PERIOD: Final = 60.0  # seconds


class WrongLinks:
    """Counts wrong links by the address that they came from; used from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: dict[str, list[float]] = {}

    def are_too_many(self, address: str) -> bool:
        """Return True if an address must wait before it may try a link."""
        with self._lock:
            self._forget()
            return len(self._tries.get(address, ())) >= _MOST

    def note(self, address: str) -> None:
        """Count a wrong link."""
        with self._lock:
            self._tries.setdefault(address, []).append(self._clock())

    def _forget(self) -> None:
        begin = self._clock() - _PERIOD
        recent = {address: [at for at in tries if at > begin] for address, tries in self._tries.items()}
        self._tries = {address: tries for address, tries in recent.items() if tries}
