"""The body of an answer, unpacked while it comes in, and never more of it than may be.

A few kilobytes can unpack to gigabytes: what counts is what comes out, and no more than that is ever unpacked.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

ENCODINGS = "gzip, deflate"  # what we say that we unpack

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_START = b"\x1f"
_CHUNK = 65_536  # bytes


class TooLargeError(Exception):
    """A body is larger than it may be."""


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
    """Return a body whole and unpacked.

    Args:
        chunks: As they come from the network.
        encoding: The answer's Content-Encoding.
        limit: Bytes, of what comes in as of what comes out.
        cut: Return as much as may be instead of refusing a larger one.

    Raises:
        TooLargeError: There is more.
        BrokenBodyError: It is cut off, damaged or packed in another way.
    """
    match encoding.strip().lower():
        case "" | "identity":
            parts: Iterable[bytes] = _counted(chunks, limit)
        case "gzip" | "x-gzip" | "deflate":
            parts = _unpacked(_counted(chunks, limit), limit)
        case other:
            raise BrokenBodyError(f"it is packed as {other[:40]!r}, which was not asked for")
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
        raise BrokenBodyError(f"what it packed is damaged ({error})") from error
    return bytes(body[:limit])


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLargeError
        yield chunk


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield what gzip or deflate packed, in parts of at most a chunk; several members follow one another."""
    unpacker: _Unpacker | None = None
    for chunk in chunks:
        data = chunk
        while data:
            if unpacker is not None and unpacker.eof and not data.startswith(_GZIP_START):
                break  # padding, or what does not belong to it
            if unpacker is None or unpacker.eof:
                unpacker = _unpacker_of(data)
            yield unpacker.decompress(data, min(_CHUNK, limit + 1))
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if unpacker is not None:
        while not unpacker.eof and (rest := unpacker.decompress(b"", _CHUNK)):
            yield rest
    if unpacker is None or not unpacker.eof:
        raise BrokenBodyError("what it packed is cut off")


def _unpacker_of(data: bytes) -> _Unpacker:
    """Return what unpacks data: gzip, or deflate with its header, or, as some servers send it, without."""
    if data.startswith(_GZIP_START):
        return zlib.decompressobj(_GZIP)
    return zlib.decompressobj() if data[0] & 0x0F == 8 else zlib.decompressobj(-zlib.MAX_WBITS)
