"""Compute the styles of a page's elements from its style sheets and style attributes.

tinycss2 parses CSS (Syntax Level 3, including escapes), and cssselect2 matches selectors. The cascade follows CSS
Cascading Level 4, without origins and layers. Rules for only some screens, printers or settings are ignored.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml.html import HtmlElement
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize

from briefing.errors import ReadingError
from briefing.reading.web.inks import colour_of
from briefing.runtime.lexicon import word_set

Style = Mapping[str, str]  # values by property; lower case, without vendor prefixes

MAX_CHARACTERS = 1_000_000  # of CSS in a page, except fonts and pictures
MAX_STEPS = 6_000_000  # of matching, at most five seconds; a large news page needs a tenth
MAKING = 25  # steps for the first visit of an element
MAX_NESTING = 8  # levels of nested style rules
MAX_SELECTOR = 2_000  # characters
LONGEST = 500  # characters of a value
_COLOUR_WORDS = ("inherit", "initial", "unset", "revert", "revert-layer", "currentcolor")
# Logical properties, and their physical names for text from left to right.
_PHYSICAL = {
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-inline-start": "margin-left",
    "margin-block-start": "margin-top",
    "inline-size": "width",
    "block-size": "height",
    "max-inline-size": "max-width",
    "max-block-size": "max-height",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
}
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=%]*")  # a font or a picture within a style sheet
_PREFIX = re.compile(r"\A-(?:webkit|moz|ms|o)-")
_OPACITY = re.compile(r"[-+.\de]+%?|calc\(.*\)|initial|unset|revert|inherit")
_VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,((?:[^()]|\((?:[^()]|\([^()]*\))*\))*))?\)")
# Matches "all", "only screen", "not print", and not "print", "screen and (max-width: 40em)".
_ANY_SCREEN = re.compile(r"\s*(?:(?:only\s+)?(?:all|screen)|not\s+print|)\s*", re.IGNORECASE)

_UNKNOWN = "-unknown-"  # the value of a variable that a script or another style sheet sets
# Features of a media query that every screen has: "and (min-width: 1px)", "and (color)"; not "and (min-width: 600px)".
_ANY_SIZE = re.compile(
    r"(?:\band\s*)?\(\s*(?:min-(?:width|height)\s*:\s*(?:[0-2]?\d{1,2}(?:px)?|0\w*)|(?:width|height)\s*>=?\s*\d{1,2}(?:px)?"
    r"|max-(?:width|height)\s*:\s*\d{5,}(?:px)?|color|grid\s*:\s*0|min-color\s*:\s*1)\s*\)(?:\s*and\b)?",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"\((.*?)\)(?:\s*to\b|\Z)")  # of "@scope (.a) to (.b)" the first selector


class _Declaration(NamedTuple):
    name: str
    value: str
    important: bool


@dataclass(slots=True)
class _Budget:
    """The remaining cost of matching; a page is refused if its style sheets would take hours."""

    source: str
    steps: int = MAX_STEPS
    characters: int = MAX_CHARACTERS

    def spend(self, steps: int = 0, characters: int = 0) -> None:
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0 or self.characters < 0:
            reason = "its style sheets are too large to tell what the page hides; save the article's text alone"
            raise ReadingError(self.source, reason)


class _Element(ElementWrapper):  # type: ignore[misc]  # cssselect2 has no types
    """An element that charges the budget for every element that a selector visits."""

    budget: _Budget

    def __init__(self, etree_element: HtmlElement, parent: "_Element | None", *args: Any, **options: Any) -> None:
        super().__init__(etree_element, parent, *args, **options)
        if parent is not None:
            self.budget = parent.budget
            self.budget.spend(MAKING)

    @cached_property
    def cost(self) -> int:
        """The steps of testing a selector, which may search long attributes."""
        return 1 + sum(map(len, self.etree_element.attrib.values())) // 500

    @property
    def ancestors(self) -> tuple["_Element", ...]:
        found: tuple[_Element, ...] = super().ancestors
        self.budget.spend(len(found))
        return found

    @property
    def previous_siblings(self) -> tuple["_Element", ...]:
        found: tuple[_Element, ...] = super().previous_siblings
        self.budget.spend(len(found))
        return found

    @property
    def etree_siblings(self) -> list[HtmlElement]:
        self.budget.spend(len(self._siblings) // 8)
        return self._siblings

    @etree_siblings.setter
    def etree_siblings(self, siblings: list[HtmlElement]) -> None:
        self._siblings = siblings


class _Matcher(Matcher):  # type: ignore[misc]  # as above
    """The declarations of rules by selector; each test of a selector is charged to the budget."""

    @staticmethod
    def add_relevant_selectors(element: _Element, selectors: list[Any], relevant_selectors: list[Any]) -> None:
        if selectors:
            element.budget.spend(len(selectors) * element.cost)
            Matcher.add_relevant_selectors(element, selectors, relevant_selectors)


@dataclass(slots=True)
class StyleSheets:
    """The style sheets of a page.

    Raises:
        ReadingError: The style sheets are too large, or take too long.
    """

    tree: HtmlElement
    source: str
    _budget: _Budget = field(init=False)
    _matcher: _Matcher = field(init=False, default_factory=_Matcher)
    _inline: dict[str, tuple[_Declaration, ...]] = field(init=False, default_factory=dict)
    variables: dict[str, str] = field(init=False, default_factory=dict)  # initial values from @property

    def __post_init__(self) -> None:
        self._budget = _Budget(self.source)
        for style in self.tree.iter("style"):
            if not _ANY_SCREEN.fullmatch((style.get("media") or "")[:200]):
                continue
            sheet = _EMBEDDED.sub("", style.text or "")
            self._budget.spend(characters=len(sheet))
            self._add_rules(_parsed(sheet, parse_stylesheet), "", 0)

    def root(self) -> _Element:
        """Return the root of the page; ``style`` takes it and its descendants."""
        root = _Element(self.tree, None, 0, None, in_html_document=True)
        root.budget = self._budget
        return root

    def style(self, element: _Element) -> Style:
        """Return the style that the page sets for an element, without inherited values."""
        rules = self._matcher.match(element) if self._matcher.order else ()
        style: dict[str, str] = {}
        important: dict[str, str] = {}
        for declarations in (*(rule[-1] for rule in rules), self._attribute(element.etree_element.get("style") or "")):
            for name, value, is_important in declarations:
                (important if is_important else style)[name] = value
        return style | important

    def _attribute(self, text: str) -> tuple[_Declaration, ...]:
        if not text or text in self._inline:
            return self._inline.get(text, ())
        self._budget.spend(characters=len(text))
        return self._inline.setdefault(text, tuple(_declarations(_parsed(_EMBEDDED.sub("", text)))))

    def _add_rules(self, rules: list[Any], outer: str, depth: int) -> None:
        """Add rules and their nested rules; *outer* is the selector of the enclosing style rule."""
        if depth > MAX_NESTING:
            return
        for rule in rules:
            parse = parse_blocks_contents
            if rule.type == "qualified-rule":
                selector = _nested(_text(rule.prelude), outer)
            elif rule.type != "at-rule" or rule.content is None:
                continue
            elif rule.lower_at_keyword == "property":
                values = {
                    c.lower_name: _text(c.value)[:LONGEST] for c in _parsed(rule.content) if c.type == "declaration"
                }
                self.variables[_text(rule.prelude)] = values.get("initial-value", "")
                continue
            elif _applies(rule):
                scope = _SCOPE.match(_text(rule.prelude)) if rule.lower_at_keyword == "scope" else None
                selector = scope[1] if scope else outer
                parse = parse_blocks_contents if selector else parse_rule_list
            else:
                continue
            contents = _parsed(rule.content, parse)
            self._add(selector, tuple(_declarations(contents)))
            self._add_rules([inner for inner in contents if inner.type.endswith("-rule")], selector, depth + 1)

    def _add(self, selector: str, declarations: tuple[_Declaration, ...]) -> None:
        if not declarations or not selector or len(selector) > MAX_SELECTOR:
            return
        try:
            compiled = compile_selector_list(selector)
        except (SelectorError, SyntaxError, TypeError, ValueError, NotImplementedError, RecursionError, MemoryError):
            return  # CSS ignores a rule with an invalid selector
        for one in compiled:
            if one.pseudo_element is None:
                self._matcher.add_selector(one, declarations)


def _parsed(css: Any, parse: Callable[..., list[Any]] = parse_blocks_contents) -> list[Any]:
    return parse(css, skip_comments=True, skip_whitespace=True)


def _declarations(contents: list[Any]) -> Iterator[_Declaration]:
    for item in contents:
        if item.type == "declaration":
            name = _PREFIX.sub("", item.lower_name)
            value = _text(item.value)[:LONGEST].lower()
            name = _PHYSICAL.get(name, name)
            if item.name.startswith("--"):
                yield _Declaration(item.name, _text(item.value)[:LONGEST], item.important)
            elif name in word_set(__name__, "properties") and ("var(" in value or _is_valid(name, value)):
                yield _Declaration(name, value, item.important)


def _is_valid(name: str, value: str) -> bool:
    """Return True if a value is valid for its property; an invalid value must not override a valid one."""
    if name in ("display", "visibility"):
        return all(word in word_set(__name__, name) for word in value.split())
    if name in ("color", "text-fill-color"):
        return colour_of(value) is not None or value in _COLOUR_WORDS or "(" in value or _UNKNOWN in value
    return name != "opacity" or _OPACITY.fullmatch(value) is not None


def _applies(rule: Any) -> bool:
    """Return True if the content of an at-rule applies on every screen."""
    if rule.lower_at_keyword == "media":
        return any(_fits_any_screen(query) for query in _text(rule.prelude)[:500].split(","))
    if rule.lower_at_keyword == "supports":
        return not _text(rule.prelude)[:500].lower().startswith("not")
    return rule.lower_at_keyword in ("layer", "scope")


def _fits_any_screen(query: str) -> bool:
    """Return True if a media query is true on every screen: "screen and (min-width: 1px)"."""
    return _ANY_SCREEN.fullmatch(_ANY_SIZE.sub("", query)) is not None


def resolved(style: Style, inherited: Mapping[str, str]) -> tuple[Style, Mapping[str, str]]:
    """Return a style with its variables replaced, and the variables for the element's children.

    A declaration is dropped if its variable makes the value invalid.
    """
    own = {name: value for name, value in style.items() if name.startswith("--")}
    variables = {**inherited, **own} if own else inherited
    known = {}
    for name, value in style.items():
        if name in own:
            continue
        written = value
        for _ in range(MAX_NESTING):
            if "var(" not in written or len(written) > LONGEST:
                break
            written = _VARIABLE.sub(lambda match: variables.get(match[1], match[2] or _UNKNOWN), written)
        written = " ".join(written.lower().split())
        if _UNKNOWN in written and name not in word_set(__name__, "colours"):
            continue
        if value == written or _is_valid(name, written):
            known[name] = written
    return known, variables


def _nested(selector: str, outer: str) -> str:
    """Return the full selector of a nested style rule (CSS Nesting)."""
    if not outer or len(selector) + len(outer) > MAX_SELECTOR:
        return selector if not outer else ""
    if "&" in selector:
        return selector.replace("&", f":is({outer})")
    return f":is({outer}) {selector}" if selector.startswith((">", "+", "~")) else f":is({outer}) :is({selector})"


def _text(tokens: list[Any]) -> str:
    """Return CSS as text, with unneeded escapes resolved and comments removed."""
    text: str = serialize([token for token in tokens if token.type != "comment"])
    return text.strip()
