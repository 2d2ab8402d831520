"""Mailboxes among the sources of a run: each of their messages is a source of its own."""

import hashlib
from collections.abc import Iterator, Sequence
from email.parser import BytesHeaderParser
from email.policy import compat32
from io import BytesIO
from pathlib import Path

from briefing.errors import ReadingError
from briefing.reading.kinds import HEAD, kind_of
from briefing.reading.mail.mbox import Stretch, find_messages, message_of, read_message
from briefing.sources.runs import Lead, Outcome, Source

_MAX_HEADER = 64_000  # bytes in which a header ends


def open_mailboxes(sources: Sequence[Source | Lead]) -> tuple[list[Source | Lead], list[Outcome]]:
    """Return the sources with the messages of each mailbox in its place, and an outcome for each that is left out.

    A message that a mailbox holds twice, by its number or its text, is made once. Of a file no more than one message is
    in memory.
    """
    found: list[Source | Lead] = []
    outcomes: list[Outcome] = []
    for source in sources:
        if isinstance(source, Lead) or kind_of(_head(source)) != "mbox":
            found.append(source)
            continue
        try:
            messages, repeated = _each_once(source)
            found += messages
            outcomes += repeated
        except ReadingError as error:
            outcomes.append(Outcome(source.name, troubles=(str(error),)))
        except OSError as error:
            outcomes.append(Outcome(source.name, troubles=(f"cannot read {source.name}: {error.strerror or error}",)))
    return found, outcomes


def _each_once(mailbox: Source) -> tuple[list[Source], list[Outcome]]:
    """Return the messages of a mailbox, and an outcome for each that it holds again.

    Raises:
        ReadingError: it holds too many.
        OSError: it cannot be read.
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
            told = f"{message.name} is the same message as {twin}, and was left out"
            repeated.append(Outcome(message.name, remarks=(told,)))
    return messages, repeated


def _head(source: Source) -> bytes:
    """Return the first bytes of a source; none of a file that cannot be opened: reading it will say why."""
    if source.path is None:
        return (source.content or b"")[:HEAD]
    try:
        with source.path.open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError):
        return b""


def _messages(source: Source) -> Iterator[tuple[Source, tuple[str, ...]]]:
    """Yield each message of a mailbox as a source, with what tells it from others."""
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
        return ()  # too large to be read, which reading it will say


def _keys(message: bytes) -> tuple[str, ...]:
    """Return the number that a message bears, where it bears one, and the digest of what stands under its header."""
    unified = message.replace(b"\r\n", b"\n")
    header, _, body = unified.partition(b"\n\n")
    number = BytesHeaderParser(policy=compat32).parsebytes(header[:_MAX_HEADER]).get("Message-ID")
    digest = hashlib.sha256(body.strip()).hexdigest()
    return (f"<{number}>", digest) if number else (digest,)
