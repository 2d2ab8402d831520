"""Ways to start a schedule with the machine: a unit of systemd, or a line of a crontab."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from briefing.errors import ScheduleError

_UNIT = """\
[Unit]
Description=Digests on a schedule: {names}

[Service]
ExecStart={command}
# Variables that hold secrets, each as NAME='value'; the file should be readable by its owner alone.
EnvironmentFile=-{environment}
Restart=always
RestartSec=60
# A wrong profile or option: starting again would not help.
RestartPreventExitStatus=2
# SIGTERM ends it where nothing is half done.
TimeoutStopSec=15min

[Install]
WantedBy=default.target
"""
_MARK = "# briefing schedule"


def systemd_unit(command: Sequence[str], names: Sequence[str], environment: Path) -> str:
    """Return a unit for the systemd of a user: systemd.service(5).

    The service runs all the time: systemd's own timers know neither crontab expressions nor a limit on missed runs.

    Raises:
        ScheduleError: A path cannot be written in a unit.
    """
    program, *arguments = map(_systemd_word, command)
    # A dollar sign starts a variable in arguments, but not in the program's path.
    words = " ".join((program, *(word.replace("$", "$$") for word in arguments)))
    path = _systemd_specifiers(_one_line(str(environment)))
    return _UNIT.format(names=_systemd_specifiers(_one_line(", ".join(names))), command=words, environment=path)


def crontab_line(command: Sequence[str], names: Sequence[str], environment: Path) -> str:
    """Return a line for a user's crontab(5) that checks every minute which profiles are due.

    Raises:
        ScheduleError: A path cannot be written in a crontab.
    """
    words = shlex.join(map(_one_line, command))
    file = shlex.quote(_one_line(str(environment)))
    shell = f"set -a; if [ -r {file} ]; then . {file}; fi; exec {words}"
    return f"* * * * * {shell.replace('%', chr(92) + '%')} {_mark(names)}\n"


def with_line(crontab: str, line: str, names: Sequence[str]) -> str:
    """Return a crontab with the line added; it replaces an earlier line of the same schedules."""
    others = [written for written in crontab.splitlines() if not written.endswith(f" {_mark(names)}")]
    return "".join(f"{written}\n" for written in others) + line


def _mark(names: Sequence[str]) -> str:
    return f"{_MARK} {_one_line(' '.join(names))}".replace("%", "")


def _systemd_word(word: str) -> str:
    """Quote a word of a command line as systemd.service(5) and systemd.syntax(7) require."""
    escaped = _one_line(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_systemd_specifiers(escaped)}"'


def _systemd_specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ScheduleError(repr(text), "its name holds a line break or another control character; rename it")
    return text
