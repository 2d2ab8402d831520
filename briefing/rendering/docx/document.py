"""A page as a Word document (Office Open XML, ECMA-376) with named, editable styles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from briefing.rendering.digest.view import ContradictionRow, HeadlineRow
from briefing.rendering.docx.package import new_document, to_bytes
from briefing.rendering.docx.runs import add_after, add_bookmarked, add_link, add_text
from briefing.rendering.docx.sections import MARGIN, set_headers_and_footers, set_paper, set_properties
from briefing.rendering.docx.tables import add_table
from briefing.rendering.layout import Layout
from briefing.rendering.paper import PAPERS
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.row_view import (
    ActorRow,
    ArticleParagraph,
    Citation,
    EventRow,
    EvidenceItem,
    Fact,
    Line,
    NamesRow,
    Note,
    Point,
    QuoteRow,
    Row,
    SourceRow,
)
from briefing.rendering.view import Appendix, Chapter, Page, Section

_WIDTHS = {"name": 4.0, "role": 4.0, "kind": 2.0, "affiliation": 2.0, "mentions": 1.3}  # shares of a table's width
_EVENT_WIDTHS = (1.0, 3.6)
_ARTICLE_STYLES = {"title": "Heading 2", "heading": "Heading 3", "subtitle": "Subtitle", "boilerplate": "Note"}
# The characters of a URI besides letters and digits: RFC 3986, sections 2.2 and 2.3, and "%".
_URI_SIGNS = ":/?#[]@!$&'()*+,;=-._~%"


def render_docx(record: Printable, layout: Layout) -> bytes:
    """Return a brief or digest as a Word document with the text of the page in the same order.

    Evidence numbers link to the evidence and back. The only external links are the addresses of articles.
    """
    page = page_of(record, layout)
    paper = PAPERS[page.paper.lower()]
    document = new_document(page, text_width=paper[0] - 2 * MARGIN)
    set_paper(document.sections[0], paper)
    set_headers_and_footers(document.sections[0], page)
    set_properties(document, record, page)
    _Writer(document, paper[0] - 2 * MARGIN).write(page)
    return to_bytes(document)


@dataclass(slots=True)
class _Writer:
    """Append the parts of a page to a document."""

    document: Document
    width: float  # of the text, in millimetres
    bookmarks: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def write(self, page: Page) -> None:
        """Write everything in print order."""
        self._paragraph("Kicker", page.kicker)
        title = self._paragraph("Title", page.title)
        if page.title_mark:
            add_text(title, f" {page.title_mark}", "Edit Mark")
        for text in (page.origin, page.distribution):
            if text:
                self._paragraph("Subtitle", text)
        for band in page.bands:
            for section in band.sections:
                self._section(section)
        for chapter in page.chapters:
            self._chapter(chapter)
        for appendix in page.appendices:
            self._appendix(appendix)

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.group:
            self._paragraph("Kicker", chapter.group)
        heading = self._paragraph("Heading 1", f"{chapter.number} ")
        self._line(heading, chapter.headline)
        if chapter.lead:
            self._paragraph("Note", chapter.lead)
        for section in (section for band in chapter.bands for section in band.sections):
            self._section(section, "Heading 2")

    def _section(self, section: Section, heading: str = "Heading 1") -> None:
        self._paragraph(heading, section.label)
        if not section.rows:
            self._paragraph("Empty Section", section.empty)
        elif any(isinstance(row, ActorRow | NamesRow) for row in section.rows):
            self._actors(section)
        elif all(isinstance(row, EventRow) for row in section.rows):
            self._events(section)
        else:
            self._rows(section.rows, "Body Text" if section.name == "summary" else "List Bullet")

    def _rows(self, rows: Iterable[Row], style: str) -> None:
        """Write rows as paragraphs; a row of an unknown kind gives one paragraph for each block."""
        for row in rows:
            match row:
                case Fact():
                    self._line(self._paragraph(style), row.line)
                case Point():
                    self._detailed(self._paragraph(style), row.statement, row.details, "List Continue")
                case QuoteRow():
                    self._quotes(row)
                case Note():
                    self._paragraph("Note", row.text)
                case EvidenceItem():
                    self._evidence(row)
                case ArticleParagraph():
                    self._paragraph(_ARTICLE_STYLES.get(row.role, "Body Text"), row.text)
                case _:
                    self._digest_row(row, style)

    def _digest_row(self, row: Row, style: str) -> None:
        match row:
            case SourceRow():
                self._source(row)
            case HeadlineRow():
                self._headline(row)
            case ContradictionRow():
                self._contradiction(row)
            case _:
                for block in row.blocks():
                    self._paragraph(style, block.text)

    def _actors(self, section: Section) -> None:
        rows = [row for row in section.rows if isinstance(row, ActorRow)]
        if rows:
            self._table_of_actors(section, rows)
        for names in (row.names for row in section.rows if isinstance(row, NamesRow)):
            paragraph = self._paragraph("Body Text")
            for number, name in enumerate(names):
                add_text(paragraph, " · " if number else "")
                self._line(paragraph, name)

    def _table_of_actors(self, section: Section, rows: Sequence[ActorRow]) -> None:
        shares = [_WIDTHS.get(column.name, 2.0) for column in section.columns]
        table = self._table(section, 1 + len(rows), shares, header=True)
        for cell, column in zip(next(table), section.columns, strict=True):
            add_text(cell, column.label)
        for row, cells in zip(rows, table, strict=True):
            for cell, content in zip(cells, row.cells, strict=True):
                if isinstance(content, Line):
                    self._line(cell, content)
                else:
                    add_text(cell, content)

    def _events(self, section: Section) -> None:
        rows = [row for row in section.rows if isinstance(row, EventRow)]
        table = self._table(section, len(rows), _EVENT_WIDTHS, header=False)
        for row, (when, what) in zip(rows, table, strict=True):
            add_text(when, row.when)
            self._detailed(what, row.title, row.details, "Details")

    def _table(
        self, section: Section, rows: int, shares: Iterable[float], *, header: bool
    ) -> Iterator[tuple[Paragraph, ...]]:
        """Add a table and return an iterator over its rows: the paragraphs of their cells."""
        parts = tuple(shares)
        widths = [self.width * share / sum(parts) for share in parts]
        return iter(add_table(self.document, section.label, rows, widths, header=header))

    def _appendix(self, appendix: Appendix) -> None:
        if not appendix.rows:
            return
        self._paragraph("Heading 1", appendix.label)
        if appendix.lead or appendix.link:
            lead = self._paragraph("Note", appendix.lead)
            if appendix.link:
                add_text(lead, " " if appendix.lead else "")
                self._address(lead, appendix.link)
        self._rows(appendix.rows, "Body Text")

    def _quotes(self, row: QuoteRow) -> None:
        self._paragraph("Quote Source", row.speaker).paragraph_format.keep_with_next = True
        for line in row.quotes:
            self._line(self._paragraph("Quote"), line)

    def _source(self, row: SourceRow) -> None:
        paragraph = self._paragraph("Table Heading", row.text)
        if row.link:
            add_text(paragraph, " ")
            self._address(paragraph, row.link)

    def _headline(self, row: HeadlineRow) -> None:
        paragraph = self._paragraph("Body Text", f"{row.number} ")
        self._detailed(paragraph, row.headline, row.details, "Details")

    def _contradiction(self, row: ContradictionRow) -> None:
        paragraph = self._paragraph("Body Text", f"{row.kind} ")
        self._line(paragraph, row.slot)
        paragraph.paragraph_format.keep_with_next = True
        for side in row.sides:
            self._line(self._paragraph("List Bullet", f"{side.value} "), side.line)

    def _address(self, paragraph: Paragraph, address: str) -> None:
        """Write a web address as a link, or as plain text if it cannot be followed."""
        target = _uri(address)
        if target is None:
            add_text(paragraph, address)
            return
        relation = self.document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        add_link(paragraph, address, "Hyperlink", relation=relation)

    def _evidence(self, item: EvidenceItem) -> None:
        paragraph = self._paragraph("Evidence")
        link = add_link(paragraph, f"[{item.number}]", "Evidence Number", anchor=_cited(item.number))
        add_bookmarked(link, _evidence(item.number), next(self.bookmarks))
        add_text(paragraph, "\t")
        add_text(paragraph, item.origin, "Place")
        add_text(paragraph, f" {item.text}")

    def _line(self, paragraph: Paragraph, line: Line) -> None:
        """Write a line with its tag, citations, edit mark and details."""
        if line.tag:
            add_text(paragraph, f"{line.tag.text} ", "Edit Mark")
        for run in line.runs:
            add_text(paragraph, run.text, "Added Words" if run.ours else None)
        for citation in line.citations:
            self._citation(paragraph, citation)
        if line.mark:
            add_text(paragraph, f" {line.mark}", "Edit Mark")
        for number, detail in enumerate(line.after):
            add_text(paragraph, f"{' · ' if number else ' '}{detail.text}", "Place")

    def _detailed(self, paragraph: Paragraph, line: Line, details: str, style: str) -> None:
        """Write a line and, in a paragraph on the same page, its details."""
        self._line(paragraph, line)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(0)
        add_text(add_after(paragraph, style), details)

    def _citation(self, paragraph: Paragraph, citation: Citation) -> None:
        add_text(paragraph, "\u00a0", "Citation")
        link = add_link(paragraph, f"[{citation.number}]", "Citation", anchor=_evidence(citation.number))
        if citation.first:
            add_bookmarked(link, _cited(citation.number), next(self.bookmarks))

    def _paragraph(self, style: str, text: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        add_text(paragraph, text)
        return paragraph


def _evidence(number: int) -> str:
    return f"evidence_{number}"


def _cited(number: int) -> str:
    return f"cited_{number}"


def _uri(address: str) -> str | None:
    """Return an address as a valid URI; None if it has no host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return quote(address, safe=_URI_SIGNS) if host else None
