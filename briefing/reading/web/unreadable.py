"""What the libraries underneath raise of an odd address or an odd answer, as errors of ours.

httpx, httpcore, h11 and idna have errors of their own, which share no class. Whatever takes an address apart or speaks
with a server does so within ``readable``, the one place that knows them all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

_LONGEST_REASON = 200  # characters; what a library says may quote all that a server sent

_NO_CONNECTION = (httpcore.NetworkError, httpcore.TimeoutException)
# idna's errors, and those of a text that is in no known encoding, are ValueErrors.
_ODD = (
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    ValueError,
)


class UnreadableError(Exception):
    """An address or an answer cannot be made sense of; the message says why."""


@contextmanager
def readable() -> Iterator[None]:
    """Raise what the libraries raise as one of two errors.

    Raises:
        ConnectionError: There is no connection, or it broke.
        UnreadableError: An address or an answer is odd.
    """
    try:
        yield
    except _NO_CONNECTION as error:
        raise ConnectionError(_said(error)) from error
    except _ODD as error:
        raise UnreadableError(_said(error)) from error


def _said(error: Exception) -> str:
    """Return what an error says in one printable line."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(error) or type(error).__name__)
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"
