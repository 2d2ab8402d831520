"""Which addresses may be fetched from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.web.addresses import RefusedAddressError, checked_addresses, is_private, refused


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"]
)
def test_a_public_address_may_be_fetched_from(address: str) -> None:
    assert refused(address, allow_private=False) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "::1",
        "fd00:ec2::254",
    ],
)
def test_a_private_address_needs_the_users_permission(address: str) -> None:
    assert "--allow-private" in (refused(address, allow_private=False) or "")
    assert refused(address, allow_private=True) is None
    assert is_private(address)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "168.63.129.16",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.7",
        "192.88.99.1",
        "::",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:5db8:d822::1",
        "2001:0:5db8:d822::1",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "fec0::1",
        "localhost",
        "",
    ],
)
@pytest.mark.parametrize("allow_private", [False, True])
def test_reserved_addresses_are_never_fetched(address: str, allow_private: bool) -> None:
    assert refused(address, allow_private=allow_private) is not None


@given(st.ip_addresses())
def test_allowing_private_addresses_refuses_nothing_that_was_allowed(address: object) -> None:
    if refused(str(address), allow_private=False) is None:
        assert refused(str(address), allow_private=True) is None


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_a_nat64_address_counts_as_itself(address: object) -> None:
    alone = refused(str(address), allow_private=False)
    within = refused(f"64:ff9b::{address}", allow_private=False)
    assert (within is None) == (alone is None)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(RefusedAddressError, match=r"mixed\.example leads to 10\.0\.0\.1, which is private"):
        checked_addresses("mixed.example", 80, lambda *_: ["93.184.216.34", "10.0.0.1"], allow_private=False)


def test_a_host_is_looked_up_once() -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", "93.184.216.34"]

    assert checked_addresses("twice.example", 443, resolve, allow_private=False) == ("93.184.216.34",)
    assert asked == ["twice.example"]


def test_a_host_without_addresses_is_refused() -> None:
    with pytest.raises(RefusedAddressError, match="has no address"):
        checked_addresses("nowhere.example", 80, lambda *_: [], allow_private=False)
