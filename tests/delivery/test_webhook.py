"""A program gets a signed POST, once for each run as far as it looks at the id."""

import base64
import hashlib
import hmac
import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.delivery.webhook import WebhookChannel, parse_hook, parse_secret
from briefing.errors import DeliveryError
from briefing.reading.web.proxies import parse_proxy
from tests.fakes.mail_servers import client_tls, free_port, scripted_server, server_tls
from tests.fakes.odd_answers import ANSWERS, LOCATIONS, redirect
from tests.fakes.parcels import parcel
from tests.fakes.servers import PUBLIC, FakeNames, proxy_to, raw_server

_KEY = b"0123456789abcdef0123456789abcdef"
_NOW = datetime(2026, 6, 1, 4, 0, 5, tzinfo=UTC)


def channel(url: str, **settings: object) -> WebhookChannel:
    return WebhookChannel(url, _KEY, lambda: _NOW, **({"allow_private": True} | settings))  # type: ignore[arg-type]


def fails(channel: WebhookChannel, said: str) -> DeliveryError:
    with pytest.raises(DeliveryError, match=said) as caught:
        channel.send(parcel(), channel.recipients)
    return caught.value


def test_a_post_holds_the_run_and_a_signature(httpserver: HTTPServer) -> None:
    seen: list[Request] = []

    def take(request: Request) -> Response:
        request.get_data()
        seen.append(request)
        return Response(status=204)

    httpserver.expect_request("/hook", method="POST").respond_with_handler(take)
    sent = channel(httpserver.url_for("/hook"))
    sent.send(parcel(), sent.recipients)
    sent.send(parcel(), sent.recipients)
    first, second = seen
    assert first.headers["Idempotency-Key"] == first.headers["webhook-id"] == second.headers["webhook-id"]
    body = first.get_data()
    signed = f"{first.headers['webhook-id']}.{int(_NOW.timestamp())}.".encode() + body
    signature = base64.b64encode(hmac.new(_KEY, signed, hashlib.sha256).digest()).decode()
    assert first.headers["webhook-signature"] == f"v1,{signature}"
    assert first.headers["webhook-timestamp"] == str(int(_NOW.timestamp()))
    posted = json.loads(body)
    assert (posted["type"], posted["profile"], posted["due"]) == ("digest.made", "morning", "2026-06-01T06:00:00+02:00")
    pdf, record = posted["files"]
    assert "content_base64" not in pdf
    assert pdf["sha256"] == hashlib.sha256(b"%PDF-1.7 not really").hexdigest()
    assert json.loads(base64.b64decode(record["content_base64"])) == {"title": "Přístav"}


@pytest.mark.parametrize(
    ("status", "temporary"),
    [(500, True), (503, True), (429, True), (408, True), (400, False), (401, False), (404, False)],
)
def test_a_refusing_answer_is_reported(httpserver: HTTPServer, status: int, temporary: bool) -> None:
    httpserver.expect_request("/hook").respond_with_data("no\x1b way", status=status)
    error = fails(channel(httpserver.url_for("/hook")), f"localhost:[0-9]+ answers {status}")
    assert error.temporary is temporary
    assert error.reason.endswith("no way")


def test_a_redirect_is_not_followed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("", status=307, headers={"Location": "/other"})
    assert not fails(channel(httpserver.url_for("/hook")), "answers 307 .*: a redirect is not followed").temporary


@pytest.mark.parametrize("answer", [*map(redirect, LOCATIONS), *ANSWERS], ids=lambda answer: repr(answer[:90][-40:]))
def test_any_answer_is_success_or_has_a_reason(answer: bytes) -> None:
    with raw_server(lambda _path, connection: connection.sendall(answer)) as port:
        sent = channel(f"http://127.0.0.1:{port}/hook")
        with suppress(DeliveryError):
            sent.send(parcel(), sent.recipients)


@pytest.mark.parametrize("location", LOCATIONS[:3])
def test_the_target_of_an_unfollowed_redirect_is_ignored(location: bytes) -> None:
    with raw_server(lambda _path, connection: connection.sendall(redirect(location))) as port:
        assert not fails(channel(f"http://127.0.0.1:{port}/hook"), "answers 302 Found: a redirect is not").temporary


def test_an_unreadable_answer_is_reported_without_its_text() -> None:
    head = b"HTTP/1.1 400 Bad Request\r\nContent-Encoding: gzip\r\n\r\n"
    with raw_server(lambda _path, connection: connection.sendall(head + b"no gzip")) as port:
        error = fails(channel(f"http://127.0.0.1:{port}/hook"), "answers 400 Bad Request$")
    assert not error.temporary


def test_user_and_password_of_an_address_are_sent_unprinted(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", headers={"Authorization": "Basic ZGVzazp3MHJk"}).respond_with_data("taken")
    sent = channel(httpserver.url_for("/hook").replace("http://", "http://desk:w0rd@"))
    sent.send(parcel(), sent.recipients)
    assert "w0rd" not in f"{sent!r} {sent.target} {sent.recipients} {sent.describe(parcel())}"


def test_a_program_that_is_down_is_tried_again() -> None:
    assert fails(channel(f"http://localhost:{free_port()}/"), "gave no answer").temporary


@pytest.mark.parametrize("answers", [(b"SSH-2.0 hello",), (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n",)])
def test_a_program_that_speaks_something_else_is_tried_again(answers: tuple[bytes, ...]) -> None:
    with scripted_server(*answers) as (port, _):
        assert fails(channel(f"http://localhost:{port}/"), "gave no answer").temporary


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "169.254.169.254"])
def test_a_host_of_a_private_network_must_be_allowed(address: str) -> None:
    sent = channel("https://hook.example/x", allow_private=False, resolve=lambda _host, _port: [address])
    assert not fails(sent, "hook.example has no public address; write allow_private: true").temporary


def test_a_clouds_metadata_service_gets_no_post() -> None:
    sent = channel("https://hook.example/x", resolve=lambda _host, _port: ["169.254.169.254"])
    assert not fails(sent, "not a public address").temporary


def test_a_self_signed_certificate_is_not_trusted() -> None:
    ca = trustme.CA()
    with HTTPServer(host="localhost", ssl_context=server_tls(ca)) as server:
        server.expect_request("/hook").respond_with_data("taken")
        assert not fails(channel(server.url_for("/hook")), "certificate").temporary
        trusting = channel(server.url_for("/hook"), tls=client_tls(ca))
        trusting.send(parcel(), trusting.recipients)


class TestProxy:
    """A proxy passes the post on to an address that was checked, as it does what is fetched."""

    names = FakeNames({"hook.example": [[PUBLIC]]})

    def test_the_proxy_gets_the_checked_address_and_tls_the_name(self) -> None:
        ca = trustme.CA()
        with HTTPServer(host="127.0.0.1", ssl_context=server_tls(ca, "hook.example")) as server:
            server.expect_request("/x", method="POST").respond_with_data("taken")
            with proxy_to(server.port) as (port, heads):
                proxy = parse_proxy(f"http://desk:word@127.0.0.1:{port}")
                sent = channel(
                    "https://hook.example/x", allow_private=False, resolve=self.names, tls=client_tls(ca), proxy=proxy
                )
                sent.send(parcel(), sent.recipients)
            assert [request.headers["Host"] for request, _ in server.log] == ["hook.example"]
        assert heads[0].startswith(f"CONNECT {PUBLIC}:443 HTTP/1.1\r\n")
        assert "Proxy-Authorization: Basic ZGVzazp3b3Jk" in heads[0]

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
    def test_a_forbidden_address_is_not_sent_to_the_proxy(self, address: str) -> None:
        with proxy_to(1) as (port, heads):
            sent = channel(
                "https://hook.example/x",
                allow_private=False,
                resolve=lambda _host, _port: [address],
                proxy=parse_proxy(f"http://127.0.0.1:{port}"),
            )
            fails(sent, "hook.example has no public address")
        assert heads == []

    @pytest.mark.parametrize(
        ("answer", "temporary"),
        [
            (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", False),
            (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", True),
            (b"SSH-2.0-OpenSSH\r\n\r\n", False),
        ],
    )
    def test_a_refusing_proxy_is_reported_and_retried_if_temporary(
        self, httpserver: HTTPServer, answer: bytes, temporary: bool
    ) -> None:
        with proxy_to(httpserver.port, answer) as (port, _):
            proxy = parse_proxy(f"http://127.0.0.1:{port}")
            sent = channel("http://hook.example/x", resolve=self.names, proxy=proxy)
            error = fails(sent, rf"hook.example \(through the proxy 127.0.0.1:{port}\) was not reached: the proxy")
        assert error.temporary is temporary

    def test_a_proxy_that_is_down_is_named_and_retried(self) -> None:
        proxy = parse_proxy(f"http://desk:w0rd@127.0.0.1:{free_port()}")
        sent = channel("http://hook.example/x", resolve=self.names, proxy=proxy)
        error = fails(sent, r"hook.example \(through the proxy 127.0.0.1:\d+\) gave no answer")
        assert error.temporary
        assert "w0rd" not in f"{error} {sent!r} {sent.describe()}"


def test_an_address_appears_nowhere_whole() -> None:
    sent = channel("https://hook.example:8443/services/T0K3N")
    text = f"{sent!r} {sent.target} {sent.recipients} {sent.describe(parcel())} {sent.describe()}"
    assert "T0K3N" not in text
    assert "0123456789abcdef" not in text
    assert "post 'Morning brief'" in text
    assert sent.target != channel("https://hook.example:8443/services/other").target


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://hook.example/T0K3N", "hook.example would get the digest unencrypted"),
        ("ftp://hook.example/T0K3N", "not a web address"),
        ("https://", "not a web address"),
        ("https://[::1/T0K3N", "not a web address"),
        ("https://hook.example:port/T0K3N", "not a web address"),
        ("https://hook.example:99999/T0K3N", "not a web address"),
        ("https://hook.example/T0K3N\x7f", "not a web address"),
        ("https://xn--/T0K3N", "not a web address"),
    ],
)
def test_an_invalid_address_is_refused_and_not_printed(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        parse_hook(url, allow_private=False)
    assert "T0K3N" not in str(caught.value)


def test_an_allowed_private_host_needs_no_tls() -> None:
    assert parse_hook(" http://intranet:8080/x ", allow_private=True) == "http://intranet:8080/x"


def test_a_secret_is_its_own_bytes_or_base64() -> None:
    assert parse_secret("a secret of its own bytes\n") == b"a secret of its own bytes"
    assert parse_secret("whsec_" + base64.b64encode(_KEY).decode()) == _KEY


@pytest.mark.parametrize(
    ("secret", "said"), [("short", "openssl rand"), ("whsec_not base64 !", "not base64"), ("whsec_", "16 bytes")]
)
def test_a_weak_secret_is_refused_and_not_printed(secret: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        parse_secret(secret)
    assert "short" not in str(caught.value).replace("shorter", "")
