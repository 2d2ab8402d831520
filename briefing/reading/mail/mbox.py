"""Mailboxes (RFC 4155): many messages in one file, read as a stream."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from briefing.errors import ReadingError
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.kinds import HEAD, MBOX_LINE, kind_of

MAX_MESSAGES = 50_000  # of a mailbox; to brief them all takes a day
_MAX_LINE = 65_536  # bytes read at once; the first line of a message is far shorter
# ">From the quay", one ">" of which the program that wrote the mailbox put there ("mboxrd").
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a message stands in its mailbox: its number, counted from 1, and its bytes without its first line."""

    number: int
    start: int
    end: int


def find_messages(stream: BinaryIO, name: str) -> Iterator[Stretch]:
    """Yield where each message of a mailbox stands, in order; no more than one line of it is in memory.

    *name* is that of the mailbox, for messages.

    A message begins with a line such as "From anna@example.org Tue May 14 08:00:00 2024" at the start of the file or
    after an empty line; "From the quay ..." in a text that was not escaped begins none.

    Raises:
        ReadingError: There are more than ``MAX_MESSAGES``.
    """
    number = start = offset = 0
    after_empty = whole = True
    while line := stream.readline(_MAX_LINE):
        if whole and after_empty and MBOX_LINE.match(line.rstrip(b"\r\n")):
            if number:
                yield Stretch(number, start, offset)
            if number == MAX_MESSAGES:
                raise ReadingError(name, f"it holds more than {MAX_MESSAGES:,} messages: part it")
            number, start = number + 1, offset + len(line)
        whole, after_empty = line.endswith(b"\n"), whole and not line.strip()
        offset += len(line)
    if number:
        yield Stretch(number, start, offset)


def message_of(content: bytes, stretch: Stretch) -> bytes:
    """Return a message of a mailbox in memory, "From " at the start of its lines as its sender wrote it."""
    return _unescaped(content[stretch.start : stretch.end])


def read_message(path: Path, stretch: Stretch) -> bytes:
    """Return a message of a mailbox in a file, "From " at the start of its lines as its sender wrote it.

    Raises:
        ReadingError: it is too large, or the file can no longer be read.
    """
    name = f"{path}#{stretch.number}"
    if stretch.end - stretch.start > MAX_DOCUMENT:
        raise ReadingError(name, f"the message is larger than {MAX_DOCUMENT // 1_000_000} MB: save its text as .txt")
    try:
        with path.open("rb") as file:
            file.seek(stretch.start)
            return _unescaped(file.read(stretch.end - stretch.start))
    except OSError as error:
        raise ReadingError(name, f"its mailbox could not be opened ({error.strerror or error})") from error


def find_message(path: Path, sha256: str) -> bytes | None:
    """Return the message of a mailbox in a file that has a digest; None where it holds none.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        for stretch in find_messages(file, str(path)):
            if stretch.end - stretch.start <= MAX_DOCUMENT:
                message = read_message(path, stretch)
                if hashlib.sha256(message).hexdigest() == sha256:
                    return message
    return None


def find_message_in(mailbox: bytes, sha256: str) -> bytes | None:
    """Return the message of a mailbox in memory that has a digest; None where it holds none."""
    messages = (message_of(mailbox, stretch) for stretch in find_messages(BytesIO(mailbox), "the mailbox"))
    return next((message for message in messages if hashlib.sha256(message).hexdigest() == sha256), None)


def is_mailbox(path: Path) -> bool:
    """Tell whether a file is a mailbox; one that cannot be opened is none."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD)) == "mbox"
    except (OSError, ValueError):
        return False


def _unescaped(message: bytes) -> bytes:
    return _ESCAPED.sub(b"", message)
