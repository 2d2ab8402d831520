"""What the repository may hold."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHECK = Path(__file__).parent.parent / "scripts" / "check-root"


@pytest.mark.parametrize(
    ("tracked", "refused"),
    [
        ("README.md", False),
        ("briefing/model.py", False),
        ("draft.pdf", True),
        ("a draft.pdf", True),
        ("README.md.orig", True),
        ("out/draft.pdf", True),
    ],
)
def test_every_tracked_file_at_the_root_is_listed(tmp_path: Path, tracked: str, refused: bool) -> None:
    script = tmp_path / "scripts" / "check-root"
    script.parent.mkdir()
    shutil.copy2(CHECK, script)
    file = tmp_path / tracked
    file.parent.mkdir(exist_ok=True)
    file.touch()
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=tmp_path, check=True)  # noqa: S603 - arguments of our own
    (tmp_path / "untracked.pdf").touch()
    done = subprocess.run([script], capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert done.returncode == int(refused)
    assert (tracked.partition("/")[0] in done.stderr.splitlines()) == refused
    assert "untracked.pdf" not in done.stderr
