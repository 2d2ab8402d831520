"""Find and remove the furniture of a web page: boxes within or beside the article that trafilatura takes for text."""

import re
from typing import TYPE_CHECKING

from briefing.reading.web.hidden import drop
from briefing.runtime.lexicon import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_WORDS = 120  # of a box
MAX_SHARE = 0.25  # of the words of the page; a larger box may be the article
MAX_PARAGRAPHS = 0.5  # of the words in paragraphs; a page that loses more names its article like furniture

_NAME_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
_KEPT = frozenset(("html", "head", "body", "main", "article", "h1"))
_TYPED = frozenset(("", "email", "text", "tel"))  # fields that a reader types in


def drop_furniture(tree: "HtmlElement") -> None:
    """Remove captions, sign-up forms and other boxes, which their role, name or fields show."""
    longest = min(MAX_WORDS, int(MAX_SHARE * len(tree.text_content().split())))
    found = [box for box in tree.iter() if _is_named(box) and _is_small(box, longest) and not _is_in_line(box)]
    fields = [field for field in tree.iter("input", "textarea") if field.tag == "textarea" or _is_typed_in(field)]
    for field in {field.getparent(): field for field in fields}.values():  # one of each box: a page may have thousands
        found += _form_around(field, longest)
    boxes = set(found)
    lost = kept = 0
    for paragraph in tree.iter("p"):
        words = len(paragraph.text_content().split())
        if paragraph in boxes or any(outer in boxes for outer in paragraph.iterancestors()):
            lost += words
        else:
            kept += words
    if lost <= MAX_PARAGRAPHS * (lost + kept):
        drop(found)


def _is_typed_in(field: "HtmlElement") -> bool:
    return (field.get("type") or "").strip().lower() in _TYPED


def _is_named(element: "HtmlElement") -> bool:
    """Return True if the role, the classes or the identifier of an element name furniture."""
    if (element.get("role") or "").strip().lower() in word_set(__name__, "roles"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_names_furniture(name) for name in names)


def _names_furniture(name: str) -> bool:
    words = f"-{_NAME_BREAK.sub('-', name[:100]).lower()}-"
    return any(f"-{part}-" in words for part in word_set(__name__, "names"))


def _is_in_line(element: "HtmlElement") -> bool:
    """Return True if an element is within a line, beside words: it may be part of a sentence."""
    outer = element.getparent()
    if outer is None or element.tag not in word_set(__name__, "inline"):
        return False
    return any(text and not text.isspace() for text in (outer.text, *(child.tail for child in outer)))


def _form_around(field: "HtmlElement", longest: int) -> list["HtmlElement"]:
    """Return the largest small box around a field: the form, with what invites to fill it in."""
    largest: list[HtmlElement] = []
    for box in field.iterancestors():
        if not _is_small(box, longest):
            break
        largest = [box]
    return largest


def _is_small(element: "HtmlElement", longest: int) -> bool:
    """Return True if an element has few words, and is no part that every article needs."""
    if element.tag in _KEPT:
        return False
    words = 0
    for text in element.itertext():
        words += len(text.split(None, longest + 1))
        if words > longest:
            return False
    return element.find(".//h1") is None
