"""The text of a Word document, with all tracked changes accepted.

python-docx misses insertions in a paragraph's text, and paragraphs in content controls. So this module walks the
elements (WordprocessingML, ECMA-376 part 1, 17).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.reading.canonical import ends_sentence
from briefing.reading.paragraphs import Hint

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REMOVED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_SILENT = frozenset({"instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"})
_BOXES = frozenset({"drawing", "pict", "object"})
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_WRITTEN = {"tab": " ", "ptab": " ", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
_LONG_CELL = 200  # characters; a longer cell is text in a layout table
_SENTENCE_SPACES = 4
_TINY = 4  # half-points; smaller letters are unreadable
_BREAKS = re.compile(r"\n[ \n]*\n")


@dataclass(slots=True)
class Omitted:
    """Counts of the parts of a document that were left out."""

    notes: int = 0
    boxes: int = 0
    hidden: int = 0  # characters
    changes: int = 0


@dataclass(slots=True)
class DocumentText:
    """Collect the paragraphs of a document; *styles* maps the id of a style to its hint."""

    styles: dict[str, Hint]
    omitted: Omitted = field(default_factory=Omitted)
    _carried: str = ""  # text of a paragraph whose mark was deleted: it continues in the next

    def paragraphs(self, parent: "_Element", *, in_table: bool = False) -> Iterator[tuple[str, Hint]]:
        """Yield the text and the hint of each paragraph; *in_table*: whether the parent is in a table."""
        for child in parent:
            name = _name(child)
            if name == "p":
                yield from self._paragraph(child, in_table=in_table)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _REMOVED:
                self.omitted.changes += 1
            elif name and name not in _SILENT and child.tag != _FALLBACK:
                yield from self.paragraphs(child, in_table=in_table)

    def _paragraph(self, element: "_Element", *, in_table: bool) -> Iterator[tuple[str, Hint]]:
        shaded = in_table or element.find(f"{_W}pPr/{_W}shd") is not None
        text = self._carried + "".join(self._text(element, shaded=shaded))
        self._carried = ""
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self.omitted.changes += 1
            self._carried = text
            return
        style = element.find(f"{_W}pPr/{_W}pStyle")
        hint = self.styles.get(str(style.get(f"{_W}val"))) if style is not None else None
        yield from ((piece.replace("\n", " "), hint) for piece in _BREAKS.split(text) if piece.strip())

    def _table(self, table: "_Element") -> Iterator[tuple[str, Hint]]:
        """Yield each row as one line of boilerplate, or its paragraphs if its cells hold sentences."""
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.omitted.changes += 1
                continue
            cells = [list(self.paragraphs(cell, in_table=True)) for cell in row.iterfind(f"{_W}tc")]
            texts = [" ".join(text for text, _ in cell) for cell in cells if cell]
            if len(texts) < 2 or any(_is_prose(text) for text in texts):
                yield from (paragraph for cell in cells for paragraph in cell)
            else:
                yield " | ".join(texts), "boilerplate"

    def _text(self, element: "_Element", *, shaded: bool) -> Iterator[str]:
        for child in element:
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in _WRITTEN:
                yield _WRITTEN[name]
            elif name in _NOTES:
                self.omitted.notes += 1
            elif name in _REMOVED:
                self.omitted.changes += 1
            elif name in _BOXES:
                self.omitted.boxes += any((text.text or "").strip() for text in child.iter(f"{_W}t"))
            elif name == "r" and _is_hidden(child, shaded=shaded):
                self.omitted.hidden += sum(len(text.text or "") for text in child.iter(f"{_W}t"))
            elif name and name not in _SILENT and child.tag != _FALLBACK:
                self.omitted.changes += name in _INSERTED
                yield from self._text(child, shaded=shaded)


def _name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_prose(cell: str) -> bool:
    """Return True if a cell holds sentences: the table is only layout."""
    return len(cell) > _LONG_CELL or (cell.count(" ") >= _SENTENCE_SPACES and ends_sentence(cell))


def _is_hidden(run: "_Element", *, shaded: bool) -> bool:
    """Return True if a run is invisible: marked hidden, tiny, or white without shading."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    if any(_is_on(properties.find(f"{_W}{name}")) for name in ("vanish", "webHidden", "specVanish")):
        return True
    size, colour = (_value(properties.find(f"{_W}{name}")) for name in ("sz", "color"))
    if size.isdecimal() and int(size) <= _TINY:
        return True
    ground = shaded or any(properties.find(f"{_W}{name}") is not None for name in ("shd", "highlight"))
    return colour.upper() == "FFFFFF" and not ground


def _is_on(toggle: "_Element | None") -> bool:
    return toggle is not None and _value(toggle) not in ("0", "false", "off")


def _value(element: "_Element | None") -> str:
    return "" if element is None else str(element.get(f"{_W}val") or "")
