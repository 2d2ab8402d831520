"""The commands about profiles."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from briefing.cli.saying import say, say_path
from briefing.errors import BriefingError

app = typer.Typer(name="profile", help="Start, check and show profiles.", no_args_is_help=True)

_DONE, _MISUSED = 0, 2


@app.command()
def init(
    file: Annotated[Path, typer.Argument(help="The file to write; one that is there is left alone.")] = Path(
        "profile.yaml"
    ),
) -> None:
    """Write a profile to start from, every key explained."""
    from briefing.outputs import write_new
    from briefing.rendering.templating import templates_folder

    try:
        write_new(file, (templates_folder() / "profile.yaml").read_bytes())
    except BriefingError as error:
        _fail(str(error))
    say_path(file)


@app.command()
def check(
    profiles: Annotated[list[str], typer.Argument(help="Names of shipped profiles, or paths of YAML files.")],
) -> None:
    """Say whether profiles can be used, and if not, where and why."""
    from briefing.plan import check_profile
    from briefing.profile import load_profile

    flawed = False
    for name in profiles:
        try:
            check_profile(load_profile(name))
            say(f"{name}: fine")
        except BriefingError as error:
            say(error, file=sys.stderr)
            flawed = True
    raise typer.Exit(_MISUSED if flawed else _DONE)


@app.command()
def show(
    profile: Annotated[str, typer.Argument(help="Name of a shipped profile, or path of a YAML file.")] = "standard",
) -> None:
    """Print a profile with all that it takes over from others and all that it leaves to us."""
    from briefing.profile import load_profile, profile_to_yaml

    try:
        say(profile_to_yaml(load_profile(profile)), end="")
    except BriefingError as error:
        _fail(str(error))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a profile, from which editors complete."""
    import json

    from briefing.profile_schema import profile_schema

    say(json.dumps(profile_schema(), indent=2))


def _fail(message: str) -> NoReturn:
    say(f"briefing: {message}", file=sys.stderr)
    raise typer.Exit(_MISUSED)
