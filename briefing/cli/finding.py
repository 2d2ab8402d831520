"""The default profile, used if the command line names none."""

import os
from pathlib import Path

from briefing.cli.verbosity import detail
from briefing.errors import ProfileError

_NAME = "briefing.yaml"
_SHIPPED = "standard"


def chosen_profile(named: str | None) -> str:
    """Return the profile to use: the named one, else the user's default, else the shipped standard.

    Raises:
        ProfileError: The one in the current folder belongs to another user.
    """
    name = named or found_profile()
    if name is None:
        detail(f"profile: {_SHIPPED}, because no other is named or found")
    return name or _SHIPPED


def found_profile() -> str | None:
    """Return the path of the profile in the current folder, else of that in the user's settings; None without one.

    A profile controls what is read, which archive is used and what is removed from it. Another user's profile is
    therefore refused unless it is named: the folder may be open to everyone, such as /tmp.

    Raises:
        ProfileError: The one in the current folder belongs to another user.
    """
    here = Path(_NAME)
    if here.is_file():
        if here.stat().st_uid not in (os.geteuid(), 0):
            raise ProfileError(_NAME, "it belongs to another user; if you trust it, add --profile ./briefing.yaml")
        found: Path | None = here
    else:
        settings = _settings()
        found = settings if settings is not None and settings.is_file() else None
    if found is not None:
        detail(f"profile: {found}, found automatically")
    return str(found) if found is not None else None


def _settings() -> Path | None:
    """Return the path of the user's profile (XDG Base Directory Specification); None without a home folder."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    try:
        folder = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    except RuntimeError:  # the user has no home folder
        return None
    return folder / "briefing" / _NAME
