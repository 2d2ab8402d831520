"""Read mailboxes (RFC 4155), files with many messages, as a stream."""

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

MAX_MESSAGES = 50_000  # of a mailbox; briefs of them all take a day
_MAX_LINE = 65_536  # bytes read at once; a message's first line is far shorter
# ">From the quay": the program that wrote the mailbox added one ">" ("mboxrd").
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The place of a message in its mailbox: its number from 1, and the offsets of its bytes without the first line."""

    number: int
    start: int
    end: int


def find_messages(stream: BinaryIO, name: str) -> Iterator[Stretch]:
    """Yield the place of each message of a mailbox, in order, with only one line in memory.

    *name* is the name of the mailbox in errors.

    A message begins with a line such as "From anna@example.org Tue May 14 08:00:00 2024", at the start of the file or
    after an empty line. An unescaped "From the quay ..." in a text does not begin one.

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
                raise ReadingError(name, f"it holds more than {MAX_MESSAGES:,} messages: split it")
            number, start = number + 1, offset + len(line)
        whole, after_empty = line.endswith(b"\n"), whole and not line.strip()
        offset += len(line)
    if number:
        yield Stretch(number, start, offset)


def message_of(content: bytes, stretch: Stretch) -> bytes:
    """Return a message of a mailbox in memory, with "From " at the start of lines unescaped."""
    return _unescaped(content[stretch.start : stretch.end])


def read_message(path: Path, stretch: Stretch) -> bytes:
    """Return a message of a mailbox in a file, with "From " at the start of lines unescaped.

    Raises:
        ReadingError: The message is too large, or the file can no longer be read.
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
    """Return the message with a SHA-256 from a mailbox in a file, or None.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        for stretch in find_messages(file, str(path)):
            if stretch.end - stretch.start <= MAX_DOCUMENT:
                message = read_message(path, stretch)
                if hashlib.sha256(message).hexdigest() == sha256:
                    return message
    return None


def find_message_in(mailbox: bytes, sha256: str) -> bytes | None:
    """Return the message with a SHA-256 from a mailbox in memory, or None."""
    messages = (message_of(mailbox, stretch) for stretch in find_messages(BytesIO(mailbox), "the mailbox"))
    return next((message for message in messages if hashlib.sha256(message).hexdigest() == sha256), None)


def is_mailbox(path: Path) -> bool:
    """Return True if a file can be opened and is a mailbox."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD)) == "mbox"
    except (OSError, ValueError):
        return False


def _unescaped(message: bytes) -> bytes:
    return _ESCAPED.sub(b"", message)
