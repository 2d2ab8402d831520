"""The commands about templates."""

import signal
import sys
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from briefing.cli.completing import complete_part, complete_profile
from briefing.cli.finding import chosen_profile, found_profile
from briefing.cli.printing import DONE, SOME_FAILED, ProfileOption, examples, fail
from briefing.cli.saying import say, say_line, say_path
from briefing.errors import BriefingError

app = typer.Typer(name="template", help="Copy our templates and preview your own.", no_args_is_help=True)

_FOLDER = Path("my-templates")


@app.command("list", epilog=examples("briefing template list", "briefing template list --profile morning.yaml"))
def list_parts(
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            help="Name of a shipped profile, or path of a YAML file.",
            metavar="PROFILE",
            autocompletion=complete_profile,
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            help="Your folder, if no profile is named.",
            metavar="FOLDER",
            show_default=f"the profile's, else {_FOLDER}",
        ),
    ] = None,
) -> None:
    """List all templates and themes: ours, and yours, which replace ours or add a theme."""
    from briefing.profile.profile import read_profile
    from briefing.rendering.templating.parts import own_part_names, part_names

    try:
        name = profile or (found_profile() if folder is None else None)
        found = read_profile(name)[0].templates if name is not None else None
    except BriefingError as error:
        fail(str(error))
    if found is None and profile is None:
        found = str(folder or _FOLDER)
    own = own_part_names(found) if found is not None else ()
    for name in sorted({*part_names(), *own}):
        say(f"{name}  (in {found})" if name in own else name)


@app.command(epilog=examples("briefing template eject quotes --to my-templates"))
def eject(
    part: Annotated[
        str,
        typer.Argument(
            help="Full or short name of a part: quotes, brief, chancery.",
            metavar="PART",
            autocompletion=complete_part,
        ),
    ],
    to: Annotated[
        Path, typer.Option("--to", help="The folder that the key templates of the profile names.", metavar="FOLDER")
    ] = _FOLDER,
) -> None:
    """Copy one of our parts into a folder, to start from; an existing file is kept."""
    from briefing.rendering.templating.parts import full_name, read_part
    from briefing.runtime.outputs import write_new

    try:
        name = full_name(part)
        write_new(to / name, read_part(name))
    except BriefingError as error:
        fail(str(error))
    say_path(to / name)


@app.command(epilog=examples("briefing template preview --profile morning.yaml -o preview.html"))
def preview(
    profile: ProfileOption = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write: .html, .pdf or .md.", metavar="FILE")
    ] = Path("preview.html"),
    once: Annotated[bool, typer.Option("--once", help="Print once, and exit.")] = False,
) -> None:
    """Print a sample brief, and again after each change of the profile or its templates, until Ctrl-C."""
    from briefing.jobs.briefs import parse_formats
    from briefing.jobs.preview import preview as previews

    end = Event()
    signal.signal(signal.SIGINT, lambda *_: end.set())
    try:
        name = chosen_profile(profile)
        (output_format,) = parse_formats(output.suffix.removeprefix("."))
    except (BriefingError, ValueError) as error:
        fail(str(error))
    failed = False
    for outcome in previews(name, output, output_format, until=end, once=once):
        for path in outcome.written:
            say_path(path)
        for trouble in outcome.troubles:
            say_line(trouble, file=sys.stderr, flush=True)
        failed = bool(outcome.troubles)
    raise typer.Exit(SOME_FAILED if failed else DONE)
