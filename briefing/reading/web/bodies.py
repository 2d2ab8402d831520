"""Unpack the body of an answer as it arrives, up to a limit.

A few kilobytes can unpack to gigabytes, so the limit also holds for the unpacked bytes.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

ENCODINGS = "gzip, deflate"  # for Accept-Encoding

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_START = b"\x1f"
_CHUNK = 65_536  # bytes


class TooLargeError(Exception):
    """A body exceeds the limit."""


class BrokenBodyError(Exception):
    """A body cannot be unpacked; the message says why."""


class _Unpacker(Protocol):
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """Return the whole body, unpacked.

    Args:
        chunks: The chunks from the network.
        encoding: The Content-Encoding of the answer.
        limit: The largest size in bytes, both packed and unpacked.
        cut: Whether to cut a larger body at the limit instead of raising an error.

    Raises:
        TooLargeError: The body exceeds the limit.
        BrokenBodyError: The body is truncated, damaged or has another encoding.
    """
    match encoding.strip().lower():
        case "" | "identity":
            parts: Iterable[bytes] = _counted(chunks, limit)
        case "gzip" | "x-gzip" | "deflate":
            parts = _unpacked(_counted(chunks, limit), limit)
        case other:
            raise BrokenBodyError(f"it is packed as {other[:40]!r}, which was not requested")
    body = bytearray()
    try:
        for part in parts:
            body += part
            if len(body) > limit:
                raise TooLargeError
    except TooLargeError:
        if not cut:
            raise
    except zlib.error as error:
        raise BrokenBodyError(f"its compressed content is damaged ({error})") from error
    return bytes(body[:limit])


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLargeError
        yield chunk


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield unpacked gzip or deflate in parts of limited size; gzip may have several members."""
    unpacker: _Unpacker | None = None
    for chunk in chunks:
        data = chunk
        while data:
            if unpacker is not None and unpacker.eof and not data.startswith(_GZIP_START):
                break  # padding, or unrelated data
            if unpacker is None or unpacker.eof:
                unpacker = _unpacker_of(data)
            yield unpacker.decompress(data, min(_CHUNK, limit + 1))
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if unpacker is not None:
        while not unpacker.eof and (rest := unpacker.decompress(b"", _CHUNK)):
            yield rest
    if unpacker is None or not unpacker.eof:
        raise BrokenBodyError("its compressed content is cut off")


def _unpacker_of(data: bytes) -> _Unpacker:
    """Return an unpacker for gzip, or for deflate with a header, or without one as some servers send it."""
    if data.startswith(_GZIP_START):
        return zlib.decompressobj(_GZIP)
    return zlib.decompressobj() if data[0] & 0x0F == 8 else zlib.decompressobj(-zlib.MAX_WBITS)
