"""What runs the parts of a batch on cores and machines."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from briefing.batch.records import Done, Part


class Engine(Protocol):
    """Runs a function on parts, on several processes."""

    def run(self, work: Callable[[Part], Done], parts: Iterable[Part]) -> Iterator[Done]:
        """Yield what became of each part, in any order.

        Args:
            work: Can be pickled.
            parts: Read lazily: only so many ahead as the workers need.

        A part whose process died each time it was tried comes back with ``has_died``.
        """
        ...
