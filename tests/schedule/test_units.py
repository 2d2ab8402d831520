"""What is put into the hands of the system runs the very command, whatever its paths hold."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.installing import Installation
from briefing.errors import ScheduleError
from briefing.schedule.units import crontab_line, systemd_unit, with_line

_ENVIRONMENT = Path("/home/ann/.config/briefing/environment")


def _exec_start(unit: str) -> str:
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    return line.removeprefix("ExecStart=")


def test_a_unit_starts_and_restarts_the_schedule() -> None:
    unit = systemd_unit(["/opt/briefing", "schedule", "run", "--", "/p/morning.yaml"], ["morning"], _ENVIRONMENT)
    assert _exec_start(unit) == '"/opt/briefing" "schedule" "run" "--" "/p/morning.yaml"'
    lines = unit.splitlines()
    assert "EnvironmentFile=-/home/ann/.config/briefing/environment" in lines
    assert "Restart=always" in lines
    assert "RestartPreventExitStatus=2" in lines
    assert "WantedBy=default.target" in lines
    assert [line for line in lines if line.startswith("[")] == ["[Unit]", "[Service]", "[Install]"]


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("/a b/c", '"/a b/c"'),
        ("/100%/x", '"/100%%/x"'),
        ("/$HOME/x", '"/$$HOME/x"'),
        ('/a"b', '"/a\\"b"'),
        ("/a\\b", '"/a\\\\b"'),
        ("/a;b'c", '"/a;b\'c"'),
    ],
)
def test_a_word_is_quoted_as_systemd_reads_it(word: str, written: str) -> None:
    assert _exec_start(systemd_unit(["/p", word], ["morning"], _ENVIRONMENT)) == f'"/p" {written}'


def test_a_dollar_sign_in_the_program_is_literal() -> None:
    assert _exec_start(systemd_unit(["/a$b", "$c"], ["morning"], _ENVIRONMENT)) == '"/a$b" "$$c"'


@pytest.mark.parametrize("make", [systemd_unit, crontab_line])
def test_a_line_break_in_a_name_is_refused(make: object) -> None:
    with pytest.raises(ScheduleError, match="rename it"):
        make(["/a\nb"], ["morning"], _ENVIRONMENT)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["plain", "a b", "100%", "it's", 'say "so"', "$HOME", "a;b&c", "back\\slash", "ž"])
def test_cron_runs_the_command_with_its_variables(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    program, environment, out = folder / "show", folder / "environment", tmp_path / "out"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"with open({str(out)!r}, 'w') as out:\n    out.write(repr((sys.argv[1:], os.environ['SECRET'])))\n"
    )
    program.chmod(0o700)
    environment.write_text("SECRET='a b$c'\n")
    line = crontab_line([str(program), "run", str(folder / "morning.yaml")], ["morning"], environment)
    assert line.startswith("* * * * * ")
    assert line.count("%") == line.count("\\%")
    # crontab(5): the rest of the line goes to sh, \% as %.
    subprocess.run(["/bin/sh", "-c", line[10:].replace("\\%", "%")], check=True, env={"PATH": os.environ["PATH"]})  # noqa: S603
    assert out.read_text() == repr((["run", str(folder / "morning.yaml")], "a b$c"))


def test_a_line_replaces_the_earlier_one_of_the_same_schedules() -> None:
    first = crontab_line(["/old"], ["morning"], _ENVIRONMENT)
    other = crontab_line(["/other"], ["evening"], _ENVIRONMENT)
    second = crontab_line(["/new"], ["morning"], _ENVIRONMENT)
    crontab = with_line(with_line("MAILTO=ann\n5 4 * * * own", first, ["morning"]), other, ["evening"])
    assert with_line(crontab, second, ["morning"]) == f"MAILTO=ann\n5 4 * * * own\n{other}{second}"


def test_the_command_has_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = Installation(["standard", "my.yaml"], Path("briefs.sqlite"), once=True).command()
    assert command[1:] == [
        "schedule",
        "run",
        "--once",
        "--archive",
        str(tmp_path / "briefs.sqlite"),
        "--",
        "standard",
        str(tmp_path / "my.yaml"),
    ]
    assert Path(command[0]).name == "briefing"
    assert shlex.join(command[1:3]) == "schedule run"
