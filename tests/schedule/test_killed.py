"""Schedules in processes that are killed, stopped or started twice: nothing is lost, and one thing alone is doubled."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from tests.fakes.mail_servers import DeadlyMailbox, mail_server

pytestmark = pytest.mark.long

_ROOT = Path(__file__).parents[2]


@dataclass
class House:
    """A place with an archive, a folder and a mail server."""

    path: Path
    mailbox: DeadlyMailbox
    port: int
    need: str = "none"  # of approval

    def start(self, hold: str = "") -> "subprocess.Popen[str]":
        arguments = (self.path / "briefs.sqlite", self.path / "out", self.port, hold, self.need)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "tests.schedule.process", *map(str, arguments)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.mailbox.victim = process
        return process

    def run(self) -> list[str]:
        """Run to the end; return what it said."""
        out, error = self.start().communicate(timeout=60)
        assert error == ""
        return out.splitlines()

    def states(self) -> list[tuple[str, str, list[str]]]:
        with Archive.open(self.path / "briefs.sqlite") as archive:
            found = archive.schedule.recent((), 10)
        return [(f"{run.due:%H:%M}", run.state, [way.state for way in ways]) for run, ways in found]

    def files(self) -> list[str]:
        return sorted(path.name for path in (self.path / "out").iterdir())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    mailbox = DeadlyMailbox()
    with mail_server(mailbox) as port:
        yield House(tmp_path, mailbox, port)


def wait_for(process: "subprocess.Popen[str]", stage: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == stage:
            return
    raise AssertionError(f"it never came to {stage}")


def end(process: "subprocess.Popen[str]") -> tuple[str, str]:
    process.kill()
    return process.communicate(timeout=10)


_DONE = [("06:00", "done", ["sent", "sent"])]
_FILES = ["morning-2026-06-01.json", "morning-2026-06-01.pdf"]


def test_an_undisturbed_run_is_done_once(house: House) -> None:
    assert house.run()[:3] == ["fetching", "briefed", "merged"]
    assert (house.states(), house.files(), len(house.mailbox.messages)) == (_DONE, _FILES, 1)
    assert house.run() == []
    assert len(house.mailbox.messages) == 1


@pytest.mark.parametrize("stage", ["fetching", "briefed", "merged"])
def test_a_run_killed_before_its_end_starts_over(house: House, stage: str) -> None:
    process = house.start(hold=stage)
    wait_for(process, stage)
    end(process)
    assert house.states() == [("06:00", stage, [])]
    assert house.run()[0] == "fetching"
    assert (house.states(), house.files(), len(house.mailbox.messages)) == (_DONE, _FILES, 1)


def test_a_run_killed_while_sending_is_not_made_again(house: House) -> None:
    house.mailbox.at = "recipients"
    house.start().communicate(timeout=60)
    assert house.mailbox.killed == ["recipients"]
    assert house.states() == [("06:00", "delivering", ["sent", "sending"])]
    assert "fetching" not in house.run()
    assert (house.states(), house.files(), len(house.mailbox.messages)) == (_DONE, _FILES, 1)


def test_an_unconfirmed_message_is_sent_again_unchanged(house: House) -> None:
    house.mailbox.at = "taken"
    house.start().communicate(timeout=60)
    assert house.mailbox.killed == ["taken"]
    house.run()
    assert house.states() == _DONE
    first, second = house.mailbox.raw
    assert first == second
    assert house.mailbox.messages[0]["Message-ID"] == house.mailbox.messages[1]["Message-ID"]


def test_kills_at_random_moments_do_not_change_the_result(house: House) -> None:
    dice = random.Random(6)  # noqa: S311 - no secret
    for _ in range(2):
        process = house.start()
        time.sleep(dice.uniform(0.2, 1.2))
        end(process)
    house.run()
    assert (house.states(), house.files()) == (_DONE, _FILES)
    assert len({message["Message-ID"] for message in house.mailbox.messages}) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_stops_at_a_safe_point(house: House, number: int) -> None:
    process = house.start(hold="slow briefed")
    wait_for(process, "briefed")
    process.send_signal(number)
    out, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (0, "")
    assert "stopped; it starts over" in out
    assert house.states() == [("06:00", "due", [])]
    house.run()
    assert (house.states(), len(house.mailbox.messages)) == (_DONE, 1)


def test_a_waiting_schedule_stops_at_once(house: House) -> None:
    process = house.start(hold="idle")
    wait_for(process, "merged")
    while house.states() != _DONE:
        time.sleep(0.1)
    begun = time.monotonic()
    process.terminate()
    _, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (0, "")
    assert time.monotonic() - begun < 20  # it sleeps for a minute


def test_a_second_schedule_names_the_first_and_exits(house: House) -> None:
    first = house.start(hold="briefed")
    wait_for(first, "briefed")
    second = house.start()
    _, error = second.communicate(timeout=30)
    assert second.returncode == 2
    assert f"another schedule already uses it (process {first.pid} on " in error
    end(first)
    house.run()
    assert house.states() == _DONE


def test_only_one_of_three_schedules_works(house: House) -> None:
    processes = [house.start(hold="slow fetching") for _ in range(3)]
    codes = [process.wait(timeout=60) for process in processes]
    for process in processes:
        process.communicate()
    assert codes.count(0) >= 1
    assert set(codes) <= {0, 2}
    assert (house.states(), house.files(), len(house.mailbox.messages)) == (_DONE, _FILES, 1)


@pytest.mark.parametrize("stage", ["fetching", "merged", "released", "recipients", "taken"])
def test_an_approved_run_killed_anywhere_is_sent_once(house: House, stage: str) -> None:
    house.need, house.mailbox.at = "digest", stage
    process = house.start(hold=stage)
    if stage in ("recipients", "taken"):
        process.communicate(timeout=60)
    else:
        wait_for(process, stage)
        end(process)
    house.run()
    assert (house.states(), house.files()) == (_DONE, _FILES)
    assert len({message["Message-ID"] for message in house.mailbox.messages}) == 1
    assert len(house.mailbox.messages) == 1 + (stage == "taken")
    with Archive.open(house.path / "briefs.sqlite") as archive:
        assert [act.draft.kind for act in archive.reviews.journal()] == ["sent"]
