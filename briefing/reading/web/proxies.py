"""Tunnel connections to checked addresses through a proxy (CONNECT, RFC 9110, section 9.3.6)."""

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpcore
import httpx

from briefing.reading.web.unreadable import UnreadableError, readable


class ProxyRefusalError(Exception):
    """The proxy refuses a connection; the message says why."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status  # of its answer; None if the answer is not HTTP


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that tunnels connections (CONNECT), reached over plain HTTP."""

    host: str
    port: int
    credentials: str | None = field(default=None, repr=False)  # "user:password"

    @property
    def address(self) -> str:
        """Return host and port, for messages."""
        return f"{self.host}:{self.port}"

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers for the proxy."""
        if self.credentials is None:
            return []
        return [(b"Proxy-Authorization", b"Basic " + b64encode(self.credentials.encode()))]


def parse_proxy(url: str) -> Proxy:
    """Parse the URL of a proxy, such as ``http://proxy.example:3128``.

    Raises:
        ValueError: The URL is invalid or not http; the message does not show it, because it may hold a password.
    """
    try:
        with readable():
            parsed = httpx.URL(url)
            host, port = parsed.host, 3128 if parsed.port is None else parsed.port
            host.encode("idna")
    except UnreadableError as error:
        raise ValueError("the proxy's address is not valid; write it as http://host:3128") from error
    if parsed.scheme != "http" or not host:
        raise ValueError("only a proxy reached over http is used, by CONNECT; write it as http://host:3128")
    if not 0 < port < 65_536:
        raise ValueError(f"the proxy's address names the port {port}, which is invalid; write it as http://host:3128")
    credentials = f"{unquote(parsed.username)}:{unquote(parsed.password)}" if parsed.username else None
    return Proxy(host, port, credentials)


def tunnelled(stream: httpcore.NetworkStream, address: str, port: int, proxy: Proxy) -> httpcore.NetworkStream:
    """Return a connection to an address, tunnelled through a proxy.

    Args:
        stream: The connection to the proxy.
        address: The target address.
        port: The target port.
        proxy: The proxy, with its credentials.

    Raises:
        ProxyRefusalError: The proxy refuses the tunnel.
    """
    target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    origin = httpcore.Origin(b"http", proxy.host.encode("idna"), proxy.port)
    connect = httpcore.Request(
        b"CONNECT",
        httpcore.URL(scheme=b"http", host=origin.host, port=origin.port, target=target.encode()),
        headers=[(b"Host", target.encode()), *proxy.headers()],
    )
    try:
        with readable():
            answer = httpcore.HTTP11Connection(origin, stream).handle_request(connect)
    except UnreadableError as error:
        stream.close()
        raise ProxyRefusalError("it does not answer like a proxy") from error
    if not 200 <= answer.status < 300:
        stream.close()
        raise ProxyRefusalError(f"it answers {answer.status} to CONNECT {target}", answer.status)
    tunnel: httpcore.NetworkStream = answer.extensions["network_stream"]
    return tunnel
