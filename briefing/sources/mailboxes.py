"""Open mailboxes: each message becomes a source of its own."""

import hashlib
from collections.abc import Iterator, Sequence
from email.parser import BytesHeaderParser
from email.policy import compat32
from io import BytesIO
from pathlib import Path

from briefing.errors import ReadingError
from briefing.reading.kinds import HEAD, kind_of
from briefing.reading.mail.mbox import Stretch, find_messages, message_of, read_message
from briefing.sources.records import Link, Outcome, Source

_MAX_HEADER = 64_000  # bytes; a header ends before


def open_mailboxes(sources: Sequence[Source | Link]) -> tuple[list[Source | Link], list[Outcome]]:
    """Replace each mailbox by its messages; return the sources, and an outcome for each that is left out.

    If a mailbox holds a message twice, by its ID or its text, the second is left out. No more than one message of a
    file is in memory at once.
    """
    found: list[Source | Link] = []
    outcomes: list[Outcome] = []
    for source in sources:
        if isinstance(source, Link) or kind_of(_head(source)) != "mbox":
            found.append(source)
            continue
        try:
            messages, repeated = _unique_messages(source)
            found += messages
            outcomes += repeated
        except ReadingError as error:
            outcomes.append(Outcome(source.name, troubles=(str(error),)))
        except OSError as error:
            outcomes.append(Outcome(source.name, troubles=(f"cannot read {source.name}: {error.strerror or error}",)))
    return found, outcomes


def _unique_messages(mailbox: Source) -> tuple[list[Source], list[Outcome]]:
    """Return the messages of a mailbox, and an outcome for each duplicate.

    Raises:
        ReadingError: The mailbox holds too many messages.
        OSError: The mailbox cannot be read.
    """
    seen: dict[str, str] = {}
    messages: list[Source] = []
    repeated: list[Outcome] = []
    for message, keys in _messages(mailbox):
        twin = next((seen[key] for key in keys if key in seen), None)
        if twin is None:
            messages.append(message)
            seen.update(dict.fromkeys(keys, message.name))
        else:
            remark = f"{message.name} is the same message as {twin}, and was left out"
            repeated.append(Outcome(message.name, remarks=(remark,)))
    return messages, repeated


def _head(source: Source) -> bytes:
    """Return the first bytes of a source; none if its file cannot be opened, which is reported when it is read."""
    if source.path is None:
        return (source.content or b"")[:HEAD]
    try:
        with source.path.open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError):
        return b""


def _messages(source: Source) -> Iterator[tuple[Source, tuple[str, ...]]]:
    """Yield each message of a mailbox as a source, with the keys that identify the message."""
    if source.path is None:
        content = source.content or b""
        for stretch in find_messages(BytesIO(content), source.name):
            message = message_of(content, stretch)
            yield Source(f"{source.name}#{stretch.number}", content=message), _keys(message)
        return
    with source.path.open("rb") as file:
        for stretch in find_messages(file, source.name):
            name = f"{source.path}#{stretch.number}"
            yield Source(name, source.path, stretch=stretch), _keys_in(source.path, stretch)


def _keys_in(path: Path, stretch: Stretch) -> tuple[str, ...]:
    try:
        return _keys(read_message(path, stretch))
    except ReadingError:
        return ()  # the message is too large, which is reported when it is read


def _keys(message: bytes) -> tuple[str, ...]:
    """Return the message ID, if there is one, and the digest of the body."""
    unified = message.replace(b"\r\n", b"\n")
    header, _, body = unified.partition(b"\n\n")
    message_id = BytesHeaderParser(policy=compat32).parsebytes(header[:_MAX_HEADER]).get("Message-ID")
    digest = hashlib.sha256(body.strip()).hexdigest()
    return (f"<{message_id}>", digest) if message_id else (digest,)
