"""Read mails (RFC 5322 and MIME): the article in a newsletter, a press release or a forwarded message.

The standard library parses them, with the policy that does not interpret headers.
"""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import policy
from email.errors import InvalidBase64LengthDefect
from email.message import Message
from email.parser import BytesParser

from briefing.errors import OwnBriefError, ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import english, notice
from briefing.reading.boilerplate import is_boilerplate
from briefing.reading.contents import Contents, check_raw_length, hidden_characters, with_title
from briefing.reading.decoding import decode
from briefing.reading.known import Known, tidy_line
from briefing.reading.mail import text as mail_text
from briefing.reading.mail.header import FLAWS, bare_subject, decoded, header, stated_by_forward, stated_by_header
from briefing.reading.mail.html import without_surroundings
from briefing.reading.own_briefs import REASON
from briefing.reading.paragraphs import Block
from briefing.reading.urls import is_web_address
from briefing.reading.web.page_contents import page_contents

MAX_PARTS = 500
MAX_DEPTH = 30  # levels of nested parts
MAX_NAMED = 8  # attachments that a notice names
_OWN_MESSAGE_ID = "@briefing.invalid>"
_SHARE_OF_PLAIN = 0.5  # of the plain part's letters; an HTML part with at least as many is preferred

_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(frozen=True, slots=True)
class _Parts:
    """The texts of a mail and the names of its attachments."""

    plain: tuple[bytes, ...]
    html: tuple[bytes, ...]
    attached: tuple[str, ...]
    encrypted: bool


def read_mail(data: bytes, source: str) -> Contents:
    """Return the contents of a mail: its HTML or plain part, with the subject as title.

    Raises:
        ReadingError: The mail has no text, or is encrypted.
        OwnBriefError: The mail is a printed brief.
    """
    message = _parse(data, source)
    if header(message, "Message-ID").endswith(_OWN_MESSAGE_ID):
        raise OwnBriefError(source, REASON)
    parts = _parts(message, source)
    if parts.html and _is_saved_page(message):
        return _saved_page(message, parts.html[0], source)
    subject = tidy_line(bare_subject(header(message, "Subject")))
    contents = _preferred_part(parts, source)
    if not any(character.isalpha() for block in contents.blocks for character in block.text):
        raise ReadingError(source, _why_empty(parts, subject))
    stated, odd = stated_by_header(message, contents.stated, subject)
    blocks = mail_text.mark_footers(with_title(contents.blocks, stated.title))
    return Contents(blocks, stated, notices=(*contents.notices, *odd, *_attachment_notices(parts.attached)))


def _parse(data: bytes, source: str) -> Message:
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data.lstrip(b"\r\n"))
    except FLAWS as error:
        raise ReadingError(source, "it cannot be parsed as a mail: save its text as a .txt file") from error


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
        elif inline and (kind == "text/plain" or kind.startswith("multipart/")):  # multipart: lost its boundary
            plain.append(_payload(part))
        elif kind == "message/rfc822":
            attached.append(_name_of_message(part))
        elif kind in _TNEF or name.casefold() == "winmail.dat":
            attached.append(english("attached.outlook"))
        elif name and not kind.startswith("image/"):
            attached.append(name)
    return _Parts(tuple(filter(None, plain)), tuple(filter(None, html)), tuple(attached), encrypted)


def _leaves(message: Message, source: str) -> Iterator[Message]:
    """Yield the leaf parts of a mail in order; an attached message is one part."""
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
    """Return the bytes of a text part, as UTF-8 if its charset is known, else unchanged."""
    try:
        payload = part.get_payload(decode=True)
    except FLAWS:
        return b""
    if not isinstance(payload, bytes):
        return b""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        payload = _cut_base64(payload)
    try:
        charset = str(part.get_content_charset("utf-8"))
        return payload.decode(charset).encode("utf-8")
    except FLAWS:
        return payload


def _cut_base64(payload: bytes) -> bytes:
    """Decode base64 that was cut within a group of four, which the library does not decode."""
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    return a2b_base64(digits[: len(digits) // 4 * 4])


def _file_name(part: Message) -> str:
    try:
        return tidy_line(decoded(part.get_filename() or "")) or ""
    except FLAWS:
        return english("attached.nameless")


def _name_of_message(part: Message) -> str:
    inner = part.get_payload()
    held = inner[0] if isinstance(inner, list) and inner else None
    subject = header(held, "Subject") if isinstance(held, Message) else ""
    title = tidy_line(subject)
    return english("attached.message", subject=title) if title else english("attached.untitled")


def _preferred_part(parts: _Parts, source: str) -> Contents:
    """Return the HTML part if it is readable and about as long as the plain part, which is often a stub."""
    try:
        plain = _plain(parts.plain, source)
    except ReadingError:
        if not parts.html:
            raise
        return _page(parts.html, source)
    try:
        page = _page(parts.html, source)
    except ReadingError:
        if parts.html and not parts.plain:
            raise
        return plain
    return page if _letters(page.blocks) >= _SHARE_OF_PLAIN * _letters(plain.blocks) else plain


def _plain(payloads: tuple[bytes, ...], source: str) -> Contents:
    blocks: list[Block] = []
    notices: list[Notice] = []
    stated = Known()
    removed = 0
    for payload in payloads:
        part = decode(payload, source)
        check_raw_length(part.text, source)
        text = mail_text.read_plain(part.text)
        blocks += text.blocks
        removed += text.removed
        notices += [*part.notices, *_quote_notices(text.quoted)]
        stated = stated_by_forward(text.forwarded) or stated
    return Contents(tuple(blocks), stated, notices=(*notices, *hidden_characters(removed)))


def _page(payloads: tuple[bytes, ...], source: str) -> Contents:
    """Return the contents of the longest HTML part.

    Raises:
        ReadingError: There is no HTML part, or it holds no article.
    """
    if not payloads:
        raise ReadingError(source, "there is no HTML part")
    part = decode(max(payloads, key=len), source)
    html, quoted = without_surroundings(part.text, source)
    page = page_contents(html, source)
    stated = replace(page.stated, title=None, outlet=None, url=None)
    blocks = tuple(replace(block, hint=None) if block.hint == "title" else block for block in page.blocks)
    return Contents(blocks, stated, notices=(*part.notices, *page.notices, *_quote_notices(quoted)))


def _is_saved_page(message: Message) -> bool:
    """Return True if the message is a web page that a browser saved (MHTML, RFC 2557)."""
    return "Snapshot-Content-Location" in message or header(message, "From").startswith("<Saved by")


def _saved_page(message: Message, payload: bytes, source: str) -> Contents:
    """Return the contents of a saved web page; ignore the header's date, the day of saving."""
    part = decode(payload, source)
    page = page_contents(part.text, source)
    address = header(message, "Snapshot-Content-Location")
    stated = replace(page.stated, url=page.stated.url or (address if is_web_address(address) else None))
    return replace(page, stated=stated, notices=(*part.notices, *page.notices))


def _letters(blocks: tuple[Block, ...]) -> int:
    marked = mail_text.mark_footers(blocks)
    return sum(len(b.text) for b in marked if b.hint != "boilerplate" and not is_boilerplate(b.text))


def _quote_notices(was: bool) -> tuple[Notice, ...]:
    return (notice("quoted-message", "mail"),) if was else ()


def _why_empty(parts: _Parts, subject: str | None) -> str:
    named = f"the mail “{subject}”" if subject else "the mail"
    if parts.encrypted:
        return f"{named} is encrypted: save it decrypted"
    if parts.attached:
        return f"{named} has no text of its own; save what is attached and read that: {_names(parts.attached)}"
    return f"{named} has no text: it holds its header, or pictures, alone"


def _attachment_notices(attached: tuple[str, ...]) -> tuple[Notice, ...]:
    return (notice("attachment-not-read", "mail", names=_names(attached)),) if attached else ()


def _names(attached: tuple[str, ...]) -> str:
    names = ", ".join(attached[:MAX_NAMED])
    more = len(attached) - MAX_NAMED
    return english("more.names", names=names, others=more) if more > 0 else names
