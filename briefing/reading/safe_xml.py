"""Parse untrusted XML: refuse declarations and entities, and repair broken markup."""

import re
from html.entities import html5
from typing import TYPE_CHECKING

from briefing.errors import ReadingError
from briefing.reading.decoding import decode
from briefing.reading.markup_limits import check_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENTS = 200_000  # a feed of a thousand articles has a tenth of this

# The prolog above the root; a document type is allowed, but it may not declare entities.
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,400}\?>")
_BEFORE_DOCTYPE = re.compile(r"\A(?:\s+|<\?.{0,4000}?\?>|<!--.{0,20000}?-->)*+(?=<!DOCTYPE)", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[<>]{0,1000}>", re.IGNORECASE)
# "&nbsp;", "&eacute;", which XML does not define; not "&amp;" and the others that it defines.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


def parse_xml(data: bytes, source: str, what: str) -> "_Element":
    """Return the root of a document; markup that is not well-formed is repaired.

    Args:
        data: The whole document.
        source: The name of the source in messages.
        what: The expected kind of document: "a feed".

    Raises:
        ReadingError: The data is not text or XML, declares entities or elements, or exceeds a limit.
    """
    from lxml.etree import LxmlError, XMLParser, fromstring

    text = _DECLARATION.sub("", decode(data, source, limit=len(data)).text.lstrip("\ufeff"))
    before = _BEFORE_DOCTYPE.match(text)
    if before is not None:
        doctype = _DOCTYPE.match(text, before.end())
        if doctype is None:
            raise ReadingError(source, f"it declares entities or elements of its own (DTD), which {what} need not do")
        text = text[doctype.end() :]
    named = _NAMED.sub(lambda entity: html5.get(entity[1], f"&amp;{entity[1]}"), text)
    parser = XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root: _Element | None = fromstring(named.encode("utf-8", "replace"), parser)
    except (LxmlError, ValueError) as error:
        raise ReadingError(source, f"it is not {what}: no XML ({error})") from error
    if root is None:
        raise ReadingError(source, f"it is not {what}: no XML")
    check_tree(root, source, what, MAX_ELEMENTS)
    return root
