"""Install schedules in the user's systemd or crontab."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.cli.saying import say, say_path
from briefing.errors import ScheduleError
from briefing.profile.yaml import shipped_profiles
from briefing.runtime.outputs import safe_stem, write_whole
from briefing.schedule.units import with_line

_UNITS = Path(".config/systemd/user")  # in the user's home


@dataclass(frozen=True, slots=True)
class Installation:
    """The command that the system is to run."""

    profiles: Sequence[str]  # as the user named them
    archive: Path
    once: bool

    def command(self) -> list[str]:
        """Return the command line, with absolute paths."""
        program = Path(sys.executable).with_name("briefing")
        shipped = set(shipped_profiles())
        named = [name if name in shipped else str(Path(name).absolute()) for name in self.profiles]
        once = ["--once"] if self.once else []
        return [str(program), "schedule", "run", *once, "--archive", str(self.archive.absolute()), "--", *named]


def write_unit(text: str, names: Sequence[str]) -> None:
    """Write a unit for the user's systemd, and print the command that starts it.

    Raises:
        OutputError: It cannot be written.
    """
    name = f"briefing-{safe_stem('-'.join(names))}.service"
    path = Path.home() / _UNITS / name
    write_whole(path, text.encode())
    say_path(path)
    say(f"start it with: systemctl --user daemon-reload && systemctl --user enable --now {name}", file=sys.stderr)
    say("let it run while you are logged out with: loginctl enable-linger", file=sys.stderr)


def write_crontab(line: str, names: Sequence[str]) -> None:
    """Add a line to the user's crontab; it replaces an earlier line of the same schedules.

    Raises:
        ScheduleError: There is no cron, or it refuses the crontab.
    """
    program = shutil.which("crontab")
    if program is None:
        raise ScheduleError("crontab", "this machine has no cron; install it, or use --systemd")
    listed = subprocess.run([program, "-l"], capture_output=True, text=True, check=False)  # noqa: S603 - the system's
    # Status 1 means that there is no crontab yet.
    crontab = with_line(listed.stdout if listed.returncode == 0 else "", line, names)
    put = subprocess.run([program, "-"], input=crontab, capture_output=True, text=True, check=False)  # noqa: S603
    if put.returncode != 0:
        raise ScheduleError("crontab", f"it refuses the line: {put.stderr.strip()}")
    say(line, end="")
