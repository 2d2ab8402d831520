"""A confined process answers, and ends where it takes too long or too much memory."""

import json
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.runtime.confinement import Confined, LimitError

MODULE = "tests.runtime.confined_work"


@pytest.fixture(autouse=True)
def _find_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def confined(requests: int | None = None) -> Confined:
    return Confined(MODULE, seconds=20, megabytes=256, requests=requests)


def test_one_process_answers_one_request_after_the_other():
    process = confined()
    assert process.ask(b"") == process.ask(b"x" * 3_000_000)


def test_a_process_is_replaced_after_many_requests():
    process = confined(requests=2)
    first, second, third = (process.ask(b"") for _ in range(3))
    assert first == second != third


@pytest.mark.parametrize("request_", [b"die", b"fill"])
def test_a_crashed_process_is_reported_and_replaced(request_):
    process = confined()
    with pytest.raises(LimitError, match="more memory than 256 megabytes"):
        process.ask(request_)
    assert process.ask(b"")


def test_a_slow_process_is_ended_and_replaced():
    process = confined()
    before = process.ask(b"")
    process.seconds = 0.2
    with pytest.raises(LimitError, match="more than 0 seconds"):
        process.ask(b"sleep")
    process.seconds = 20
    assert process.ask(b"") != before


def test_memory_of_earlier_requests_fails_no_later_one():
    process = confined()
    assert len({process.ask(b"keep") for _ in range(6)}) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_a_copied_process_has_its_own_confined_process():
    program = (
        "import os\n"
        "from briefing.runtime.confinement import Confined\n"
        f"process = Confined({MODULE!r}, seconds=20, megabytes=256)\n"
        "first = process.ask(b'')\n"
        "if os.fork() == 0:\n"
        "    os._exit(process.ask(b'') == first)\n"
        "_, status = os.wait()\n"
        "print(status, process.ask(b'') == first)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    assert done.stdout == "0 True\n"


def test_it_inherits_no_environment_files_or_modules(monkeypatch, tmp_path):
    monkeypatch.setenv("BRIEFING_SMTP", "smtp://anna:harbour@mail.example")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit('a stranger wrote this')", encoding="utf-8")
    with (tmp_path / "open.txt").open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        state = json.loads(confined().ask(b"tell"))
    assert set(state["environment"]) <= {"PYTHONPATH", "LANG", "LC_ALL", "LC_CTYPE"}  # Python itself sets LC_CTYPE
    assert state["files"] == [0, 1, 2]
    assert str(tmp_path) not in state["path"]


@pytest.mark.long
def test_it_ends_itself_at_the_deadline():
    child = subprocess.Popen([sys.executable, "-m", MODULE, "256", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    child.communicate(struct.pack(">Q", 5) + b"sleep", timeout=60)
    assert child.returncode == -signal.SIGALRM
