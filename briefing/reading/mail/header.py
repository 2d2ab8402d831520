"""Read the header of a mail: title, day and sender of the article in it.

The structured headers of the standard library raise many types of errors on malformed headers, and are slow on long
ones. So each header is cut, and read separately with its errors caught.
"""

import re
from datetime import date
from email import policy
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.boilerplate import byline_names
from briefing.reading.dates import find_day
from briefing.reading.known import Known, tidy_line

MAX_HEADER = 2_000  # characters
_EARLIEST, _LATEST = 1971, 2199  # years; the sender's clock is wrong outside these

# "Re: ", "FW: ", "[EXTERNAL] " before a subject; not "Re-election", "[Updated] Talks".
_SUBJECT_PREFIX = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr)(?:\[\d+\])?\s*:|\[ext(?:ernal)?\]|\*{2,}spam\*{2,})\s*", re.IGNORECASE
)
_FORWARD_PREFIX = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_VIA = re.compile(r"\s+(?:via|from|@)\s+.*\Z")
# Errors that the library raises on malformed headers and parts.
FLAWS = (LookupError, ValueError, TypeError, AttributeError, AssertionError, MessageError, RecursionError)


def header(message: Message, name: str) -> str:
    """Return a decoded header (RFC 2047) as one line; empty if it is missing, raw if it cannot be decoded."""
    try:
        raw = str(message.get(name) or "")
    except FLAWS:
        return ""
    return decoded(raw, name)


def decoded(raw: str, name: str = "Subject") -> str:
    """Decode a header (RFC 2047) to one line; return the raw text if it cannot be decoded."""
    line = " ".join(raw[:MAX_HEADER].split())
    try:
        return " ".join(str(policy.default.header_factory(name, line)).split())
    except FLAWS:
        return line


def stated_by_header(message: Message, inner: Known, subject: str | None) -> tuple[Known, tuple[Notice, ...]]:
    """Return the metadata in the header; a forwarded message's own header, *inner*, comes first."""
    sender = tidy_line(_sender(message))
    is_forwarded = _FORWARD_PREFIX.match(header(message, "Subject")) is not None or inner.title is not None
    bulk = any(name in message for name in ("List-Unsubscribe", "List-Id", "List-Post"))
    written = header(message, "Date")
    day = _day(written)
    notices: tuple[Notice, ...] = ()
    if written and day is None:
        notices = (notice("invalid-date.mail", "mail", written=repr(written[:60])),)
    stated = Known(
        title=inner.title or subject,
        outlet=sender if bulk and not is_forwarded else None,
        byline=inner.byline or (() if bulk or is_forwarded or not sender else byline_names(f"By {sender}")),
        published=inner.published or day,
    )
    return stated, notices


def bare_subject(subject: str) -> str:
    """Return a subject without prefixes that programs add."""
    while (prefix := _SUBJECT_PREFIX.match(subject)) is not None:
        subject = subject[prefix.end() :]
    return subject.strip()


def stated_by_forward(lines: tuple[tuple[str, str], ...]) -> Known | None:
    """Return the metadata in the header of a forwarded message; None without such a header."""
    fields = dict(reversed(lines))
    if not fields:
        return None
    sent = find_day(fields.get("date") or fields.get("sent") or "")
    return Known(
        title=tidy_line(bare_subject(fields.get("subject", ""))),
        published=sent.as_date() if sent is not None else None,
    )


def _sender(message: Message) -> str:
    """Return the name of a mail's sender; empty if there is only an address."""
    name = re.sub(r"<[^>]*>?", "", header(message, "From")).strip(" \t\"'")
    return "" if "@" in name else _VIA.sub("", name)


def _day(written: str) -> date | None:
    """Return the day of a date in a header (RFC 5322), in the sender's time zone."""
    try:
        day = parsedate_to_datetime(written).date()
    except (*FLAWS, OverflowError):
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
