"""Read web pages, mails, Word documents, feeds, lists of feeds and PDFs in separate processes.

For each library that reads them (lxml, trafilatura, htmldate, cssselect2, email, python-docx, feedparser, pdfminer)
there are small inputs that take excessive time or memory. Each reader checks what it can count before its costly step,
and reports which count is too large. For everything else there is a deadline and a limit of memory.

All but PDFs share one process. It starts with the first such source of a run, and this process then need not load the
libraries. Each further page costs one millisecond more than it would here. Plain text is read here: its cost grows
only with its length, which is limited.

The answer is JSON, so a compromised process can make this one do no more than build records.
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
from briefing.runtime.confinement import Confined, LimitError, serve

Result = TypeVar("Result")

# The largest page allowed takes three seconds, a usual one 0.1. The interpreter and the libraries take 300 megabytes, a
# mail of 40 MB another 500. Trafilatura leaks memory.
_MARKUP = Confined("briefing.reading.confined", seconds=30.0, megabytes=1536, requests=300)
# A page of a PDF takes 0.1 seconds. pdfminer unpacks streams without a limit, and does not free the memory of pages.
_PDF = Confined("briefing.reading.confined", seconds=60.0, megabytes=1024, requests=30)


def page_apart(text: str, source: str) -> Contents:
    """Return the contents of a web page; see ``page_contents``."""
    return _ask(Contents, "page", text.encode("utf-8", "surrogatepass"), source)


def mail_apart(data: bytes, source: str) -> Contents:
    """Return the contents of a mail; see ``read_mail``."""
    return _ask(Contents, "mail", data, source)


def document_apart(data: bytes, source: str) -> Contents:
    """Return the contents of a Word document; see ``read_docx``."""
    return _ask(Contents, "document", data, source)


def pdf_apart(data: bytes, source: str) -> Contents:
    """Return the contents of a PDF; see ``read_pdf``."""
    return _ask(Contents, "pdf", data, source)


def feed_apart(data: bytes, source: str, *, today: date, base: str | None = None, limit: int = MAX_ENTRIES) -> Feed:
    """Return the entries of a feed; see ``read_feed``."""
    return _ask(Feed, "feed", data, source, today=today.isoformat(), base=base, limit=limit)


def feed_list_apart(data: bytes, source: str) -> tuple[ListedFeed, ...]:
    """Return the feeds in a list; see ``read_opml``."""
    return _ask(tuple[ListedFeed, ...], "feed list", data, source)


def _ask(kind: type[Result], reader: str, data: bytes, source: str, **options: str | int | None) -> Result:
    """Return what the confined process reads.

    Raises:
        ReadingError: The source cannot be read, or takes too long or too much memory.
        OwnBriefError: The source is a brief.
    """
    head = json.dumps({"reader": reader, "source": source, "options": options}).encode()
    is_pdf = reader == "pdf"
    try:
        answer = json.loads((_PDF if is_pdf else _MARKUP).ask(head + b"\n" + data))
    except LimitError as error:
        remedy = "print its article to a new PDF" if is_pdf else "save its article's text alone"
        raise ReadingError(source, f"it takes {error}: {remedy}") from error
    if "fault" in answer:
        raise (OwnBriefError if answer["own"] else ReadingError)(source, answer["fault"])
    return TypeAdapter(kind).validate_python(answer["read"])


def _answer(request: bytes) -> bytes:
    """Return the result as JSON, or the reason for a failure."""
    head, _, data = request.partition(b"\n")
    asked = json.loads(head)
    try:
        read = _READERS[asked["reader"]](data, asked["source"], **asked["options"])
    except ReadingError as error:
        return json.dumps({"fault": error.reason, "own": isinstance(error, OwnBriefError)}).encode()
    except MemoryError:
        raise  # the process ends, and the parent reports why
    except Exception as error:  # noqa: BLE001 - a defect must not look like a lack of memory
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


def _pdf(data: bytes, source: str) -> Contents:
    from briefing.reading.pdf.source import read_pdf

    return read_pdf(data, source)


def _feed(data: bytes, source: str, *, today: str, base: str | None, limit: int) -> Feed:
    return read_feed(data, source, today=date.fromisoformat(today), base=base, limit=limit)


_READERS: dict[str, Callable[..., Any]] = {
    "page": _page,
    "mail": _mail,
    "document": _document,
    "pdf": _pdf,
    "feed": _feed,
    "feed list": read_opml,
}

if __name__ == "__main__":
    serve(_answer)
