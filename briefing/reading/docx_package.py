"""The package of a Word document, opened where it is safe to (ECMA-376, part 2)."""

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from briefing.errors import ReadingError

if TYPE_CHECKING:
    from docx.document import Document

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100_000_000  # bytes of all members; pictures are most of it
MAX_XML = 30_000_000  # bytes of one member of XML
MAX_RATIO = 200  # of unpacked to packed bytes, above a megabyte; text has ten
DAMAGED = "the Word document is damaged or of an unusual form: open it in an office, save it as .docx and read that"
_BOMB = "its archive unpacks to more than a document holds: copy its text to a new document and read that"
_ENTITIES = "its XML declares entities, which no office writes: copy its text to a new document and read that"
_LOCKED = "its archive is encrypted: open it, take its password off and save it again"
_FLAWS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, NotImplementedError)
_HEAD = 4_096  # bytes of XML in which its document type stands
_MEGABYTE = 1_000_000


def open_document(data: bytes, source: str) -> "Document":
    """Return a Word document.

    Raises:
        ReadingError: it is damaged, encrypted, or unpacks to more than it may.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _check(data, source)
        return Document(BytesIO(data))
    except (*_FLAWS, BadZipFile, zlib.error, RuntimeError, OpcError, LxmlError) as error:
        raise ReadingError(source, DAMAGED) from error


def _check(data: bytes, source: str) -> None:
    """Refuse a package that is a bomb; zipfile gives no more of a member than its directory says."""
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ReadingError(source, _LOCKED)
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise ReadingError(source, _BOMB)
        for member in members:
            swollen = member.file_size > _MEGABYTE and member.file_size > MAX_RATIO * max(1, member.compress_size)
            is_xml = member.filename.endswith((".xml", ".rels"))
            if swollen or (is_xml and member.file_size > MAX_XML):
                raise ReadingError(source, _BOMB)
            if is_xml:
                with archive.open(member) as file:
                    head = file.read(_HEAD).replace(b"\0", b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise ReadingError(source, _ENTITIES)
