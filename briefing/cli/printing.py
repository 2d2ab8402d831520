"""Shared by the commands: options, destinations, the report on a run and the exit status."""

import getpass
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from briefing.cli.completing import complete_formats, complete_profile
from briefing.cli.saying import say, say_line, say_path
from briefing.cli.verbosity import detail, is_quiet
from briefing.errors import unknown_name
from briefing.model.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing.jobs.results import Destination
    from briefing.model.formats import Format
    from briefing.proposals.eye import Engine
    from briefing.sources.records import Outcome

DONE, SOME_FAILED, MISUSED = 0, 1, 2

ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Name of a shipped profile, or path of a YAML file.",
        metavar="PROFILE",
        show_default="./briefing.yaml, else ~/.config/briefing/briefing.yaml, else standard",
        autocompletion=complete_profile,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help=f"Formats, separated by commas: {', '.join(FORMATS)}.",
        show_default="the profile's",
        metavar="FORMATS",
        autocompletion=complete_formats,
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write one output to this file; - is standard output.", metavar="FILE"),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from this machine and private networks.")
]
ArchiveOption = Annotated[
    Path | None,
    typer.Option("--archive", help="Keep the briefs in this file.", show_default="the profile's", metavar="FILE"),
]
FolderOption = Annotated[
    Path, typer.Option("--output-dir", help="Folder for the outputs.", show_default="here", metavar="FOLDER")
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        help="What finds the lines: own, llm (the profile's language model) or both.",
        metavar="ENGINE",
        show_default="llm if the profile has one",
    ),
]
ReplayOption = Annotated[bool, typer.Option("--replay", help="Use kept answers of the language model only.")]
JobsOption = Annotated[int, typer.Option(min=1, max=256, help="Processes to use.", metavar="N")]


def examples(*commands: str) -> str:
    """Return the examples at the end of a help page."""
    return "\n".join(("Examples:", *(f"  {command}" for command in commands)))


class MisuseError(ValueError):
    """The options contradict each other."""


def destination_of(
    output: str | None, folder: Path, written: str | None, default: tuple["Format", ...]
) -> tuple["Destination", tuple["Format", ...]]:
    """Return the destination and the formats; without --format, the suffix of --output decides."""
    from briefing.jobs.briefs import parse_formats
    from briefing.jobs.results import Destination

    suffix = Path(output).suffix.removeprefix(".").lower() if output else ""
    if written is None and output:
        if not suffix:
            raise MisuseError(f"--output {output} has no suffix that shows the format; add --format")
        formats = parse_formats(suffix)
    else:
        formats = parse_formats(written) if written is not None else default
    return Destination(folder, Path(output) if output else None), formats


def checked_engine(name: str | None) -> "Engine | None":
    """Return the name of what finds the lines; raise an error for an unknown one."""
    match name:
        case None | "own" | "llm" | "both":
            return name
    raise MisuseError(unknown_name("engine", name, ("own", "llm", "both")))


def report(outcomes: "Iterable[Outcome]", total: int | None, explanations: "TextIO | None" = None) -> NoReturn:
    """Print written paths to standard output and troubles to standard error, then exit with the status.

    *total* is the number of outcomes, None if it is unknown. Explanations of the findings go to *explanations*, under
    the name of their source.
    """
    failed = False
    with progress_bar(total) as advance:
        for outcome in outcomes:
            for path in outcome.written:
                if path != Path("-"):
                    say_path(path)
            if outcome.explanation:
                say(outcome.source, *(f"  {line}" for line in outcome.explanation), sep="\n", file=explanations)
            for trouble in (*(() if is_quiet() else outcome.remarks), *outcome.troubles):
                say_line(trouble, file=sys.stderr)
            failed = failed or bool(outcome.troubles)
            detail(f"{outcome.source}: {'failed' if outcome.troubles else 'done'}")
            advance(1)
    raise typer.Exit(SOME_FAILED if failed else DONE)


@contextmanager
def progress_bar(total: int | None) -> "Iterator[Callable[[int], object]]":
    """Show a progress bar on a terminal if there are several articles; yield what advances it."""
    if (total is not None and total < 2) or is_quiet() or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} a second" if task.speed else "")

    time = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    columns = (BarColumn(), MofNCompleteColumn(), Rate(), time)
    console = Console(stderr=True, soft_wrap=True)
    on_terminal = sys.stdout.isatty()
    with Progress(  # no thread draws it, because a process with threads cannot be forked
        *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=on_terminal
    ) as progress:
        bar = progress.add_task("", total=total)
        progress.refresh()
        yield lambda more: progress.update(bar, advance=more, refresh=True)


def fail(message: str, status: int = MISUSED) -> NoReturn:
    """Print why a command failed, and exit."""
    say(f"briefing: {message}", file=sys.stderr)
    raise typer.Exit(status)


def standard_input(limit: int) -> bytes:
    """Return up to *limit* bytes of standard input; it is empty if closed."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(limit)


def login_name() -> str:
    """Return the name under which a person works at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
