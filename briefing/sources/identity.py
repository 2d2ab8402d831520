"""How a source is recognised in a later run: by a digest of its content, and by its name."""

import hashlib

from briefing.errors import ReadingError
from briefing.reading.mail.mbox import read_message
from briefing.sources.records import Source


def digest_of(source: Source) -> str | None:
    """Return the SHA-256 of a source's bytes and its metadata; None if it cannot be read."""
    digest = hashlib.sha256(repr((source.known, source.excerpt)).encode("utf-8", "backslashreplace"))
    try:
        if source.path is not None and source.stretch is not None:
            digest.update(read_message(source.path, source.stretch))
        elif source.path is not None:
            if not source.path.is_file():
                return None  # a device never ends, and a pipe can be read only once
            with source.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        else:
            digest.update(source.content or b"")
    except (OSError, ValueError, ReadingError):  # the worker reports it
        return None
    return digest.hexdigest()


def in_unicode(text: str) -> str:
    """Return a text that can be stored and printed; the name of a file may not be UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
