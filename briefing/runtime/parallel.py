"""The same work on many items, on several cores, results in the order of the items."""

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
# What Python, fonts, temporary files and the language of messages are found by.
_NEEDED = frozenset({"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "VIRTUAL_ENV"})
_NEEDED_PREFIXES = ("LC_", "PYTHON", "LD_", "DYLD_", "XDG_", "FONTCONFIG_", *_THREAD_COUNTS)
_OBJECTS = 50_000  # made before the next look; Python's own number is 700
_WAITING_PER_WORKER = 4  # batches handed out ahead of need, so that memory stays flat
_THREADS = Path("/proc/self/task")  # of this process, the numeric libraries' among them; only Linux tells


def ordered_map(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Result],
    *,
    together: int = 1,
    get_ready: Callable[[], object] = int,
) -> Iterator[Result]:
    """Yield the result of each item, in order, from *jobs* processes (1: this process), as soon as it is there.

    Args:
        work: Gives a result for each of some items. A module-level function, or a partial of one: it, the items and the
            results travel by pickle.
        items: Read as they are needed.
        jobs: Number of processes; each computes on one thread.
        lost: Gives the result of an item whose process died twice.
        together: How many items are worked on at once.
        get_ready: Loads what *work* needs. It is called where the other processes are copies of this one.
    """
    batches = _batches(items, together)
    if jobs <= 1:
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


def prepare_process() -> None:
    """Prepare this process for the work, before it imports what that needs.

    Numeric libraries start no threads: one is as fast, and a process with several cannot be copied safely. Python looks
    for unreachable cycles of objects less often: what is imported and loaded makes a million objects that stay, and to
    look through them over and over takes an eighth of the time of one brief.
    """
    for name in _THREAD_COUNTS:
        os.environ[name] = "1"
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


def _pool(jobs: int, get_ready: Callable[[], object] = int) -> ProcessPoolExecutor:
    """Return processes that are copies of this one where that is safe, else new ones, each of which loads all anew.

    A copy has none of the other threads, and waits for ever for a lock that one of them held. On macOS libraries of the
    system start threads unseen. What this process has open, such as a database, a copy neither uses nor closes: it ends
    without tidying up.
    """
    if _has_one_thread():
        get_ready()
    method = "fork" if _has_one_thread() else "spawn"
    return ProcessPoolExecutor(jobs, mp_context=get_context(method), initializer=_prepare_worker)


def _has_one_thread() -> bool:
    return _THREADS.is_dir() and sum(1 for _ in _THREADS.iterdir()) == 1


def _prepare_worker() -> None:
    """End when asked to, and with the parent, however that ends; leave alone what a copy shares with it.

    What strangers wrote is worked on here: the passwords of mail servers and the like, which the environment holds and
    only the parent needs, are dropped first.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in set(os.environ) - _NEEDED:
        if not name.startswith(_NEEDED_PREFIXES):
            del os.environ[name]
    prepare_process()
    gc.freeze()
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
