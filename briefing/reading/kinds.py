"""Detect the kind of a source from its content; a file name may be wrong or missing."""

import json
import re
from io import BytesIO
from typing import Literal, NoReturn
from zipfile import BadZipFile, ZipFile

from briefing.errors import ReadingError
from briefing.reading.web.html import looks_like_html

Kind = Literal["text", "html", "feed", "opml", "eml", "mbox", "pdf", "docx", "json", "other"]

HEAD = 65_536  # bytes from which any kind is detected, except ZIP archives and JSON
TEXT_REMEDY = "save its text as a .txt file in UTF-8, or the page as .html, and read that"
_UNPACK = f"unpack it or {TEXT_REMEDY}"

# Signatures of files that briefing cannot read, and what such a file looks like.
_SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"OggS\x00", "a sound recording"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
)
_MOST_JSON = 4_000_000  # bytes; a larger file is refused when it is read
_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_ENTRY = b"PK\x01\x02"  # precedes each name in the directory of an archive
MAX_MEMBERS = 5_000  # of an archive; zipfile loads all of them at once
_TNEF_SIGNATURE = b"\x78\x9f\x3e\x22"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Streams whose names identify an OLE file: MS-OFFCRYPTO, MS-DOC, MS-OXMSG, MS-XLS, MS-PPT.
_OLE_STREAMS = (
    ("EncryptedPackage", "an encrypted office document: open it, remove its password and save it again"),
    ("WordDocument", "an old Word document (.doc): save it as .docx and read that"),
    ("__properties_version1.0", "an Outlook message (.msg): save it as .eml and read that"),
    ("Workbook", "an old spreadsheet (.xls): {remedy}"),
    ("PowerPoint Document", "an old presentation (.ppt): {remedy}"),
)
# Members that identify a ZIP archive.
_ZIP_MEMBERS = (
    ("word/document.xml", "a Word document"),
    ("xl/workbook.xml", "a spreadsheet (.xlsx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
    ("META-INF/container.xml", "an electronic book (EPUB)"),
)

# The prolog of XML: a declaration, comments, a document type.
_XML_PROLOG = re.compile(r"\s*(?:<\?[^>]{0,400}\?>|<!--.*?-->|<!DOCTYPE[^>\[]{0,400}(?:\[.*?\]\s*)?>)", re.DOTALL)
# "<rss version", "<rdf:RDF>"; a document type that the head cuts off names the root, too: "<!DOCTYPE rss [".
_FEED_ROOT = re.compile(r"\s*<(?:!DOCTYPE\s+)?(?:[\w-]+:)?(?P<root>rss|feed|RDF|opml)[\s>\[]")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/')

# "From anna@example.org Tue May 14 08:00:00 2024" (RFC 4155, and variants of programs); not "From the quay, ...".
MBOX_LINE = re.compile(
    rb"From \S{1,300} +(?=.{0,60}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)(?=.{0,60}\b\d{1,2}:\d\d)(?=.{0,60}\b\d{4}\b)"
    rb"(?=.{0,60}\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b).{15,60}\Z"
)
# "Subject: Talks fail" (RFC 5322, section 2.2); not "He said: no".
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]{1,60}):(?:[ \t]|\Z|(?=\S))")
_SENDERS = frozenset({"from", "sender", "return-path"})
# Headers that only programs write.
_MACHINE_HEADERS = frozenset(
    {"message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature", "x-unsent"}
    | {
        "snapshot-content-location",
        "content-type",
        "content-transfer-encoding",
        "authentication-results",
        "arc-seal",
        "x-mailer",
        "user-agent",
    }
)
_LETTER_HEADERS = frozenset({"to", "date", "subject"})


def kind_of(data: bytes) -> Kind:
    """Return the kind of a source; its first ``HEAD`` bytes are enough, except for ZIP archives and JSON.

    "text" is the fallback. "other" cannot be read: ``refuse_binary`` reports why.
    """
    if is_pdf(data):
        return "pdf"
    if data.startswith(_ZIP_SIGNATURES):
        return "docx" if "word/document.xml" in _members(data) else "other"
    if _description(data) is not None or data.startswith((_TNEF_SIGNATURE, _OLE_SIGNATURE)):
        return "other"
    if _is_mbox(data):
        return "mbox"
    head = _as_text(data[:HEAD])
    if _is_mail(head):
        return "eml"
    return _kind_of_markup(head) or _kind_of_json(data, head) or "text"


def is_pdf(data: bytes) -> bool:
    """Return True if the first kilobyte holds the mark of a PDF document (ISO 32000-1, annex H.3.4.1)."""
    return b"%PDF-" in data[:1024]


def refuse_binary(data: bytes, source: str) -> None:
    """Raise an error for binary data: what it looks like, and what helps.

    Raises:
        ReadingError: The data is binary.
    """
    look = _description(data)
    if look is not None:
        _refuse(source, look)
    if data.startswith(_TNEF_SIGNATURE):
        remedy = "ask for the message as HTML or plain text, or unpack it with a program such as tnef"
        raise ReadingError(source, f"it is a winmail.dat (TNEF), which only Outlook reads: {remedy}")
    if data.startswith(_OLE_SIGNATURE):
        found = next((described for name, described in _OLE_STREAMS if name.encode("utf-16-le") in data), None)
        if found is None:
            _refuse(source, "an old office document")
        raise ReadingError(source, f"it is {found.format(remedy=TEXT_REMEDY)}")
    if data.startswith(_ZIP_SIGNATURES):
        _refuse_archive(data, source)


def _refuse(source: str, look: str) -> NoReturn:
    raise ReadingError(source, f"it looks like {look}, not like text: {TEXT_REMEDY}")


def _refuse_archive(data: bytes, source: str) -> NoReturn:
    if data.count(_ZIP_ENTRY) > MAX_MEMBERS:
        raise ReadingError(source, f"it looks like a ZIP archive of more than {MAX_MEMBERS:,} files: {_UNPACK}")
    members = _members(data)
    if "content.xml" in members and "mimetype" in members:
        raise ReadingError(source, "it is an OpenDocument file (.odt): save it as .docx and read that")
    if not members:
        raise ReadingError(source, "it looks like a ZIP archive or an office document, but is damaged: get it again")
    look = next((look for name, look in _ZIP_MEMBERS if name in members), "a ZIP archive, and no Word document")
    raise ReadingError(source, f"it looks like {look}: {_UNPACK}")


def _members(data: bytes) -> frozenset[str]:
    """Return the member names of a ZIP archive; empty if it is damaged or has too many members."""
    if data.count(_ZIP_ENTRY) > MAX_MEMBERS:
        return frozenset()
    try:
        with ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return frozenset()


def _description(data: bytes) -> str | None:
    if is_pdf(data):
        return "a PDF document"
    if data[4:8] == b"ftyp":
        return "a film or a picture"
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture, sound or film"
    return next((look for signature, look in _SIGNATURES if data.startswith(signature)), None)


def _as_text(head: bytes) -> str:
    """Return the head of a source as text; its ASCII characters are right in any encoding."""
    return head.replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")


def _is_mbox(data: bytes) -> bool:
    first, _, rest = data[:2_000].lstrip(b"\r\n").partition(b"\n")
    following = rest.partition(b"\n")[0].rstrip(b"\r")
    header = _HEADER.match(following.removeprefix(b">").decode("latin-1"))
    return MBOX_LINE.match(first.rstrip(b"\r")) is not None and header is not None


def _is_mail(head: str) -> bool:
    """Return True if a text opens with the header of a mail; "Subject: ..." alone, or a memo, is not enough."""
    names: set[str] = set()
    address = False
    for line in head.lstrip("\r\n").splitlines()[:400]:
        if line.startswith((" ", "\t")) and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            break
        name = header["name"].lower()
        address = address or (name in _SENDERS and "@" in line)
        names.add(name)
    if len(names) < 2 or not names & (_SENDERS | _LETTER_HEADERS | {"received", "message-id"}):
        return False
    return bool(names & _MACHINE_HEADERS) or (address and bool(names & _LETTER_HEADERS))


def _kind_of_markup(head: str) -> Kind | None:
    if not head.lstrip().startswith("<"):
        return None
    start = 0
    while (prolog := _XML_PROLOG.match(head, start)) is not None:
        start = prolog.end()
    root = _FEED_ROOT.match(head, start)
    if root is not None:
        return "opml" if root["root"] == "opml" else "feed"
    return "html" if looks_like_html(head) else None


def _kind_of_json(data: bytes, head: str) -> Kind | None:
    if not head.lstrip().startswith(("{", "[")):
        return None
    if head.lstrip().startswith("{") and _JSON_FEED.search(head):
        return "feed"
    if len(data) > _MOST_JSON:
        return None
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return None
    return "json"
