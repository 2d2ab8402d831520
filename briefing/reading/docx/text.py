"""The text of a Word document's elements, as it stands when all tracked changes are accepted.

python-docx leaves insertions out of a paragraph's text, and paragraphs out of content controls: the elements are gone
through here (WordprocessingML, ECMA-376 part 1, 17).
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
_LONG_CELL = 200  # characters; a longer one is text that a table only places
_SENTENCE_SPACES = 4
_TINY = 4  # half-points of letters that nobody reads
_BREAKS = re.compile(r"\n[ \n]*\n")


@dataclass(slots=True)
class Left:
    """What was left out of a document, counted."""

    notes: int = 0
    boxes: int = 0
    hidden: int = 0  # characters
    changes: int = 0


@dataclass(slots=True)
class DocumentText:
    """Gathers the paragraphs of a document's elements; *styles* holds what a paragraph is for by its style's id."""

    styles: dict[str, Hint]
    left: Left = field(default_factory=Left)
    _carried: str = ""  # text of a paragraph whose mark was deleted: it goes on in the next

    def paragraphs(self, parent: "_Element", *, placed: bool = False) -> Iterator[tuple[str, Hint]]:
        """Yield the text and the purpose of each paragraph; *placed* ones stand in a table."""
        for child in parent:
            name = _name(child)
            if name == "p":
                yield from self._paragraph(child, placed=placed)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _REMOVED:
                self.left.changes += 1
            elif name and name not in _SILENT and child.tag != _FALLBACK:
                yield from self.paragraphs(child, placed=placed)

    def _paragraph(self, element: "_Element", *, placed: bool) -> Iterator[tuple[str, Hint]]:
        shaded = placed or element.find(f"{_W}pPr/{_W}shd") is not None
        text = self._carried + "".join(self._text(element, shaded=shaded))
        self._carried = ""
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self.left.changes += 1
            self._carried = text
            return
        style = element.find(f"{_W}pPr/{_W}pStyle")
        hint = self.styles.get(str(style.get(f"{_W}val"))) if style is not None else None
        yield from ((piece.replace("\n", " "), hint) for piece in _BREAKS.split(text) if piece.strip())

    def _table(self, table: "_Element") -> Iterator[tuple[str, Hint]]:
        """Yield each row as one line, which is no sentence; the paragraphs of one whose cells hold text."""
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.left.changes += 1
                continue
            cells = [list(self.paragraphs(cell, placed=True)) for cell in row.iterfind(f"{_W}tc")]
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
                self.left.notes += 1
            elif name in _REMOVED:
                self.left.changes += 1
            elif name in _BOXES:
                self.left.boxes += any((text.text or "").strip() for text in child.iter(f"{_W}t"))
            elif name == "r" and _is_hidden(child, shaded=shaded):
                self.left.hidden += sum(len(text.text or "") for text in child.iter(f"{_W}t"))
            elif name and name not in _SILENT and child.tag != _FALLBACK:
                self.left.changes += name in _INSERTED
                yield from self._text(child, shaded=shaded)


def _name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for a comment or the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_prose(cell: str) -> bool:
    """Tell whether a cell holds sentences, which a table only places."""
    return len(cell) > _LONG_CELL or (cell.count(" ") >= _SENTENCE_SPACES and ends_sentence(cell))


def _is_hidden(run: "_Element", *, shaded: bool) -> bool:
    """Tell whether nobody sees a run: it is marked so, tiny, or white where nothing is shaded."""
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
