"""The same work on many items, on several cores, results in the order of the items."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_THREAD_COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_OBJECTS = 50_000  # made before the next look; Python's own number is 700
_WAITING_PER_WORKER = 4  # batches handed out ahead of need, so that memory stays flat


def ordered_map(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Result],
    *,
    together: int = 1,
) -> Iterator[Result]:
    """Yield the result of each item, in order, from *jobs* processes (1: this process), as soon as it is there.

    Args:
        work: Gives a result for each of some items. A module-level function, or a partial of one: it, the items and the
            results travel by pickle.
        items: Read as they are needed.
        jobs: Number of processes; each computes on one thread.
        lost: Gives the result of an item whose process died twice.
        together: How many items are worked on at once.
    """
    batches = _batches(items, together)
    if jobs <= 1:
        for batch in batches:
            yield from work(batch)
        return
    waiting: deque[tuple[Sequence[Item], Future[Sequence[Result]]]] = deque()
    pool = _pool(jobs)
    try:
        for batch in batches:
            try:
                future = pool.submit(work, batch)
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(jobs)
                future = pool.submit(work, batch)
            waiting.append((batch, future))
            while waiting and (waiting[0][1].done() or len(waiting) >= jobs * _WAITING_PER_WORKER):
                yield from _results(*waiting.popleft(), work, lost)
        while waiting:
            yield from _results(*waiting.popleft(), work, lost)
    finally:
        pool.shutdown(cancel_futures=True)


def collect_seldom() -> None:
    """Have Python look for unreachable cycles of objects less often in this process.

    What is imported and loaded makes a million objects that stay: to look through them over and over takes an eighth of
    the time of one brief.
    """
    gc.set_threshold(_OBJECTS)


def _batches(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """Part items into tuples of *size*; the last may be shorter."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _results(
    batch: Sequence[Item],
    future: "Future[Sequence[Result]]",
    work: Callable[[Sequence[Item]], Sequence[Result]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield what came of a batch; a process that died takes its neighbours along, so each is tried once more alone."""
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


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    """Keep numeric libraries, which are imported later, from starting threads; end with the parent, however it ends."""
    collect_seldom()
    for name in _THREAD_COUNTS:
        os.environ[name] = "1"
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
