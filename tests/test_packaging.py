"""The wheel alone holds all that a brief needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Return what a command prints; it must succeed."""
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command], cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
def test_a_brief_is_made_from_the_wheel_alone(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist", cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "site"
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        installed,
        wheel,
        cwd=tmp_path,
    )
    where = "import briefing.rendering.templating.environment as t; print(t.templates_folder())"
    assert run(sys.executable, "-c", where, cwd=tmp_path, PYTHONPATH=str(installed)).startswith(str(installed))
    (tmp_path / "a.txt").write_text("Norway and Iceland signed a pact on cod on Monday, the minister said.\n" * 3)
    main = "from briefing.cli import app; app()"
    printed = run(
        sys.executable, "-c", main, "make", "a.txt", "-f", "html,pdf,md", cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert printed.split() == ["a.html", "a.pdf", "a.md"]
    for file in ("layout.html.j2", "static/room.css", "static/htmx.min.js"):
        assert (installed / "briefing" / "templates" / "room" / file).is_file()


@pytest.mark.long
def test_a_brief_is_made_from_an_editable_install() -> None:
    where = "import briefing.rendering.templating.environment as t; print(t.templates_folder())"
    assert run(sys.executable, "-c", where, cwd=Path("/")).strip() == str(ROOT / "templates")
