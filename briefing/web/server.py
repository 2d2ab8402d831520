"""Listen on a port and serve the reading room."""

import contextlib
import logging

import uvicorn

from briefing.web.app import application
from briefing.web.settings import Settings


class Listener:
    """A port that is taken; what it serves is decided after its number is known."""

    def __init__(self, host: str, port: int) -> None:
        """Take the port.

        Raises:
            ValueError: It cannot be taken.
        """
        self._host = host
        log = logging.getLogger("uvicorn.error")
        log.disabled = True  # it would print the reason a second time
        try:
            self._socket = uvicorn.Config("", host, port, log_config=None).bind_socket()
        except SystemExit as error:
            reason = error.__context__ or "it cannot be used"
            raise ValueError(f"cannot listen on {host}, port {port}: {reason}; try another --port") from error
        finally:
            log.disabled = False
        self.port: int = self._socket.getsockname()[1]

    def serve(self, settings: Settings) -> None:
        """Serve until the process is interrupted or ended; addresses that hold secrets are not logged."""
        config = uvicorn.Config(
            application(settings),
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[self._socket])
