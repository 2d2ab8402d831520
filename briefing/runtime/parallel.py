"""Process many items on several cores, and return the results in order."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_THREAD_COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
# Variables that locate Python, fonts and temporary files, and set the language of messages.
_NEEDED = frozenset({"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "VIRTUAL_ENV"})
_NEEDED_PREFIXES = ("LC_", "PYTHON", "LD_", "DYLD_", "XDG_", "FONTCONFIG_", *_THREAD_COUNTS)
_OBJECTS = 50_000  # created between two garbage collections; Python's default is 700
_WAITING_PER_WORKER = 4  # batches submitted ahead; the limit keeps memory flat
_THREADS = Path("/proc/self/task")  # lists all threads of this process, also those of numeric libraries; on Linux only


def ordered_map(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Result],
    *,
    together: int = 1,
    get_ready: Callable[[], object] = lambda: None,
    always_apart: bool = False,
) -> Iterator[Result]:
    """Yield the result of each item, in order and as soon as possible, from *jobs* processes (1: this process).

    Args:
        work: Returns one result for each item of a batch. It must be a module-level function, or a partial of one,
            because it is pickled, as are items and results.
        items: Read lazily.
        jobs: Number of processes; each computes on one thread.
        lost: Returns the result of an item whose process died twice.
        together: Items in a batch.
        get_ready: Loads what *work* needs. It is called before a fork, so that the copies share it.
        always_apart: Use another process for one job, too.
    """
    batches = _batches(items, together)
    if jobs <= 1 and not always_apart:
        for batch in batches:
            yield from work(batch)
        return
    waiting: deque[tuple[Sequence[Item], Future[Sequence[Result]]]] = deque()
    pool = _pool(jobs, get_ready)
    try:
        for batch in batches:
            try:
                future = pool.submit(work, batch)
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(jobs, get_ready)
                future = pool.submit(work, batch)
            waiting.append((batch, future))
            while waiting and (waiting[0][1].done() or len(waiting) >= jobs * _WAITING_PER_WORKER):
                yield from _results(*waiting.popleft(), work, lost)
        while waiting:
            yield from _results(*waiting.popleft(), work, lost)
    finally:
        pool.shutdown(cancel_futures=True)


class Worker:
    """One more process, which does one piece of work after the other; it starts with the first."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __call__(
        self, work: Callable[[Sequence[Item]], Sequence[Result]], item: Item, lost: Callable[[Item], Result]
    ) -> Result:
        """Return the result of an item; *lost* returns that of an item whose process died twice."""
        for _ in range(2):
            if self._pool is None:
                self._pool = _pool(1)
            try:
                (result,) = self._pool.submit(work, (item,)).result()
            except BrokenProcessPool:
                self.close()
            else:
                return result
        return lost(item)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def prepare_process() -> None:
    """Set up this process before it imports the libraries for the work.

    Numeric libraries start no threads: one thread is as fast, and a process with several threads cannot fork safely.
    Garbage collection runs less often. Imports and models create a million permanent objects, and repeated scans of
    them take an eighth of the time of one brief.
    """
    for name in _THREAD_COUNTS:
        os.environ[name] = "1"
    gc.set_threshold(_OBJECTS)


def _batches(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """Split items into tuples of *size*; the last may be shorter."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _results(
    batch: Sequence[Item],
    future: "Future[Sequence[Result]]",
    work: Callable[[Sequence[Item]], Sequence[Result]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield the results of a batch; if its process died, retry each item alone."""
    try:
        yield from future.result()
    except BrokenProcessPool:
        for item in batch:
            with _pool(1) as alone:
                try:
                    (result,) = alone.submit(work, (item,)).result()
                except BrokenProcessPool:
                    result = lost(item)
            yield result


def _pool(jobs: int, get_ready: Callable[[], object] = int) -> ProcessPoolExecutor:
    """Return a pool of processes: forked where that is safe, else spawned, which must load everything again.

    A forked process lacks the other threads, and waits for ever for a lock that one of them held. On macOS, system
    libraries start threads unseen. A forked process neither uses nor closes open resources such as a database: it ends
    without cleanup.
    """
    if _has_one_thread():
        get_ready()
    method = "fork" if _has_one_thread() else "spawn"
    return ProcessPoolExecutor(jobs, mp_context=get_context(method), initializer=_prepare_worker)


def _has_one_thread() -> bool:
    return _THREADS.is_dir() and sum(1 for _ in _THREADS.iterdir()) == 1


def _prepare_worker() -> None:
    """Set up a worker: it ends on SIGTERM and with its parent, and does not collect shared objects.

    A worker processes untrusted input. So it first drops secrets from its environment, such as passwords of mail
    servers, which only the parent needs.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in set(os.environ) - _NEEDED:
        if not name.startswith(_NEEDED_PREFIXES):
            del os.environ[name]
    prepare_process()
    gc.freeze()
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_with, args=(parent.sentinel,), daemon=True).start()


def _exit_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
