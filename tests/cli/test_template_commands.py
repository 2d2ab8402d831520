"""`briefing template`: start from our templates, and see one's own at work."""

import re
import signal
import subprocess
import sys
import time
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from click.testing import Result
from typer.testing import CliRunner

from briefing.cli import app
from briefing.jobs.verification import verify_bytes
from briefing.rendering.templating.parts import part_names

_PROFILE = "templates: mine\nsections: [summary, quotes]\n"


def template(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["template", *map(str, arguments)])


def test_an_ejected_part_is_a_copy_of_ours(tmp_path: Path) -> None:
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
def test_a_part_may_have_a_short_name(tmp_path: Path, part: str, name: str) -> None:
    assert template("eject", part, "--to", tmp_path).stdout.split() == [str(tmp_path / name)]


def test_an_unknown_part_is_named_with_the_nearest(tmp_path: Path) -> None:
    done = template("eject", "parts/quote.html.j2", "--to", tmp_path)
    assert (done.exit_code, "did you mean 'parts/quotes.html.j2'" in done.stderr) == (2, True)


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "quotes.html.j2").write_text("mine")
    done = template("eject", "quotes", "--to", tmp_path)
    assert (done.exit_code, (tmp_path / "parts" / "quotes.html.j2").read_text()) == (2, "mine")


def test_the_preview_shows_the_users_part_and_every_section(tmp_path: Path) -> None:
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


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a profile has a theme of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-templates" / "themes").mkdir(parents=True)
    theme = ":root { --text: var(--sans); --accent: #0a5c5c; --ink: #101820 }\n@page { margin: 22mm }\n"
    (tmp_path / "my-templates" / "themes" / "harbour.css").write_text(theme)
    (tmp_path / "p.yaml").write_text(
        "templates: my-templates\nlook: {theme: harbour}\nsections: [summary, {events: {timeline: true}}, quotes]\n"
    )
    (tmp_path / "a.txt").write_text(
        "---\ndate: 2031-05-30\n---\nMinisters will meet in Arland on 4 June 2031. Belmora agreed.\n\n"
        "A second meeting will be held in Belmora on 20 June 2031, the ministry said on Monday.\n"
    )
    return tmp_path


def test_a_new_theme_is_in_every_format_and_verifies(harbour: Path) -> None:
    made = CliRunner().invoke(
        app, ["make", "a.txt", "--profile", "p.yaml", "--format", "pdf,html,docx,eml,json", "--output-dir", "out"]
    )
    assert made.exit_code == 0
    files = {path.suffix: path.read_bytes() for path in (harbour / "out").iterdir()}
    assert b"--accent: #0a5c5c" in files[".html"]
    with ZipFile(BytesIO(files[".docx"])) as package:
        styles = package.read("word/styles.xml")
    assert b"0A5C5C" in styles
    assert b"Source Serif Pro" not in styles
    mail = message_from_bytes(files[".eml"]).as_bytes() + b"".join(
        part.get_payload(decode=True) or b"" for part in message_from_bytes(files[".eml"]).walk()
    )
    assert b"#0a5c5c" in mail
    assert verify_bytes(files[".pdf"], "a.pdf").failures == ()
    with pikepdf.open(BytesIO(files[".pdf"])) as pdf:
        painted = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert re.search(rb"0?\.039\d* 0?\.36\d* 0?\.36\d* rg", painted)


def test_a_new_theme_is_in_preview_digest_and_reprint(harbour: Path) -> None:
    runs = (
        ["template", "preview", "--profile", "p.yaml", "-o", "preview.html", "--once"],
        ["make", "a.txt", "--format", "json", "--output-dir", "."],
        ["render", "a.json", "--profile", "p.yaml", "--format", "html", "--output-dir", "again"],
        [
            "digest",
            "a.txt",
            "--profile",
            "p.yaml",
            "--format",
            "html",
            "--output-dir",
            "digest",
            "--at",
            "2031-05-30T12:00",
        ],
    )
    for run in runs:
        done = CliRunner().invoke(app, run)
        assert done.exit_code == 0, (run, done.output)
    pages = (harbour / "preview.html", *(harbour / "again").glob("*.html"), *(harbour / "digest").glob("*.html"))
    assert [path.read_text().count("--accent: #0a5c5c") for path in pages] == [1, 1, 1]


@pytest.mark.usefixtures("harbour")
def test_a_new_theme_is_listed_with_its_folder() -> None:
    for arguments in ((), ("--profile", "p.yaml"), ("--templates", "my-templates")):
        lines = template("list", *arguments).stdout.splitlines()
        assert len([line for line in lines if re.match(r"themes/harbour\.css  \(in .*my-templates\)", line)]) == 1
        assert "themes/plain.css" in lines


def test_a_theme_of_the_found_profile_is_listed(harbour: Path) -> None:
    (harbour / "my-templates").rename(harbour / "mine")
    (harbour / "briefing.yaml").write_text("templates: mine\n")
    assert re.search(r"^themes/harbour\.css  \(in .*mine\)$", template("list").stdout, re.MULTILINE)


def test_a_misnamed_theme_is_named_with_the_nearest(harbour: Path) -> None:
    (harbour / "p.yaml").write_text("title: A\ntemplates: my-templates\nlook: {theme: harbor}\n")
    done = CliRunner().invoke(app, ["make", "a.txt", "--profile", "p.yaml"])
    assert (done.exit_code, "p.yaml:3: unknown theme 'harbor'; did you mean 'harbour'?" in done.stderr) == (2, True)
