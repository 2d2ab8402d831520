"""Others reach a room only with TLS, by name, and under a name that the room knows."""

from pathlib import Path

import pytest

from briefing.web.settings import LOOPBACK, Settings, Wish

SITE = ("Room.Example.org",)


@pytest.mark.parametrize(
    ("wish", "hosts"),
    [
        (Wish("127.0.0.1"), LOOPBACK),
        (Wish("localhost"), ("localhost", "127.0.0.1", "[::1]")),
        (Wish("::1"), ("[::1]", "127.0.0.1", "localhost")),
        (Wish("127.0.0.2"), ("127.0.0.2", *LOOPBACK)),
        (Wish("127.0.0.1", SITE), (*LOOPBACK, "room.example.org")),
        (Wish("127.0.0.1", has_certificate=True), LOOPBACK),
    ],
)
def test_a_room_of_this_machine_needs_nothing(wish: Wish, hosts: tuple[str, ...]) -> None:
    assert wish.is_here
    assert wish.hosts(0) == hosts


@pytest.mark.parametrize(
    ("wish", "hosts"),
    [
        (Wish("192.0.2.7", has_certificate=True), ("192.0.2.7",)),
        (Wish("2001:db8::7", has_certificate=True), ("[2001:db8::7]",)),
        (Wish("192.0.2.7", SITE, has_certificate=True), ("room.example.org",)),
        (Wish("0.0.0.0", SITE, has_certificate=True), ("room.example.org",)),  # noqa: S104 - a test
        (Wish("127.0.0.1", SITE, behind_proxy=True), ("room.example.org",)),
    ],
)
def test_a_room_for_others_needs_named_users(wish: Wish, hosts: tuple[str, ...]) -> None:
    assert not wish.is_here
    assert wish.hosts(1) == hosts
    with pytest.raises(ValueError, match="briefing room invite"):
        wish.hosts(0)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (Wish("192.0.2.7"), "add --cert FILE --key FILE, or --behind-proxy"),
        (Wish("0.0.0.0", SITE), "add --cert FILE --key FILE, or --behind-proxy"),  # noqa: S104 - a test
        (Wish("room.example.org"), "add --cert FILE --key FILE, or --behind-proxy"),
        (Wish("0.0.0.0", has_certificate=True), "add --allow-host"),  # noqa: S104 - a test
        (Wish("::", has_certificate=True), "add --allow-host"),
        (Wish("127.0.0.1", behind_proxy=True), "add --allow-host"),
        (Wish("127.0.0.1", SITE, has_certificate=True, behind_proxy=True), "leave out --cert and --key"),
    ],
)
def test_an_open_room_is_refused(wish: Wish, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        wish.hosts(1)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(Path("a"), "Ada"), "http://127.0.0.1:8765"),
        (Settings(Path("a"), "Ada", port=80), "http://127.0.0.1"),
        (Settings(Path("a"), "Ada", hosts=("[::1]",), has_tls=True), "https://[::1]:8765"),
        (Settings(Path("a"), "Ada", hosts=("b.org",), port=443, has_tls=True), "https://b.org"),
        (Settings(Path("a"), "Ada", hosts=("b.org",), has_tls=True, behind_proxy=True), "https://b.org"),
    ],
)
def test_the_address_is_the_one_to_type(settings: Settings, address: str) -> None:
    assert settings.address == address
