"""`briefing archive`: what was kept is found, printed, exported and removed."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.cli.archive_lines import entry_lines
from briefing.model.brief import Briefing
from briefing.model.files import read_brief
from tests.archive.briefs import brief_of, store
from tests.fakes.briefs import small_brief

TODAY = datetime.now(UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an archive of three briefs: 1 of long ago, 2 and 3 of today."""
    monkeypatch.chdir(tmp_path)
    with Archive.open(tmp_path / "a.sqlite", clock=lambda: TODAY - timedelta(days=400)) as archive:
        store(archive, brief_of("Grain was shipped.", title="Grain\tshipped", published=None))
    port = brief_of(
        "The port of Halvik was closed.",
        title="Port closed",
        outlet="Harbour Post",
        published="2024-05-16",
        url="https://example.org/port",
        actors=[("Ingrid Solheim", "envoy", "Norway"), ("Solheim", None, "Chile")],
        disagreements=[("Solheim rejects the closure", ("Ingrid Solheim", "Halvik"))],
    )
    with Archive.open(tmp_path / "a.sqlite", clock=lambda: TODAY) as archive:
        store(archive, small_brief())
        store(archive, port)
    (tmp_path / "p.yaml").write_text("archive: a.sqlite\nretention: 365d\n")
    return tmp_path


def archive(*arguments: str, where: tuple[str, ...] = ("--archive", "a.sqlite")) -> Result:
    return CliRunner().invoke(app, ["archive", *arguments, *where])


def numbers(done: Result) -> list[str]:
    assert (done.exit_code, done.stderr) == (0, "")
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def test_a_list_shows_the_newest_first() -> None:
    done = archive("list")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1\tundated\t\tGrain shipped",  # it counts from when it was stored
        "3\t2024-05-16\tHarbour Post\tPort closed",
        "2\t2024-05-14\t\tUntitled",
    ]


def test_the_option_outranks_the_archive_of_the_profile() -> None:
    assert archive("list", where=("--profile", "p.yaml")).stdout == archive("list").stdout
    done = archive("list", where=())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--archive" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("search", "port"), ["3"]),
        (("search", "port OR mackerel"), []),  # quoted, so that it is one phrase
        (("search", "port", "OR", "mackerel"), ["3", "2"]),
        (("search", "grain", "shipped"), ["1"]),
        (("search", "shipped grain"), []),
        (("search", "quot*"), ["2"]),
        (("list", "--actor", "Ingrid Solheim"), ["3", "2"]),
        (("list", "--outlet", "harbour post"), ["3"]),
        (("list", "--until", "2024-05-14"), ["2"]),
        (("list", "--since", "2024-05-15", "--until", "2024-05-17"), ["3"]),
        (("list", "--event-from", "2024-06-06", "--event-to", "2024-06-06"), ["2"]),
        (("search", "port", "--actor", "nobody"), []),
    ],
)
def test_briefs_are_found(arguments: tuple[str, ...], found: list[str]) -> None:
    done = archive(*arguments)
    assert done.exit_code == 0
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == found
    assert done.stderr == ("" if found else "no brief found\n")


def test_a_shortened_list_says_so() -> None:
    done = archive("list", "--limit", "2")
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == "only the newest 2; --limit shows more\n"


@pytest.mark.parametrize("width", [40, 80])
def test_columns_fit_a_terminal(folder: Path, width: int) -> None:
    with Archive.open(folder / "a.sqlite") as kept:
        store(kept, brief_of("Long.", title="[b]A long title[/b] " * 9, outlet="An outlet of a very long name " * 3))
        lines = list(entry_lines(kept.find(), width))
    assert len(lines) == 4
    assert all(cell_len(line) <= width for line in lines)
    assert all(re.match(r"\d +(\d{4}-\d\d-\d\d|undated) ", line) for line in lines)
    assert any("…" in line for line in lines)


def test_programs_read_lists_as_json() -> None:
    (line,) = archive("search", "port", "--json").stdout.splitlines()
    entry = json.loads(line)
    assert (entry["brief"], entry["title"], entry["addresses"]) == (3, "Port closed", ["https://example.org/port"])


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("search", "--", "***"), 2, "no word to search for"),
        (("list", "--since", "May"), 2, "YYYY-MM-DD"),
        (("show", "99"), 1, "has no brief 99"),
        (("export", "99"), 1, "has no brief 99"),
        (("prune", "--older-than", "1y"), 2, "365d or 52w"),
        (("prune",), 2, "--older-than"),
        (("show", "2", "-f", "pdf,html", "-o", "x.pdf"), 2, "one format"),
    ],
)
def test_an_error_is_one_line(arguments: tuple[str, ...], status: int, said: str) -> None:
    where = ("--archive", "a.sqlite")
    done = CliRunner().invoke(app, ["archive", arguments[0], *where, *arguments[1:]])
    assert (done.exit_code, done.stdout) == (status, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [("list",), ("search", "a"), ("show", "1"), ("actor", "A"), ("export",)])
def test_a_missing_archive_is_named_and_not_created(folder: Path, command: tuple[str, ...]) -> None:
    done = archive(*command, where=("--archive", "b.sqlite"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "b.sqlite: there is no such file" in done.stderr
    assert not (folder / "b.sqlite").exists()


def test_a_brief_is_shown_as_markdown() -> None:
    done = archive("show", "3")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("# Port closed\n")


def test_a_brief_is_printed_again_without_its_source(folder: Path) -> None:
    done = archive("show", "2", "-f", "json,html,pdf", "--output-dir", "out")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.split() == ["out/untitled.json", "out/untitled.html", "out/untitled.pdf"]
    assert read_brief((folder / "out" / "untitled.json").read_bytes(), "it") == small_brief()
    assert archive("show", "2", "-o", "one.pdf").stdout == "one.pdf\n"
    assert (folder / "one.pdf").read_bytes() == (folder / "out" / "untitled.pdf").read_bytes()


def test_a_brief_is_printed_with_another_profile() -> None:
    assert archive("show", "3", "--profile", "plain").exit_code == 0


def test_briefs_are_exported_as_lines_or_as_files(folder: Path) -> None:
    lines = archive("export").stdout.splitlines()
    briefs = [Briefing.model_validate_json(line) for line in lines]
    assert small_brief() in briefs
    assert len(briefs) == 3
    assert archive("export", "3", "2").stdout.splitlines() == [lines[1], lines[2]]
    assert archive("export", "--words", "port").stdout.splitlines() == [lines[1]]
    done = archive("export", "--output-dir", "out")
    assert (done.exit_code, len(done.stdout.split())) == (0, 3)
    assert {read_brief(file.read_bytes(), "it").article.title for file in (folder / "out").iterdir()} == {
        brief.article.title for brief in briefs
    }


def test_old_briefs_are_removed() -> None:
    done = archive("prune", where=("--profile", "p.yaml"))
    assert (done.exit_code, done.stdout) == (0, "removed 1 brief and 1 text without briefs\n")
    assert numbers(archive("list")) == ["3", "2"]
    assert archive("prune", "--older-than", "1w").stdout == "removed 0 briefs and 0 texts without briefs\n"


def test_an_actor_has_roles_articles_and_points() -> None:
    done = archive("actor", "Ingrid Solheim")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "Ingrid Solheim (person, Norway)\n"
        "  roles\n"
        "    envoy: 2024-05-16, 1 article\n"
        "  1 article\n"
        "    2024-05-16  Harbour Post  Port closed  [3]\n"
        "  points\n"
        "    2024-05-16  disagreement with Halvik: Solheim rejects the closure  [3]\n"
        "Ingrid Solheim (person)\n"
        "  roles\n"
        "    minister: 2024-05-14, 1 article\n"
        "  1 article\n"
        "    2024-05-14  Untitled  [2]\n"
    )


def test_actors_are_printed_as_json() -> None:
    lines = archive("actor", "solheim", "--json").stdout.splitlines()
    assert sorted(json.loads(line)["name"] for line in lines) == ["Ingrid Solheim", "Ingrid Solheim", "Solheim"]
    done = archive("actor", "Nobody Here")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nobody Here is in no brief" in done.stderr
