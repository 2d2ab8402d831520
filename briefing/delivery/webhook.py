"""Delivery to a webhook: a POST of JSON, signed by the specification Standard Webhooks 1.0."""

import base64
import binascii
import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import httpcore
import httpx

from briefing.errors import DeliveryError
from briefing.model.runs import Output, Parcel, Receipt
from briefing.reading.web.addresses import RefusedAddressError, Resolve
from briefing.reading.web.bodies import BrokenBodyError, read_body
from briefing.reading.web.connections import Deadline, DeadlineError, PinnedBackend, TlsError, answer_to, look_up
from briefing.reading.web.proxies import Proxy, ProxyRefusalError
from briefing.reading.web.unreadable import UnreadableError, readable
from briefing.version import __version__

_TIMEOUT = 60.0  # seconds for the whole exchange
_LONGEST_ANSWER = 300  # characters of an answer that an error shows
_READ = 4 * _LONGEST_ANSWER  # bytes of an answer that are read
_PREFIX = "whsec_"
_TEMPORARY = frozenset({408, 409, 425, 429})  # and all from 500 on


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """Post the outputs of a run to a URL."""

    url: str = field(repr=False)
    key: bytes = field(repr=False)  # for the signature
    clock: Callable[[], datetime] = field(compare=False)
    attach: tuple[str, ...] = ("json",)  # suffixes of the outputs whose content is sent
    allow_private: bool = False
    proxy: Proxy | None = None  # tunnels the connection to a checked address
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)
    resolve: Resolve = field(default=look_up, repr=False, compare=False)

    @property
    def target(self) -> str:
        """Return the host and a hash of the whole URL, which may be secret."""
        return f"webhook {self.recipients[0]} ({hashlib.sha256(self.url.encode()).hexdigest()[:8]})"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the host, the only recipient."""
        return (urlsplit(self.url).netloc.rpartition("@")[2],)

    @property
    def news_only(self) -> bool:
        """Return True: without news there is nothing to post."""
        return True

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Return one line: what is posted, and to which host."""
        if parcel is None:
            return (f"post {', '.join(self.attach) or 'the names of the outputs'} to {self._route}",)
        return (f"post {parcel.result.title!r} ({len(self.body(parcel)):,} bytes) to {self._route}",)

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002 - there is one recipient
        """Post the parcel. A retry has the same id, so receivers can ignore repeats.

        Raises:
            DeliveryError: The host refused it, or the result is unknown.
        """
        body, key = self.body(parcel), parcel.key(self.target)
        moment = str(int(self.clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"briefing/{__version__}",
            "Idempotency-Key": key,
            "webhook-id": key,
            "webhook-timestamp": moment,
            "webhook-signature": sign(self.key, key, moment, body),
        }
        backend = PinnedBackend(
            httpcore.SyncBackend(),
            self.resolve,
            Deadline(time.monotonic, _TIMEOUT),
            allow_private=self.allow_private,
            proxy=self.proxy,
        )
        request = self._authorised(httpx.Request("POST", self.url, content=body, headers=headers))
        try:
            with answer_to(request, backend, self.tls) as answer:
                self._check(answer)
        except (UnreadableError, DeadlineError, OSError) as error:
            reason = f"{self._route} gave no answer ({_reason(error)})"
            raise DeliveryError(self.target, reason, temporary=True) from error
        except ProxyRefusalError as error:
            reason = f"{self._route} was not reached: the proxy refuses the connection, {error}"
            raise DeliveryError(self.target, reason, temporary=_is_temporary(error.status)) from error
        except (RefusedAddressError, TlsError) as error:
            raise DeliveryError(self.target, self._refusal(error)) from error
        return Receipt()

    def body(self, parcel: Parcel) -> bytes:
        """Return the JSON to post; it is the same for each attempt."""
        payload = {
            "type": "digest.made",
            "profile": parcel.profile,
            "due": parcel.due.isoformat(),
            "title": parcel.result.title,
            "files": [self._file_entry(output) for output in parcel.result.outputs],
        }
        return json.dumps(payload, ensure_ascii=False, indent=1).encode()

    def _authorised(self, request: httpx.Request) -> httpx.Request:
        """Return the request with the user and password of the URL, if it has them."""
        url = request.url
        return next(httpx.BasicAuth(url.username, url.password).auth_flow(request)) if url.userinfo else request

    @property
    def _route(self) -> str:
        """Return the host, and the proxy if there is one."""
        host = self.recipients[0]
        return host if self.proxy is None else f"{host} (through the proxy {self.proxy.address})"

    def _file_entry(self, output: Output) -> dict[str, str | int]:
        described: dict[str, str | int] = {
            "name": output.name,
            "media_type": output.media_type,
            "size": len(output.content),
            "sha256": hashlib.sha256(output.content).hexdigest(),
        }
        if output.name.rpartition(".")[2] in self.attach:
            described["content_base64"] = base64.b64encode(output.content).decode()
        return described

    def _refusal(self, error: RefusedAddressError | TlsError) -> str:
        if isinstance(error, TlsError):
            return f"{self.recipients[0]}: {error}"
        if self.allow_private:
            return error.reason
        return f"{self.recipients[0]} has no public address; write allow_private: true if it is in your own network"

    def _check(self, answer: httpx.Response) -> None:
        """Raise a DeliveryError for an answer other than 2xx."""
        if answer.is_success:
            return
        status = f"{self.recipients[0]} answers {answer.status_code} {answer.reason_phrase}".strip()
        if answer.is_redirect:
            raise DeliveryError(self.target, f"{status}: a redirect is not followed; name the address that it leads to")
        words = " ".join(_answer_start(answer).split())
        reason = f"{status}: {words}" if words else status
        raise DeliveryError(self.target, reason, temporary=_is_temporary(answer.status_code))


def parse_hook(url: str, *, allow_private: bool) -> str:
    """Return a URL that may be posted to.

    Raises:
        ValueError: It is not such a URL; the message does not show it.
    """
    try:
        with readable():
            parsed = httpx.URL(url.strip())
            scheme, host = parsed.scheme, parsed.host
            is_port = parsed.port is None or 0 < parsed.port < 65_536
    except UnreadableError:
        raise ValueError("it is not a web address; write https://host/path") from None  # the cause may show the URL
    if scheme not in ("http", "https") or not host or not is_port:
        raise ValueError("it is not a web address; write https://host/path")
    if scheme == "http" and not allow_private:
        raise ValueError(
            f"{host} would get the digest unencrypted; write https://, or allow_private: true within your own network"
        )
    return url.strip()


def parse_secret(written: str) -> bytes:
    """Return the key of a secret: base64 after ``whsec_``, else the bytes of the text.

    Raises:
        ValueError: It is shorter than 16 bytes, or invalid base64; the message does not show it.
    """
    text = written.strip()
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True) if text.startswith(_PREFIX) else text.encode()
    except binascii.Error as error:
        raise ValueError(f"what follows {_PREFIX} in it is not base64") from error
    if len(key) < 16:
        raise ValueError("it is shorter than 16 bytes, and could be guessed; make one with: openssl rand -base64 32")
    return key


def sign(key: bytes, identity: str, moment: str, body: bytes) -> str:
    """Return the signature header: HMAC-SHA256 of id, timestamp and body, in base64."""
    signed = b".".join((identity.encode(), moment.encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def _is_temporary(status: int | None) -> bool:
    """Return True if a retry may succeed after this status."""
    return status is not None and (status in _TEMPORARY or status >= 500)


def _answer_start(answer: httpx.Response) -> str:
    """Return the printable start of an answer's text; empty if the answer is unreadable."""
    try:
        with readable():
            content = read_body(answer.iter_raw(), answer.headers.get("content-encoding", ""), _READ, cut=True)
    except (BrokenBodyError, UnreadableError, DeadlineError, OSError):
        return ""
    text = content.decode("utf-8", "replace")[:_LONGEST_ANSWER]
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _reason(error: Exception) -> str:
    if isinstance(error, DeadlineError):
        return f"not within {_TIMEOUT:.0f} s"
    return str(error) or type(error).__name__
