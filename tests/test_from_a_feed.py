"""The README's "From a feed" does what it shows."""

import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli import app

ROOT = Path(__file__).parent.parent


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def walk_through(port: int) -> list[tuple[list[str], list[str]]]:
    """Return the commands of the section, on another port, each with the lines that it shows."""
    section = (ROOT / "README.md").read_text().split("\n## From a feed\n")[1].split("\n## ")[0]
    (shown,) = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    commands = [
        part.splitlines() for part in re.split(r"^\$ ", shown.replace(":8000", f":{port}"), flags=re.MULTILINE) if part
    ]
    return [(shlex.split(line.replace(" 8000 ", f" {port} "), comments=True), output) for line, *output in commands]


@pytest.fixture
def served(
    walk_through: list[tuple[list[str], list[str]]], port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Run the section's server in a copy of the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    feeds = tmp_path / "examples" / "feed" / "feeds.opml"
    feeds.write_text(feeds.read_text().replace(":8000", f":{port}"))
    monkeypatch.chdir(tmp_path)
    command = walk_through[0][0]
    assert (command[0], command[-1]) == ("python3", "&")
    server = subprocess.Popen([sys.executable, *command[1:-1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


@pytest.mark.long
@pytest.mark.usefixtures("served")
def test_each_command_prints_what_the_readme_shows(walk_through: list[tuple[list[str], list[str]]]) -> None:
    assert len(walk_through) == 3
    for (program, *arguments), shown in walk_through[1:]:
        assert program == "briefing"
        done = CliRunner().invoke(app, arguments)
        assert [*done.stdout.splitlines(), *done.stderr.splitlines()] == shown
