"""The commands about templates."""

import signal
import sys
from pathlib import Path
from threading import Event
from typing import Annotated, NoReturn

import typer

from briefing.cli.saying import say, say_line, say_path
from briefing.errors import BriefingError

app = typer.Typer(name="template", help="Start from our templates and see yours at work.", no_args_is_help=True)

_DONE, _SOME_FAILED, _MISUSED = 0, 1, 2


@app.command("list")
def list_parts() -> None:
    """Print the names of all parts; a file of the same name in the profile's folder stands in for ours."""
    from briefing.rendering.template_parts import part_names

    for name in part_names():
        say(name)


@app.command()
def eject(
    part: Annotated[str, typer.Argument(help="A part by its name, or shortly: quotes, brief, chancery.")],
    to: Annotated[Path, typer.Option("--to", help="The folder that the profile's key templates names.")] = Path(
        "my-templates"
    ),
) -> None:
    """Copy one of our parts into a folder, to start from; a file that is there is left alone."""
    from briefing.outputs import write_new
    from briefing.rendering.template_parts import full_name, read_part

    try:
        name = full_name(part)
        write_new(to / name, read_part(name))
    except BriefingError as error:
        _fail(str(error))
    say_path(to / name)


@app.command()
def preview(
    profile: Annotated[
        str, typer.Option("--profile", help="Name of a shipped profile, or path of a YAML file.")
    ] = "standard",
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write: .html, .pdf or .md.")] = Path(
        "preview.html"
    ),
    once: Annotated[bool, typer.Option("--once", help="Print once, and leave.")] = False,
) -> None:
    """Print a sample brief, and again whenever the profile or its templates are saved; Ctrl-C ends it."""
    from briefing.jobs import parse_formats
    from briefing.preview import preview as previews

    end = Event()
    signal.signal(signal.SIGINT, lambda *_: end.set())
    try:
        (output_format,) = parse_formats(output.suffix.removeprefix("."))
    except ValueError as error:
        _fail(str(error))
    failed = False
    for outcome in previews(profile, output, output_format, until=end, once=once):
        for path in outcome.written:
            say_path(path)
        for trouble in outcome.troubles:
            say_line(trouble, file=sys.stderr, flush=True)
        failed = bool(outcome.troubles)
    raise typer.Exit(_SOME_FAILED if failed else _DONE)


def _fail(message: str) -> NoReturn:
    say(f"briefing: {message}", file=sys.stderr)
    raise typer.Exit(_MISUSED)
