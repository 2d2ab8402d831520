"""The header of a mail: title, day and sender of the article in it.

The standard library's structured headers raise errors of many types on what senders make up, and take long on long
ones: each is read by itself, guarded and cut.
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
_EARLIEST, _LATEST = 1971, 2199  # a year outside these is a slip of the sender's clock

# "Re: ", "FW: ", "[EXTERNAL] " before a subject; not "Re-election", "[Updated] Talks".
_SUBJECT_PREFIX = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr)(?:\[\d+\])?\s*:|\[ext(?:ernal)?\]|\*{2,}spam\*{2,})\s*", re.IGNORECASE
)
_PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_VIA = re.compile(r"\s+(?:via|from|@)\s+.*\Z")
# What the library raises on headers and parts that are not as they should be.
FLAWS = (LookupError, ValueError, TypeError, AttributeError, AssertionError, MessageError, RecursionError)


def header(message: Message, name: str) -> str:
    """Return a header decoded (RFC 2047) as one line; empty where it is missing, raw where it cannot be decoded."""
    try:
        raw = str(message.get(name) or "")
    except FLAWS:
        return ""
    return decoded(raw, name)


def decoded(raw: str, name: str = "Subject") -> str:
    """Return what a header says (RFC 2047) as one line; the raw text where it cannot be decoded."""
    line = " ".join(raw[:MAX_HEADER].split())
    try:
        return " ".join(str(policy.default.header_factory(name, line)).split())
    except FLAWS:
        return line


def stated_by_header(message: Message, inner: Known, subject: str | None) -> tuple[Known, tuple[Notice, ...]]:
    """Return what the header says of the article; of a message that is passed on its own header, where it has one."""
    sender = tidy_line(_sender(message))
    passed_on = _PASSED_ON.match(header(message, "Subject")) is not None or inner.title is not None
    bulk = any(name in message for name in ("List-Unsubscribe", "List-Id", "List-Post"))
    written = header(message, "Date")
    day = _day(written)
    notices: tuple[Notice, ...] = ()
    if written and day is None:
        notices = (notice("invalid-date.mail", "mail", written=repr(written[:60])),)
    stated = Known(
        title=inner.title or subject,
        outlet=sender if bulk and not passed_on else None,
        byline=inner.byline or (() if bulk or passed_on or not sender else byline_names(f"By {sender}")),
        published=inner.published or day,
    )
    return stated, notices


def bare_subject(subject: str) -> str:
    """Return a subject without what programs put before it."""
    while (prefix := _SUBJECT_PREFIX.match(subject)) is not None:
        subject = subject[prefix.end() :]
    return subject.strip()


def stated_by_forward(lines: tuple[tuple[str, str], ...]) -> Known | None:
    """Return what the header of a message that is passed on says; None where there is none."""
    fields = dict(reversed(lines))
    if not fields:
        return None
    sent = find_day(fields.get("date") or fields.get("sent") or "")
    return Known(
        title=tidy_line(bare_subject(fields.get("subject", ""))),
        published=sent.as_date() if sent is not None else None,
    )


def _sender(message: Message) -> str:
    """Return the name that a mail gives its sender; empty where there is an address only."""
    name = re.sub(r"<[^>]*>?", "", header(message, "From")).strip(" \t\"'")
    return "" if "@" in name else _VIA.sub("", name)


def _day(written: str) -> date | None:
    """Return the day of a date in a header (RFC 5322), where its sender was."""
    try:
        day = parsedate_to_datetime(written).date()
    except (*FLAWS, OverflowError):
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None
