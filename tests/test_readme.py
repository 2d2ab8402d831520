"""Run every command in README.md and docs/*.md, word for word, in a fresh clone."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
# They are run in this order, in one shell; each page starts in the root of the clone.
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_PATH = re.compile(r"`((?:briefing|tests|templates|scripts|examples|benchmarks|docs)/[\w./-]+)`")  # "`docs/archive.md`"
_BLOCK = re.compile(r"^```(console|python|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PORT = "8000"  # of the server that the README starts
_NOT_CLONED = shutil.ignore_patterns(".git", ".venv", "out", "__pycache__", ".*_cache", ".hypothesis")

# It replaces a person at the editor: it changes the role of the first actor.
EDITOR = """\
#!/usr/bin/env python3
import json, sys
brief = json.load(open(sys.argv[1]))
brief["actors"][0]["role"] = "neighbour"
json.dump(brief, open(sys.argv[1], "w"))
"""
# `make` only prints what it would do: this test is a part of what it does.
SHELL = """\
set -m
root=$PWD
make() { command make -n "$@"; }
# A server runs until it is interrupted; here, some seconds.
briefing() {
    if [ "$1" != serve ]; then command briefing "$@"; return; fi
    command timeout -s INT 8 briefing "$@" --port 0
    [ $? = 124 ]
}
wait_for_server() { until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.1; done; }
trap 'kill $(jobs -p) 2>/dev/null' EXIT
"""
AFTER_EACH = 'echo "@end $?"; sleep 0.2; jobs >/dev/null\n'


class Step(NamedTuple):
    """A command, and the lines that the page says it prints."""

    page: str
    place: str
    typed: str
    printed: list[str]


def _steps() -> Iterator[Step]:
    profiles = []
    for page in PAGES:
        for number, block in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
            place, text = f"{page.name}, block {number}", block[2]
            if block[1] == "console":
                for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                    typed, *printed = piece.splitlines()
                    yield Step(page.name, place, typed, [line for line in printed if line.strip() not in ("", "...")])
            elif block[1] == "python":
                yield Step(page.name, place, f"python - <<'END'\n{text}END", [])
            else:
                typed = f"cat > shown.yaml <<'END'\n{text}END\nbriefing profile check shown.yaml"
                profiles.append(Step("profiles", place, typed, []))
    yield from profiles  # last, because they name files that the commands make


def _script(steps: list[Step], port: int) -> str:
    lines = [SHELL]
    page = ""
    for number, step in enumerate(steps):
        if step.page != page:
            page = step.page
            lines.append('cd "$root"\n')
        lines.append(f"echo '@begin {number}'\n{step.typed.replace(_PORT, str(port))}\n{AFTER_EACH}")
        if "http.server" in step.typed:
            lines.append(f"wait_for_server {port}\n")
    return "".join(lines)


@pytest.fixture
def port() -> int:
    """Return a free port; that of the page may be in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def clone(tmp_path: Path, port: int) -> Path:
    folder = tmp_path / "clone"
    shutil.copytree(ROOT, folder, ignore=_NOT_CLONED)
    (folder / ".venv").symlink_to(sys.prefix)  # what `make brief` makes
    feeds = folder / "examples" / "feed" / "feeds.opml"
    feeds.write_text(feeds.read_text().replace(_PORT, str(port)))
    return folder


@pytest.mark.long
def test_every_command_works_unchanged(clone: Path, tmp_path: Path, port: int) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    (tmp_path / "home").mkdir()
    steps = list(_steps())
    assert len(steps) > 60
    environment = {
        "HOME": str(tmp_path / "home"),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "EDITOR": str(editor),
        "BRIEFING_SMTP": "smtp+starttls://desk:password@mail.example.org:587",
        "BRIEFING_WEBHOOK_SECRET": "a secret of our own that is long enough for a signature",
    }
    said = subprocess.run(  # noqa: S603 - what the pages of this repository say
        ["/bin/bash", "-c", _script(steps, port)],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    ).stdout
    faults = []
    for number, step in enumerate(steps):
        found = re.search(rf"^@begin {number}\n(.*?)^@end (\d+)$", said, re.MULTILINE | re.DOTALL)
        assert found is not None, f"{step.place}: {step.typed} ended the shell\n{said[-2000:]}"
        is_refused = "# refused" in step.typed
        missing = [line for line in step.printed if line.replace(_PORT, str(port)).rstrip() not in found[1]]
        if (found[2] != "0") != is_refused or missing:
            faults.append(f"{step.place}: {step.typed}\n  status {found[2]}, not printed: {missing}\n{found[1]}")
    assert not faults, "\n".join(faults)


def test_commands_are_only_in_blocks_that_are_run() -> None:
    for page in PAGES:
        rest = _BLOCK.sub("", page.read_text(encoding="utf-8"))
        assert not re.search(r"^\$ ", rest, re.MULTILINE), page.name


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_paths_named_in_a_page_exist(page: Path) -> None:
    paths = _PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []
