"""Work on several processes gives what work in one gives, in the same order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from briefing.runtime.parallel import Worker, ordered_map


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def die_on_three(numbers: Sequence[int]) -> list[int]:
    if 3 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(numbers)


def sizes(numbers: Sequence[int]) -> list[int]:
    return [len(numbers)] * len(numbers)


def secrets(numbers: Sequence[int]) -> list[str]:
    return [os.environ.get("BRIEFING_SMTP", "none")] * len(numbers)


def lose(number: int) -> int:
    return -number


@pytest.mark.parametrize(("jobs", "together"), [(1, 1), (1, 7), (2, 1), (2, 7)])
def test_results_come_in_the_order_of_the_items(jobs: int, together: int) -> None:
    assert list(ordered_map(squares, range(30), jobs, lose, together=together)) == [n * n for n in range(30)]


def test_items_are_worked_on_together() -> None:
    assert list(ordered_map(sizes, range(5), 1, lose, together=3)) == [3, 3, 3, 2, 2]


@pytest.mark.parametrize("together", [1, 4])
def test_a_crashed_process_costs_only_its_item(together: int) -> None:
    assert list(ordered_map(die_on_three, range(6), 2, lose, together=together)) == [0, 1, 2, -3, 4, 5]


@pytest.mark.parametrize("threads", [0, 1], ids=["a copy", "a new process"])
def test_other_processes_do_not_get_the_secrets_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setenv("BRIEFING_SMTP", "smtp://anna:harbour@mail.example")
    end = Event()
    others = [Thread(target=end.wait) for _ in range(threads)]
    for thread in others:
        thread.start()
    found = set(ordered_map(secrets, range(4), 2, str))
    end.set()
    assert found == {"none"}
    assert "harbour" in os.environ["BRIEFING_SMTP"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items_give_no_results(jobs: int) -> None:
    assert list(ordered_map(squares, [], jobs, lose)) == []


def test_items_are_read_as_they_are_needed() -> None:
    items = iter(range(100))
    results = ordered_map(squares, items, 1, lose, together=2)
    assert [next(results), next(results), next(results)] == [0, 1, 4]
    assert next(items) == 4


def leave_a_mark(folder: Path, numbers: Sequence[int]) -> list[int]:
    for number in numbers:
        (folder / str(number)).touch()
    return list(numbers)


def test_a_result_does_not_wait_for_later_items(tmp_path: Path) -> None:
    asked: list[int] = []

    def items() -> Iterator[int]:
        for number in range(7):  # fewer than are handed out ahead
            asked.append(number)
            while number == 1 and not (tmp_path / "0").exists():
                time.sleep(0.01)
            time.sleep(0.1 if number else 0.0)
            yield number

    results = ordered_map(partial(leave_a_mark, tmp_path), items(), 2, lose)
    assert next(results) == 0
    assert len(asked) < 7
    assert list(results) == [1, 2, 3, 4, 5, 6]


def test_a_worker_lives_on_and_starts_anew_after_it_died() -> None:
    worker = Worker()
    try:
        first, again = worker(processes, 0, lose), worker(processes, 0, lose)
        assert first == again != os.getpid()
        assert worker(die_on_three, 3, lose) == -3
        assert worker(processes, 0, lose) != first
    finally:
        worker.close()


def processes(numbers: Sequence[int]) -> list[int]:
    return [os.getpid()] * len(numbers)


_loaded_by: list[int] = []  # processes


def load() -> None:
    _loaded_by.append(os.getpid())


def loaders(numbers: Sequence[int]) -> list[int]:
    if not _loaded_by:
        load()
    return _loaded_by[:1] * len(numbers)


def loaded_by_this_process() -> bool:
    """Return True if other processes, two of them, use what this one has loaded."""
    return set(ordered_map(loaders, range(4), 2, lose, get_ready=load)) == {os.getpid()}


def loaded_beside_a_thread() -> bool:
    end = Event()
    Thread(target=end.wait, daemon=True).start()
    try:
        return loaded_by_this_process()
    finally:
        end.set()


def end_at_once(numbers: Sequence[int]) -> list[int]:
    return [signal.getsignal(signal.SIGTERM) is signal.SIG_DFL] * len(numbers)


def workers_end_at_once() -> bool:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # as the command line does it
    return all(ordered_map(end_at_once, range(4), 2, lose))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
@pytest.mark.parametrize(
    ("call", "result"),
    [
        (loaded_by_this_process, "True"),
        (loaded_beside_a_thread, "False"),
        (workers_end_at_once, "True"),
    ],
)
def test_a_process_is_forked_if_it_has_one_thread(call, result: str) -> None:
    """The copy keeps the loaded modules, but not the handlers of signals."""
    program = (
        f"from tests.runtime.test_parallel import {call.__name__} as call\n"
        "if __name__ == '__main__':\n    print(call())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=True)  # noqa: S603
    assert done.stdout.strip() == result
