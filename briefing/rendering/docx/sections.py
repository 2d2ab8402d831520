"""The page settings of a Word document: paper, margins, headers, footers and document properties."""

import re
from datetime import datetime

from docx.document import Document
from docx.section import Section
from docx.shared import Mm

from briefing.model.digest import Digest
from briefing.rendering.docx.runs import add_field, add_text
from briefing.rendering.page import EPOCH
from briefing.rendering.printable import Printable
from briefing.rendering.view import Page
from briefing.rendering.wording import printable, shorten

MARGIN = 20.0  # millimetres
_LONGEST_PROPERTY = 255  # characters
_PLACES = re.compile("([\ue000\ue001])")  # placeholders for the page number and the number of pages


def set_paper(section: Section, paper: tuple[float, float]) -> None:
    """Set the size and the margins of the pages."""
    section.page_width, section.page_height = (Mm(length) for length in paper)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True


def set_headers_and_footers(section: Section, page: Page) -> None:
    """Write the headers and footers: marking, title (not on the first page) and page number."""
    for header, title in ((section.first_page_header, ""), (section.header, page.running_title)):
        lines = [("Marking", page.marking)] if page.marking else []
        lines += [("Header", title)] if title or not lines else []
        for number, (style, text) in enumerate(lines):
            paragraph = header.paragraphs[0] if number == 0 else header.add_paragraph()
            paragraph.style = style
            add_text(paragraph, text)
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        if page.marking:
            paragraph.style = "Marking"
            add_text(paragraph, page.marking)
            paragraph = footer.add_paragraph()
        paragraph.style = "Footer"
        add_text(paragraph, f"{page.imprint}\t")
        for piece in _PLACES.split(page.labels("page.number", page="\ue000", pages="\ue001")):
            if piece in ("\ue000", "\ue001"):
                add_field(paragraph, "PAGE" if piece == "\ue000" else "NUMPAGES")
            else:
                add_text(paragraph, piece)


def set_properties(document: Document, record: Printable, page: Page) -> None:
    """Write the document properties; the creation date is that of the article or of the digest."""
    properties = document.core_properties
    outlet = "" if isinstance(record, Digest) else record.article.outlet or ""
    properties.title = _property(page.title)
    properties.author = _property(outlet) or _property(page.generator)
    properties.subject = _property(page.origin)
    properties.category = _property(page.kicker)
    properties.keywords = _property(page.marking)
    properties.comments = _property(page.generator)
    properties.language = _property(page.language)
    properties.last_modified_by = _property(page.generator)
    properties.revision = 1
    properties.created = properties.modified = datetime.fromisoformat(max(page.stamp, EPOCH))


def _property(text: str) -> str:
    return shorten(printable(text), _LONGEST_PROPERTY)
