"""Connections that lead where they were checked to lead, and that end in time.

httpx looks a host up when it connects, after anybody could have checked it, and its timeouts hold for one read, not for
an exchange. Both are mended where the connection is made: the backend of httpcore, on which httpx stands, looks the
host up once, checks every address and connects to one of those. The URL stays as it is, and with it the Host header,
the name that TLS asks for, and the name that the certificate must bear; a proxy gets the checked address, too.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore
import httpx

from briefing.reading.web.addresses import Resolve, checked_addresses, is_private
from briefing.reading.web.proxies import Proxy, tunnelled
from briefing.reading.web.unreadable import readable

_LONGEST_CONNECT = 10.0  # seconds for one of several addresses


class DeadlineError(Exception):
    """An exchange takes longer than it may."""


class TlsError(Exception):
    """No trusted connection could be made; the message says why."""


class Deadline:
    """The instant at which an exchange has to be over.

    Args:
        clock: Returns seconds that never go back.
        seconds: From now.
    """

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            DeadlineError: None are.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise DeadlineError
        return left


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows of a host, in the order in which it would try them."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@contextmanager
def answer_to(request: httpx.Request, backend: "PinnedBackend", tls: ssl.SSLContext) -> Iterator[httpx.Response]:
    """Send one request and yield the answer, its body still to be read; where it leads on to is not followed.

    An ``httpx.Client`` would take the address of a redirect apart even if it is not to follow it, and fail where that
    is odd; it would keep cookies, too.

    Args:
        request: What to send.
        backend: Makes the connection.
        tls: What certificates are trusted.

    Raises:
        UnreadableError: The answer cannot be made sense of.
        OSError: There is no connection, or it broke.
        DeadlineError, TlsError, RefusedAddressError, ProxyRefusalError: As the backend raises them.
    """
    asked = httpcore.Request(
        request.method,
        httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.read(),
    )
    pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)
    with readable(), pool, closing(pool.handle_request(asked)) as answer:
        yield httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only, directly or through a proxy.

    Args:
        dial: Connects to an address.
        resolve: Returns the addresses of a host; called once for a connection.
        deadline: When the exchange has to be over.
        allow_private: Whether addresses of private networks may be connected to.
        proxy: Tunnels the connections.
    """

    def __init__(
        self,
        dial: httpcore.NetworkBackend,
        resolve: Resolve,
        deadline: Deadline,
        *,
        allow_private: bool,
        proxy: Proxy | None,
    ) -> None:
        self._dial = dial
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private
        self._proxy = proxy
        self._is_private = False

    @property
    def is_private(self) -> bool:
        """Whether the host that was connected to has an address of a private network."""
        return self._is_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,  # noqa: ARG002 - part of the interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - part of the interface
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of the host that answers.

        Raises:
            RefusedAddressError: The host has an address that may not be connected to, or none.
            OSError: It could not be looked up.
            DeadlineError: It takes too long.
            ProxyRefusalError: The proxy does not let the connection through.
            httpcore.ConnectError: No address answers.
        """
        addresses = checked_addresses(host, port, self._resolve_in_time, allow_private=self._allow_private)
        self._is_private = any(map(is_private, addresses))
        for address in addresses[:-1]:
            try:
                return self._reach(address, port, _LONGEST_CONNECT)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the next one may answer; the last one's error is told
        return self._reach(addresses[-1], port, self._deadline.left())

    def _reach(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        seconds = min(seconds, self._deadline.left())
        if self._proxy is None:
            return _TimedStream(self._dial.connect_tcp(address, port, timeout=seconds), self._deadline)
        stream = self._dial.connect_tcp(self._proxy.host, self._proxy.port, timeout=seconds)
        return tunnelled(_TimedStream(stream, self._deadline), address, port, self._proxy)

    def _resolve_in_time(self, host: str, port: int) -> list[str]:
        """Look a host up in a thread of its own, for nothing else stops a look-up that hangs."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def run() -> None:
            try:
                answers.put(list(self._resolve(host, port)))
            except Exception as error:  # noqa: BLE001 - raised again by the thread that asked
                answers.put(error)

        Thread(target=run, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left())
        except Empty as error:
            raise DeadlineError from error
        if isinstance(answer, UnicodeError):
            raise socket.gaierror(socket.EAI_NONAME, "it is no name that can be looked up") from answer
        if isinstance(answer, Exception):
            raise answer
        return answer


class _TimedStream(httpcore.NetworkStream):
    """A connection each of whose steps ends at the deadline of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline counts
        try:
            return self._stream.read(max_bytes, timeout=self._deadline.left())
        except httpcore.ReadTimeout as error:
            raise DeadlineError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline counts
        try:
            self._stream.write(buffer, timeout=self._deadline.left())
        except httpcore.WriteTimeout as error:
            raise DeadlineError from error

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        except httpcore.ConnectTimeout as error:
            raise DeadlineError from error
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise TlsError(_tls_reason(error.__cause__)) from error
            raise
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _tls_reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    return f"no secure connection could be made ({error.reason or error})"


def trusted() -> ssl.SSLContext:
    """Return what certificates are trusted: those of the certifi package and of the system."""
    tls = httpx.create_ssl_context(trust_env=False)
    tls.load_default_certs()  # those of an office stand in the system's store
    return tls
