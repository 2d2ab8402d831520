"""Word documents: articles as their authors wrote them."""

import re
from typing import TYPE_CHECKING

from briefing.errors import OwnBriefError, ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.canonical import clean, split_paragraphs
from briefing.reading.contents import Contents, hidden_characters
from briefing.reading.docx.package import DAMAGED, open_document
from briefing.reading.docx.text import DocumentText, Left
from briefing.reading.known import Known
from briefing.reading.own_briefs import GENERATOR, REASON
from briefing.reading.paragraphs import Block, Hint

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEAD = 6  # paragraphs among which the title of the properties must stand
_MIN_HIDDEN = 20  # characters
_DEEPEST_STYLE = 12  # styles that are based on one another
# Names of Word's own styles, in every language the same: "Title", "heading 1", "toc 2", "caption".
_HEADING_STYLE = re.compile(r"heading \d")
_OTHER_STYLE = re.compile(r"toc (?:\d|heading)|caption|header|footer|footnote text|endnote text|table of figures")


def read_docx(data: bytes, source: str) -> Contents:
    """Return what a Word document holds: paragraphs, headings and title by their styles, rows of tables as lines.

    Its properties name no author and no day that count: they are those of an account and of the file.

    Raises:
        ReadingError: it is damaged, or unpacks to more than it may.
        OwnBriefError: it is a brief that was printed as a document.
    """
    document = open_document(data, source)
    try:
        if GENERATOR.match(document.core_properties.comments or ""):
            raise OwnBriefError(source, REASON)
        text = DocumentText(_styles(document))
        paragraphs = list(text.paragraphs(document.element.body))
        stated = document.core_properties.title or ""
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ReadingError(source, DAMAGED) from error
    blocks: list[Block] = []
    removed = 0
    for paragraph, hint in paragraphs:
        cleaned = clean(paragraph)
        removed += cleaned.removed
        blocks += [Block(piece, hint) for piece in split_paragraphs(cleaned.text)]
    titled = _with_title(tuple(blocks), stated)
    title = next((block.text for block in titled if block.hint == "title"), None)
    return Contents(titled, Known(title=title), notices=(*_notices(text.left), *hidden_characters(removed)))


def _styles(document: "Document") -> dict[str, Hint]:
    """Return what the paragraphs of each style are for, by its id; a style is what the one is that it is based on."""
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in document.styles.element.iterfind(f"{_W}style"):
        number = str(style.get(f"{_W}styleId"))
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        names[number] = str(name.get(f"{_W}val")).casefold() if name is not None else ""
        based[number] = str(base.get(f"{_W}val")) if base is not None else ""
    hints: dict[str, Hint] = {}
    for number in names:
        style_id, hint = number, None
        for _ in range(_DEEPEST_STYLE):
            hint = _hint(names.get(style_id, ""))
            if hint is not None:
                break
            style_id = based.get(style_id, "")
        hints[number] = hint
    return hints


def _hint(name: str) -> Hint:
    if name == "title":
        return "title"
    if _HEADING_STYLE.match(name):
        return "heading"
    return "boilerplate" if _OTHER_STYLE.fullmatch(name) else None


def _with_title(blocks: tuple[Block, ...], stated: str) -> tuple[Block, ...]:
    """Return the blocks with one title: the first in that style, else what the properties name, else a heading on top.

    A title of the properties that the text does not have is often that of another document, which this was made from.
    """
    heads = blocks[:_HEAD]
    found = next((n for n, block in enumerate(blocks) if block.hint == "title"), None)
    if found is None:
        found = next((n for n, b in enumerate(heads) if stated and _letters(b.text) == _letters(stated)), None)
    if found is None:
        found = next((n for n, block in enumerate(heads[:2]) if block.hint == "heading"), None)
    return tuple(
        Block(b.text, "title" if n == found else "heading" if b.hint == "title" else b.hint)
        for n, b in enumerate(blocks)
    )


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _notices(left: Left) -> list[Notice]:
    told = (
        (left.changes > 0, notice("tracked-changes", "text")),
        (left.notes > 0, notice("footnotes", "text", count=left.notes)),
        (left.boxes > 0, notice("text-boxes", "text", count=left.boxes)),
        (left.hidden >= _MIN_HIDDEN, notice("hidden-text.document", "text", count=left.hidden)),
    )
    return [said for is_so, said in told if is_so]
