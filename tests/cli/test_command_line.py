"""What holds for every command: its help, how much it says, which profile it takes, and what a shell completes."""

import json
import logging
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from briefing.cli import app
from briefing.profile.profile import load_profile, profile_to_yaml
from briefing.rendering.pdf import writer as pdf

ARTICLE = (
    "Talks to resume\n\nOSLO, 14 May 2024 - Norway and Iceland will meet again in Bergen on 6 June, Solheim said.\n"
)
HIDDEN = "Talks to resume\n\nNorway and Iceland\u200b will meet again in Bergen on 6 June 2024, Solheim said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talks.txt").write_text(ARTICLE)
    (tmp_path / "hidden.txt").write_text(HIDDEN)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def _commands(command: Any, name: str = "briefing") -> Iterator[tuple[str, Any]]:
    yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from _commands(one, f"{name} {below}")


COMMANDS = dict(_commands(typer.main.get_command(app)))
LEAVES = {name: command for name, command in COMMANDS.items() if not hasattr(command, "commands")}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_each_value_in_words(name: str) -> None:
    shown = run(*name.split()[1:], "--help")
    assert shown.exit_code == 0
    assert not re.search(r"<\w", shown.stdout)  # "<str>"
    for param in COMMANDS[name].params:
        assert param.help, param.name
        takes_value = not getattr(param, "is_flag", False)
        assert not takes_value or param.metavar == param.metavar.upper() != "", param.name
        assert not takes_value or param.metavar in shown.stdout


@pytest.mark.parametrize("name", LEAVES)
def test_help_ends_with_examples_that_the_command_takes(name: str) -> None:
    _, *lines = LEAVES[name].epilog.splitlines()
    assert lines
    for line in lines:
        _, _, command = line.rpartition("| ")
        words = shlex.split(command.partition(" > ")[0])
        assert words[: len(name.split())] == name.split()
        LEAVES[name].make_context(name, words[len(name.split()) :]).close()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("-q", "make"), ("make", "-q"), ("--quiet", "make"), ("make", "--quiet")])
def test_quiet_leaves_out_remarks_but_neither_paths_nor_failures(arguments: tuple[str, ...]) -> None:
    files = ("hidden.txt", "missing.txt", "--format", "md")
    usual, quiet = run("make", *files), run(*arguments, *files)
    assert "invisible character" in usual.stderr
    assert "invisible character" not in quiet.stderr
    assert "missing.txt" in quiet.stderr
    assert (quiet.stdout, quiet.exit_code) == (usual.stdout, 1)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("-v", "make"), ("make", "-v"), ("--verbose", "make"), ("make", "--verbose")])
def test_verbose_names_the_profile_and_each_source(arguments: tuple[str, ...]) -> None:
    said = run(*arguments, "talks.txt", "--format", "md")
    assert said.stderr.splitlines() == ["profile: standard, because no other is named or found", "talks.txt: done"]
    assert run("make", "talks.txt", "--format", "md").stderr == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("-q", "make", "-v"), ("-v", "make", "-q"), ("make", "-q", "-v")])
def test_quiet_and_verbose_contradict_each_other(arguments: tuple[str, ...]) -> None:
    said = run(*arguments, "talks.txt")
    assert said.exit_code == 2
    assert "contradict each other" in " ".join(said.stderr.replace("│", " ").split())


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_can_be_quiet_or_verbose(name: str) -> None:
    assert {"--quiet", "--verbose"} <= {opt for param in LEAVES[name].params for opt in param.opts}


@pytest.mark.usefixtures("folder")
def test_warnings_of_libraries_go_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments, said in (((), "a.library: odd line \\u001b\\ here\n"), (("--quiet",), "")):
        run("make", "missing.txt", *arguments)
        capsys.readouterr()
        logging.getLogger("a.library").warning("odd line\n\x1b[2J\\ here")
        printed = capsys.readouterr()
        assert (printed.out, printed.err.replace("[2J", "")) == ("", said)


def test_weasyprints_message_on_a_missing_library_is_a_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("print('a library is missing')\nraise OSError('no pango')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    pdf._log_once.cache_clear()
    assert "no pango" in pdf.trouble()
    assert capsys.readouterr().out == ""
    assert [record.getMessage().strip() for record in caplog.records] == ["a library is missing"]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the user have a profile."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    file = tmp_path / "xdg" / "briefing" / "briefing.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("outputs: [html]\n")


@pytest.mark.usefixtures("settings")
def test_a_named_profile_outranks_folder_and_user(folder: Path) -> None:
    """A named profile outranks the folder's, and the folder's the user's."""
    assert run("make", "talks.txt", "-v").stdout == "talks.html\n"
    (folder / "briefing.yaml").write_text("outputs: [md]\n")
    found = run("make", "talks.txt", "-v")
    assert found.stdout == "talks.md\n"
    assert found.stderr.splitlines()[0] == "profile: briefing.yaml, found automatically"
    (folder / "other.yaml").write_text("outputs: [json]\n")
    assert run("make", "talks.txt", "--profile", "other.yaml").stdout == "talks.json\n"
    assert run("profile", "show").stdout == profile_to_yaml(load_profile("briefing.yaml"))
    assert run("digest", "talks.txt", "--since", "2024-05-01").stdout.endswith(".md\n")


def test_without_settings_folder_the_profile_is_below_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for named in ("", "relative"):
        monkeypatch.setenv("XDG_CONFIG_HOME", named)
        monkeypatch.setenv("HOME", str(folder / "home"))
        file = folder / "home" / ".config" / "briefing" / "briefing.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("outputs: [html]\n")
        assert run("make", "talks.txt").stdout == "talks.html\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to another user")
def test_a_profile_of_another_user_must_be_named(folder: Path) -> None:
    profile = folder / "briefing.yaml"
    profile.write_text("outputs: [md]\n")
    os.chown(profile, 1234, 1234)
    refused = run("make", "talks.txt")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "belongs to another user; if you trust it, add --profile ./briefing.yaml" in refused.stderr
    assert run("make", "talks.txt", "--profile", "./briefing.yaml").stdout == "talks.md\n"


def test_the_archive_of_the_found_profile_is_used(folder: Path) -> None:
    (folder / "briefing.yaml").write_text("archive: kept.sqlite\nretention: 1d\noutputs: [md]\n")
    assert run("make", "talks.txt").exit_code == 0
    assert "Talks to resume" in run("archive", "list").stdout
    assert run("archive", "prune", "--archive", "kept.sqlite").exit_code == 2  # its own retention is not for others
    assert run("archive", "prune").exit_code == 0


def test_the_program_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "briefing", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program
    assert "Usage: briefing [OPTIONS] COMMAND" in said


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("make --profile r", ["red-box"]),
        ("make --profile m", ["mine.yaml", "more/"]),
        ("make --profile more/", ["more/deep.yml"]),
        ("render --profile pl", ["plain"]),
        ("schedule next st", ["standard"]),
        ("profile show one", ["one-page"]),
        ("make -f h", ["html"]),
        ("digest --format pdf,h", ["pdf,html"]),
        ("make -f pdf,p", []),
        ("template eject quo", ["quotes"]),
        ("template eject themes/pl", ["themes/plain.css"]),
    ],
)
def test_completion_loads_no_slow_modules(folder: Path, line: str, offered: list[str]) -> None:
    (folder / "mine.yaml").touch()
    (folder / "more").mkdir()
    (folder / "more" / "deep.yml").touch()
    (folder / "more" / "notes.txt").touch()
    words = f"briefing {line}"
    asked = {"_BRIEFING_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print([m for m in ('spacy', 'weasyprint', 'numpy', 'lxml') if m in sys.modules]))\n"
        "sys.argv[0] = 'briefing'\n"
        "from briefing.cli import run\n"
        "run()\n"
    )
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env={**os.environ, **asked}, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line for line in said if line] == [*offered, "[]"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("suffix", ["html", "md", "docx"])
def test_verify_reports_the_formats_that_it_reads(suffix: str) -> None:
    run("make", "talks.txt", "--format", suffix)
    said = run("verify", f"talks.{suffix}")
    assert said.exit_code == 1
    assert f"talks.{suffix}: is not a brief" in said.stderr
    assert "verify also reads its PDF" in said.stderr


@pytest.mark.parametrize(("word", "other"), [("Norway", "Sweden"), ("Solheim", "Solhaim"), ("Iceland", "ISLANDIA")])
def test_a_replaced_word_is_reported_with_its_remedy(folder: Path, word: str, other: str) -> None:
    run("make", "talks.txt", "--format", "json")
    file = folder / "talks.json"
    file.write_text(file.read_text().replace(word, other))
    for command in ("verify", "render"):
        said = run(command, "talks.json")
        assert said.exit_code == 1
        assert "the text was altered; the article and its quotations must stay as they were read" in said.stderr
        assert "Value error" not in said.stderr


def test_misfit_evidence_is_reported_with_its_remedy(folder: Path) -> None:
    run("make", "talks.txt", "--format", "json")
    raw = json.loads((folder / "talks.json").read_text())
    raw["summary"][0]["evidence"][0]["text"] = "Norway said no."
    (folder / "talks.json").write_text(json.dumps(raw))
    said = run("verify", "talks.json").stderr
    assert "summary[0].evidence[0] is not what the article holds" in said
    assert "the article and its quotations must stay as they were read" in said
