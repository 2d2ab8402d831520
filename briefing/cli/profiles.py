"""The commands about profiles."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.completing import complete_profile
from briefing.cli.finding import chosen_profile
from briefing.cli.printing import DONE, MISUSED, examples, fail
from briefing.cli.saying import say, say_path
from briefing.errors import BriefingError

app = typer.Typer(name="profile", help="Start, check and show profiles.", no_args_is_help=True)


@app.command(epilog=examples("briefing profile init morning.yaml"))
def init(
    file: Annotated[Path, typer.Argument(help="The file to write; an existing file is kept.", metavar="FILE")] = Path(
        "profile.yaml"
    ),
) -> None:
    """Write a profile to start from, with every key explained."""
    from briefing.rendering.templating.environment import templates_folder
    from briefing.runtime.outputs import write_new

    try:
        write_new(file, (templates_folder() / "profile.yaml").read_bytes())
    except BriefingError as error:
        fail(str(error))
    say_path(file)


@app.command(epilog=examples("briefing profile check morning.yaml"))
def check(
    profiles: Annotated[
        list[str],
        typer.Argument(
            help="Names of shipped profiles, or paths of YAML files.",
            metavar="PROFILE",
            autocompletion=complete_profile,
        ),
    ],
) -> None:
    """Check whether profiles can be used, and list everything that is wrong with them.

    The check prints a sample with their templates. It also finds what would stop a schedule: variables that are not
    set, webhooks without encryption, short secrets, folders that cannot be written.
    """
    import os

    from briefing.schedule.profile_check import flaws_of
    from briefing.schedule.service import now

    flawed = False
    for name in profiles:
        flaws = tuple(dict.fromkeys(map(str, flaws_of(name, os.environ, now))))
        say(*flaws or [f"{name}: fine"], sep="\n", file=sys.stderr if flaws else sys.stdout)
        flawed = flawed or bool(flaws)
    raise typer.Exit(MISUSED if flawed else DONE)


@app.command(epilog=examples("briefing profile show", "briefing profile show red-box"))
def show(
    profile: Annotated[
        str | None,
        typer.Argument(
            help="Name of a shipped profile, or path of a YAML file.",
            metavar="PROFILE",
            show_default="the default profile",
            autocompletion=complete_profile,
        ),
    ] = None,
) -> None:
    """Print a complete profile, with all inherited and default values."""
    from briefing.profile.profile import load_profile, profile_to_yaml

    try:
        say(profile_to_yaml(load_profile(chosen_profile(profile))), end="")
    except BriefingError as error:
        fail(str(error))


@app.command(epilog=examples("briefing profile schema > profile.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a profile, for completion in editors."""
    import json

    from briefing.jobs.profile_schema import profile_schema

    say(json.dumps(profile_schema(), indent=2))
