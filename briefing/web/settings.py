"""What `briefing serve` decides about a reading room."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from briefing.profile.profile import Profile

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a reading room."""

    archive: Path
    who: str  # the name under which the person at this machine acts
    profile: Profile | None = None
    hosts: tuple[str, ...] = LOOPBACK  # the names under which browsers may ask, without a port
