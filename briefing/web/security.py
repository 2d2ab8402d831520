"""The guard in front of the room: whose requests are taken, and the headers that confine every page."""

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefing.web.settings import Settings
from briefing.web.troubles import trouble

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TLS_ONLY: Final = "max-age=31536000"  # seconds
_READING: Final = ("GET", "HEAD", "OPTIONS")
# A host with or without a port: "127.0.0.1:8765", "[::1]", "room.example.org"; not "a@b".
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?")


class Guard:
    """Refuses requests to other hosts and writes from other sites, and sets the headers of every answer.

    An endpoint may set its own value of a header.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return

        async def send_confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._settings.has_tls and not self._settings.is_here:
                    headers.setdefault("Strict-Transport-Security", _TLS_ONLY)
            await send(message)

        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        if self._settings.behind_proxy:
            scope = _as_the_proxy_was_asked(scope)
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send_confined)
        else:
            await trouble(Request(scope), *refusal)(scope, receive, send_confined)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and reason if a request is not taken."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        named = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if named is None:
            return 400, "The request names no host."
        if named[1] not in self._settings.hosts:  # else a page of a stranger could give its own name our address
            return (
                421,
                f"The room answers under {', '.join(self._settings.hosts)}; briefing serve --allow-host adds one.",
            )
        if self._settings.behind_proxy and scope["scheme"] != "https":
            return 400, "The proxy in front of the room must be asked over TLS and set X-Forwarded-Proto: https."
        if scope["method"] not in _READING and not _is_of_this_site(headers, scope["scheme"]):
            return 403, "The request came from another site."
        return None


def _is_of_this_site(headers: Headers, scheme: str) -> bool:
    """Return True if a browser, or a program that says so, sends a form of one of our own pages.

    Browsers tell where a request came from in Sec-Fetch-Site; "none" is a person's own doing, such as a reload. Older
    browsers send only Origin. What has neither is refused: https://www.w3.org/TR/fetch-metadata/
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("origin", "").lower() == f"{scheme}://{headers['host'].lower()}"


def _as_the_proxy_was_asked(scope: Scope) -> Scope:
    """Return a request as the browser sent it to the proxy: the last value of each header is the proxy's own."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    forwarded = {
        name: ",".join(headers.getlist(f"x-forwarded-{name}")).rpartition(",")[2].strip()
        for name in ("for", "host", "proto")
    }
    if forwarded["host"]:
        headers["host"] = forwarded["host"]
    client = (forwarded["for"], 0) if forwarded["for"] else scope.get("client")
    return {**scope, "headers": headers.raw, "client": client, "scheme": forwarded["proto"] or scope["scheme"]}
