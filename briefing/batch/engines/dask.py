"""Processes on many machines, by Dask Distributed: a scheduler, and workers that ask it for parts.

The driver sends each part to the scheduler and writes what comes back, so workers need neither the input nor the
folder, nor their passwords.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from briefing.batch.records import Done, Part
from briefing.batch.work import died
from briefing.errors import BatchError, BriefingError

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 2  # parts a worker thread: one that is worked on, and one that waits for it
_LARGEST = "1 GB"  # of a part; above the usual limit of 10 MB Dask warns
_LOST = ("cancelled", "lost")


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Runs parts on a cluster: the one at an address, or workers on this machine."""

    address: str | None = None
    jobs: int = 2  # workers, without an address

    def run(self, work: Callable[[Part], Done], parts: Iterable[Part]) -> Iterator[Done]:
        """Yield what became of each part.

        Raises:
            BatchError: The cluster is not reached or goes away, or its workers lack this version of briefing.
        """
        import dask
        from distributed import as_completed

        settings = {
            "distributed.admin.large-graph-warning-threshold": _LARGEST,
            "distributed.worker.daemon": False,
            "distributed.worker.profile.enabled": False,  # it would keep an hour of call stacks
        }
        with dask.config.set(settings), self._client() as client:
            rest = iter(parts)
            pending: dict[Future[Done], Part] = {}
            results = as_completed()

            def fill() -> None:
                wanted = max(1, _threads(client)) * _AHEAD - len(pending)
                for part in islice(rest, max(0, wanted)):
                    future = client.submit(work, part, pure=False)
                    pending[future] = part
                    results.add(future)

            fill()
            suspects = []
            for future in results:
                done = _done(client, future, pending.pop(future))
                if done.has_died:
                    suspects.append(done.part)
                else:
                    yield done
                fill()
            for part in suspects:  # alone: Dask blames all parts that wait for a process for its death
                yield _done(client, client.submit(work, part, pure=False), part)

    def _client(self) -> "Client":
        from distributed import Client

        if self.address is None:
            return Client(n_workers=self.jobs, threads_per_worker=1, dashboard_address=None)
        try:
            return Client(self.address)
        except (OSError, ValueError) as error:
            raise BatchError(f"cannot reach the cluster at {self.address}", str(error)) from error


def _threads(client: "Client") -> int:
    """Return how many parts the cluster works on at once; 0 while it has no workers."""
    return sum(client.nthreads().values())


def _done(client: "Client", future: "Future[Done]", part: Part) -> Done:
    from distributed import KilledWorker

    if future.status in _LOST and client.status == "running":
        return died(part)  # its result went with the worker that held it
    if future.status in _LOST:
        raise BatchError("cannot work on the cluster", "its scheduler went away")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return died(part)
    if isinstance(error, BriefingError):
        raise error
    if error is not None:
        reason = f"{type(error).__name__}: {error}; install the same version of briefing on all machines"
        raise BatchError(f"cannot work on part {part.number} on the cluster", reason) from error
    return future.result()
