"""Listen on a port and serve the reading room."""

import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.config import create_ssl_context

from briefing.web.app import application
from briefing.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a TLS certificate with its chain, and of its key."""

    chain: Path
    key: Path


class Listener:
    """A port that is taken; what it serves is decided after its number is known."""

    def __init__(self, host: str, port: int, certificate: Certificate | None = None) -> None:
        """Take the port.

        Raises:
            ValueError: It cannot be taken, or the certificate cannot be used.
        """
        self._server: uvicorn.Server | None = None
        self._config = uvicorn.Config(
            "",
            host,
            port,
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,  # addresses of one-time links are secrets
            server_header=False,
            proxy_headers=False,  # the guard reads them
            timeout_graceful_shutdown=3,
            ssl_certfile=certificate.chain if certificate is not None else None,
            ssl_keyfile=certificate.key if certificate is not None else None,
        )
        if certificate is not None:
            self._check(certificate)
        log = logging.getLogger("uvicorn.error")
        log.disabled = True  # it would print the reason a second time
        try:
            self._socket = self._config.bind_socket()
            self._socket.listen()  # a browser that asks before `serve` waits for it
        except (SystemExit, OSError) as error:
            reason = error.__context__ if isinstance(error, SystemExit) else error
            raise ValueError(f"cannot listen on {host}, port {port}: {reason}; try another --port") from error
        finally:
            log.disabled = False
        self.port: int = self._socket.getsockname()[1]

    def serve(self, settings: Settings) -> None:
        """Serve until the process is interrupted or `end` is called from another thread."""
        self._config.app = application(settings)
        self._server = uvicorn.Server(self._config)
        with contextlib.suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])

    def end(self) -> None:
        """Let `serve` return."""
        if self._server is not None:
            self._server.should_exit = True

    def _check(self, certificate: Certificate) -> None:
        ours = self._config
        try:
            create_ssl_context(
                certificate.chain, certificate.key, None, ours.ssl_version, ours.ssl_cert_reqs, None, ours.ssl_ciphers
            )
        except OSError as error:  # an SSLError is one, too
            reason = error.strerror or error
            raise ValueError(f"cannot use {certificate.chain} with {certificate.key}: {reason}") from error
