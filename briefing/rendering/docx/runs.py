"""Runs, links, bookmarks and fields of a paragraph in a Word document (ECMA-376 part 1, sections 17.3 and 17.16)."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from briefing.rendering.wording import without_controls

_NO_BREAK = "\u00a0"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})  # bidirectional classes of UAX 9
# Added after right-to-left text; otherwise a citation number after it would be drawn on the wrong side.
_LEFT_TO_RIGHT_MARK = "\u200e"


def add_text(paragraph: Paragraph, text: str, style: str | None = None) -> None:
    """Append a text to a paragraph, in a character style if one is given; tab characters become tabs."""
    for run in _runs(text, style):
        paragraph._p.append(run)  # noqa: SLF001 - python-docx has no public method to append an existing run


def add_after(paragraph: Paragraph, style: str) -> Paragraph:
    """Add a paragraph after another, in a paragraph style."""
    element = _element("w:p")
    paragraph._p.addnext(element)  # noqa: SLF001
    added = Paragraph(cast("CT_P", element), paragraph._parent)  # noqa: SLF001
    added.style = style
    return added


def add_link(
    paragraph: Paragraph, text: str, style: str, *, anchor: str | None = None, relation: str | None = None
) -> BaseOxmlElement:
    """Add a link to a bookmark, or to the target of a relationship, and return it."""
    link = _element("w:hyperlink")
    if anchor is not None:
        link.set(qn("w:anchor"), anchor)
    if relation is not None:
        link.set(qn("r:id"), relation)
    link.set(qn("w:history"), "1")
    for run in _runs(text, style):
        link.append(run)
    paragraph._p.append(link)  # noqa: SLF001
    return link


def add_bookmarked(element: BaseOxmlElement, name: str, number: int) -> None:
    """Put a bookmark around a part of a paragraph; its name and number must be unique in the document."""
    start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    element.addprevious(start)
    element.addnext(end)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the word processor fills in: PAGE, NUMPAGES."""
    field = _element("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    for run in _runs("1"):
        field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _runs(text: str, style: str | None = None) -> Iterator[BaseOxmlElement]:
    """Yield runs of one direction each, without characters that no document can hold."""
    for number, part in enumerate(text.split("\t")):
        if number:
            run = _run(style)
            run.append(_element("w:tab"))
            yield run
        clean = _NO_BREAK.join(without_controls(piece) for piece in part.split(_NO_BREAK))
        for words, right_to_left in directions(clean):
            run = _run(style, right_to_left=right_to_left)
            content = _element("w:t")
            content.text = f"{words}{_LEFT_TO_RIGHT_MARK}" if right_to_left else words
            content.set(qn("xml:space"), "preserve")
            run.append(content)
            yield run


def _run(style: str | None, *, right_to_left: bool = False) -> BaseOxmlElement:
    run, properties = _element("w:r"), _element("w:rPr")
    if style is not None:
        named = _element("w:rStyle")
        named.set(qn("w:val"), style.replace(" ", ""))  # the ids of our styles are their names without spaces
        properties.append(named)
    if right_to_left:
        properties.append(_element("w:rtl"))
    if len(properties):
        run.append(properties)
    return run


def directions(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces of one direction, each with True if it runs from right to left.

    A character without a direction, such as a space or a digit, takes the direction of its neighbours if they agree.
    Otherwise it takes the direction of the paragraph, which runs from left to right.
    """
    if text.isascii():
        return [(text, False)] if text else []
    strong = [_direction(character) for character in text]
    before, after = list(strong), list(strong)
    for number in range(1, len(text)):
        before[number] = strong[number] if strong[number] is not None else before[number - 1]
    for number in range(len(text) - 2, -1, -1):
        after[number] = strong[number] if strong[number] is not None else after[number + 1]
    resolved = zip(text, (bool(left and right) for left, right in zip(before, after, strict=True)), strict=True)
    return [("".join(pair[0] for pair in pairs), way) for way, pairs in groupby(resolved, key=lambda pair: pair[1])]


def _direction(character: str) -> bool | None:
    """Return True if a character runs from right to left; None if it has no direction."""
    kind = unicodedata.bidirectional(character)
    return True if kind in _RIGHT_TO_LEFT else False if kind == "L" else None


def _element(tag: str) -> BaseOxmlElement:
    return cast("BaseOxmlElement", OxmlElement(tag))
