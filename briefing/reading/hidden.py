"""What a web page holds but does not show."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefing.reading.canonical import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "canvas",
    "select",
    "button",
)
MIN_PASSAGE = 20  # characters; less is an icon or a label, of which the reader need not be told

# "display:none", "opacity: 0"; not "display: block", not "opacity: 0.5".
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0(?![.\d])", re.IGNORECASE
)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONDITIONAL_STYLE = re.compile(r"@[\w-]+[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_PLAIN_SELECTOR = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)


def drop_hidden(tree: "HtmlElement") -> int:
    """Take out what the page does not show, and return how many passages of text that were.

    A style sheet counts where it hides a class or an id whatever the screen.
    """
    names = _hidden_names(tree)
    hidden = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str) and element.tag not in ("html", "body", "head") and _is_hidden(element, names)
    ]
    passages = [
        e for e in hidden if e.tag not in UNSEEN_TAGS and len(squash("".join(e.itertext())[:400])) >= MIN_PASSAGE
    ]
    drop(hidden)
    return len(passages)


def drop(elements: Iterable["HtmlElement"]) -> None:
    """Take elements out of their tree; the text after them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: "HtmlElement", names: frozenset[str]) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "false":
        return True
    if (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if names and not names.isdisjoint(f".{name}" for name in (element.get("class") or "").split()):
        return True
    if names and f"#{element.get('id')}" in names:
        return True
    return bool(_HIDING_STYLE.search((element.get("style") or "")[:2000]))


def _hidden_names(tree: "HtmlElement") -> frozenset[str]:
    """Return the classes and ids that the page's own style sheets hide: ".note", "#teaser"."""
    names: list[str] = []
    for style in tree.iter("style"):
        if (style.get("media") or "all").strip().lower() not in ("all", "screen"):
            continue
        sheet = _CONDITIONAL_STYLE.sub("", _STYLE_COMMENT.sub("", (style.text or "")[:200_000]))
        for rule in sheet.split("}"):
            selectors, _, declarations = rule.rpartition("{")
            if _HIDING_STYLE.search(declarations):
                found = (_PLAIN_SELECTOR.fullmatch(selector.strip()) for selector in selectors.split(","))
                names += [match[1] for match in found if match]
    return frozenset(names)
