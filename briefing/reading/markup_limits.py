"""Limits of markup, checked before any costly work.

libxml2 compares each attribute of an HTML element with all others: 100,000 take two minutes. It silently drops
elements that are nested more than 255 deep.
"""

import re
from typing import TYPE_CHECKING

from briefing.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ATTRIBUTES = 500  # of one element; programs write about twenty
MAX_DEPTH = 200  # elements within elements; a usual page has thirty

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+"
# A start tag as a browser parses it (HTML, 13.2.5), or the start of a comment: '<p class="a b" id=c', "<!--".
_TAG = re.compile(rf"<!--|<(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)", re.IGNORECASE)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp"})  # elements whose content is only text
_COMMENT_END = re.compile("-->")
_REMEDY = "save the article's text alone"
_SHORTEST = 2  # characters of an attribute and the space before it


def check_markup(html: str, source: str) -> None:
    """Raise an error for an element with too many attributes; the time is linear in the length.

    Raises:
        ReadingError: The page has such an element.
    """
    position = 0
    while (tag := _TAG.search(html, position)) is not None:
        position = tag.end()
        if tag["name"] is None:
            position = _end_of(_COMMENT_END, html, position)
            continue
        attributes = tag["attributes"]
        if len(attributes) > _SHORTEST * MAX_ATTRIBUTES:
            count = sum(1 for _ in _ONE_ATTRIBUTE.finditer(attributes))
            if count > MAX_ATTRIBUTES:
                reason = f"an element of the page has more than {MAX_ATTRIBUTES} attributes; {_REMEDY}"
                raise ReadingError(source, reason)
        if tag["name"].lower() in _RAW:
            position = _end_of(re.compile(f"</{tag['name']}", re.IGNORECASE), html, position)


def check_tree(tree: "_Element", source: str, what: str, most: int) -> None:
    """Raise an error for more than *most* elements, too many attributes, or too deep nesting.

    Args:
        tree: The root of the document.
        source: The name of the source in messages.
        what: The name of the document in messages: "the page".
        most: The largest number of elements.

    Raises:
        ReadingError: The document exceeds a limit.
    """
    from lxml.etree import iterwalk

    count = depth = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count, depth = count + 1, depth + 1
        if count > most:
            raise ReadingError(source, f"{what} has more than {most:,} elements; {_REMEDY}")
        if depth > MAX_DEPTH:
            raise ReadingError(source, f"{what} has elements nested more than {MAX_DEPTH} deep; {_REMEDY}")
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise ReadingError(source, f"an element of {what} has more than {MAX_ATTRIBUTES} attributes; {_REMEDY}")


def _end_of(mark: re.Pattern[str], html: str, position: int) -> int:
    """Return the end of the next mark after a position; the end of the page otherwise."""
    found = mark.search(html, position)
    return found.end() if found is not None else len(html)
