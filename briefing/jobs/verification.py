"""Check a finished brief, line by line, against the evidence that it carries."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from briefing.errors import BriefingError, ModelError, ReadingError
from briefing.evidence.line_checks import check_digest_lines, check_lines
from briefing.evidence.seal import find_edits
from briefing.messages import counted
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.model.files import read_record, read_whole
from briefing.reading.kinds import HEAD, kind_of
from briefing.reading.mail.mbox import find_message, find_message_in, is_mailbox
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT, DIGEST_ATTACHMENT, LAYOUT_ATTACHMENT, blanked
from briefing.rendering.pdf.read_back.about import differences
from briefing.rendering.pdf.read_back.comparing import comparable, first_difference, is_made_of
from briefing.rendering.pdf.read_back.figures import is_drawn
from briefing.rendering.pdf.read_back.text import PrintedPdf, printed
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.view import Page
from briefing.runtime.confinement import Confined, LimitError

Again = Path | bytes  # an article to read again: its file, or its bytes from standard input

# A brief takes a hundredth of a second. The interpreter and the libraries need about 200 megabytes.
_PROCESS = Confined("briefing.jobs.confined_verification", seconds=60.0, megabytes=1024, requests=50)

_PDF_SIGNATURE = b"%PDF-"
_SHOWN = 120  # characters of a line that a message quotes


@dataclass(frozen=True, slots=True)
class Origin:
    """What a brief states about its article."""

    text: str
    withheld: bool  # text that no line cites is replaced by spaces
    sha256: str  # of the source's bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking one file; it is valid if *failures* is empty."""

    failures: tuple[str, ...]
    verdict: str = ""  # empty if the file is no brief
    origin: Origin | None = None  # None for a digest


def verify_file(path: Path, source: Again | None = None) -> Verification:
    """Check a brief in a PDF or JSON file and, if *source* is given, that it was made from that article.

    *source* is the article's file, or its bytes if it comes from standard input.
    """
    try:
        content = read_whole(path)
    except ReadingError as error:
        return Verification((f"cannot be read: {error.reason}",))
    return verify_bytes(content, path.name, source)


def verify_bytes(content: bytes, name: str, source: Again | None = None) -> Verification:
    """Check a brief or digest in the bytes of a PDF or JSON file; *name* is for messages.

    A confined process reads the file, as it does for articles in PDF: a few kilobytes can unpack to gigabytes, or take
    years to read.
    """
    head = json.dumps({"name": name, "is_compared": source is not None}).encode()
    try:
        answer = json.loads(_PROCESS.ask(head + b"\n" + content))
    except LimitError as error:
        return Verification((f"checking it takes {error}, which no brief of ours does",))
    origin = Origin(**answer["origin"]) if answer["origin"] is not None else None
    failures = tuple(answer["failures"])
    if source is not None and answer["verdict"]:
        failures += tuple(check_source(origin, source))
    return Verification(failures, answer["verdict"], origin)


def check_bytes(content: bytes, name: str, *, is_compared: bool = False) -> Verification:
    """Check a file in this process, which a hostile file may crash.

    With *is_compared* the verdict says that the source is the same; the caller compares it.
    """
    try:
        page = printed(content) if content.startswith(_PDF_SIGNATURE) else None
        record = read_record(content if page is None else _attached_to(page), name)
        failures = [*check_seal(record)]
        failures += check_lines(record) if isinstance(record, Briefing) else check_digest_lines(record)
        layout = None if page is None else layout_from_json(page.attachments[LAYOUT_ATTACHMENT], name)
        if page is not None and layout is not None:
            failures += check_page(page, page_of(record, layout))
    except ModelError as error:
        return Verification((f"is not a brief: {error.reason}",))
    except BriefingError as error:
        return Verification((str(error),))
    return Verification(tuple(failures), _verdict(record, page, layout, is_compared=is_compared), _origin(record))


def _origin(record: Printable) -> Origin | None:
    if not isinstance(record, Briefing):
        return None
    return Origin(record.article.text, record.article.withheld, record.provenance.source_sha256)


def _attached_to(page: PrintedPdf) -> bytes:
    """Return the brief or digest that is attached to a PDF.

    Raises:
        ReadingError: Nothing is attached, or the layout is missing.
    """
    name = DIGEST_ATTACHMENT if DIGEST_ATTACHMENT in page.attachments else BRIEF_ATTACHMENT
    for attachment in (name, LAYOUT_ATTACHMENT):
        if attachment not in page.attachments:
            causes = "it is no brief, another program saved it, or its profile sets attach: none"
            raise ReadingError("the PDF", f"no {attachment} is attached: {causes}")
    return page.attachments[name]


def check_seal(brief: Printable) -> Iterator[str]:
    """Yield each altered record without a declared edit, and each declared edit without an altered record."""
    found, declared = find_edits(brief), brief.edits
    for edit in found:
        if edit not in declared:
            yield f"{edit.where} was {edit.change} after the brief was made, and no edit says so"
    for edit in declared:
        if edit not in found:
            yield f"{edit.where} is declared as {edit.change} by hand, but is unchanged"


def check_page(page: PrintedPdf, wanted: Page) -> Iterator[str]:
    """Yield the first difference between the printed page and the attached brief, and each odd header or footer."""
    any_case = wanted.templates is not None  # a user's theme may print text in capitals
    difference = first_difference([block.text for block in wanted.blocks()], page.blocks, any_case=any_case)
    if difference is not None and difference.expected:
        yield f"the page has {difference.printed[:_SHOWN]!r}, but the brief has {difference.expected[:_SHOWN]!r}"
    elif difference is not None:
        yield f"printed, but not in the attached brief: {difference.printed[:_SHOWN]!r}"
    pages = len(page.furniture)
    for number, texts in enumerate(page.furniture, start=1):
        pieces = [comparable(text, any_case=any_case) for text in wanted.furniture(number, pages)]
        if not is_made_of("".join(comparable(text, any_case=any_case) for text in texts), pieces):
            shown = " | ".join(texts)
            yield f"page {number}: header and footer are {shown[:_SHOWN]!r}, not what the attached brief has"
    yield from page.oddities
    if page.about is not None:
        yield from differences(page.about, wanted)
    yield from _check_pictures(page, wanted)
    addresses = {unquote(link) for link in wanted.links}
    for link in page.web_links:
        if unquote(link) not in addresses:
            yield f"a link leads to {link[:_SHOWN]!r}, which is not the article's address"


def _check_pictures(page: PrintedPdf, wanted: Page) -> Iterator[str]:
    """Yield each picture that is missing, superfluous, or drawn differently."""
    if page.has_logo != (wanted.logo is not None):
        yield "a logo is painted, but the attached layout has none" if page.has_logo else "the logo is missing"
    if len(page.figures) != len(wanted.pictures):
        yield f"{len(page.figures)} pictures are painted, but the attached brief has {len(wanted.pictures)}"
    for number, (picture, figure) in enumerate(zip(wanted.pictures, page.figures, strict=False), start=1):
        if not is_drawn(picture, figure):
            yield f"picture {number} is not drawn as the attached brief has it"


def check_source(origin: Origin | None, source: Again) -> Iterator[str]:
    """Yield each difference between an article, read again, and the article of the brief."""
    name = _name_of(source)
    if origin is None:
        yield f"{name}: a digest is made from many articles; --source is for the brief of one"
        return
    try:
        reading = _read_again(source, origin.sha256)
    except BriefingError as error:
        yield str(error)
        return
    text = _as_attached(reading.article.text, origin)
    if text != origin.text:
        place = _first_difference(text, origin.text)
        now, then = text[place : place + 40], origin.text[place : place + 40]
        yield f"{name}: its text differs from the brief's at character {place}: {now!r}, in the brief {then!r}"
    elif reading.source_sha256 != origin.sha256:
        yield f"{name}: its text is the brief's, but its bytes are not those that the brief was made from"


def _read_again(source: Again, sha256: str) -> Reading:
    """Read a source again; in a mailbox, read the message with the digest of the brief's source.

    Raises:
        ReadingError: The source cannot be read, or is a mailbox without that message.
    """
    if isinstance(source, bytes):
        if kind_of(source[:HEAD]) != "mbox":
            return read_bytes(source, _name_of(source))
        message = find_message_in(source, sha256)
    elif not is_mailbox(source):
        return read_file(source)
    else:
        message = find_message(source, sha256)
    if message is None:
        raise ReadingError(_name_of(source), "the mailbox holds no message that the brief was made from")
    return read_bytes(message, _name_of(source))


def _name_of(source: Again) -> str:
    return "standard input" if isinstance(source, bytes) else str(source)


def _as_attached(text: str, origin: Origin) -> str:
    """Return a source's text, with the parts that the brief withholds replaced by spaces."""
    if not origin.withheld:
        return text
    return blanked(text, [match.span() for match in re.finditer(r"\S+", origin.text)])


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _verdict(brief: Printable, page: PrintedPdf | None, layout: Layout | None, *, is_compared: bool) -> str:
    edited = {edit.where for edit in brief.edits}
    places = [f"{field}[{number}]" for field, records in brief.lines() for number in range(len(records))]
    verdict = f"{sum(place not in edited for place in places)} lines rest on their evidence"
    if page is not None:
        verdict += f", {len(page.blocks)} printed lines are the attached brief's"
        if layout is not None and layout.templates is not None:
            verdict += " except for capitals, which its own templates may change"
    if is_compared:
        verdict += ", the source is the same"
    if isinstance(brief, Digest):
        verdict += f", of {counted(len(brief.articles), 'article')}"
    if brief.edits:
        verdict += f"; edited by hand: {', '.join(f'{edit.where} {edit.change}' for edit in brief.edits)}"
    return verdict
