"""What `briefing serve` decides about a reading room."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
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
    hosts: tuple[str, ...] = LOOPBACK  # the names under which browsers may ask, in lower case and without a port
    port: int = 8765
    is_here: bool = True  # only this machine reaches it, so that the person at it may enter as admin
    has_tls: bool = False  # it is asked over TLS, by browsers or by a proxy in front of it
    behind_proxy: bool = False  # the X-Forwarded-* headers come from a proxy of ours

    @property
    def cookie(self) -> str:
        """Return the name of the cookie; browsers send cookies of one host to all its ports."""
        return "__Host-room" if self.has_tls else f"room-{self.port}"

    @property
    def address(self) -> str:
        """Return the address under which a browser finds the room; behind a proxy, that of the proxy."""
        scheme = "https" if self.has_tls else "http"
        port = "" if self.behind_proxy or self.port == (443 if self.has_tls else 80) else f":{self.port}"
        return f"{scheme}://{self.hosts[0]}{port}"


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the room shall listen, as the command line says it."""

    host: str
    allowed: Sequence[str] = ()  # more names under which browsers may ask
    has_certificate: bool = False
    behind_proxy: bool = False

    @property
    def is_here(self) -> bool:
        """Return True if only this machine can reach the room."""
        return not self.behind_proxy and _is_loopback(self.host)

    def hosts(self, users: int) -> tuple[str, ...]:
        """Return the names under which browsers may ask, the usual one first.

        Args:
            users: How many named users the archive has.

        Raises:
            ValueError: The room would be open to others without TLS, without named users, or under any name.
        """
        named = tuple(name.lower() for name in self.allowed)
        if self.is_here:
            first = f"[{self.host}]" if ":" in self.host else self.host.lower()
            return tuple(dict.fromkeys((first, *LOOPBACK, *named)))
        if self.behind_proxy and self.has_certificate:
            raise ValueError("which? --behind-proxy lets the proxy have the certificate; leave out --cert and --key")
        if not self.behind_proxy and not self.has_certificate:
            raise ValueError(
                f"others can reach {self.host}: add --cert FILE --key FILE, or --behind-proxy if a proxy has TLS"
            )
        if not users:
            raise ValueError(
                "others may enter by name only; first: briefing room invite NAME --role ROLE --archive FILE"
            )
        if not named and (self.behind_proxy or _is_any(self.host)):
            raise ValueError("under which name do browsers ask? add --allow-host NAME")
        return named or (f"[{self.host}]" if ":" in self.host else self.host.lower(),)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_any(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
