"""Send a request to a server with the interface of OpenAI: by its own client library, over our checked connection."""

import os
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

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
        self._transport = _transport()
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

        self._transport.deadline = Deadline(time.monotonic, self._settings.timeout)  # for all attempts together
        try:
            while True:
                try:
                    completion = self._client.chat.completions.create(**self._forms[0](request))
                    break
                except openai.APIStatusError as error:
                    if error.status_code not in _REFUSES_SCHEMA or len(self._forms) == 1:
                        raise
                    del self._forms[0]
        except openai.APIStatusError as error:
            raise LanguageModelError(self._where(), _status_reason(error.status_code, self._settings)) from error
        except openai.APIConnectionError as error:
            raise LanguageModelError(self._where(), _network_reason(error, self._settings)) from error
        except (openai.OpenAIError, ValueError, TypeError) as error:
            raise LanguageModelError(self._where(), "its answer is not one of a language model") from error
        return _reply(completion, self._where())

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
    return Reply(message.content or "", *counted)


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
    return "it cannot be reached; is it running?"


def _transport() -> Any:
    import httpx2

    class Transport(httpx2.BaseTransport):
        """Sends one request over one checked connection, and returns its answer whole.

        The profile names the host, so its addresses may be private.
        """

        deadline: Deadline

        def __init__(self) -> None:
            self._tls = trusted_certificates()

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
            backend = PinnedBackend(httpcore.SyncBackend(), look_up, self.deadline, allow_private=True, proxy=None)
            with answer_to(asked, backend, self._tls) as answer:
                body = read_body(answer.iter_raw(), answer.headers.get("content-encoding", ""), _LARGEST)
                return answer.status_code, {n: v for n, v in answer.headers.items() if n in _KEPT_HEADERS}, body

    return Transport()
