"""Check that a page from a user's templates is self-contained: it loads, runs and sends nothing.

The page is parsed as a browser parses it. Every element and attribute must be on a list of allowed ones, so that
unknown ones are refused.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from briefing.errors import TemplateFillError
from briefing.rendering.templating.own_folder import loads
from briefing.runtime.lexicon import read_lexicon

_SVG = "{http://www.w3.org/2000/svg}"
_NAMESPACED = re.compile(r"\{http://www\.w3\.org/(?:XML/1998/namespace|2000/xmlns/)\}")  # "xml:lang", "xmlns:xlink"
_NAMED = re.compile(r"(?:aria|data)-[a-z0-9_.-]+")
_METAS = frozenset({"content-type", "content-security-policy", "content-language", "x-ua-compatible"})
_DROPPED = re.compile("[\t\n\r]")  # a browser removes them anywhere in an address
_CONTROLS = "".join(map(chr, range(0x21)))  # a browser removes them at both ends of an address
_LINK = re.compile(r"#|https?://|mailto:|tel:", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
# The beginning of a conditional comment, which some e-mail programs read as a part of the page: "[if mso]>", "[endif]".
_CONDITION = re.compile(r"\s*<?!?\[")


def self_contained(html: str, template: str) -> str:
    """Return a page from a user's template unchanged.

    Raises:
        TemplateFillError: The page would load, run or send something.
    """
    foreign = foreign_part(html)
    if foreign is not None:
        reason = (
            f"the page holds {foreign}, which no page may: it loads, runs and sends nothing; "
            "write pictures out as data: addresses, and links to the web in full"
        )
        raise TemplateFillError(template, None, reason)
    return html


def foreign_part(html: str) -> str | None:
    """Return the first element, attribute or comment of a page that is not allowed; None if all are.

    A link to the web is allowed: a browser loads nothing until it is followed.
    """
    import tinyhtml5

    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    return next((found for element in tree.iter() for found in _foreign(element)), None)


def _foreign(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):  # a comment
        if _CONDITION.match(element.text or ""):
            yield "a comment with a condition"
        return
    lists = _lists()
    is_drawn = element.tag.startswith(_SVG)
    tag = element.tag.removeprefix(_SVG)
    if tag not in lists["elements_of_drawings" if is_drawn else "elements"]:
        yield f"<{tag.rpartition('}')[2]}>"
    if tag == "style" and any(loads("".join(element.itertext()))):
        yield "an address in <style>"
    for name, value in element.attrib.items():
        if not _is_allowed(tag, str(name), value or "", is_drawn=is_drawn):
            yield f"{str(name).rpartition('}')[2]}={value!r} of <{tag}>"


def _is_allowed(tag: str, name: str, value: str, *, is_drawn: bool) -> bool:
    """Return True if an element may have an attribute with this value."""
    address = _DROPPED.sub("", value).strip(_CONTROLS)
    match name.rpartition("}")[2]:
        case "href" if is_drawn:
            return address.startswith("#") or (tag == "image" and _PICTURE.match(address) is not None)
        case "href":
            return tag == "a" and _LINK.match(address) is not None
        case "src":
            return tag == "img" and _PICTURE.match(address) is not None
        case "style":
            return not any(loads(value))
        case "http-equiv":
            return tag == "meta" and address.lower() in _METAS
    if is_drawn and any(loads(value)):
        return False
    lists = _lists()
    is_known = name in lists["attributes"] or (is_drawn and name in lists["attributes_of_drawings"])
    return is_known or name == "xmlns" or bool(_NAMED.fullmatch(name) or _NAMESPACED.match(name))


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Return the allowed elements and attributes."""
    return {key: frozenset(words) for key, words in read_lexicon(__name__).items()}
