"""The same work on many items, on several cores, results in the order of the items."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_THREAD_COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_WAITING_PER_WORKER = 4  # items handed out ahead of need, so that memory stays flat


def ordered_map(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield ``work(item)`` for each item, in order, from *jobs* processes (1: this process).

    Args:
        work: A module-level function; it and the items travel by pickle.
        items: Read as they are needed.
        jobs: Number of processes; each computes on one thread.
        lost: Gives the result of an item whose process died twice.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    pool = _pool(jobs)
    try:
        for item in items:
            try:
                future = pool.submit(work, item)
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(jobs)
                future = pool.submit(work, item)
            waiting.append((item, future))
            if len(waiting) >= jobs * _WAITING_PER_WORKER:
                yield _result(*waiting.popleft(), work, lost)
        while waiting:
            yield _result(*waiting.popleft(), work, lost)
    finally:
        pool.shutdown(cancel_futures=True)


def _result(
    item: Item, future: "Future[Result]", work: Callable[[Item], Result], lost: Callable[[Item], Result]
) -> Result:
    """Return what came of an item; a process that died takes its neighbours along, so each is tried once more alone."""
    try:
        return future.result()
    except BrokenProcessPool:
        with _pool(1) as alone:
            try:
                return alone.submit(work, item).result()
            except BrokenProcessPool:
                return lost(item)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    """Keep numeric libraries, which are imported later, from starting threads; end with the parent, however it ends."""
    for name in _THREAD_COUNTS:
        os.environ[name] = "1"
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
