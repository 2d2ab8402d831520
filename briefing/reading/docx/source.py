"""Read the contents of Word documents."""

import re
from typing import TYPE_CHECKING

from briefing.errors import OwnBriefError, ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.canonical import clean, split_paragraphs
from briefing.reading.contents import Contents, hidden_characters
from briefing.reading.docx.package import DAMAGED, open_document
from briefing.reading.docx.text import DocumentText, Omitted
from briefing.reading.known import Known
from briefing.reading.own_briefs import GENERATOR, REASON
from briefing.reading.paragraphs import Block, Hint

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEAD = 6  # first paragraphs, in which the title of the properties must occur
_MIN_HIDDEN = 20  # characters
_DEEPEST_STYLE = 12  # levels of styles based on styles
# Names of Word's built-in styles, the same in every language: "Title", "heading 1", "toc 2", "caption".
_HEADING_STYLE = re.compile(r"heading \d")
_OTHER_STYLE = re.compile(r"toc (?:\d|heading)|caption|header|footer|footnote text|endnote text|table of figures")


def read_docx(data: bytes, source: str) -> Contents:
    """Return the contents of a Word document: styles mark title and headings, rows of tables become lines.

    Author and dates in its properties are ignored: they belong to a user account and to the file.

    Raises:
        ReadingError: The document is damaged, or unpacks to too much.
        OwnBriefError: The document is a printed brief.
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
    return Contents(titled, Known(title=title), notices=(*_notices(text.omitted), *hidden_characters(removed)))


def _styles(document: "Document") -> dict[str, Hint]:
    """Return the hint for each style, by its id; a style inherits the hint of its base style."""
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
    """Mark one title: the first in that style, else the title in the properties, else a heading at the top.

    A title in the properties that the text lacks often belongs to an older document that this one was made from.
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


def _notices(omitted: Omitted) -> list[Notice]:
    flaws = (
        (omitted.changes > 0, notice("tracked-changes", "text")),
        (omitted.notes > 0, notice("footnotes", "text", count=omitted.notes)),
        (omitted.boxes > 0, notice("text-boxes", "text", count=omitted.boxes)),
        (omitted.hidden >= _MIN_HIDDEN, notice("hidden-text.document", "text", count=omitted.hidden)),
    )
    return [flaw for is_present, flaw in flaws if is_present]
