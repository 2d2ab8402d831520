"""Read web pages, mails, Word documents, feeds and lists of feeds in a process of its own.

The libraries that read them (lxml, trafilatura, htmldate, cssselect2, email, python-docx, feedparser) each have inputs
that take time or memory out of all proportion to their size. Each reader counts what it can before its costly step and
says which count is too large; for all else one deadline and one limit of memory hold, however a source is made.

A page does not pay for a process each: it starts with the first such source of a run, without what this process then
need not load, and each further page costs a millisecond more than it would here. Plain text is read here: all that is
done with it takes time in proportion to its length, which is limited.

What comes back is JSON. Nothing that the process writes can make this one do more than build records.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from briefing.errors import OwnBriefError, ReadingError, defect
from briefing.reading.contents import Contents
from briefing.reading.feeds.feeds import MAX_ENTRIES, Feed, read_feed
from briefing.reading.feeds.opml import ListedFeed, read_opml
from briefing.runtime.confinement import Confined, DeadlineError, DeathError, serve

Result = TypeVar("Result")

SECONDS = 30.0  # the largest page that is read takes three, a usual one a tenth of one
MEGABYTES = 1536  # of address space; the interpreter and the libraries take 300, a mail of 40 MB another 500
_PROCESS = Confined("briefing.reading.confined", requests=300)  # trafilatura keeps some of what it has read


def page_apart(text: str, source: str) -> Contents:
    """Return what a web page holds; see ``page_contents``."""
    return _asked(Contents, "page", text.encode("utf-8", "surrogatepass"), source)


def mail_apart(data: bytes, source: str) -> Contents:
    """Return what a mail holds; see ``read_mail``."""
    return _asked(Contents, "mail", data, source)


def document_apart(data: bytes, source: str) -> Contents:
    """Return what a Word document holds; see ``read_docx``."""
    return _asked(Contents, "document", data, source)


def feed_apart(data: bytes, source: str, *, today: date, base: str | None = None, limit: int = MAX_ENTRIES) -> Feed:
    """Return the articles that a feed names; see ``read_feed``."""
    return _asked(Feed, "feed", data, source, today=today.isoformat(), base=base, limit=limit)


def feed_list_apart(data: bytes, source: str) -> tuple[ListedFeed, ...]:
    """Return the feeds that a list names; see ``read_opml``."""
    return _asked(tuple[ListedFeed, ...], "feed list", data, source)


def _asked(kind: type[Result], reader: str, data: bytes, source: str, **options: str | int | None) -> Result:
    """Return what the process reads.

    Raises:
        ReadingError: it cannot be read, or takes too long or too much memory.
        OwnBriefError: it is a brief.
    """
    head = json.dumps({"reader": reader, "source": source, "options": options}).encode()
    try:
        told = json.loads(_PROCESS.ask(head + b"\n" + data, SECONDS))
    except DeadlineError as error:
        raise ReadingError(
            source, f"it takes more than {SECONDS:.0f} seconds: save its article's text alone"
        ) from error
    except DeathError as error:
        reason = f"it takes more memory than {MEGABYTES} megabytes: save its article's text alone"
        raise ReadingError(source, reason) from error
    if "fault" in told:
        raise (OwnBriefError if told["own"] else ReadingError)(source, told["fault"])
    return TypeAdapter(kind).validate_python(told["read"])


def _answer(request: bytes) -> bytes:
    """Return what is read as JSON, or why nothing is."""
    head, _, data = request.partition(b"\n")
    asked = json.loads(head)
    try:
        read = _READERS[asked["reader"]](data, asked["source"], **asked["options"])
    except ReadingError as error:
        return json.dumps({"fault": error.reason, "own": isinstance(error, OwnBriefError)}).encode()
    except MemoryError:
        raise  # the process ends, and who asked says why
    except Exception as error:  # noqa: BLE001 - a defect must not be told as a want of memory
        return json.dumps({"fault": defect(error), "own": False}).encode()
    return json.dumps({"read": TypeAdapter[object](type(read)).dump_python(read, mode="json")}).encode()


def _page(data: bytes, source: str) -> Contents:
    from briefing.reading.web.page_contents import page_contents

    return page_contents(data.decode("utf-8", "surrogatepass"), source)


def _mail(data: bytes, source: str) -> Contents:
    from briefing.reading.mail.message import read_mail

    return read_mail(data, source)


def _document(data: bytes, source: str) -> Contents:
    from briefing.reading.docx.source import read_docx

    return read_docx(data, source)


def _feed(data: bytes, source: str, *, today: str, base: str | None, limit: int) -> Feed:
    return read_feed(data, source, today=date.fromisoformat(today), base=base, limit=limit)


_READERS: dict[str, Callable[..., Any]] = {
    "page": _page,
    "mail": _mail,
    "document": _document,
    "feed": _feed,
    "feed list": read_opml,
}

if __name__ == "__main__":
    serve(_answer, megabytes=MEGABYTES, seconds=SECONDS)
