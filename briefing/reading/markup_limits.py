"""What markup may hold, counted before anything costly is done with it.

libxml2 compares each attribute of an HTML element with all others: 100,000 take two minutes. It leaves out what is
nested deeper than 255 elements, and does not say so.
"""

import re
from typing import TYPE_CHECKING

from briefing.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ATTRIBUTES = 500  # of one element; programs write some twenty
MAX_DEPTH = 200  # elements within elements; a usual page has thirty

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+"
# A start tag as a browser takes it apart (HTML, 13.2.5), or the beginning of a comment: '<p class="a b" id=c', "<!--".
_TAG = re.compile(rf"<!--|<(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)", re.IGNORECASE)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp"})  # elements that hold text, whatever it looks like
_COMMENT_END = re.compile("-->")
_REMEDY = "save the article's text alone"
_SHORTEST = 2  # characters of an attribute and the space before it


def check_markup(html: str, source: str) -> None:
    """Refuse a page that has an element with too many attributes, in time that grows with its length alone.

    Raises:
        ReadingError: it has one.
    """
    position = 0
    while (tag := _TAG.search(html, position)) is not None:
        position = tag.end()
        if tag["name"] is None:
            position = _after(_COMMENT_END, html, position)
            continue
        attributes = tag["attributes"]
        if len(attributes) > _SHORTEST * MAX_ATTRIBUTES:
            count = sum(1 for _ in _ONE_ATTRIBUTE.finditer(attributes))
            if count > MAX_ATTRIBUTES:
                reason = f"an element of the page has more than {MAX_ATTRIBUTES} attributes; {_REMEDY}"
                raise ReadingError(source, reason)
        if tag["name"].lower() in _RAW:
            position = _after(re.compile(f"</{tag['name']}", re.IGNORECASE), html, position)


def check_tree(tree: "_Element", source: str, what: str, most: int) -> None:
    """Refuse a document of more than *most* elements, of too many attributes, or nested too deeply.

    Args:
        tree: Its root.
        source: Its name in messages.
        what: What it is in messages: "the page".
        most: How many elements it may have.

    Raises:
        ReadingError: it is such a document.
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


def _after(mark: re.Pattern[str], html: str, position: int) -> int:
    """Return where a mark ends that stands behind a position; the end of the page where none does."""
    found = mark.search(html, position)
    return found.end() if found is not None else len(html)
