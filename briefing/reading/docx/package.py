"""Open the package of a Word document, if that is safe (ECMA-376, part 2)."""

import zlib
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from briefing.errors import ReadingError
from briefing.reading.kinds import MAX_MEMBERS

if TYPE_CHECKING:
    from docx.document import Document

MAX_UNPACKED = 100_000_000  # bytes of all members; most of them are pictures
MAX_XML = 30_000_000  # bytes of one member of XML
MAX_TAGS = 1_000_000  # in all XML members, read in eight seconds; the longest article has a third of them
MAX_RATIO = 200  # of unpacked to packed bytes, above a megabyte; text has ten
DAMAGED = (
    "the Word document is damaged or of an unusual form: save it again as .docx in an office program and read that"
)
_BOMB = "its archive unpacks to more than a document holds: copy its text to a new document and read that"
_ENTITIES = "its XML declares entities, which no office program writes: copy its text to a new document and read that"
_LOCKED = "its archive is encrypted: open it, remove its password and save it again"
_FLAWS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, NotImplementedError)
_HEAD = 4_096  # first bytes of XML, which hold its document type
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and white space
_CHUNK = 1_000_000  # bytes unpacked at once
_MEGABYTE = 1_000_000


def open_document(data: bytes, source: str) -> "Document":
    """Open a Word document.

    Raises:
        ReadingError: The document is damaged, encrypted, or unpacks to too much.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _check_archive(data, source)
        return Document(BytesIO(data))
    except (*_FLAWS, BadZipFile, zlib.error, RuntimeError, OpcError, LxmlError) as error:
        raise ReadingError(source, DAMAGED) from error


def _check_archive(data: bytes, source: str) -> None:
    """Raise an error for a ZIP bomb; zipfile never unpacks more of a member than the directory states."""
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ReadingError(source, _LOCKED)
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise ReadingError(source, _BOMB)
        tags = 0
        for member in members:
            if member.file_size > _MEGABYTE and member.file_size > MAX_RATIO * max(1, member.compress_size):
                raise ReadingError(source, _BOMB)
            tags += _count_tags(archive, member, source)
            if tags > MAX_TAGS:
                raise ReadingError(source, _BOMB)


def _count_tags(archive: ZipFile, member: ZipInfo, source: str) -> int:
    """Count the tags of an XML member, whatever its name; 0 for other members."""
    with archive.open(member) as file:
        head = file.read(_HEAD)
        text = head.replace(b"\0", b"")
        if not text.lstrip(_BEFORE_XML).startswith(b"<"):
            return 0
        if member.file_size > MAX_XML:
            raise ReadingError(source, _BOMB)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ReadingError(source, _ENTITIES)
        return head.count(b"<") + sum(chunk.count(b"<") for chunk in iter(partial(file.read, _CHUNK), b""))
