"""Fetch a page or a feed from the web; no other module reads from the network.

Untrusted servers may try to reach what only this machine can reach, or to keep it busy for ever. So each address is
checked (``addresses``) and connected to as checked (``connections``), and each redirect is checked again. Bytes, time
and redirects are limited. Even if the user allows private addresses, no public page may redirect to one: this is how
an attack enters a private network (OWASP, Server-Side Request Forgery Prevention).
"""

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from briefing.errors import FetchError
from briefing.reading.web.addresses import Resolve
from briefing.reading.web.connections import Deadline, look_up, trusted_certificates
from briefing.reading.web.exchange import (
    Answer,
    Exchange,
    Failure,
    PassingFailure,
    PrivateAddressFailure,
    target_of,
    web_address,
)
from briefing.reading.web.politeness import MAX_ROBOTS, Pace, Rules, retry_after
from briefing.reading.web.proxies import parse_proxy

Outcome = TypeVar("Outcome")

_ROBOTS_REDIRECTS = 5  # RFC 9309: at least five
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_RETRYING = frozenset({429, 502, 503, 504})
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 8.0  # seconds between two attempts, if the server does not say
_REMEDIES: Mapping[int, str] = {
    401: "it requires a login: save the page from your browser and brief the file",
    402: "it requires a subscription: save the page from your browser and brief the file",
    403: "it refuses access: save the page from your browser and brief the file",
    404: "there is no such page: check the address",
    410: "the page is gone for good: take the address out of your list",
    429: "it gets too many requests: try again later",
    451: "it may not show the page for legal reasons",
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The limits of a fetch."""

    seconds: float = 30.0  # for one attempt, including redirects
    max_bytes: int = 20_000_000  # of the body, unpacked
    redirects: int = 10
    attempts: int = 3
    delay: float = 1.0  # seconds between two requests to one host
    longest_wait: float = 30.0  # seconds; a longer Retry-After is a failure


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result of a fetch."""

    url: str  # after redirects
    content: bytes = b""
    media_type: str = ""  # such as "text/html"
    charset: str | None = None  # that the server named
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False  # since the given etag or time; then there is no content
    # Whether the first server is in a private network: then its redirects and links may lead there, too.
    is_private: bool = field(default=False, compare=False)


class Fetcher:
    """Fetch URLs, politely and within limits.

    Args:
        allow_private: Whether to allow addresses of this machine and of private networks, unless a public page leads
            there.
        proxy: The URL of a proxy, such as ``http://proxy.example:3128``; proxies in the environment are ignored.
        limits: The limits of a fetch.
        tls: The trusted certificates; by default those of the certifi package and of the system.
        resolve: Returns the addresses of a host.
        dial: Connects to an address.
        clock: Returns monotonic seconds.
        sleep: Waits for a number of seconds.
        now: Returns the current time.

    Raises:
        FetchError: The proxy cannot be used.
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
        self._limits = limits or FetchLimits()
        try:
            self._exchange = Exchange(
                dial=dial or httpcore.SyncBackend(),
                resolve=resolve,
                tls=tls or trusted_certificates(),
                proxy=parse_proxy(proxy) if proxy is not None else None,
                allow_private=allow_private,
                seconds=self._limits.seconds,
                max_bytes=self._limits.max_bytes,
            )
        except ValueError as error:
            raise FetchError("the web", str(error)) from error
        self._public = replace(self._exchange, allow_private=False) if allow_private else self._exchange
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._pace = Pace(self._limits.delay, clock, sleep)
        self._rules: dict[str, Rules | Failure] = {}  # by origin

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = False
    ) -> Fetched:
        """Fetch a URL.

        Args:
            url: An http or https URL.
            etag: The ETag of the stored version.
            last_modified: The Last-Modified of the stored version.
            public_only: Whether the URL comes from a public page, so it may not lead to a private network.

        Raises:
            FetchError: The URL cannot be fetched; the reason says what helps.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        try:
            answer, is_private = self._with_retries(lambda: self._follow(web_address(url), headers, public_only))
        except Failure as error:
            raise FetchError(url, error.reason) from error.__cause__
        unchanged = answer.status == HTTPStatus.NOT_MODIFIED
        return Fetched(
            url=str(answer.url),
            content=answer.content,
            media_type=answer.headers.get("content-type", "").split(";")[0].strip().lower(),
            charset=answer.charset,
            etag=_sendable(answer.headers.get("etag")) or (etag if unchanged else None),
            last_modified=_sendable(answer.headers.get("last-modified")) or (last_modified if unchanged else None),
            unchanged=unchanged,
            is_private=is_private,
        )

    def _with_retries(self, attempt: Callable[[], Outcome]) -> Outcome:
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            retry=retry_if_exception_type(PassingFailure),
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(attempt)

    def _follow(self, url: httpx.URL, headers: Mapping[str, str], public_only: bool) -> tuple[Answer, bool]:
        """Make one attempt and follow redirects; return whether the first server is private, too."""
        exchange = self._public if public_only else self._exchange
        rules = self._permission(url, self._deadline(), exchange)
        self._pace.wait(url.host, rules.delay)
        deadline = self._deadline()
        seen = [url]
        is_private = False
        while True:
            answer = self._ask(exchange, url, headers, deadline)
            if len(seen) == 1:
                is_private = answer.is_private
                exchange = exchange if is_private else self._public
            if answer.status not in _REDIRECTS:
                return self._checked(answer, conditional=bool(headers)), is_private
            url = target_of(answer)
            if url in seen:
                raise Failure(f"its redirects form a circle ({url}): open it in a browser and name the page itself")
            if len(seen) > self._limits.redirects:
                raise Failure(f"it redirects more than {self._limits.redirects} times: name the page itself")
            if seen[-1].scheme == "https" and url.scheme == "http":
                raise Failure(f"it leads from https to http: name {url} if you trust it")
            seen.append(url)
            self._permission(url, deadline, exchange)

    def _ask(
        self,
        exchange: Exchange,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        cut_at: int | None = None,
    ) -> Answer:
        """Send one request; if private addresses are allowed but not from here, explain why."""
        try:
            return exchange.ask(url, headers, deadline, cut_at=cut_at)
        except PrivateAddressFailure as error:
            if exchange is self._exchange:
                raise
            reason = f"a public address leads to the host {url.host}, which is private"
            raise PrivateAddressFailure(f"{reason}: name the page there if you trust it") from error.__cause__

    def _deadline(self) -> Deadline:
        return Deadline(self._clock, self._limits.seconds)

    def _permission(self, url: httpx.URL, deadline: Deadline, exchange: Exchange) -> Rules:
        """Return the rules of the site, if they allow the page; rules are cached.

        A failure is cached, too, so that it is not retried for each page.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules:
            try:
                address = url.copy_with(raw_path=b"/robots.txt")
                self._rules[origin] = self._with_retries(lambda: self._read_rules(address, deadline, exchange))
            except PrivateAddressFailure:
                raise  # not cached, because another URL may be allowed to lead there
            except Failure as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, Failure):
            raise Failure(rules.reason) from rules.__cause__
        if not rules.allow(str(url)):
            raise Failure("its robots.txt forbids programs to read the page: save the page from your browser instead")
        return rules

    def _read_rules(self, url: httpx.URL, deadline: Deadline, exchange: Exchange) -> Rules:
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._ask(exchange, url, {}, deadline, cut_at=MAX_ROBOTS)
            exchange = exchange if answer.is_private else self._public
            if answer.status in _REDIRECTS:
                url = target_of(answer)
            elif answer.status == HTTPStatus.OK:
                return Rules(answer.content.decode("utf-8", "replace"))
            elif answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                reason = f"its robots.txt answers {answer.status}, so its pages may not be read: try again later"
                raise Failure(reason)
            else:
                return Rules(None)
        return Rules(None)

    def _checked(self, answer: Answer, *, conditional: bool) -> Answer:
        """Return a successful answer; raise a Failure for any other."""
        status = answer.status
        if status == HTTPStatus.OK or (status == HTTPStatus.NOT_MODIFIED and conditional):
            return answer
        wait = retry_after(answer.headers.get("retry-after"), self._now())
        says = f"its server answers {status} ({_phrase(status)})"
        if status not in _WORTH_RETRYING:
            raise Failure(f"{says}: {_REMEDIES.get(status, 'try again later')}")
        if wait is not None and wait > self._limits.longest_wait:
            raise Failure(f"{says} and asks us to wait {wait:,.0f} seconds: try again then")
        raise PassingFailure(f"{says}: {_REMEDIES.get(status, 'try again later')}", wait=wait)


def _pause(state: RetryCallState) -> float:
    """Return the seconds until the next attempt: the server's wish, else exponential backoff with jitter."""
    failure = state.outcome.exception() if state.outcome is not None else None
    if isinstance(failure, Failure) and failure.wait is not None:
        return failure.wait
    most: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (state.attempt_number - 1))
    return most * random.uniform(0.5, 1.0)  # noqa: S311 - only spreads retries of many clients


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no known status"


def _sendable(value: str | None) -> str | None:
    """Return a header's value if it can be sent back; some servers send values that cannot."""
    return value if value and value.isascii() and value.isprintable() and len(value) < 1_000 else None
