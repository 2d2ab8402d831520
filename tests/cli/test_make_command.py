"""The command line for its users: outputs, messages and exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefing.cli import app

ARTICLE = """\
Norway and Iceland sign mackerel pact

OSLO, May 14 - Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid Solheim said.

"The stock must not fall below the level of 2019," Solheim told reporters.

The ministers will meet again in Bergen on 6 June.
"""

# Sets the clock of a Python process to a day in 2031 before anything reads it.
OTHER_DAY = """\
import datetime, time
time.time = lambda: 1_930_000_000.0
class Day(datetime.date):
    @classmethod
    def today(cls):
        return datetime.datetime.fromtimestamp(time.time()).date()
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    today = utcnow = now
datetime.date, datetime.datetime = Day, Moment
"""

BAD_INPUTS = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n ", "no words"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "PNG"),
    "archive.zip": (b"PK\x03\x04" + bytes(range(256)) * 20, "ZIP"),
    "nul.txt": (b"\x00\x01\x02\x03" * 500, "binary"),
    "huge.txt": (b"The minister spoke again today. " * 160_000, "larger than"),
    "french.txt": (
        "Le ministre des Affaires étrangères a déclaré mardi que les deux pays étaient parvenus à un accord. "
        "La signature aura lieu à Bergen le 6 juin, selon un communiqué publié dans la soirée.".encode(),
        "French",
    ),
    "page.html": (b"<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav></body></html>", "article"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def briefing(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_article_becomes_a_pdf_named_after_it(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    done = briefing("make", "pact.txt")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "pact.pdf\n", "")
    assert (folder / "pact.pdf").read_bytes().startswith(b"%PDF-")


def test_every_format_is_made_and_verifies(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    assert briefing("make", "pact.txt", "-f", "pdf,html,json,md,docx,ics,eml", "--output-dir", "out").exit_code == 0
    suffixes = ("docx", "eml", "html", "ics", "json", "md", "pdf")
    assert names(folder / "out") == [f"pact.{suffix}" for suffix in suffixes]
    done = briefing("verify", "out/pact.pdf", "out/pact.json", "--source", "pact.txt")
    assert (done.exit_code, done.stderr) == (0, "")


def test_an_event_without_a_calendar_date_is_reported_once(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE.replace("OSLO, May 14", "OSLO"))
    done = briefing("make", "pact.txt", "-f", "ics,eml,json")
    assert (done.exit_code, done.stdout.split()) == (0, ["pact.ics", "pact.eml", "pact.json"])
    assert done.stderr.count("Left out of the calendar because no date has a year (1): ") == 1
    assert done.stderr.startswith("pact.txt: ")
    again = briefing("render", "pact.json", "-f", "ics", "-o", "again.ics")
    assert (again.exit_code, again.stderr) == (0, done.stderr.replace("pact.txt", "pact.json"))
    assert (folder / "again.ics").read_bytes() == (folder / "pact.ics").read_bytes()


def test_equal_names_are_numbered(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "pact.txt").write_text(ARTICLE)
    done = briefing("make", "a", "b/pact.txt", "-f", "json")
    assert done.stdout.split() == ["pact.json", "pact-2.json"]


def test_an_input_is_never_overwritten(folder: Path) -> None:
    page = f"<html><head><title>Pact</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
    (folder / "pact.html").write_text(page)
    assert briefing("make", "pact.html", "-f", "html").stdout == "pact-2.html\n"
    assert (folder / "pact.html").read_text() == page
    done = briefing("make", "pact.html", "-o", "pact.html")
    assert done.exit_code == 1
    assert "is an input" in done.stderr
    assert (folder / "pact.html").read_text() == page


@pytest.mark.usefixtures("folder")
def test_standard_input_is_named_by_its_title() -> None:
    done = briefing("make", "-", "-f", "json", stdin=ARTICLE.encode())
    assert done.stdout == "norway-and-iceland-sign-mackerel-pact.json\n"


def test_standard_output_takes_the_brief(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    done = briefing("make", "pact.txt", "-f", "json", "-o", "-")
    assert json.loads(done.stdout)["article"]["title"] == "Norway and Iceland sign mackerel pact"
    assert names(folder) == ["pact.txt"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_inputs_are_named_and_the_other_briefs_are_made(folder: Path, jobs: str) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "pact.txt").write_text(ARTICLE)
    for name, (content, _) in BAD_INPUTS.items():
        (folder / "in" / name).write_bytes(content)
    sources = [f"in/{name}" for name in [*BAD_INPUTS, "pact.txt"]]
    done = briefing("make", *sources, "in/none.txt", "-f", "json", "--output-dir", "out", "--jobs", jobs)
    assert done.exit_code == 1
    assert done.stdout == "out/pact.json\n"
    assert names(folder / "out") == ["pact.json"]
    for name, (_, reason) in BAD_INPUTS.items():
        (line,) = [line for line in done.stderr.splitlines() if f"in/{name}" in line]
        assert reason in line
    assert "in/none.txt" in done.stderr


def test_a_folder_with_one_bad_file_makes_the_others(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(ARTICLE)
    (folder / "in" / "b.txt").write_bytes(b"")
    done = briefing("make", "in", "-f", "json")
    assert (done.exit_code, done.stdout) == (1, "a.json\n")
    assert "b.txt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["make", "a.txt", "-f", "pfd"], "did you mean 'pdf'"),
        (["make", "a.txt", "-f", ""], "no format"),
        (["make", "a.txt", "--date", "yesterday"], "YYYY-MM-DD"),
        (["make", "a.txt", "--date", "2018-02-30"], "YYYY-MM-DD"),
        (["make", "a.txt", "--profile", "none"], "standard"),
        (["make", "a.txt", "b.txt", "-o", "c.pdf"], "--output-dir"),
        (["make", "a.txt", "-f", "pdf,json", "-o", "c.pdf"], "--output-dir"),
        (["make", "a.txt", "-o", "c"], "--format"),
        (["make", "a.txt", "-o", "-"], "--format"),
        (["make"], "Missing argument"),
        (["make", "a.txt", "--jobs", "0"], "jobs"),
        (["make", "a.txt", "--colour", "red"], "No such option"),
    ],
)
def test_misuse_is_reported_and_nothing_is_made(folder: Path, arguments: list[str], said: str) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(ARTICLE)
    done = briefing(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert names(folder) == ["a.txt", "b.txt"]


def test_a_section_without_an_extractor_is_refused(folder: Path) -> None:
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "p.yaml").write_text("sections: [summary, weather]\n")
    done = briefing("make", "a.txt", "--profile", "p.yaml")
    assert done.exit_code == 2
    assert "weather" in done.stderr


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("sections:\n  - summary: {sentnces: 2}\n", "p.yaml:2: .*did you mean 'sentences'"),
        ("sections:\n  - summary\n  - sumary\n", "p.yaml:3: .*did you mean 'summary'"),
        ("sections:\n  - summary: {sentences: many}\n", "p.yaml:2: .*sentences: many is not a whole number"),
        ("sections:\n  - actors: {limit: -1}\n", "p.yaml:2: .*below 0"),
        ("sections: [summary, summary]\n", "p.yaml:1: .*is listed twice"),
        ("sections: [{source: {show: all}}]\n", "p.yaml:1: .*none, cited, full"),
        ("language: {model: en_no_such}\n", "en_no_such.*pip install en-no-such"),
    ],
)
@pytest.mark.parametrize("command", ["make", "render"])
def test_an_impossible_profile_is_refused(folder: Path, command: str, profile: str, said: str) -> None:
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "p.yaml").write_text(profile)
    done = briefing(command, "a.txt", "--profile", "p.yaml")
    assert done.exit_code == 2
    assert re.search(said, done.stderr)


def test_a_corrected_brief_is_printed_with_its_edits_marked(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    briefing("make", "pact.txt", "-f", "json")
    raw = json.loads((folder / "pact.json").read_text())
    raw["summary"][0]["text"] = "Two neighbours made peace over fish."
    (folder / "pact.json").write_text(json.dumps(raw))
    assert briefing("verify", "pact.json").exit_code == 1
    done = briefing("render", "pact.json", "-f", "pdf,md,json", "--output-dir", "out")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "edited by hand" in (folder / "out" / "pact.md").read_text()
    checked = briefing("verify", "out/pact.pdf", "out/pact.json")
    assert (checked.exit_code, checked.stdout.count("edited by hand: summary[0] changed")) == (0, 2)


def test_a_brief_that_cannot_be_read_back_is_named(folder: Path) -> None:
    (folder / "a.json").write_text("{}")
    done = briefing("render", "a.json", "b.json")
    assert done.exit_code == 1
    assert "a.json is not a brief" in done.stderr
    assert "b.json" in done.stderr


def test_the_schema_is_printed() -> None:
    assert json.loads(briefing("schema").stdout)["title"] == "Briefing"


def test_the_doctor_finds_what_the_tests_need() -> None:
    done = briefing("doctor")
    assert done.exit_code == 0
    assert "Pango" in done.stdout


def shell(command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command in which ``briefing`` is this program."""
    program = f"briefing() {{ {sys.executable} -c 'from briefing.cli import run; run()' \"$@\"; }}\n"
    return subprocess.run(  # noqa: S602 - the shell's redirections are what is tested
        program + command, shell=True, env=os.environ | env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("briefing make - -f json <&-", 1, "cannot read standard input"),
        ("briefing make pact.txt -f json -o - > /dev/full", 1, "No space left"),
        ("briefing make pact.txt -f json > /dev/full", 1, "No space left"),
        ("briefing make empty", 1, "empty"),
        ("head -c 6000000 /dev/zero | briefing make - -f json", 1, "cannot read standard input"),
        ("briefing make circle", 1, "circle"),
        ("briefing make pact.txt --date ''", 2, "YYYY-MM-DD"),
    ],
)
def test_broken_streams_and_links_are_reported_in_a_line(folder: Path, command: str, status: int, said: str) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    (folder / "empty").mkdir()
    (folder / "circle").symlink_to(folder / "circle")
    done = shell(command, PYTHONUNBUFFERED="")
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_the_terminal_cannot_show_is_escaped(folder: Path) -> None:
    (folder / "São.txt").write_text(ARTICLE)
    done = shell("briefing make São.txt -f json", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (0, "S\\xe3o.json\n")


def test_a_profile_of_the_user_must_be_named_again(folder: Path) -> None:
    """A brief made with the user's own profile is printed with it only if `--profile` names it."""
    (folder / "pact.txt").write_text(ARTICLE)
    (folder / "p.yaml").write_text("title: Mine\n")
    briefing("make", "pact.txt", "-f", "json", "--profile", "p.yaml")
    done = briefing("render", "pact.json", "-f", "md")
    assert (done.exit_code, "--profile" in done.stderr) == (0, True)
    assert briefing("render", "pact.json", "-f", "md", "--profile", "p.yaml").stderr == ""


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, briefing.cli; print([m for m in ('spacy', 'weasyprint', 'numpy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_printing_a_brief_again_loads_no_language() -> None:
    code = "import sys, briefing.jobs.briefs; print([m for m in ('spacy', 'numpy', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_json_of_a_text_loads_no_unneeded_modules(folder: Path) -> None:
    (folder / "pact.txt").write_text(ARTICLE)
    others = (
        *("datasketch", "docx", "feedparser", "htmldate", "icalendar", "lxml", "pdfplumber"),
        *("courlan", "pikepdf", "scipy", "smtplib", "sqlite3", "trafilatura", "watchfiles", "weasyprint"),
        *("briefing.archive", "briefing.delivery", "briefing.digest", "briefing.jobs.digest_run", "briefing.schedule"),
        *("briefing.reading.web.fetch", "briefing.rendering.digest.page", "briefing.rendering.html"),
        *("openai", "briefing.proposals.client", "briefing.proposals.grounding"),
    )
    code = (
        "import sys; from briefing.cli import app;"
        "app(['make', 'pact.txt', '-f', 'json'], standalone_mode=False);"
        f"print([m for m in {others} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.long
def test_the_same_article_gives_the_same_bytes_everywhere(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(ARTICLE.replace("mackerel", name * 3))
    page = f"<html><head><title>Pact</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
    (folder / "c.html").write_text(page)
    elsewhere = {"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    for out, jobs, env, day in (
        ("one", "1", {}, ""),
        ("two", "2", elsewhere, ""),
        ("three", "1", elsewhere, OTHER_DAY),
    ):
        command = [
            sys.executable,
            "-c",
            f"{day}from briefing.cli import app; app()",
            "make",
            "a.txt",
            "b.txt",
            "c.html",
        ]
        options = ["-f", "pdf,html,json,md,docx,ics,eml", "--output-dir", out, "--jobs", jobs]
        subprocess.run([*command, *options], check=True, env=os.environ | env, capture_output=True)  # noqa: S603
    for path in (folder / "one").iterdir():
        for out in ("two", "three"):
            assert path.read_bytes() == (folder / out / path.name).read_bytes(), path.name
