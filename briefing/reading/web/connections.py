"""Connect only to checked addresses, and within a deadline.

httpx resolves a host only when it connects, after any check, and its timeouts limit one read, not an exchange. Both
problems are solved in the network backend of httpcore, which httpx uses. The backend resolves the host once, checks
every address and connects to one of them. The URL does not change, so the Host header, the TLS server name and the
certificate check stay right. A proxy gets the checked address, too.
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
    """An exchange exceeds its deadline."""


class TlsError(Exception):
    """A secure connection failed; the message says why."""


class Deadline:
    """The time at which an exchange must be finished.

    Args:
        clock: Returns monotonic seconds.
        seconds: The time from now to the deadline.
    """

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Return the remaining seconds.

        Raises:
            DeadlineError: The time is over.
        """
        remaining = self._end - self._clock()
        if remaining <= 0:
            raise DeadlineError
        return remaining


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which the system would try them."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@contextmanager
def answer_to(request: httpx.Request, backend: "PinnedBackend", tls: ssl.SSLContext) -> Iterator[httpx.Response]:
    """Send one request and yield the answer, with its body unread; do not follow redirects.

    An ``httpx.Client`` would parse the URL of a redirect even without following it, and fail on a malformed one. It
    would keep cookies, too.

    Args:
        request: The request to send.
        backend: Makes the connection.
        tls: The trusted certificates.

    Raises:
        UnreadableError: The answer is malformed.
        OSError: The connection failed or broke.
        DeadlineError, TlsError, RefusedAddressError, ProxyRefusalError: Raised by the backend.
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
    """Connect only to checked addresses, directly or through a proxy.

    Args:
        dial: Connects to an address.
        resolve: Returns the addresses of a host; called once for each connection.
        deadline: The deadline of the exchange.
        allow_private: Whether to allow addresses of private networks.
        proxy: The proxy to tunnel through, if any.
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
        """Whether the connected host has an address in a private network."""
        return self._is_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,  # noqa: ARG002 - part of the interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - part of the interface
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers.

        Raises:
            RefusedAddressError: The host has an address that is not allowed, or none.
            OSError: The look-up failed.
            DeadlineError: The deadline is over.
            ProxyRefusalError: The proxy does not let the connection through.
            httpcore.ConnectError: No address answers.
        """
        addresses = checked_addresses(host, port, self._resolve_in_time, allow_private=self._allow_private)
        self._is_private = any(map(is_private, addresses))
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, _LONGEST_CONNECT)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the next address may answer; the error of the last one is raised
        return self._connect(addresses[-1], port, self._deadline.remaining())

    def _connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        seconds = min(seconds, self._deadline.remaining())
        if self._proxy is None:
            return _TimedStream(self._dial.connect_tcp(address, port, timeout=seconds), self._deadline)
        stream = self._dial.connect_tcp(self._proxy.host, self._proxy.port, timeout=seconds)
        return tunnelled(_TimedStream(stream, self._deadline), address, port, self._proxy)

    def _resolve_in_time(self, host: str, port: int) -> list[str]:
        """Resolve a host in a separate thread, because a hanging look-up cannot be stopped otherwise."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def run() -> None:
            try:
                answers.put(list(self._resolve(host, port)))
            except Exception as error:  # noqa: BLE001 - raised again in the calling thread
                answers.put(error)

        Thread(target=run, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.remaining())
        except Empty as error:
            raise DeadlineError from error
        if isinstance(answer, UnicodeError):
            raise socket.gaierror(socket.EAI_NONAME, "it is not a valid host name") from answer
        if isinstance(answer, Exception):
            raise answer
        return answer


class _TimedStream(httpcore.NetworkStream):
    """A connection whose reads and writes all end at the deadline of the exchange."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline counts
        try:
            return self._stream.read(max_bytes, timeout=self._deadline.remaining())
        except httpcore.ReadTimeout as error:
            raise DeadlineError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline counts
        try:
            self._stream.write(buffer, timeout=self._deadline.remaining())
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
            secured = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.remaining())
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


def trusted_certificates() -> ssl.SSLContext:
    """Return the trusted certificates: those of the certifi package and of the system."""
    tls = httpx.create_ssl_context(trust_env=False)
    tls.load_default_certs()  # a company's own certificates are in the system's store
    return tls
