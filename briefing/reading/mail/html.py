"""Clean the HTML part of a mail: drop quoted messages and signatures, and flatten layout tables."""

import re
from typing import TYPE_CHECKING

from briefing.errors import ReadingError
from briefing.reading.canonical import ends_sentence
from briefing.reading.mail.text import opens_forward
from briefing.reading.web.hidden import drop
from briefing.reading.web.html import parse_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Classes with which programs mark an earlier message or a signature; "gmail_quote", not "quote".
_QUOTE = re.compile(r"\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|OutlookMessageHeader|protonmail_quote)\b")
_SIGNATURE = re.compile(r"\b(?:gmail_signature|moz-signature|protonmail_signature_block)\b")
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
MAX_PROMPT_WORDS = 6
_LONG_CELL = 80  # characters; figures and labels are shorter


def without_surroundings(html: str, source: str) -> tuple[str, bool]:
    """Return a cleaned HTML part, and whether it quoted a message.

    Raises:
        ReadingError: The part cannot be parsed.
    """
    from lxml.html import tostring

    try:
        tree = parse_html(html, source)
        quoted = list(filter(_is_quote, tree.iter("blockquote", "div")))
        drop([*quoted, *filter(_is_signature, tree.iter("div", "pre"))])
        drop(list(filter(_is_prompt, tree.iter("a"))))
        _flatten_layout(tree)
        return str(tostring(tree, encoding="unicode")), bool(quoted)
    except RecursionError as error:
        raise ReadingError(source, "its HTML is nested too deeply; save the article's text alone") from error


def _is_quote(element: "HtmlElement") -> bool:
    """Return True if an element quotes an earlier message; a forwarded message is content, not a quote."""
    marked = element.get("type") == "cite" if element.tag == "blockquote" else _QUOTE.search(element.get("class") or "")
    return bool(marked) and not opens_forward(str(element.text_content())[:400])


def _is_signature(element: "HtmlElement") -> bool:
    return _SIGNATURE.search(element.get("class") or "") is not None


def _is_prompt(link: "HtmlElement") -> bool:
    """Return True if a link at the end of a paragraph prompts the reader: "... on Friday. Read on"."""
    text = " ".join(str(link.text_content()).split())
    before = link.getprevious()
    parent = link.getparent()
    above = before.tail if before is not None else parent.text if parent is not None else None
    ends_block = link.getnext() is None and not (link.tail or "").strip()
    is_short = 0 < len(text.split()) <= MAX_PROMPT_WORDS and not ends_sentence(text)
    return ends_block and is_short and bool((above or "").strip()) and ends_sentence((above or "").rstrip())


def _flatten_layout(tree: "HtmlElement") -> None:
    """Turn the layout tables of newsletters into blocks."""
    layout = [table for table in tree.iter("table") if _is_layout(table)]
    parts = [part for table in layout for part in table.iter(*_TABLE_PARTS) if _table_of(part) is table]
    for part in parts:
        part.tag = "div"


def _table_of(part: "HtmlElement") -> "HtmlElement | None":
    return part if part.tag == "table" else next(part.iterancestors("table"), None)


def _is_layout(table: "HtmlElement") -> bool:
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    rows = [row for row in table.iter("tr") if _table_of(row) is table]
    if all(len(row.findall("td") + row.findall("th")) <= 1 for row in rows):
        return True
    return any(
        len(str(cell.text_content()).strip()) > _LONG_CELL or cell.find(".//table") is not None
        for row in rows
        for cell in row
    )
