"""The command that opens the reading room."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.finding import chosen_profile
from briefing.cli.printing import SOME_FAILED, ProfileOption, fail, login_name
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
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="Name under which browsers may ask for the room. Repeatable.", metavar="NAME"),
    ] = None,
    cert: Annotated[
        Path | None, typer.Option(help="TLS certificate with its chain (PEM).", metavar="FILE", show_default=False)
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="Key of the certificate (PEM).", metavar="FILE", show_default=False)
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy with TLS is in front, and only it reaches the port; its X-Forwarded-* headers are used.",
        ),
    ] = False,
) -> None:
    """Open the reading room in the browser: read, correct, approve and find briefs again. Ctrl-C ends it.

    It prints a link that lets you enter once, as admin. Only this machine reaches the room. For others, first invite
    them (briefing room invite), then listen on another address with --cert and --key, or with --behind-proxy.
    """
    from briefing.archive.access import valid_name
    from briefing.archive.archive import Archive
    from briefing.profile.profile import load_profile
    from briefing.web.server import Certificate, Listener
    from briefing.web.sessions import LINK_HERE
    from briefing.web.settings import Settings, Wish

    try:
        chosen = load_profile(chosen_profile(profile))
        file = archive or (Path(chosen.archive) if chosen.archive is not None else None)
        if file is None:
            raise ValueError("which archive? add --archive FILE, or --profile with a profile that names one")
        if (cert is None) != (key is None):
            raise ValueError("a certificate needs both --cert FILE and --key FILE")
        certificate = Certificate(cert, key) if cert is not None and key is not None else None
        wish = Wish(host, allow_host or (), certificate is not None, behind_proxy)
        who = valid_name(name if name is not None else login_name())
        with Archive.open_to_read(file) as opened:
            hosts = wish.hosts(len(opened.access.users()))
            listener = Listener(host, port, certificate)
            secret = opened.access.invite_here(who, LINK_HERE) if wish.is_here else ""
        has_tls = certificate is not None or behind_proxy
        settings = Settings(file, who, chosen, hosts, listener.port, wish.is_here, has_tls, behind_proxy)
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except (BriefingError, ValueError) as error:
        fail(str(error))
    once = f"enter/{secret} (this link works once)" if secret else ""
    say(f"The reading room is open; Ctrl-C ends it: {settings.address}/{once}", flush=True)
    listener.serve(settings)
