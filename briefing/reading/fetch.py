"""Fetch a page or a feed from the web; nothing else reads from the network.

What is fetched comes from strangers, who may want to reach what only this machine can, or to keep it busy for ever. So
each address is checked (``addresses``) and connected to as checked (``connections``), each redirect is checked again,
and bytes, time and redirects are limited.
"""

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from socket import gaierror
from typing import TypeVar

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from briefing.errors import FetchError
from briefing.reading.addresses import RefusedAddressError, Resolve
from briefing.reading.bodies import ENCODINGS, BrokenBodyError, TooLargeError, read_body
from briefing.reading.connections import (
    Deadline,
    DeadlineError,
    PinnedBackend,
    PinnedTransport,
    ProxyRefusalError,
    TlsError,
    look_up,
    parse_proxy,
)
from briefing.reading.politeness import MAX_ROBOTS, Pace, Rules, retry_after
from briefing.version import __version__

Outcome = TypeVar("Outcome")

USER_AGENT = f"briefing/{__version__} (reads news for one person or desk; heeds robots.txt)"

_ROBOTS_REDIRECTS = 5  # RFC 9309: five at least
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_RETRYING = frozenset({429, 502, 503, 504})
_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
)
_LONGEST_ADDRESS = 4_000  # characters
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 8.0  # seconds between two attempts, where the server does not say
_REMEDIES: Mapping[int, str] = {
    401: "it wants a login: save the page from your browser and brief the file",
    402: "it wants a subscription: save the page from your browser and brief the file",
    403: "it refuses us: save the page from your browser and brief the file",
    404: "there is no such page: check the address",
    410: "the page is gone for good: take the address out of your list",
    429: "it is asked too often: try again later",
    451: "it may not show the page for legal reasons",
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much a fetch may cost."""

    seconds: float = 30.0  # for one attempt, redirects and all
    max_bytes: int = 20_000_000  # of the body, unpacked
    redirects: int = 10
    attempts: int = 3
    delay: float = 1.0  # seconds between two requests to one host
    longest_wait: float = 30.0  # seconds; a server that wants to be left alone for longer is


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a web address gave."""

    url: str  # after redirects
    content: bytes = b""
    media_type: str = ""  # such as "text/html"
    charset: str | None = None  # that the server named
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False  # since the etag or the instant that was given; there is no content then


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes = b""
    charset: str | None = None


class _Failure(Exception):  # noqa: N818 - it becomes a FetchError, or a further attempt
    """An attempt came to nothing; it may be worth another, after *wait* seconds where the server says so."""

    def __init__(self, reason: str, *, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class _PassingFailure(_Failure):
    """Another attempt may succeed."""


class Fetcher:
    """Fetches what web addresses lead to, politely and within limits.

    Args:
        allow_private: Whether addresses of this machine and of private networks may be fetched from.
        proxy: Address of a proxy, such as ``http://proxy.example:3128``; those that the environment names are ignored.
        limits: How much a fetch may cost.
        tls: What certificates are trusted; by default those of the certifi package and of the system.
        resolve: Returns the addresses of a host.
        dial: Connects to an address.
        clock: Returns seconds that never go back.
        sleep: Waits for so many seconds.
        now: Returns the instant.

    Raises:
        FetchError: The proxy is none that can be used.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        proxy: str | None = None,
        limits: FetchLimits | None = None,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = look_up,
        dial: httpcore.NetworkBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._allow_private = allow_private
        try:
            self._proxy = parse_proxy(proxy) if proxy is not None else None
        except ValueError as error:
            raise FetchError("the web", str(error)) from error
        self._limits = limits or FetchLimits()
        self._tls = tls or _trusted()
        self._resolve = resolve
        self._dial = dial or httpcore.SyncBackend()
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._pace = Pace(self._limits.delay, clock, sleep)
        self._rules: dict[str, Rules | _Failure] = {}  # by origin

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Return what an address leads to.

        Args:
            url: An http or https address.
            etag: The one that came with the version that is at hand already.
            last_modified: Its Last-Modified, likewise.

        Raises:
            FetchError: It cannot be fetched; the reason says what helps.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            answer = self._retrying(lambda: self._follow(_web_address(url), headers))
        except _Failure as error:
            raise FetchError(url, error.reason) from error.__cause__
        return Fetched(
            url=str(answer.url),
            content=answer.content,
            media_type=answer.headers.get("content-type", "").split(";")[0].strip().lower(),
            charset=answer.charset,
            etag=answer.headers.get("etag") or (etag if answer.status == HTTPStatus.NOT_MODIFIED else None),
            last_modified=answer.headers.get("last-modified")
            or (last_modified if answer.status == HTTPStatus.NOT_MODIFIED else None),
            unchanged=answer.status == HTTPStatus.NOT_MODIFIED,
        )

    def _retrying(self, attempt: Callable[[], Outcome]) -> Outcome:
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            retry=retry_if_exception_type(_PassingFailure),
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(attempt)

    def _follow(self, url: httpx.URL, headers: Mapping[str, str]) -> _Answer:
        """Make one attempt: ask, and go where the answers lead."""
        rules = self._leave_of(url, self._deadline())
        self._pace.wait(url.host, rules.delay)
        deadline = self._deadline()
        seen = [url]
        while True:
            answer = self._ask(url, headers, deadline)
            if answer.status not in _REDIRECTS:
                return self._checked(answer, conditional=bool(headers))
            url = _target(answer)
            if url in seen:
                raise _Failure(f"it leads round in a circle ({url}): open it in a browser and name the page itself")
            if len(seen) > self._limits.redirects:
                raise _Failure(f"it leads on more than {self._limits.redirects} times: name the page itself")
            if seen[-1].scheme == "https" and url.scheme == "http":
                raise _Failure(f"it leads from https to an address that nothing protects: name {url} if you trust it")
            seen.append(url)
            self._leave_of(url, deadline)

    def _deadline(self) -> Deadline:
        return Deadline(self._clock, self._limits.seconds)

    def _leave_of(self, url: httpx.URL, deadline: Deadline) -> Rules:
        """Return what the site asks of visitors, which is kept; it lets us read the page.

        A site that cannot be asked is not tried again for each of its pages.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules:
            try:
                address = url.copy_with(raw_path=b"/robots.txt")
                self._rules[origin] = self._retrying(lambda: self._read_rules(address, deadline))
            except _Failure as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, _Failure):
            raise _Failure(rules.reason) from rules.__cause__
        if not rules.allow(str(url)):
            raise _Failure("its robots.txt asks programs to leave it alone: save the page from your browser instead")
        return rules

    def _read_rules(self, url: httpx.URL, deadline: Deadline) -> Rules:
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._ask(url, {}, deadline, cut_at=MAX_ROBOTS)
            if answer.status in _REDIRECTS:
                url = _target(answer)
            elif answer.status == HTTPStatus.OK:
                return Rules(answer.content.decode("utf-8", "replace"))
            elif answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                reason = f"its robots.txt answers {answer.status}, which asks to be left alone: try again later"
                raise _Failure(reason)
            else:
                return Rules(None)
        return Rules(None)

    def _ask(
        self, url: httpx.URL, headers: Mapping[str, str], deadline: Deadline, *, cut_at: int | None = None
    ) -> _Answer:
        """Send one request; what fails is told in our words."""
        try:
            return self._send(url, headers, deadline, cut_at)
        except _PASSING as error:
            raise _PassingFailure(_passing_reason(error)) from error
        except _LASTING as error:
            raise _Failure(_lasting_reason(error, url, self._limits)) from error

    def _send(self, url: httpx.URL, headers: Mapping[str, str], deadline: Deadline, cut_at: int | None) -> _Answer:
        backend = PinnedBackend(
            self._dial, self._resolve, deadline, allow_private=self._allow_private, proxy=self._proxy
        )
        ours = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": ENCODINGS, "Connection": "close"}
        with (
            httpx.Client(transport=PinnedTransport(backend, self._tls), trust_env=False, headers=ours) as client,
            client.stream("GET", url, headers=dict(headers)) as response,
        ):
            content = b""
            if response.status_code == HTTPStatus.OK:
                encoding = response.headers.get("content-encoding", "")
                limit = cut_at or self._limits.max_bytes
                content = read_body(response.iter_raw(), encoding, limit, cut=cut_at is not None)
            return _Answer(url, response.status_code, response.headers, content, response.charset_encoding)

    def _checked(self, answer: _Answer, *, conditional: bool) -> _Answer:
        """Return an answer that is one."""
        status = answer.status
        if status == HTTPStatus.OK or (status == HTTPStatus.NOT_MODIFIED and conditional):
            return answer
        wait = retry_after(answer.headers.get("retry-after"), self._now())
        says = f"its server answers {status} ({_phrase(status)})"
        if status not in _WORTH_RETRYING:
            raise _Failure(f"{says}: {_REMEDIES.get(status, 'try again later')}")
        if wait is not None and wait > self._limits.longest_wait:
            raise _Failure(f"{says} and wants to be left alone for {wait:,.0f} seconds: try again then")
        raise _PassingFailure(f"{says}: {_REMEDIES.get(status, 'try again later')}", wait=wait)


def is_fetchable(name: str) -> bool:
    """Tell whether what a user named is meant as an address on the web."""
    return name[:8].lower().startswith(("http://", "https://"))


def _web_address(url: str) -> httpx.URL:
    """Return an address that may be asked for.

    Raises:
        _Failure: It is none.
    """
    if len(url) > _LONGEST_ADDRESS:
        raise _Failure(f"its address has more than {_LONGEST_ADDRESS:,} characters")
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise _Failure(f"its address is not valid ({error}): write it as https://host/path") from error
    if parsed.scheme not in ("http", "https"):
        raise _Failure("only http and https addresses are fetched")
    if not parsed.host:
        raise _Failure("its address names no host: write it as https://host/path")
    if parsed.port is not None and not 0 < parsed.port < 65_536:
        raise _Failure(f"its address names the port {parsed.port}, and there is none: check it")
    if parsed.userinfo:
        raise _Failure("its address holds a user name or password, which is not sent: leave it out")
    return parsed.copy_with(host=parsed.host.rstrip("."), fragment=None)


def _target(answer: _Answer) -> httpx.URL:
    """Return where an answer leads on to."""
    location = answer.headers.get("location")
    if not location:
        raise _Failure(f"its server answers {answer.status} and does not say where to: open it in a browser")
    try:
        return _web_address(str(answer.url.join(location)))
    except httpx.InvalidURL as error:
        raise _Failure(f"it leads to an address that is not valid ({error})") from error


# What another attempt may mend, and what it does not; the second is looked at after the first: both hold OSErrors.
_PASSING = (BrokenBodyError, httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException, ConnectionError)
_LASTING = (RefusedAddressError, DeadlineError, TooLargeError, TlsError, ProxyRefusalError, OSError, UnicodeError)


def _passing_reason(error: Exception) -> str:
    if isinstance(error, BrokenBodyError):
        return f"its answer cannot be unpacked: {error}; try again later"
    if isinstance(error, httpcore.ProtocolError):
        return f"its server breaks off or does not speak HTTP ({error}): check the address, or try again later"
    return f"no connection, or it broke ({error}): check the address and the network"


def _lasting_reason(error: Exception, url: httpx.URL, limits: FetchLimits) -> str:
    match error:
        case RefusedAddressError():
            return error.reason
        case DeadlineError():
            return f"it takes longer than {limits.seconds:g} seconds: try again later"
        case TooLargeError():
            return f"it is larger than {limits.max_bytes:,} bytes: an article is far smaller; name the page itself"
        case TlsError():
            return f"{error}: check the address, and the clock of this machine"
        case ProxyRefusalError():
            return f"the proxy does not let it through, {error}: ask who runs the proxy, or leave it out of the profile"
        case gaierror():
            return f"the host {url.host} is not known ({error.strerror}): check its spelling, and the network"
        case UnicodeError():
            return f"the host {url.host[:80]} is no name that can be looked up: check its spelling"
        case _:
            return f"no connection ({error}): check the network"


def _pause(state: RetryCallState) -> float:
    """Return the seconds until the next attempt: what the server asked for, else longer each time, by chance."""
    failure = state.outcome.exception() if state.outcome is not None else None
    if isinstance(failure, _Failure) and failure.wait is not None:
        return failure.wait
    most: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (state.attempt_number - 1))
    return most * random.uniform(0.5, 1.0)  # noqa: S311 - so that many readers do not come back at once


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no known status"


def _trusted() -> ssl.SSLContext:
    tls = httpx.create_ssl_context(trust_env=False)
    tls.load_default_certs()  # those of an office stand in the system's store
    return tls
