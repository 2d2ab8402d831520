"""What goes wrong on the network costs a clear error, within bounds of time and memory."""

import gzip
import re
import socket
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.errors import FetchError
from briefing.reading.web.connections import look_up
from briefing.reading.web.fetch import Fetcher, FetchLimits
from tests.fakes.servers import OTHER_PUBLIC, PUBLIC, Answer, FakeClock, FakeNames, Loopback, raw_server

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
BOMB = gzip.compress(bytes(50_000_000))
LIMITS = FetchLimits(seconds=20, max_bytes=200_000, attempts=2, delay=0.0)
IMPATIENT = replace(LIMITS, seconds=0.4)
NEWS = FakeNames({"news.example": [[PUBLIC]], "other.example": [[OTHER_PUBLIC]]})


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    httpserver.no_handler_status_code = 404  # a site without robots.txt
    return httpserver


def local(limits: FetchLimits = LIMITS) -> Fetcher:
    """Return a fetcher for servers of this machine, whose waits take no time."""
    return Fetcher(allow_private=True, limits=limits, sleep=FakeClock().sleep)


def public(port: int, names: FakeNames = NEWS, limits: FetchLimits = LIMITS) -> tuple[Fetcher, Loopback]:
    """Return a fetcher for which the whole internet is at *port*, and the addresses that it called."""
    network = Loopback(port)
    return Fetcher(dial=network, resolve=names, limits=limits, sleep=FakeClock().sleep), network


def drip(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"\r\n")
    for _ in range(100):
        connection.sendall(b"a")
        time.sleep(0.05)


def drip_head(_path: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        connection.sendall(b"a")
        time.sleep(0.05)


def silent(_path: str, connection: socket.socket) -> None:
    connection.recv(1)


def interim_answers_for_ever(_path: str, connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        time.sleep(0.01)


def endless(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"\r\n")
    while True:
        connection.sendall(b"<p>more</p>" * 1000)


def endless_chunks(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")


def bomb(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB)


def empty_members(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n")
    while True:
        connection.sendall(gzip.compress(b"") * 100)


def cut_off(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Length: 5000\r\n\r\n<p>The ministers met</p>")


def cut_off_gzip(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"The ministers met." * 50)[:-12])


def damaged_gzip(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00 this is not packed at all")


def strange_packing(_path: str, connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Encoding: snappy\r\n\r\nabc")


def endless_head(_path: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"a" * 1000 + b"\r\n")


def no_http(_path: str, connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP ready\r\n")


def hangs_up(_path: str, connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "answer",
    [drip, drip_head, silent, interim_answers_for_ever],
    ids=lambda value: value.__name__,
)
def test_a_slow_answer_is_given_up_in_time(answer: Answer) -> None:
    start = time.monotonic()
    with raw_server(answer) as port, pytest.raises(FetchError, match=r"longer than 0\.4 seconds"):
        local(IMPATIENT).get(f"http://127.0.0.1:{port}/article")
    assert time.monotonic() - start < 4  # the drips take five seconds


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless, "larger than 200,000 bytes"),
        (endless_chunks, "larger than 200,000 bytes"),
        (bomb, "larger than 200,000 bytes"),
        (empty_members, "larger than 200,000 bytes"),
        (endless_head, "does not speak HTTP"),
        (cut_off, "breaks off"),
        (cut_off_gzip, "cut off"),
        (damaged_gzip, "damaged"),
        (strange_packing, "packed as 'snappy'"),
        (no_http, "does not speak HTTP"),
        (hangs_up, "breaks off"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_endless_or_invalid_answer_is_given_up(answer: Answer, reason: str) -> None:
    with raw_server(answer) as port, pytest.raises(FetchError, match=reason) as caught:
        local().get(f"http://127.0.0.1:{port}/article")
    assert str(caught.value).startswith(f"cannot fetch http://127.0.0.1:{port}/article: ")


def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit() -> None:
    with raw_server(bomb) as port:
        fetcher = local(FetchLimits(seconds=10, max_bytes=200_000))
        tracemalloc.start()
        try:
            with pytest.raises(FetchError):
                fetcher.get(f"http://127.0.0.1:{port}/")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("status", "reason", "asked"),
    [
        (401, r"answers 401 \(Unauthorized\): it requires a login", 1),
        (403, "it refuses access: save the page from your browser", 1),
        (404, r"answers 404 \(Not Found\): there is no such page: check the address", 1),
        (410, "gone for good: take the address out of your list", 1),
        (429, "too many requests", 2),
        (451, "for legal reasons", 1),
        (500, r"answers 500 \(Internal Server Error\): try again later", 1),
        (502, "answers 502", 2),
        (503, "answers 503", 2),
        (504, "answers 504", 2),
        (206, "answers 206", 1),
        (304, "answers 304", 1),
        (599, "no known status", 1),
    ],
)
def test_a_status_has_a_remedy_and_few_are_retried(server: HTTPServer, status: int, reason: str, asked: int) -> None:
    server.expect_request("/a").respond_with_data("<p>No.</p>", status=status)
    with pytest.raises(FetchError, match=reason):
        local().get(server.url_for("/a"))
    assert [request.path for request, _ in server.log].count("/a") == asked


def test_a_recovered_server_is_read(server: HTTPServer) -> None:
    server.expect_ordered_request("/robots.txt").respond_with_data("", status=404)
    server.expect_ordered_request("/a").respond_with_data("", status=503)
    server.expect_ordered_request("/a").respond_with_data("<p>The ministers met.</p>")
    assert local().get(server.url_for("/a")).content == b"<p>The ministers met.</p>"


@pytest.mark.parametrize(("asked_for", "waited"), [("7", 7.0), ("Sat, 18 May 2024 12:00:09 GMT", 9.0), ("0", 0.0)])
def test_a_server_is_retried_when_it_asks(server: HTTPServer, asked_for: str, waited: float) -> None:
    clock = FakeClock()
    server.expect_request("/a").respond_with_data("", status=503, headers={"Retry-After": asked_for})
    now = datetime(2024, 5, 18, 12, tzinfo=UTC)
    fetcher = Fetcher(allow_private=True, limits=LIMITS, clock=clock, sleep=clock.sleep, now=lambda: now)
    with pytest.raises(FetchError):
        fetcher.get(server.url_for("/a"))
    assert clock.slept == [waited]


def test_a_server_that_asks_for_a_long_wait_fails(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data("", status=429, headers={"Retry-After": "86400"})
    with pytest.raises(FetchError, match="wait 86,400 seconds"):
        local().get(server.url_for("/a"))
    assert [request.path for request, _ in server.log].count("/a") == 1


def test_waits_between_attempts_grow_and_stay_short(server: HTTPServer) -> None:
    clock = FakeClock()
    server.expect_request("/a").respond_with_data("", status=503)
    limits = FetchLimits(attempts=6, delay=0.0)
    with pytest.raises(FetchError):
        Fetcher(allow_private=True, limits=limits, sleep=clock.sleep).get(server.url_for("/a"))
    assert len(clock.slept) == 5
    assert all(low <= wait <= 2 * low for low, wait in zip((0.5, 1, 2, 4, 4), clock.slept, strict=True))


def test_redirects_in_a_circle_are_given_up(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/b"})
    server.expect_request("/b").respond_with_data("", status=301, headers={"Location": "a"})
    with pytest.raises(FetchError, match="form a circle"):
        local().get(server.url_for("/a"))


def test_endless_redirects_are_given_up(server: HTTPServer) -> None:
    def on(request: Request) -> Response:
        return Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request(re.compile(r"/\d+")).respond_with_handler(on)
    with pytest.raises(FetchError, match="more than 10 times"):
        local().get(server.url_for("/0"))


def test_a_redirect_without_a_target_is_reported(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data("", status=302)
    with pytest.raises(FetchError, match="does not say where to"):
        local().get(server.url_for("/a"))


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.1/", r"leads to 127\.0\.0\.1, which is private: allow it with --allow-private"),
        ("http://127.0.0.1.:80/", r"leads to 127\.0\.0\.1, which is private"),
        ("http://[::1]:8080/admin", "leads to ::1, which is private"),
        ("//169.254.169.254/latest/meta-data/", r"leads to 169\.254\.169\.254, which is not a public address"),
        ("http://[::ffff:169.254.169.254]/", "mapped into IPv6"),
        ("http://2130706433/", r"leads to 127\.0\.0\.1, which is private"),
        ("http://0x7f.1/", r"leads to 127\.0\.0\.1, which is private"),
        ("http://127.1/", r"leads to 127\.0\.0\.1, which is private"),
        ("http://inside.example/", r"leads to 10\.0\.0\.8, which is private"),
        ("http://mixed.example/", r"leads to 192\.168\.0\.1, which is private"),
        ("http://name:word@other.example/", "holds a user name or password"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://other.example/", "only http and https"),
        ("http://other.example:99999/", "port 99999"),
        ("http://unknown.example/", r"the host unknown\.example is not known"),
        ("http://a..example/", "not a valid host name"),
        ("http://" + "a" * 300 + ".example/", "not a valid host name"),
        ("http://other.example/" + "a" * 5000, "more than 4,000 characters"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(target: str, reason: str) -> None:
    names = FakeNames(
        {
            "news.example": [[PUBLIC]],
            "inside.example": [["10.0.0.8"]],
            "mixed.example": [[PUBLIC, "192.168.0.1"]],
            "other.example": [[OTHER_PUBLIC]],
        }
    )

    def resolve(host: str, port: int) -> list[str]:
        is_named = host.endswith(".example") and host.removesuffix(".example") in (
            "news",
            "inside",
            "mixed",
            "other",
            "unknown",
        )
        return (
            names(host, port) if is_named else look_up(host, port)
        )  # numbers and what is no name; none goes to a server

    def redirect(_path: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target.encode() + b"\r\n\r\n")

    with raw_server(redirect) as port:
        network = Loopback(port)
        fetcher = Fetcher(dial=network, resolve=resolve, limits=LIMITS, sleep=FakeClock().sleep)
        with pytest.raises(FetchError, match=reason):
            fetcher.get("http://news.example/a")
    assert {address for address, _ in network.called} == {PUBLIC}


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/", "http://[::1]/"])
def test_a_private_address_is_never_called(url: str) -> None:
    network = Loopback(1)
    with pytest.raises(FetchError):
        Fetcher(dial=network, limits=LIMITS).get(url)
    assert network.called == []


def test_allowing_private_addresses_does_not_allow_a_cloud_s_metadata() -> None:
    with pytest.raises(FetchError, match="not a public address"):
        Fetcher(allow_private=True, dial=Loopback(1), limits=LIMITS).get("http://169.254.169.254/latest/")


class TestFromPublicToPrivate:
    """Private addresses that the user allows are those that the user names: nothing public leads there."""

    names = FakeNames(
        {
            "news.example": [[PUBLIC]],
            "other.example": [[OTHER_PUBLIC]],
            "inside.example": [["10.0.0.8"]],
            "mixed.example": [[PUBLIC, "10.0.0.9"]],
            "metadata.example": [["169.254.169.254"]],
        }
    )

    def fetcher(self, server: HTTPServer) -> tuple[Fetcher, Loopback]:
        network = Loopback(server.port)
        fetcher = Fetcher(allow_private=True, dial=network, resolve=self.names, limits=LIMITS, sleep=FakeClock().sleep)
        return fetcher, network

    def lead(self, server: HTTPServer, *addresses: str) -> None:
        """Have each address lead to the next one, and the last one answer."""
        for one, following in pairwise(addresses):
            host, path = one.removeprefix("http://").split("/")
            request = server.expect_request(f"/{path}", headers={"Host": host})
            request.respond_with_data("", status=302, headers={"Location": following})
        server.expect_request("/end").respond_with_data("the end")

    @pytest.mark.parametrize("between", [(), ("http://other.example/b",)])
    def test_a_redirect_is_refused(self, server: HTTPServer, between: tuple[str, ...]) -> None:
        self.lead(server, "http://news.example/a", *between, "http://inside.example/end")
        fetcher, network = self.fetcher(server)
        with pytest.raises(
            FetchError, match=r"public address leads to the host inside\.example, which is private: name"
        ):
            fetcher.get("http://news.example/a")
        assert {address for address, _ in network.called} <= {PUBLIC, OTHER_PUBLIC}

    def test_an_address_is_refused_whatever_was_read_before(self, server: HTTPServer) -> None:
        """A private page that was read by its own name stays refused to a public page, and the reverse."""
        self.lead(server, "http://news.example/a", "http://inside.example/end")
        fetcher, _ = self.fetcher(server)
        for _ in range(2):
            with pytest.raises(FetchError, match="a public address leads to the host inside"):
                fetcher.get("http://news.example/a")
            assert fetcher.get("http://inside.example/end").content == b"the end"

    @pytest.mark.parametrize(
        "addresses",
        [
            ("http://inside.example/a", "http://inside.example/end"),
            ("http://inside.example/a", "http://mixed.example/end"),
            ("http://mixed.example/a", "http://inside.example/end"),
            ("http://inside.example/a", "http://news.example/b", "http://inside.example/end"),
            ("http://inside.example/a", "http://news.example/end"),
            ("http://news.example/a", "http://other.example/end"),
        ],
    )
    def test_a_page_may_lead_to_addresses_like_its_own(self, server: HTTPServer, addresses: tuple[str, ...]) -> None:
        self.lead(server, *addresses)
        fetched = self.fetcher(server)[0].get(addresses[0])
        assert (fetched.content, fetched.is_private) == (b"the end", "news" not in addresses[0])

    def test_a_host_with_a_private_address_is_private(self, server: HTTPServer) -> None:
        self.lead(server, "http://news.example/a", "http://mixed.example/end")
        with pytest.raises(FetchError, match=r"leads to the host mixed\.example, which is private"):
            self.fetcher(server)[0].get("http://news.example/a")

    def test_reserved_addresses_are_reported_as_such(self, server: HTTPServer) -> None:
        self.lead(server, "http://news.example/a", "http://metadata.example/end")
        with pytest.raises(FetchError, match="which is not a public address"):
            self.fetcher(server)[0].get("http://news.example/a")

    def test_the_robots_txt_of_a_public_site_stays_public(self, server: HTTPServer) -> None:
        self.lead(server, "http://news.example/robots.txt", "http://inside.example/end")
        fetcher, network = self.fetcher(server)
        with pytest.raises(FetchError, match="a public address leads to the host inside"):
            fetcher.get("http://news.example/end")
        assert {address for address, _ in network.called} == {PUBLIC}

    def test_an_address_that_a_public_feed_names_is_public(self, server: HTTPServer) -> None:
        self.lead(server)
        fetcher, _ = self.fetcher(server)
        assert fetcher.get("http://news.example/end", public_only=True).content == b"the end"
        with pytest.raises(FetchError, match="a public address leads to the host inside"):
            fetcher.get("http://inside.example/end", public_only=True)


def test_a_name_is_connected_to_at_its_checked_address(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data("The ministers met.")
    names = FakeNames({"rebind.example": [[PUBLIC], [PUBLIC], ["127.0.0.1"]]})
    fetcher, network = public(server.port, names)
    assert fetcher.get("http://rebind.example/a").content == b"The ministers met."
    assert network.called == [(PUBLIC, 80), (PUBLIC, 80)]  # robots.txt and the page
    with pytest.raises(FetchError, match="private"):
        fetcher.get("http://rebind.example/a")
    assert len(names.asked) == len(network.called) + 1  # one look-up for each connection, none besides


def test_a_hanging_name_service_is_given_up() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    fetcher = Fetcher(resolve=resolve, limits=FetchLimits(seconds=0.2), sleep=FakeClock().sleep)
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"longer than 0\.2 seconds"):
        fetcher.get("http://slow.example/")
    assert time.monotonic() - start < 2


def test_a_closed_port_is_reported() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match=r"no connection, or it broke .*: check the address and the network"):
        local().get(f"http://127.0.0.1:{port}/")


def test_an_unreachable_site_is_not_retried_for_each_page() -> None:
    network = Loopback(1)
    names = FakeNames({"news.example": [[PUBLIC]]})
    fetcher = Fetcher(dial=network, resolve=names, limits=LIMITS, sleep=FakeClock().sleep)
    for page in range(5):
        with pytest.raises(FetchError, match="no connection"):
            fetcher.get(f"http://news.example/{page}")
    assert len(network.called) == LIMITS.attempts


class TestTls:
    """What a server has to prove."""

    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @pytest.fixture
    def trusting(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    @pytest.fixture
    def secure(self, authority: trustme.CA) -> Iterator[int]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("news.example").configure_cert(context)

        def answer(path: str, connection: socket.socket) -> None:
            if path == "/down":
                connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://news.example/\r\nContent-Length: 0\r\n\r\n")
            connection.sendall(OK + b"Content-Length: 18\r\n\r\nThe ministers met.")

        with raw_server(answer, lambda plain: context.wrap_socket(plain, server_side=True)) as port:
            yield port

    def test_the_certificate_must_hold_the_name(self, secure: int, trusting: ssl.SSLContext) -> None:
        network = Loopback(secure)
        fetcher = Fetcher(dial=network, resolve=NEWS, tls=trusting, limits=LIMITS, sleep=FakeClock().sleep)
        assert fetcher.get("https://news.example/a").content == b"The ministers met."
        assert {called for called, _ in network.called} == {PUBLIC}
        with pytest.raises(FetchError, match=r"its certificate is not trusted .*other\.example"):
            fetcher.get("https://other.example/a")

    def test_a_certificate_of_an_unknown_authority_is_refused(self, secure: int) -> None:
        fetcher, network = public(secure)
        with pytest.raises(FetchError, match="its certificate is not trusted"):
            fetcher.get("https://news.example/a")
        assert len(network.called) == 1  # it is not tried again

    def test_a_server_without_tls_is_reported(self) -> None:
        def greet(plain: socket.socket) -> socket.socket:
            plain.sendall(b"220 mail.example ESMTP ready\r\n")
            return plain

        with raw_server(no_http, greet) as port:
            fetcher, _ = public(port)
            with pytest.raises(FetchError, match="no secure connection"):
                fetcher.get("https://news.example/a")

    def test_a_redirect_from_https_to_http_is_refused(self, secure: int, trusting: ssl.SSLContext) -> None:
        fetcher = Fetcher(dial=Loopback(secure), resolve=NEWS, tls=trusting, limits=LIMITS, sleep=FakeClock().sleep)
        with pytest.raises(FetchError, match="from https to http"):
            fetcher.get("https://news.example/down")
