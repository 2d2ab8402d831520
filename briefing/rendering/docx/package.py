"""The parts of a Word document and the ZIP archive that holds them."""

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from briefing.errors import TemplateFillError
from briefing.rendering.templating.environment import templates_folder
from briefing.rendering.templating.filling import fill_in
from briefing.rendering.themes import colours_of, is_serif
from briefing.rendering.view import Page

_PARTS = {  # name in the archive, file in templates/docx
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document-rels.xml",
    "word/settings.xml": "settings.xml",
    "word/numbering.xml": "numbering.xml",
    "word/fontTable.xml": "fonts.xml",
}
_STYLES = "docx/styles.xml.j2"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date of a ZIP archive
_TWIPS = 1440 / 25.4  # in a millimetre
_SERIF, _SANS = "Source Serif Pro", "Source Sans Pro"
# A tag of BCP 47 with a language and optional subtags: "en", "sr-Latn-RS"; not "", "x y".
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def new_document(page: Page, *, text_width: float) -> Document:
    """Return an empty document with the styles of a page; *text_width* is in millimetres."""
    own, locale = page.language, str(page.labels.locale).replace("_", "-")
    language = locale if locale.partition("-")[0] == own else own
    rendered = fill_in(
        _STYLES,
        page.templates,
        colours=colours_of(page),
        text_font=_SERIF if is_serif(page) else _SANS,
        label_font=_SANS,
        other_scripts="Times New Roman" if is_serif(page) else "Arial",
        language=language if _TAG.fullmatch(language) else "en",
        label_language=locale if locale.partition("-")[0] == page.labels.language else page.labels.language,
        text_width=round(text_width * _TWIPS),
    )
    folder = templates_folder() / "docx"
    parts = {name: (folder / file).read_bytes() for name, file in _PARTS.items()}
    parts["word/styles.xml"] = _checked(rendered.strip().encode("utf-8"))
    return docx.Document(BytesIO(_archive(parts)))


def to_bytes(document: Document) -> bytes:
    """Return a document as a file; the same document gives the same bytes.

    Nothing is compressed, because compressed bytes depend on the version of the library.
    """
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive:
        return _archive({name: archive.read(name) for name in archive.namelist()})


def _checked(styles: bytes) -> bytes:
    """Return the style sheet if a document can hold it; it may come from a user's template.

    Raises:
        TemplateFillError: It is not XML, or its root is not w:styles.
    """
    try:
        root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateFillError(_STYLES, None, f"its result is not XML: {error}") from error
    if root.tag != qn("w:styles"):
        raise TemplateFillError(_STYLES, None, f"the root of its result is {root.tag}, not w:styles")
    return styles


def _archive(parts: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, content)
    return written.getvalue()
