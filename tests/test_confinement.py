"""A confined process answers, and ends where it takes too long or too much memory."""

import subprocess
import sys

import pytest

from briefing.confinement import Confined, DeadlineError, DeathError

MODULE = "tests.confined_work"


def test_one_process_answers_one_request_after_the_other():
    process = Confined(MODULE)
    assert process.ask(b"", 20) == process.ask(b"x" * 3_000_000, 20)


def test_a_process_starts_anew_after_so_many_requests():
    process = Confined(MODULE, requests=2)
    first, second, third = (process.ask(b"", 20) for _ in range(3))
    assert first == second != third


@pytest.mark.parametrize("request_", [b"die", b"fill"])
def test_a_process_that_ends_is_told_and_the_next_request_answered(request_):
    process = Confined(MODULE)
    with pytest.raises(DeathError):
        process.ask(request_, 20)
    assert process.ask(b"", 20)


def test_a_process_that_takes_too_long_is_ended_and_the_next_request_answered():
    process = Confined(MODULE)
    before = process.ask(b"", 20)
    with pytest.raises(DeadlineError):
        process.ask(b"sleep", 0.2)
    assert process.ask(b"", 20) != before


def test_what_earlier_requests_left_in_memory_fails_no_later_one():
    process = Confined(MODULE)
    assert len({process.ask(b"keep", 20) for _ in range(6)}) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_a_copy_of_a_process_asks_a_confined_process_of_its_own():
    program = (
        "import os\n"
        "from briefing.confinement import Confined\n"
        f"process = Confined({MODULE!r})\n"
        "first = process.ask(b'', 20)\n"
        "if os.fork() == 0:\n"
        "    os._exit(process.ask(b'', 20) == first)\n"
        "_, status = os.wait()\n"
        "print(status, process.ask(b'', 20) == first)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    assert done.stdout == "0 True\n"
