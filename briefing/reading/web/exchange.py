"""Send one request over a checked connection, within limits, and explain failures."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from socket import gaierror

import httpcore
import httpx

from briefing.reading.web.addresses import RefusedAddressError, Resolve
from briefing.reading.web.bodies import ENCODINGS, BrokenBodyError, TooLargeError, read_body
from briefing.reading.web.connections import Deadline, DeadlineError, PinnedBackend, TlsError, answer_to
from briefing.reading.web.proxies import Proxy, ProxyRefusalError
from briefing.reading.web.unreadable import UnreadableError, readable
from briefing.version import __version__

USER_AGENT = f"briefing/{__version__} (reads news for one person or desk; heeds robots.txt)"
LONGEST_ADDRESS = 4_000  # characters

_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, "
    "*/*;q=0.5",
    "Accept-Encoding": ENCODINGS,
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server; it has a body only with status 200."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes = b""
    charset: str | None = None
    is_private: bool = False  # whether the server is on this machine or in a private network


class Failure(Exception):  # noqa: N818 - it becomes a FetchError, or leads to a retry
    """An attempt failed; *wait* is the delay in seconds that the server asks for, if any."""

    def __init__(self, reason: str, *, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class PassingFailure(Failure):
    """A failure after which a retry may succeed."""


class PrivateAddressFailure(Failure):
    """The server is on this machine or in a private network, which is not allowed."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The settings for requests."""

    dial: httpcore.NetworkBackend  # makes connections
    resolve: Resolve  # returns the addresses of a host
    tls: ssl.SSLContext  # trusted certificates
    proxy: Proxy | None
    allow_private: bool  # whether to allow this machine and private networks
    seconds: float  # the time limit of a request, for messages only
    max_bytes: int  # of a body, unpacked

    def ask(
        self, url: httpx.URL, headers: Mapping[str, str], deadline: Deadline, *, cut_at: int | None = None
    ) -> Answer:
        """Send one request and return its answer.

        Args:
            url: A URL from ``web_address``.
            headers: Headers besides the usual ones.
            deadline: The deadline for the whole answer.
            cut_at: Cut the body at this number of bytes; without it, a body that is too large is a failure.

        Raises:
            PassingFailure: The request failed; a retry may succeed.
            PrivateAddressFailure: The URL leads to a private network, which is not allowed.
            Failure: The request failed for good, or is not allowed.
        """
        try:
            return self._send(url, headers, deadline, cut_at)
        except _PASSING as error:
            raise PassingFailure(_passing_reason(error)) from error
        except RefusedAddressError as error:
            raise (PrivateAddressFailure if error.is_private else Failure)(error.reason) from error
        except _LASTING as error:
            raise Failure(_lasting_reason(error, url, self)) from error

    def _send(self, url: httpx.URL, headers: Mapping[str, str], deadline: Deadline, cut_at: int | None) -> Answer:
        backend = PinnedBackend(self.dial, self.resolve, deadline, allow_private=self.allow_private, proxy=self.proxy)
        request = httpx.Request("GET", url, headers={**_HEADERS, **headers})
        with answer_to(request, backend, self.tls) as response:
            content = b""
            if response.status_code == HTTPStatus.OK:
                encoding = response.headers.get("content-encoding", "")
                limit = cut_at or self.max_bytes
                content = read_body(response.iter_raw(), encoding, limit, cut=cut_at is not None)
            status, charset = response.status_code, response.charset_encoding
            return Answer(url, status, response.headers, content, charset, backend.is_private)


def web_address(url: str) -> httpx.URL:
    """Return a URL that may be requested.

    Raises:
        Failure: It is not such a URL.
    """
    if len(url) > LONGEST_ADDRESS:
        raise Failure(f"its address has more than {LONGEST_ADDRESS:,} characters")
    try:
        with readable():
            return _check_address(httpx.URL(url.strip()))
    except UnreadableError as error:
        raise Failure(f"its address is not valid ({error}): write it as https://host/path") from error


def _check_address(url: httpx.URL) -> httpx.URL:
    """Return the URL of a page without its fragment and the dot after its host."""
    if url.scheme not in ("http", "https"):
        raise Failure("only http and https addresses are fetched")
    host = url.host.rstrip(".")
    if not host:
        raise Failure("its address names no host: write it as https://host/path")
    if url.port is not None and not 0 < url.port < 65_536:
        raise Failure(f"its address names the port {url.port}, which is invalid: check it")
    if url.userinfo:
        raise Failure("its address holds a user name or password, which is not sent: leave it out")
    return url.copy_with(host=host, fragment=None)


def target_of(answer: Answer) -> httpx.URL:
    """Return the target of a redirect.

    Raises:
        Failure: The target is missing or not allowed.
    """
    location = answer.headers.get("location", "")
    if not location:
        raise Failure(f"its server answers {answer.status} and does not say where to: open it in a browser")
    try:
        if len(location) > LONGEST_ADDRESS:
            raise Failure(f"that address has more than {LONGEST_ADDRESS:,} characters")
        with readable():
            joined = str(answer.url.join(location))
        return web_address(joined)
    except (Failure, UnreadableError) as error:
        reason = f"it leads to {location[:80]!r}, which cannot be followed ({error})"
        raise Failure(f"{reason}: open it in a browser and name the page itself") from error


# Failures that a retry may cure, and those that it cannot. ConnectionError is an OSError, so _PASSING comes first.
_PASSING = (BrokenBodyError, UnreadableError, ConnectionError)
_LASTING = (DeadlineError, TooLargeError, TlsError, ProxyRefusalError, OSError)


def _passing_reason(error: Exception) -> str:
    if isinstance(error, BrokenBodyError):
        return f"its answer cannot be unpacked: {error}; try again later"
    if isinstance(error, UnreadableError):
        return f"its server breaks off or does not speak HTTP ({error}): check the address, or try again later"
    return f"no connection, or it broke ({error}): check the address and the network"


def _lasting_reason(error: Exception, url: httpx.URL, exchange: Exchange) -> str:
    match error:
        case DeadlineError():
            return f"it takes longer than {exchange.seconds:g} seconds: try again later"
        case TooLargeError():
            return f"it is larger than {exchange.max_bytes:,} bytes: an article is far smaller; name the page itself"
        case TlsError():
            return f"{error}: check the address, and the clock of this machine"
        case ProxyRefusalError():
            return f"the proxy refuses the connection, {error}: ask its administrator, or leave it out of the profile"
        case gaierror():
            return f"the host {url.host[:80]} is not known ({error.strerror}): check its spelling, and the network"
        case _:
            return f"no connection ({error}): check the network"
