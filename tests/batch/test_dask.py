"""The engine for clusters, on two real node processes of this machine."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.batch.engines.dask import DaskEngine
from briefing.batch.records import Done, Part
from briefing.errors import BatchError

pytest.importorskip("distributed")
pytestmark = pytest.mark.long

Nodes = tuple[str, list["subprocess.Popen[bytes]"]]


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    where = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)]
    started = [_start("distributed.cli.dask_scheduler", *options, folder=tmp_path)]
    try:
        address = _address(where)
        options = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)]
        started += [_start("distributed.cli.dask_worker", address, *options, folder=tmp_path) for _ in range(2)]
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(module: str, *options: str, folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", module, *options], cwd=folder, stderr=subprocess.DEVNULL)  # noqa: S603


def _address(where: Path) -> str:
    for _ in range(300):
        if where.exists() and (written := where.read_text()):
            return str(json.loads(written)["address"])
        time.sleep(0.1)
    raise TimeoutError("no scheduler")


def _worker_of(node: "subprocess.Popen[bytes]") -> int:
    """Return the process that works on parts for a node."""
    for _ in range(300):
        for thread in Path(f"/proc/{node.pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        time.sleep(0.1)
    raise TimeoutError("no worker")


def _parts(number: int) -> list[Part]:
    return [Part(n, ()) for n in range(number)]


def _later(task: Callable[[], None]) -> None:
    threading.Timer(4.0, task).start()


def _run(address: str, work: Callable[[Part], Done], parts: list[Part]) -> dict[int, Done]:
    done = list(DaskEngine(address).run(work, iter(parts)))
    numbers = [one.part.number for one in done]
    assert sorted(numbers) == [part.number for part in parts]  # nothing lost, nothing twice
    return {one.part.number: one for one in done}


def _slow() -> Callable[[Part], Done]:
    """Return work that travels with its code, because the nodes do not have this module."""

    def work(part: Part) -> Done:
        import time

        time.sleep(0.3)
        return Done(part, str(part.number).encode())

    return work


def test_killed_worker_loses_no_part(nodes: Nodes) -> None:
    address, (first, _) = nodes
    pid = _worker_of(first)
    _later(lambda: os.kill(pid, signal.SIGKILL))
    done = _run(address, _slow(), _parts(60))
    assert {number: one.briefs for number, one in done.items()} == {n: str(n).encode() for n in range(60)}
    assert not any(one.has_died for one in done.values())
    assert not Path(f"/proc/{pid}").exists()


def test_killed_node_loses_no_part(nodes: Nodes) -> None:
    address, (first, _) = nodes
    pid = _worker_of(first)

    def kill() -> None:
        first.kill()
        os.kill(pid, signal.SIGKILL)

    _later(kill)
    done = _run(address, _slow(), _parts(60))
    assert not any(one.has_died for one in done.values())
    assert first.poll() is not None


def test_only_the_part_that_kills_is_blamed(nodes: Nodes) -> None:
    def work(part: Part) -> Done:
        import os

        if part.number == 3:
            os._exit(1)
        return Done(part)

    done = _run(nodes[0], work, _parts(12))
    assert [number for number, one in done.items() if one.has_died] == [3]


def test_parts_are_read_as_workers_need_them(nodes: Nodes) -> None:
    read = []

    def parts() -> Iterator[Part]:
        for part in _parts(40):
            read.append(part.number)
            yield part

    ahead = []
    for count, _ in enumerate(DaskEngine(nodes[0]).run(_slow(), parts()), 1):
        ahead.append(len(read) - count)
    assert max(ahead) <= 4
    assert len(read) == 40


def test_cluster_that_is_not_there_is_an_error() -> None:
    with pytest.raises(BatchError, match="cannot reach the cluster"):
        list(DaskEngine("tcp://127.0.0.1:9").run(_slow(), iter(_parts(1))))
