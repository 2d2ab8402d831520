"""Work on several processes gives what work in one gives, in the same order."""

import os
import signal

from briefing.parallel import ordered_map


def square(number: int) -> int:
    return number * number


def die_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def lose(number: int) -> int:
    return -number


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(ordered_map(square, range(30), 2, lose)) == [n * n for n in range(30)]


def test_one_job_runs_in_this_process() -> None:
    assert list(ordered_map(square, [2], 1, lose)) == [4]


def test_a_process_that_dies_costs_its_item_only() -> None:
    assert list(ordered_map(die_on_three, range(6), 2, lose)) == [0, 1, 2, -3, 4, 5]


def test_no_items_give_no_results() -> None:
    assert list(ordered_map(square, [], 2, lose)) == []
