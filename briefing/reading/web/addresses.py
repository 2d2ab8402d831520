"""Decide which network addresses may be fetched from: only public ones, unless the user allows private ones.

An untrusted page or feed must not reach what only this machine can reach: its own services, the local network, the
metadata service of a cloud. The registries of special-purpose addresses (RFC 6890) define which addresses are public.
If the user allows private addresses, only the user's own links may lead there, never those of a public page.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from briefing.errors import BriefingError

Resolve = Callable[[str, int], Sequence[str]]  # host and port -> addresses, as text
_Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network

# Not public, although some releases of Python say so: protocol assignments, a cloud's own service, site-local
# addresses (deprecated), documentation, segment routing.
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
    )
)
# Private networks. Other non-public addresses (link-local, multicast, reserved) are never fetched from.
_PRIVATE = tuple(
    map(
        ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1", "fc00::/7")
    )
)
# IPv6 addresses with an IPv4 address inside, to which a gateway or this machine may forward.
_EMBEDDED = {
    "an IPv4 address mapped into IPv6": ip_network("::ffff:0:0/96"),
    "an IPv4 address translated into IPv6": ip_network("::ffff:0:0:0/96"),
    "an IPv4 address within IPv6": ip_network("::/96"),
    "an address of a local NAT64": ip_network("64:ff9b:1::/48"),
    "a 6to4 address": ip_network("2002::/16"),
    "a Teredo address": ip_network("2001::/32"),
    "a 6to4 relay": ip_network("192.88.99.0/24"),
}
# The prefix that DNS64 puts before IPv4 addresses (RFC 6052). In an IPv6-only network it leads to the whole IPv4
# internet, so the IPv4 address inside is checked.
_NAT64 = ip_network("64:ff9b::/96")
_REMEDY = "allow it with --allow-private if you trust the source"


class RefusedAddressError(BriefingError):
    """A host has an address that may not be fetched from, or no address."""

    def __init__(self, reason: str, *, is_private: bool = False) -> None:
        super().__init__(reason, is_private)
        self.reason = reason
        self.is_private = is_private  # allowed if private addresses were allowed

    def __str__(self) -> str:
        return self.reason


def checked_addresses(host: str, port: int, resolve: Resolve, *, allow_private: bool) -> tuple[str, ...]:
    """Return the addresses of a host if all of them are allowed.

    *resolve* is called once, so that the connection goes to a checked address.

    Raises:
        RefusedAddressError: An address is not allowed, or the host has none.
        OSError: The look-up failed.
    """
    addresses = tuple(dict.fromkeys(resolve(host, port)))
    if not addresses:
        raise RefusedAddressError(f"the host {host} has no address: check its spelling")
    for address in addresses:
        refusal = refused(address, allow_private=allow_private)
        if refusal is not None:
            reason = f"the host {host} leads to {address}, {refusal}"
            raise RefusedAddressError(reason, is_private=is_private(address))
    return addresses


def refused(address: str, *, allow_private: bool) -> str | None:
    """Return why an address is not allowed, and what helps; None if it is allowed.

    >>> refused("93.184.216.34", allow_private=False)
    >>> refused("10.1.2.3", allow_private=True)
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "which is not an address"
    if isinstance(parsed, IPv6Address) and parsed in _NAT64:
        within = IPv4Address(int(parsed) & 0xFFFF_FFFF)
        return (
            None if refused(str(within), allow_private=False) is None else f"which leads to {within}, no public address"
        )
    if any(_within(parsed, network) for network in _PRIVATE):
        return None if allow_private else f"which is private: {_REMEDY}"
    for what, network in _EMBEDDED.items():
        if _within(parsed, network):
            return f"{what}, which is not allowed"
    if not _is_public(parsed):
        return "which is not a public address (link-local, multicast, reserved or a cloud's own)"
    return None


def is_private(address: str) -> bool:
    """Return True if an address is allowed only if the user allows private ones.

    >>> is_private("10.1.2.3"), is_private("93.184.216.34"), is_private("169.254.169.254")
    (True, False, False)
    """
    return refused(address, allow_private=True) is None and refused(address, allow_private=False) is not None


def _is_public(address: _Address) -> bool:
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_link_local or address.is_unspecified)
        and not any(_within(address, network) for network in _NOT_PUBLIC)
    )


def _within(address: _Address, network: _Network) -> bool:
    """Return True if an address is in a network; an address of the other IP version never is."""
    return address.version == network.version and address in network
