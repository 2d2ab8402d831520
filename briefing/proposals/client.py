"""Send a request to a server with the interface of OpenAI: by its own client library, over our checked connection."""

import os
import time
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpcore
import httpx

from briefing.errors import LanguageModelError
from briefing.profile.engine import LanguageModel
from briefing.proposals.asking import Reply
from briefing.reading.web.addresses import RefusedAddressError
from briefing.reading.web.bodies import BrokenBodyError, TooLargeError, read_body
from briefing.reading.web.connections import (
    Deadline,
    DeadlineError,
    PinnedBackend,
    TlsError,
    answer_to,
    look_up,
    trusted_certificates,
)
from briefing.reading.web.unreadable import UnreadableError

if TYPE_CHECKING:
    import openai

_LARGEST: Final = 4_000_000  # bytes of an answer
_RETRIES: Final = 2
_KEPT_HEADERS: Final = ("content-type", "retry-after", "retry-after-ms")
_NO_KEY: Final = "none"  # the library wants a key; servers at home want none
_FAILURES: Final = (
    OSError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    DeadlineError,
    TlsError,
    RefusedAddressError,
    UnreadableError,
    TooLargeError,
    BrokenBodyError,
)
_REFUSES_SCHEMA: Final = (400, 415, 422, 500, 501)  # of servers that do not know a form of request


class Server:
    """The server that a profile names; it is asked one thing after the other.

    Raises:
        LanguageModelError: A package is missing, or the variable of the key is not set.
    """

    def __init__(self, settings: LanguageModel) -> None:
        self._settings = settings
        try:
            import httpx2
            import openai
        except ImportError as error:
            reason = f"{error.name} is not installed; pip install 'briefing[llm]'"
            raise LanguageModelError("cannot ask a language model", reason) from error
        self._transport = _transport(allow_private=settings.private or _is_near(settings.url))
        self._client = openai.OpenAI(
            base_url=settings.url,
            api_key=_key(settings.key),
            organization="",
            project="",
            max_retries=_RETRIES,
            timeout=settings.timeout,
            http_client=httpx2.Client(transport=self._transport, trust_env=False, follow_redirects=False),
        )
        self._forms = [_as_asked, _json_by_schema, _plain]  # of a request; those that the server refuses are removed

    def __call__(self, request: Mapping[str, Any]) -> Reply:
        """Return the reply to a request; a server that knows no schema is asked without it.

        Raises:
            LanguageModelError: There is no answer, or a refusal; the reason names neither the key nor the answer.
        """
        import openai

        self._transport.begin(self._settings.timeout)
        try:
            completion = self._completion(request)
        except openai.APIStatusError as error:
            raise LanguageModelError(self._where(), _status_reason(error.status_code, self._settings)) from error
        except openai.APIConnectionError as error:
            status = self._transport.status  # of the last attempt that was answered
            reason = _status_reason(status, self._settings) if status else _network_reason(error, self._settings)
            raise LanguageModelError(self._where(), reason) from error
        except (openai.OpenAIError, ValueError, TypeError) as error:
            raise LanguageModelError(self._where(), "its answer is not one of a language model") from error
        return _reply(completion, self._where())

    def _completion(self, request: Mapping[str, Any]) -> Any:
        """Return the server's answer, in the first form of the request that it does not refuse."""
        import openai

        refusal: Exception | None = None
        for place, form in enumerate(self._forms):
            client = self._client if refusal is None else self._client.with_options(max_retries=0)
            try:
                completion = client.chat.completions.create(**form(request))
            except openai.APIStatusError as error:
                if error.status_code not in _REFUSES_SCHEMA:
                    raise
                refusal = refusal or error
            else:
                self._forms = self._forms[place:]
                return completion
        raise refusal or ValueError("no form of request")

    def _where(self) -> str:
        return f"cannot ask {self._settings.url}"


def _as_asked(request: Mapping[str, Any]) -> Mapping[str, Any]:
    return request


def _json_by_schema(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a request in the form of llama-cpp-python."""
    schema = request["response_format"]["json_schema"]["schema"]
    return {**request, "response_format": {"type": "json_object", "schema": schema}}


def _plain(request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in request.items() if name != "response_format"}


def _reply(completion: "openai.types.chat.ChatCompletion", where: str) -> Reply:
    choices = getattr(completion, "choices", None)
    if not choices or getattr(choices[0], "message", None) is None:
        raise LanguageModelError(where, "its answer is not one of a language model")
    message, usage = choices[0].message, completion.usage
    if getattr(message, "refusal", None):
        raise LanguageModelError(where, "the model refused to answer")
    counted = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage is not None else (0, 0)
    return Reply(message.content or "", *counted, is_cut=getattr(choices[0], "finish_reason", None) == "length")


def _key(variable: str | None) -> str:
    if variable is None:
        return _NO_KEY
    name = variable.removeprefix("env:")
    value = os.environ.get(name, "").strip()
    if not value:
        raise LanguageModelError("cannot ask a language model", f"the variable {name} is not set; it holds the key")
    return value


def _status_reason(status: int, settings: LanguageModel) -> str:
    match status:
        case 401 | 403:
            variable = settings.key.removeprefix("env:") if settings.key else None
            remedy = f"check the key in {variable}" if variable else "it wants a key; add engine.llm.key: env:NAME"
            return f"it does not let us in ({status}): {remedy}"
        case 404:
            return f"it has no model {settings.model!r}, or url is wrong (404)"
        case 429:
            return "it has too much to do (429)"
        case _ if 300 <= status < 400:
            return f"it leads to another address ({status}), which is not followed: write that address into url"
    return f"it answered with status {status}"


def _network_reason(error: BaseException, settings: LanguageModel) -> str:
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
        match cause:
            case DeadlineError():
                return f"it did not answer within {settings.timeout:g} seconds"
            case TooLargeError():
                return f"its answer has more than {_LARGEST // 1_000_000} MB"
            case RefusedAddressError():
                return cause.reason
            case TlsError() | UnreadableError() | BrokenBodyError():
                return str(cause)
    return "it cannot be reached; start it, or change engine.llm.url"


def _is_near(url: str) -> bool:
    """Return True if an address names this machine or network itself: by number, or by a name without a domain."""
    host = urlsplit(url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return "." not in host
    return True


def _transport(*, allow_private: bool) -> Any:
    import httpx2

    class Transport(httpx2.BaseTransport):
        """Sends one request over one checked connection, and returns its answer whole.

        All attempts of one question share a deadline; ``status`` is that of the last one if it was an error.
        """

        def __init__(self) -> None:
            self._tls = trusted_certificates()
            self.begin(0)

        def begin(self, seconds: float) -> None:
            self.status = 0
            self._deadline = Deadline(time.monotonic, seconds)

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            headers = [(k, v) for k, v in request.headers.raw if k.lower() not in (b"accept-encoding", b"connection")]
            asked = httpx.Request(
                request.method,
                str(request.url),
                headers=[*headers, (b"Accept-Encoding", b"identity"), (b"Connection", b"close")],
                content=request.read(),
            )
            try:
                status, kept, body = self._exchanged(asked)
            except _FAILURES as error:
                raise httpx2.ConnectError("no answer", request=request) from error
            return httpx2.Response(status, headers=kept, content=body, request=request)

        def _exchanged(self, asked: httpx.Request) -> tuple[int, dict[str, str], bytes]:
            backend = PinnedBackend(
                httpcore.SyncBackend(), look_up, self._deadline, allow_private=allow_private, proxy=None
            )
            with answer_to(asked, backend, self._tls) as answer:
                body = read_body(answer.iter_raw(), answer.headers.get("content-encoding", ""), _LARGEST)
                self.status = answer.status_code if answer.status_code >= HTTPStatus.BAD_REQUEST else 0
                headers = {n: v for n, v in answer.headers.items() if n in _KEPT_HEADERS}
                if not self._has_time_for(headers.get("retry-after", "0")):
                    headers["x-should-retry"] = "false"
                return answer.status_code, headers, body

        def _has_time_for(self, wait: str) -> bool:
            try:
                return float(wait) < self._deadline.remaining()
            except (ValueError, DeadlineError):
                return False

    return Transport()
