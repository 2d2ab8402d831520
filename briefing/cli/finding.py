"""The profile that is used where none is named."""

import os
from pathlib import Path

from briefing.cli.verbosity import detail
from briefing.errors import ProfileError

_NAME = "briefing.yaml"
_SHIPPED = "standard"


def chosen_profile(named: str | None) -> str:
    """Return the profile to use: that which is named, else that which is found, else a shipped one.

    Raises:
        ProfileError: The one in the current folder is not the user's.
    """
    name = named or found_profile()
    if name is None:
        detail(f"profile: {_SHIPPED}, for none is named or found")
    return name or _SHIPPED


def found_profile() -> str | None:
    """Return the path of the profile in the current folder, else of that in the folder of the user's settings.

    A profile says what is read, which file is the archive and what is removed from it. So one of another user is not
    taken without being named: it may stand in a folder that everybody can write, such as /tmp.

    Raises:
        ProfileError: The one in the current folder is another user's.
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
        detail(f"profile: {found}, found by itself")
    return str(found) if found is not None else None


def _settings() -> Path | None:
    """Return where the user's profile may stand (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    try:
        folder = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    except RuntimeError:  # nobody knows where the user is at home
        return None
    return folder / "briefing" / _NAME
