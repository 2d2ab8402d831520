"""The commands about who may enter the reading room."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefing.cli.printing import SOME_FAILED, examples, fail
from briefing.cli.saying import say
from briefing.errors import ArchiveError

if TYPE_CHECKING:
    from briefing.archive.archive import Archive

app = typer.Typer(
    name="room", help="Invite people to the reading room (briefing serve) and remove them.", no_args_is_help=True
)

ArchiveOption = Annotated[Path, typer.Option("--archive", help="The archive of the room.", metavar="FILE")]
NameArgument = Annotated[str, typer.Argument(help="Name under which the person acts.", metavar="NAME")]


@app.command(
    epilog=examples(
        "briefing room invite 'Anna Lund' --role editor --archive briefs.sqlite",
        "briefing room invite Olav --role reader --address https://room.example.org --archive briefs.sqlite",
    )
)
def invite(
    name: NameArgument,
    archive: ArchiveOption,
    role: Annotated[
        Literal["reader", "editor", "approver", "admin"],
        typer.Option(
            help="What the person may do: reader, editor, approver or admin; each may do what those before it may.",
            metavar="ROLE",
        ),
    ] = "reader",
    address: Annotated[
        str, typer.Option(help="Address of the room in the browser.", metavar="ADDRESS")
    ] = "http://127.0.0.1:8765",
) -> None:
    """Print a link that lets a person enter once, within a week; the session it begins lasts up to a month.

    Invite the same name again for another link or role; a session that goes on has the new role at once.
    """
    from briefing.web.sessions import LINK_ELSEWHERE

    with _opened(archive) as opened:
        secret = opened.access.invite(name, role, LINK_ELSEWHERE)
    say(f"{address.rstrip('/')}/enter/{secret}")


@app.command(epilog=examples("briefing room users --archive briefs.sqlite"))
def users(archive: ArchiveOption) -> None:
    """List who may enter, with role and last visit."""
    with _opened(archive) as opened:
        found = opened.access.users()
    for user in found:
        seen = f"seen {user.seen:%Y-%m-%d %H:%M} UTC" if user.seen is not None else "not in the room"
        say(f"{user.name}  {user.role}  {seen}")
    if not found:
        say("nobody was invited; only the person at this machine may enter", file=sys.stderr)


@app.command(epilog=examples("briefing room remove 'Anna Lund' --archive briefs.sqlite"))
def remove(name: NameArgument, archive: ArchiveOption) -> None:
    """End the sessions of a person at once, and let the person enter no more; what the person did stays."""
    with _opened(archive) as opened:
        if not opened.access.remove(name):
            fail(f"{archive} has no user {name!r}; briefing room users lists them", SOME_FAILED)


@contextmanager
def _opened(archive: Path) -> "Iterator[Archive]":
    """Open an archive; report an error in one line and exit."""
    from briefing.archive.archive import Archive

    try:
        with Archive.open_to_read(archive) as opened:
            yield opened
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except ValueError as error:
        fail(str(error))
