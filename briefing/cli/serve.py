"""The command that opens the reading room."""

import getpass
import os
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.finding import chosen_profile
from briefing.cli.printing import SOME_FAILED, ProfileOption, fail
from briefing.cli.saying import say
from briefing.errors import ArchiveError, BriefingError

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="The archive.", show_default="the profile's", metavar="FILE")
]


def serve(
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.", metavar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 is any free one.", metavar="PORT")] = 8765,
    name: Annotated[
        str | None,
        typer.Option("--as", help="Name under which you act.", metavar="NAME", show_default="your login name"),
    ] = None,
) -> None:
    """Open the reading room in the browser: read, correct, approve and find briefs again; Ctrl-C ends it."""
    from briefing.archive.archive import Archive
    from briefing.profile.profile import load_profile
    from briefing.web.server import Listener
    from briefing.web.settings import Settings

    try:
        chosen = load_profile(chosen_profile(profile))
        file = archive or (Path(chosen.archive) if chosen.archive is not None else None)
        if file is None:
            raise ValueError("which archive? add --archive FILE, or --profile with a profile that names one")
        Archive.open_to_read(file).close()
        settings = Settings(file, name or _login_name(), chosen)
        listener = Listener(host, port)
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except (BriefingError, ValueError) as error:
        fail(str(error))
    say(f"The reading room is open at http://{host}:{listener.port}/ (Ctrl-C ends it)", flush=True)
    listener.serve(settings)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
