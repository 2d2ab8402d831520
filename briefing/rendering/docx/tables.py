"""Tables of a Word document, with a marked header row that repeats on each page (ECMA-376 part 1, 17.4)."""

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from briefing.rendering.wording import shorten, without_controls

_STYLE = "Brief Table"
_LONGEST_CAPTION = 200  # characters


def add_table(
    document: Document, caption: str, rows: int, widths: Sequence[float], *, header: bool
) -> Iterator[tuple[Paragraph, ...]]:
    """Add a table and yield, for each row, the paragraphs of its cells.

    Args:
        document: The document to append to.
        caption: A description for screen readers.
        rows: Number of rows, including the header row.
        widths: Widths of the columns in millimetres.
        header: True if the first row names the columns. The first column always names the rows.
    """
    table = document.add_table(rows=0, cols=len(widths), style=_STYLE)
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no public access to a table's description
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    value, first = ("06A0", "1") if header else ("0680", "0")
    traits = f'w:firstRow="{first}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    properties.append(_element(f'<w:tblLook {_W} w:val="{value}" {traits}/>'))
    description = _element(f"<w:tblCaption {_W}/>")
    description.set(qn("w:val"), shorten(without_controls(caption), _LONGEST_CAPTION))
    properties.append(description)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number in range(rows):
        row = table.add_row()
        heads = header and number == 0
        traits = row._tr.get_or_add_trPr()  # noqa: SLF001
        traits.append(_element(f"<w:cantSplit {_W}/>"))
        if heads:
            traits.append(_element(f"<w:tblHeader {_W}/>"))
        paragraphs = tuple(cell.paragraphs[0] for cell in row.cells)
        for paragraph in paragraphs:
            paragraph.style = "Table Heading" if heads else "Table Text"
        yield paragraphs


_W = nsdecls("w")


def _element(xml: str) -> BaseOxmlElement:
    return parse_xml(xml)
