"""Convert the errors of HTTP libraries to our own.

The errors of httpx, httpcore, h11 and idna share no base class. So all code that parses URLs or talks to servers runs
inside ``readable``, the only place that knows these errors.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

_LONGEST_REASON = 200  # characters; a library's message may quote everything that a server sent

_NO_CONNECTION = (httpcore.NetworkError, httpcore.TimeoutException)
# Errors of idna and of decoding are ValueErrors.
_ODD = (
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    ValueError,
)


class UnreadableError(Exception):
    """A URL or an answer is malformed; the message says why."""


@contextmanager
def readable() -> Iterator[None]:
    """Convert errors of the libraries to one of two.

    Raises:
        ConnectionError: The connection failed or broke.
        UnreadableError: A URL or an answer is malformed.
    """
    try:
        yield
    except _NO_CONNECTION as error:
        raise ConnectionError(_message(error)) from error
    except _ODD as error:
        raise UnreadableError(_message(error)) from error


def _message(error: Exception) -> str:
    """Return the message of an error as one printable line."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(error) or type(error).__name__)
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"
