"""Processes on this machine."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.batch.records import Done, Part
from briefing.batch.work import died
from briefing.runtime.parallel import ordered_map


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs parts in *jobs* processes; never in this one, which must outlive a part that kills its process."""

    jobs: int
    get_ready: Callable[[], object]

    def run(self, work: Callable[[Part], Done], parts: Iterable[Part]) -> Iterator[Done]:
        """Yield what became of each part."""
        return ordered_map(partial(_each, work), parts, self.jobs, died, get_ready=self.get_ready, always_apart=True)


def _each(work: Callable[[Part], Done], parts: Sequence[Part]) -> list[Done]:
    return [work(part) for part in parts]
