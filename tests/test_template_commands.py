"""`briefing template`: start from our templates, and see one's own at work."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from briefing.cli import app
from briefing.rendering.template_parts import part_names

_PROFILE = "templates: mine\nsections: [summary, quotes]\n"


def template(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["template", *map(str, arguments)])


def test_every_part_can_be_ejected_and_is_then_ours(tmp_path: Path) -> None:
    names = template("list").stdout.split()
    assert {"brief.html.j2", "parts/quotes.html.j2", "css/brief.css", "themes/plain.css"} <= set(names)
    for name in names:
        assert template("eject", name, "--to", tmp_path).stdout.split() == [str(tmp_path / name)]
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()) == sorted(names)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("quotes", "parts/quotes.html.j2"),
        ("brief", "brief.html.j2"),
        ("plain", "themes/plain.css"),
        ("parts/events.md.j2", "parts/events.md.j2"),
    ],
)
def test_a_part_may_be_named_shortly(tmp_path: Path, part: str, name: str) -> None:
    assert template("eject", part, "--to", tmp_path).stdout.split() == [str(tmp_path / name)]


def test_an_unknown_part_is_named_with_the_nearest(tmp_path: Path) -> None:
    done = template("eject", "parts/quote.html.j2", "--to", tmp_path)
    assert (done.exit_code, "did you mean 'parts/quotes.html.j2'" in done.stderr) == (2, True)


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "quotes.html.j2").write_text("mine")
    done = template("eject", "quotes", "--to", tmp_path)
    assert (done.exit_code, (tmp_path / "parts" / "quotes.html.j2").read_text()) == (2, "mine")


def test_the_preview_shows_the_users_part_in_a_sample_with_something_in_every_section(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("templates: mine\n")
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "parts" / "quotes.html.j2").write_text("<p>Quotes of mine</p>")
    done = template("preview", "--profile", tmp_path / "p.yaml", "-o", tmp_path / "a.html", "--once")
    assert (done.exit_code, done.stderr) == (0, "")
    html = (tmp_path / "a.html").read_text()
    assert "Quotes of mine" in html
    assert 'class="empty"' not in html


def test_the_preview_of_a_flawed_template_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(_PROFILE)
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "parts" / "quotes.html.j2").write_text("\n{{ section.nothing }}")
    done = template("preview", "--profile", tmp_path / "p.yaml", "-o", tmp_path / "a.html", "--once")
    assert done.exit_code == 1
    assert "quotes.html.j2:2" in done.stderr


@pytest.mark.long
def test_the_preview_is_printed_again_when_a_template_is_saved(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(_PROFILE)
    part = tmp_path / "mine" / "parts" / "quotes.html.j2"
    part.parent.mkdir(parents=True)
    part.write_text("<p>First</p>")
    command = "from briefing.cli import run; run()"
    arguments = ["template", "preview", "--profile", "p.yaml", "-o", "a.html"]
    program = [sys.executable, "-c", command, *arguments]
    log = tmp_path / "log.txt"  # in the folder that is watched, as the page is
    with log.open("w") as out, subprocess.Popen(program, cwd=tmp_path, stdout=out) as process:  # noqa: S603 - our own
        assert _holds(tmp_path / "a.html", "First")
        time.sleep(1)  # until the folder is watched
        part.write_text("<p>Second</p>")
        assert _holds(tmp_path / "a.html", "Second")
        time.sleep(3)  # for it to print again without need
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert log.read_text() == "a.html\n" * 2


def _holds(path: Path, text: str) -> bool:
    for _ in range(300):
        if path.exists() and text in path.read_text():
            return True
        time.sleep(0.1)
    return False


def test_the_names_of_parts_are_sorted_and_within_the_folder() -> None:
    assert list(part_names()) == sorted(part_names())
    assert not any(name.startswith(("/", "..")) for name in part_names())


def test_the_nearest_part_is_named(tmp_path: Path) -> None:
    done = template("eject", "qotes", "--to", tmp_path)
    assert done.exit_code == 2
    assert "did you mean 'quotes'" in done.output
