"""Whatever a server sends costs the source that it is of: it is read, or there is a FetchError that says why not."""

import socket
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest

from briefing.errors import FetchError
from briefing.reading.web.fetch import Fetcher, FetchLimits
from tests.fakes.odd_answers import ANSWERS, LOCATIONS, mutated, redirect
from tests.fakes.servers import PUBLIC, Answer, FakeClock, Loopback, proxy_to, raw_server

LIMITS = FetchLimits(seconds=5, max_bytes=200_000, attempts=2, delay=0.0)
LONGEST = 1_000  # characters of a message


def numbers_only(host: str, port: int) -> list[str]:
    """Return what a name service knows of a host that knows ``news.example`` only."""
    if host == "news.example":
        return [PUBLIC]
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]


def fetcher(port: int, limits: FetchLimits = LIMITS, proxy: str | None = None) -> Fetcher:
    return Fetcher(dial=Loopback(port), resolve=numbers_only, limits=limits, sleep=FakeClock().sleep, proxy=proxy)


def sending(answer: bytes) -> Answer:
    return lambda _path, connection: connection.sendall(answer)


def check_failure(reader: Fetcher) -> None:
    with pytest.raises(FetchError) as caught:
        reader.get("http://news.example/a")
    assert str(caught.value).startswith("cannot fetch http://news.example/a: ")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < LONGEST


def test_there_are_enough_forms_of_redirects() -> None:
    assert len(set(LOCATIONS)) >= 51


@pytest.mark.parametrize("location", LOCATIONS, ids=lambda location: repr(location[:24]))
def test_a_redirect_to_no_page_is_reported(location: bytes) -> None:
    with raw_server(sending(redirect(location))) as port:
        check_failure(fetcher(port))


@pytest.mark.parametrize("location", [b"javascript:alert(1)", b"http://[::1", b"/" + b"a" * 70_000])
@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 306, 399, 404, 503])
def test_a_location_without_a_redirect_is_ignored(location: bytes, status: int) -> None:
    with raw_server(sending(redirect(location, status))) as port:
        if status == 200:
            assert fetcher(port).get("http://news.example/a").content == b""
        else:
            with pytest.raises(FetchError, match=f"answers {status}"):
                fetcher(port).get("http://news.example/a")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: repr(answer[:40]))
def test_an_answer_is_read_or_reported(answer: bytes) -> None:
    with raw_server(sending(answer)) as port, suppress(FetchError):
        fetcher(port).get("http://news.example/a")


@pytest.mark.parametrize(
    "answer", [*map(redirect, LOCATIONS[::4]), *ANSWERS[::4]], ids=lambda answer: repr(answer[:60])
)
def test_a_robots_txt_is_read_or_reported(answer: bytes) -> None:
    page = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nThe ministers met."
    with raw_server(sending(page), robots=answer) as port, suppress(FetchError):
        assert fetcher(port).get("http://news.example/a").content == b"The ministers met."


@pytest.mark.parametrize("answer", [redirect(LOCATIONS[0]), *ANSWERS[:60]], ids=lambda answer: repr(answer[:40]))
def test_a_proxys_answer_is_read_or_reported(answer: bytes) -> None:
    with raw_server(sending(b"HTTP/1.1 200 OK\r\n\r\n")) as port, proxy_to(port, answer) as (proxy_port, _):
        reader = fetcher(proxy_port, replace(LIMITS, seconds=0.3), f"http://127.0.0.1:{proxy_port}")
        with suppress(FetchError):
            reader.get("http://news.example/a")


@pytest.mark.parametrize(
    "proxy",
    ["http://[::1", "http://a:b", "http://a:0", "http://a:99999", "http://xn--", "http://" + "a" * 64, "http://a..b"],
)
def test_an_invalid_address_of_a_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(FetchError, match=r"the proxy's address .*write it as http://host:3128"):
        Fetcher(proxy=proxy)


@pytest.mark.long
def test_a_damaged_answer_is_read_or_reported() -> None:
    for seed in range(200):
        with raw_server(sending(mutated(seed))) as port, suppress(FetchError):
            fetcher(port).get("http://news.example/a")


@pytest.mark.long
def test_a_random_redirect_is_followed_or_reported() -> None:
    signs = [*b"/:@?#[]%.\\<>\"'{}|^`~ax9-_", 0x7F, 0x80, 0xE2, 0xFF, 0x20, 0x1B]
    dice = Random(11)  # noqa: S311 - no secret
    for start in (b"", b"/", b"//", b"http:", b"http://", b"http://news.example", b"http://[", b"http://xn--"):
        for _ in range(25):
            location = start + bytes(dice.choices(signs, k=dice.randint(1, 12)))
            with raw_server(sending(redirect(location))) as port:
                check_failure(fetcher(port))
