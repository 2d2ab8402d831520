"""Mails (RFC 5322 and MIME): the article in a newsletter, a press release, or a message that is passed on.

The standard library parses them; its structured headers raise errors of many types on what senders make up, and take
long on long ones: each is read by itself, guarded and cut.
"""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import policy
from email.errors import InvalidBase64LengthDefect, MessageError
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from briefing.errors import OwnBriefError, ReadingError
from briefing.model import Notice
from briefing.reading import mail_text
from briefing.reading.boilerplate import byline_names, is_boilerplate
from briefing.reading.contents import Contents, hidden_characters, with_title
from briefing.reading.dates import find_day
from briefing.reading.decoding import decode
from briefing.reading.known import Known, tidy_line
from briefing.reading.mail_html import without_surroundings
from briefing.reading.own_briefs import REASON
from briefing.reading.paragraphs import Block
from briefing.reading.text import page_contents

MAX_PARTS = 500
MAX_DEPTH = 30  # of parts within parts
MAX_HEADER = 2_000  # characters
MAX_NAMED = 8  # attachments that a notice names
_OWN_NUMBER = "@briefing.invalid>"
_SHARE_OF_PLAIN = 0.5  # of the letters of the plain part that the HTML part must have to be the better one
_EARLIEST, _LATEST = 1971, 2199  # a year outside these is a slip of the sender's clock

# "Re: ", "FW: ", "[EXTERNAL] " before a subject; not "Re-election", "[Updated] Talks".
_SUBJECT_PREFIX = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr)(?:\[\d+\])?\s*:|\[ext(?:ernal)?\]|\*{2,}spam\*{2,})\s*", re.IGNORECASE
)
_PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_VIA = re.compile(r"\s+(?:via|from|@)\s+.*\Z")
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})

# What the library raises on headers and parts that are not as they should be.
_FLAWS = (LookupError, ValueError, TypeError, AttributeError, AssertionError, MessageError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The texts of a mail and the names of what else it carries."""

    plain: tuple[bytes, ...]
    html: tuple[bytes, ...]
    attached: tuple[str, ...]
    encrypted: bool


def read_mail(data: bytes, source: str) -> Contents:
    """Return what a mail holds: the part that says more, HTML or plain, with its subject as title.

    Raises:
        ReadingError: there is no text in it, or it is encrypted.
        OwnBriefError: it is a brief that was printed as a mail.
    """
    message = _parse(data, source)
    if _header(message, "Message-ID").endswith(_OWN_NUMBER):
        raise OwnBriefError(source, REASON)
    parts = _parts(message, source)
    subject = tidy_line(_bare_subject(_header(message, "Subject")))
    contents = _best(parts, source)
    if not any(character.isalpha() for block in contents.blocks for character in block.text):
        raise ReadingError(source, _why_empty(parts, subject))
    stated, odd = _stated(message, contents.stated, subject)
    blocks = mail_text.mark_footers(with_title(contents.blocks, stated.title))
    return Contents(blocks, stated, notices=(*contents.notices, *odd, *_unread(parts.attached)))


def _parse(data: bytes, source: str) -> Message:
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data.lstrip(b"\r\n"))
    except _FLAWS as error:
        raise ReadingError(source, "it cannot be parsed as a mail: save its text as a .txt file") from error


def _header(message: Message, name: str) -> str:
    """Return a header decoded (RFC 2047) as one line; empty where it is missing, raw where it cannot be decoded."""
    try:
        raw = " ".join(str(message.get(name) or "")[:MAX_HEADER].split())
    except _FLAWS:
        return ""
    try:
        return " ".join(str(policy.default.header_factory(name, raw)).split())
    except _FLAWS:
        return raw


def _parts(message: Message, source: str) -> _Parts:
    plain: list[bytes] = []
    html: list[bytes] = []
    attached: list[str] = []
    encrypted = False
    for part in _leaves(message, source):
        kind = part.get_content_type()
        name = _file_name(part)
        encrypted = encrypted or kind in _ENCRYPTED
        inline = not name and part.get_content_disposition() != "attachment"
        if kind == "text/html" and inline:
            html.append(_payload(part))
        elif inline and (kind == "text/plain" or kind.startswith("multipart/")):  # the latter has lost its boundary
            plain.append(_payload(part))
        elif kind == "message/rfc822":
            attached.append(_name_of_message(part))
        elif kind in _TNEF or name.casefold() == "winmail.dat":
            attached.append("winmail.dat (which only Outlook reads)")
        elif name and not kind.startswith("image/"):
            attached.append(name)
    return _Parts(tuple(filter(None, plain)), tuple(filter(None, html)), tuple(attached), encrypted)


def _leaves(message: Message, source: str) -> Iterator[Message]:
    """Yield the parts of a mail that hold no others, in order; a message within it is one part."""
    waiting = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MAX_PARTS or depth > MAX_DEPTH:
            raise ReadingError(
                source, f"it has more than {MAX_PARTS} parts, or parts nested more than {MAX_DEPTH} deep"
            )
        if part.get_content_type() in _ENCRYPTED or part.get_content_type() == "message/rfc822":
            yield part
        elif part.is_multipart():
            inner = part.get_payload()
            held = inner if isinstance(inner, list) else []
            waiting += [(one, depth + 1) for one in reversed(held) if isinstance(one, Message)]
        else:
            yield part


def _payload(part: Message) -> bytes:
    """Return the bytes of a text part in UTF-8 where its charset is known, else as they are."""
    try:
        payload = part.get_payload(decode=True)
    except _FLAWS:
        return b""
    if not isinstance(payload, bytes):
        return b""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        payload = _cut_base64(payload)
    try:
        charset = str(part.get_content_charset("utf-8"))
        return payload.decode(charset).encode("utf-8")
    except _FLAWS:
        return payload


def _cut_base64(payload: bytes) -> bytes:
    """Return what base64 holds that was cut off within a group of four, which the library gives back as it is."""
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    return a2b_base64(digits[: len(digits) // 4 * 4])


def _file_name(part: Message) -> str:
    try:
        return tidy_line(str(policy.default.header_factory("subject", (part.get_filename() or "")[:300]))) or ""
    except _FLAWS:
        return "a file without a name"


def _name_of_message(part: Message) -> str:
    inner = part.get_payload()
    held = inner[0] if isinstance(inner, list) and inner else None
    subject = _header(held, "Subject") if isinstance(held, Message) else ""
    return f"a message “{tidy_line(subject)}”" if tidy_line(subject) else "a message"


def _best(parts: _Parts, source: str) -> Contents:
    """Return the HTML part where it can be read and says as much as the plain one, which is often a stub."""
    plain = _plain(parts.plain, source)
    try:
        page = _page(parts.html, source)
    except ReadingError:
        return plain
    return page if _letters(page.blocks) >= _SHARE_OF_PLAIN * _letters(plain.blocks) else plain


def _plain(payloads: tuple[bytes, ...], source: str) -> Contents:
    blocks: list[Block] = []
    notices: list[Notice] = []
    stated = Known()
    removed = 0
    for payload in payloads:
        decoded = decode(payload, source)
        text = mail_text.read_plain(decoded.text)
        blocks += text.blocks
        removed += text.removed
        notices += [*decoded.notices, *_quoted(text.quoted)]
        stated = _forwarded(text.forwarded) or stated
    return Contents(tuple(blocks), stated, notices=(*notices, *hidden_characters(removed)))


def _page(payloads: tuple[bytes, ...], source: str) -> Contents:
    """Return what the longest HTML part holds.

    Raises:
        ReadingError: there is none, or it holds no article.
    """
    if not payloads:
        raise ReadingError(source, "there is no HTML part")
    decoded = decode(max(payloads, key=len), source)
    html, quoted = without_surroundings(decoded.text, source)
    page = page_contents(html, source)
    stated = replace(page.stated, title=None, outlet=None, url=None)
    blocks = tuple(replace(block, hint=None) if block.hint == "title" else block for block in page.blocks)
    return Contents(blocks, stated, notices=(*decoded.notices, *page.notices, *_quoted(quoted)))


def _letters(blocks: tuple[Block, ...]) -> int:
    marked = mail_text.mark_footers(blocks)
    return sum(len(b.text) for b in marked if b.hint != "boilerplate" and not is_boilerplate(b.text))


def _quoted(was: bool) -> tuple[Notice, ...]:
    message = "An earlier message that the mail quotes is no part of the article."
    return (Notice(code="quoted-message", message=message, where="mail"),) if was else ()


def _why_empty(parts: _Parts, subject: str | None) -> str:
    named = f"the mail “{subject}”" if subject else "the mail"
    if parts.encrypted:
        return f"{named} is encrypted: save it decrypted"
    if parts.attached:
        return f"{named} has no text of its own; save what is attached and read that: {_names(parts.attached)}"
    return f"{named} has no text: it holds its header, or pictures, alone"


def _unread(attached: tuple[str, ...]) -> tuple[Notice, ...]:
    if not attached:
        return ()
    message = f"Attached and not read: {_names(attached)}."
    return (Notice(code="attachment-not-read", message=message, where="mail"),)


def _names(attached: tuple[str, ...]) -> str:
    more = f" and {len(attached) - MAX_NAMED} more" if len(attached) > MAX_NAMED else ""
    return f"{', '.join(attached[:MAX_NAMED])}{more}"


def _stated(message: Message, inner: Known, subject: str | None) -> tuple[Known, tuple[Notice, ...]]:
    """Return what the header says of the article; of a message that is passed on its own header, where it has one."""
    sender = tidy_line(_sender(message))
    passed_on = _PASSED_ON.match(_header(message, "Subject")) is not None or inner.title is not None
    bulk = any(name in message for name in ("List-Unsubscribe", "List-Id", "List-Post"))
    written = _header(message, "Date")
    day = _day(written)
    notices: tuple[Notice, ...] = ()
    if written and day is None:
        told = f"The mail's date {written[:60]!r} is no day that it can have been sent on."
        notices = (Notice(code="invalid-date", message=told, where="mail"),)
    stated = Known(
        title=inner.title or subject,
        outlet=sender if bulk and not passed_on else None,
        byline=inner.byline or (() if bulk or passed_on or not sender else byline_names(f"By {sender}")),
        published=inner.published or day,
    )
    return stated, notices


def _sender(message: Message) -> str:
    """Return the name that a mail gives its sender; empty where there is an address only."""
    name = re.sub(r"<[^>]*>?", "", _header(message, "From")).strip(" \t\"'")
    return "" if "@" in name else _VIA.sub("", name)


def _bare_subject(subject: str) -> str:
    while (prefix := _SUBJECT_PREFIX.match(subject)) is not None:
        subject = subject[prefix.end() :]
    return subject.strip()


def _day(written: str) -> date | None:
    """Return the day of a date in a header (RFC 5322), where its sender was."""
    try:
        day = parsedate_to_datetime(written).date()
    except (*_FLAWS, OverflowError):
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def _forwarded(header: tuple[tuple[str, str], ...]) -> Known | None:
    """Return what the header of a message that is passed on says; None where there is none."""
    fields = dict(reversed(header))
    if not fields:
        return None
    sent = find_day(fields.get("date") or fields.get("sent") or "")
    return Known(
        title=tidy_line(_bare_subject(fields.get("subject", ""))),
        published=sent.as_date() if sent is not None else None,
    )
