"""Word documents of our own, and what an evil hand makes of them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: tuple[str, str], title: str = "") -> Document:
    """Return a document with paragraphs, each its style and its text."""
    made = docx.Document()
    made.core_properties.title = title
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    return made


def add_xml(made: Document, inner: str) -> None:
    """Add a paragraph with these elements of WordprocessingML in it."""
    made.element.body.insert(len(made.element.body) - 1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def saved(made: Document) -> bytes:
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def with_members(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return a package with members put in place of others, or added."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return held.getvalue()
