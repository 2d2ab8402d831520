"""Fetching: what comes back, what sites ask for, and who is asked."""

import socket
import ssl

import pytest
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.errors import FetchError
from briefing.reading.web.fetch import Fetched, Fetcher, FetchLimits
from tests.fakes.servers import OTHER_PUBLIC, PUBLIC, FakeClock, FakeNames, Loopback, proxy_to, raw_server

PLAIN = FetchLimits(delay=0.0)
NAMES = {"news.example": [[PUBLIC]], "xn--bcher-kva.example": [[OTHER_PUBLIC]]}


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    httpserver.no_handler_status_code = 404  # a site without robots.txt
    return httpserver


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(allow_private=True, limits=PLAIN)


def paths(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


def test_headers_are_returned_with_the_answer(server: HTTPServer, fetcher: Fetcher) -> None:
    headers = {
        "ETag": '"v1"',
        "Last-Modified": "Sat, 18 May 2024 10:00:00 GMT",
        "Content-Type": "Text/HTML; charset=koi8-r",
    }
    server.expect_request("/new").respond_with_data(b"\xf0\xd2\xc9", headers=headers)
    server.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/new#top"})
    assert fetcher.get(server.url_for("/old#comments")) == Fetched(
        url=server.url_for("/new"),
        content=b"\xf0\xd2\xc9",
        media_type="text/html",
        charset="koi8-r",
        etag='"v1"',
        last_modified="Sat, 18 May 2024 10:00:00 GMT",
    )


def test_an_unchanged_page_is_not_sent_again(server: HTTPServer, fetcher: Fetcher) -> None:
    def answer(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"v1"' or "If-Modified-Since" in request.headers
        return Response(status=304 if known else 200, response=None if known else "new", headers={"ETag": '"v1"'})

    server.expect_request("/feed").respond_with_handler(answer)
    url = server.url_for("/feed")
    first = fetcher.get(url)
    assert (first.content, first.unchanged) == (b"new", False)
    again = fetcher.get(url, etag=first.etag)
    assert again == Fetched(url=url, etag='"v1"', unchanged=True, media_type=again.media_type, charset=again.charset)
    later = fetcher.get(url, last_modified="Sat, 18 May 2024 10:00:00 GMT")
    assert (later.unchanged, later.last_modified) == (True, "Sat, 18 May 2024 10:00:00 GMT")


@pytest.mark.parametrize("value", ['"é"', "a\tb", "x" * 5000])
def test_an_invalid_etag_is_not_stored(fetcher: Fetcher, value: str) -> None:
    def answer(_path: str, connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\nETag: {value}\r\nContent-Length: 0\r\n\r\n".encode())

    with raw_server(answer) as port:
        assert fetcher.get(f"http://127.0.0.1:{port}/").etag is None


def test_a_request_names_the_program_and_nothing_else(server: HTTPServer, fetcher: Fetcher) -> None:
    server.expect_request("/a").respond_with_data("x", headers={"Set-Cookie": "id=1"})
    fetcher.get(server.url_for("/a"))
    fetcher.get(server.url_for("/a"))
    headers = server.log[-1][0].headers
    assert headers["User-Agent"].startswith("briefing/")
    assert set(headers.keys()) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_a_foreign_name_is_requested_in_its_ascii_form() -> None:
    heads: list[bytes] = []

    def answer(path: str, connection: socket.socket) -> None:
        heads.append(path.encode())
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with raw_server(answer) as port:
        names = FakeNames(NAMES)
        network = Loopback(port)
        fetched = Fetcher(dial=network, resolve=names, limits=PLAIN).get("http://bücher.example./grüße?q=é")
    assert fetched.url == "http://xn--bcher-kva.example/gr%C3%BC%C3%9Fe?q=%C3%A9"
    assert set(names.asked) == {"xn--bcher-kva.example"}
    assert {address for address, _ in network.called} == {OTHER_PUBLIC}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/a", "only http and https"),
        ("news.example/a", "only http and https"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://user:word@news.example/", "holds a user name or password, which is not sent"),
        ("http://news.example:0/", "the port 0"),
        ("http://[::1/", "not valid"),
        ("http://a\x00b/", "not valid"),
    ],
)
def test_an_address_without_a_host_is_reported_at_once(url: str, reason: str) -> None:
    network = Loopback(1)
    with pytest.raises(FetchError, match=reason):
        Fetcher(dial=network, limits=PLAIN).get(url)
    assert network.called == []


class TestManners:
    """What sites ask of their visitors."""

    def test_robots_txt_is_requested_once_and_obeyed(self, server: HTTPServer, fetcher: Fetcher) -> None:
        rules = "User-agent: *\nDisallow: /drafts/\nAllow: /drafts/open\n\nUser-agent: other\nDisallow: /"
        server.expect_request("/robots.txt").respond_with_data(rules)
        for page in ("/a", "/drafts/open"):
            server.expect_request(page).respond_with_data("x")
            assert fetcher.get(server.url_for(page)).content == b"x"
        with pytest.raises(FetchError, match=r"robots\.txt forbids programs to read the page: save the page"):
            fetcher.get(server.url_for("/drafts/new"))
        assert paths(server).count("/robots.txt") == 1
        assert "/drafts/new" not in paths(server)

    def test_rules_for_us_outrank_those_for_all(self, server: HTTPServer, fetcher: Fetcher) -> None:
        server.expect_request("/robots.txt").respond_with_data(
            "User-agent: *\nDisallow:\n\nUser-agent: Briefing\nDisallow: /"
        )
        with pytest.raises(FetchError, match="forbids programs"):
            fetcher.get(server.url_for("/a"))

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_a_site_without_robots_txt_allows_all(self, server: HTTPServer, fetcher: Fetcher, status: int) -> None:
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /", status=status)
        server.expect_request("/a").respond_with_data("x")
        assert fetcher.get(server.url_for("/a")).content == b"x"

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_site_without_reachable_robots_txt_is_not_fetched(
        self, server: HTTPServer, fetcher: Fetcher, status: int
    ) -> None:
        server.expect_request("/robots.txt").respond_with_data("", status=status)
        for _ in range(2):
            with pytest.raises(FetchError, match=rf"robots\.txt answers {status}, so its pages may not be read"):
                fetcher.get(server.url_for("/a"))
        assert paths(server) == ["/robots.txt"]

    def test_robots_txt_may_redirect_and_be_long(self, server: HTTPServer, fetcher: Fetcher) -> None:
        rules = "User-agent: *\nDisallow: /a\n" + "# filler\n" * 100_000
        server.expect_request("/robots.txt").respond_with_data("", status=301, headers={"Location": "/rules"})
        server.expect_request("/rules").respond_with_data(rules)
        with pytest.raises(FetchError, match="forbids programs"):
            fetcher.get(server.url_for("/a"))

    def test_a_redirect_needs_its_targets_permission(self, server: HTTPServer, fetcher: Fetcher) -> None:
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /b")
        server.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/b"})
        with pytest.raises(FetchError, match="forbids programs"):
            fetcher.get(server.url_for("/a"))
        assert "/b" not in paths(server)

    @pytest.mark.parametrize(
        ("asked", "waited"), [("", 1.0), ("Crawl-delay: 4", 4.0), ("Crawl-delay: 3600", 10.0), ("Crawl-delay: -5", 1.0)]
    )
    def test_requests_to_a_host_are_spaced_as_it_asks(self, server: HTTPServer, asked: str, waited: float) -> None:
        server.expect_request("/robots.txt").respond_with_data(f"User-agent: *\n{asked}\nDisallow: /x\n")
        server.expect_request("/a").respond_with_data("x")
        clock = FakeClock()
        fetcher = Fetcher(allow_private=True, clock=clock, sleep=clock.sleep)
        for _ in range(3):
            fetcher.get(server.url_for("/a"))
        assert clock.slept == [waited, waited]

    def test_different_hosts_need_not_wait_for_each_other(self, server: HTTPServer) -> None:
        server.expect_request("/a").respond_with_data("x")
        clock = FakeClock()
        names = FakeNames({"one.example": [[PUBLIC]], "two.example": [[PUBLIC]]})
        fetcher = Fetcher(dial=Loopback(server.port), resolve=names, clock=clock, sleep=clock.sleep)
        fetcher.get("http://one.example/a")
        fetcher.get("http://two.example/a")
        assert clock.slept == []


class TestProxy:
    """A proxy passes connections on to checked addresses; it does not switch the check off."""

    def test_a_plain_http_proxy_gets_the_checked_address(self, server: HTTPServer) -> None:
        server.expect_request("/a", headers={"Host": "news.example"}).respond_with_data("x")
        with proxy_to(server.port) as (port, heads):
            proxy = f"http://desk:word%3A@127.0.0.1:{port}"
            fetcher = Fetcher(proxy=proxy, resolve=FakeNames(NAMES), limits=PLAIN)
            assert fetcher.get("http://news.example/a").content == b"x"
        assert [head.splitlines()[0] for head in heads] == [f"CONNECT {PUBLIC}:80 HTTP/1.1"] * 2
        assert "Proxy-Authorization: Basic ZGVzazp3b3JkOg==" in heads[0].splitlines()
        assert all("uthorization" not in str(request.headers) for request, _ in server.log)

    def test_tls_goes_through_it_to_the_name(self) -> None:
        authority = trustme.CA()
        trusting, serving = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.configure_trust(trusting)
        authority.issue_cert("news.example").configure_cert(serving)

        def answer(_path: str, connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        with (
            raw_server(answer, lambda plain: serving.wrap_socket(plain, server_side=True)) as target,
            proxy_to(target) as (port, heads),
        ):
            names = FakeNames({"news.example": [["2606:2800:220:1:248:1893:25c8:1946"]]})
            fetcher = Fetcher(proxy=f"http://127.0.0.1:{port}", resolve=names, tls=trusting, limits=PLAIN)
            assert fetcher.get("https://news.example/a").content == b"ok"
        assert heads[0].startswith("CONNECT [2606:2800:220:1:248:1893:25c8:1946]:443 HTTP/1.1\r\n")

    @pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest/"])
    def test_a_forbidden_address_is_not_sent_to_the_proxy(self, url: str) -> None:
        network = Loopback(1)
        with pytest.raises(FetchError, match="leads to"):
            Fetcher(proxy="http://proxy.example:3128", dial=network, limits=PLAIN).get(url)
        assert network.called == []

    @pytest.mark.parametrize(
        "answer", [b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", b"SSH-2.0-OpenSSH\r\n\r\n"]
    )
    def test_a_refusing_proxy_is_reported(self, server: HTTPServer, answer: bytes) -> None:
        with proxy_to(server.port, answer) as (port, _):
            fetcher = Fetcher(proxy=f"http://127.0.0.1:{port}", resolve=FakeNames(NAMES), limits=PLAIN)
            with pytest.raises(FetchError, match="the proxy refuses the connection"):
                fetcher.get("http://news.example/a")

    @pytest.mark.parametrize(
        "proxy", ["socks5://proxy.example", "https://proxy.example", "proxy.example:3128", "http://", "http://[::1"]
    )
    def test_a_proxy_of_another_kind_is_refused(self, proxy: str) -> None:
        with pytest.raises(FetchError, match="write it as http://host:3128"):
            Fetcher(proxy=proxy)

    def test_proxies_of_the_environment_are_ignored(
        self, server: HTTPServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")
        server.expect_request("/a").respond_with_data("x")
        assert fetcher.get(server.url_for("/a")).content == b"x"
