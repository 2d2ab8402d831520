"""What commands print cannot steer the terminal; a script still gets the very name of a file."""

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.cli.saying import say, say_line, say_path
from briefing.errors import OutputError
from briefing.runtime.outputs import STANDARD_OUTPUT, write_whole
from briefing.runtime.terminal import visible, visible_line

ARTICLE = "Norway and Iceland agreed on herring quotas in Bergen on Friday. The talks will go on in Oslo next week.\n"
RED = "\x1b[31mred\x07"
OBEYED = "\x1b\x07\x9b\u202e"
ODD = f"x{OBEYED}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("São Paulo", "São Paulo"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("\x9b31m", "\\u009b31m"),
        ("fine\rbad", "fine\\u000dbad"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        ("\u2066a\u2069 \u200f\u061c", "\\u2066a\\u2069 \\u200f\\u061c"),
        ("a\u2028b\x7f", "a\\u2028b\\u007f"),
        ("two\nlines\t.", "two\nlines\t."),
        ("क्‍ष 👩‍🌾", "क्‍ष 👩‍🌾"),  # joiners belong to letters
    ],
)
def test_control_characters_are_escaped(text, shown):
    assert visible(text) == shown


def test_a_name_of_two_lines_is_one_line():
    assert visible_line("a\nb.pdf: fine\t") == "a\\u000ab.pdf: fine\\u0009"


@given(st.text())
def test_no_control_character_is_left(text):
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in visible_line(text))


@given(st.text())
def test_json_means_the_same_as_before(text):
    written = json.dumps(text, ensure_ascii=False)
    assert json.loads(visible(written)) == text


class Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8")

    def isatty(self) -> bool:
        return True

    def written(self) -> bytes:
        self.flush()
        return self.buffer.getvalue()  # type: ignore[attr-defined]


def test_a_path_is_escaped_on_a_terminal_only(capsys):
    say_path(Path(f"{RED}\n.pdf"))
    assert capsys.readouterr().out == f"{RED}\n.pdf\n"
    terminal = Terminal()
    with redirect_stdout(terminal):
        say_path(Path(f"{RED}\n.pdf"))
    assert terminal.written() == b"\\u001b[31mred\\u0007\\u000a.pdf\n"


def test_other_output_is_always_escaped(capsys):
    say(RED, 5, sep="|")
    say_line(f"{RED}\n")
    assert capsys.readouterr().out == "\\u001b[31mred\\u0007|5\n\\u001b[31mred\\u0007\\u000a\n"


def test_a_terminal_gets_escaped_text_and_no_pdf():
    terminal = Terminal()
    with redirect_stdout(terminal):
        write_whole(STANDARD_OUTPUT, RED.encode())
        with pytest.raises(OutputError, match="not text"):
            write_whole(STANDARD_OUTPUT, b"%PDF-1.7\n%\xb5\xb6")
    assert terminal.written() == b"\\u001b[31mred\\u0007"


@pytest.mark.parametrize(
    "arguments",
    [
        ["make", f"{ODD}.txt"],
        ["make", "x", "--date", ODD],
        ["make", "x", "-f", ODD],
        ["make", "x", "--profile", f"{ODD}.yaml"],
        ["make", "x", "--\x1b[31m\x07"],  # Typer's own message
        ["make", "x", "--jobs", ODD],
        [ODD],
        ["render", f"{ODD}.json"],
        ["verify", f"{ODD}.pdf"],
        ["digest", f"{ODD}.txt", "--since", ODD],
        ["archive", "list", "--archive", f"{ODD}.sqlite"],
        ["archive", "show", ODD],
        ["schedule", "list", "--archive", f"{ODD}.sqlite"],
        ["profile", "check", f"{ODD}.yaml"],
        ["template", "eject", ODD],
        ["template", "preview", "-o", f"a.{ODD}"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]).replace(ODD, "ODD"),
)
def test_no_command_repeats_an_escape_sequence(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code != 0
    assert result.output
    assert not any(mark in result.output for mark in OBEYED)


def test_a_progress_bar_on_a_terminal_shows_names_too(tmp_path):
    for number in range(2):
        (tmp_path / f"{RED}{number}.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / f"{RED}2.txt").write_bytes(b"")
    main, worker = pty.openpty()
    program = "from briefing.cli import run; run()"
    names = [str(path) for path in sorted(tmp_path.iterdir())]
    command = [sys.executable, "-c", program, "make", *names, "-f", "json", "--output-dir", str(tmp_path / "out")]
    child = subprocess.Popen(command, stdin=worker, stdout=worker, stderr=worker)  # noqa: S603
    os.close(worker)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    assert child.wait() == 1
    assert b"\\u001b[31mred\\u00072.txt: it is empty" in shown
    assert b"\x1b[31mred" not in shown
    assert b"\x07" not in shown
