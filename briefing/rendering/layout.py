"""The layout of a page: the part of a profile that rendering needs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal, get_args

from babel import UnknownLocaleError

from briefing.errors import RenderingError, unknown_name
from briefing.model.brief import LINE_FIELDS
from briefing.rendering.labels import Labels, labels_of
from briefing.rendering.logo import Logo
from briefing.rendering.paper import PAPERS
from briefing.rendering.templating.theme_files import theme_names

Source = Literal["none", "cited", "full"]
Attach = Literal["none", "brief", "full"]
ActorColumn = Literal["name", "role", "kind", "affiliation", "mentions"]

# A colour of CSS: "#1b3a57"; not "navy", "#fff".
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Names of sections: "actors", "risk-factors"; not "../actors".
_SECTION = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# Quoted text in a date pattern: "'de'"; not "MMMM".
_QUOTED = re.compile(r"'[^']*'?")
_DATE_FIELDS = frozenset("GyYuQqMLwWdDFEec")  # letters of date fields: Unicode Technical Standard 35, part 4
_LONGEST_MARKING = 60  # characters; it is printed in the margin of each page
_MOST_RECIPIENTS = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """The allowed values of a section's option: one or several of *names*, or true and false."""

    names: tuple[str, ...] = ()
    several: bool = False

    def refusal(self, value: object) -> str | None:
        """Return why a value is not allowed; None if it is allowed."""
        if not self.names:
            return None if isinstance(value, bool) else f"{value!r} (allowed: true, false)"
        given = value if self.several and isinstance(value, list | tuple) else (value,)
        unknown = [name for name in given if name not in self.names]
        if given and not unknown and len(set(given)) == len(given):
            return None
        nearest = get_close_matches(str(unknown[0]), self.names, n=1) if unknown else []
        hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
        return f"{value!r}{hint} (allowed: {', '.join(self.names)})"


# The options of a section that concern the page. Its other options are for the extractor.
LAYOUT_OPTIONS: Mapping[str, Mapping[str, Choice]] = {
    "actors": {"columns": Choice(get_args(ActorColumn), several=True)},
    "events": {"timeline": Choice()},
    "agreements": {"matrix": Choice()},
    "disagreements": {"matrix": Choice()},
    "source": {"show": Choice(get_args(Source))},
}
SOURCE = "source"  # the section with the article itself; all others are fields of the Briefing


@dataclass(frozen=True, slots=True)
class SectionLayout:
    """A section to print: a field of the Briefing, the name of an extension, or "source"."""

    name: str
    label: str | None = None  # None: the label in the language of the locale
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of a page and its sections in print order."""

    title: str | None = None  # the kind of document; None: "Brief" in the language of the locale
    theme: str = "chancery"  # one of ours, or one from the folder of templates
    paper: str = "A4"
    accent: str | None = None  # a colour "#1b3a57"; None: the colour of the theme
    logo: Logo | None = None
    locale: str = "en-GB"
    date_format: str | None = None  # a CLDR pattern: "d MMMM yyyy"; None: the long form of the locale
    marking: str = ""  # a handling restriction: "TLP:AMBER"
    distribution: tuple[str, ...] = ()  # the recipients
    templates: str | None = None  # a folder of templates and style sheets that replace ours
    archival: bool = False  # True: the PDF is made for archives, as PDF/A-3
    attach: Attach = "full"  # attached to a PDF: nothing, the cited sentences, or the whole article
    sections: tuple[SectionLayout, ...] = tuple(SectionLayout(name) for name in (*LINE_FIELDS, SOURCE))
    left_out: tuple[str, ...] = ()  # lines of the brief that its page has no room for: "quotes[5]"

    def __post_init__(self) -> None:
        """Refuse a layout that no page can be made with.

        Raises:
            RenderingError: A theme, locale, date pattern, colour, paper size, section, option or value is unknown, or a
                section is listed twice.
        """
        flaw = next(_flaws(self), None)
        if flaw is not None:
            raise RenderingError("a page", flaw)

    @property
    def labels(self) -> Labels:
        """The fixed words of the page."""
        return labels_of(self.locale, self.date_format or "long")

    @property
    def source(self) -> Source:
        """How much of the article is printed; "none" if no section shows it."""
        section = next((section for section in self.sections if section.name == SOURCE), None)
        shown: Source = section.options.get("show", "cited") if section else "none"
        return shown


def _flaws(layout: Layout) -> Iterator[str]:
    themes = theme_names(layout.templates)
    if layout.theme not in themes:
        yield unknown_name("theme", layout.theme, themes)
    if layout.paper.lower() not in PAPERS:
        yield f"{layout.paper!r} is not a paper size; write A4 or Letter"
    if layout.accent is not None and not COLOUR.fullmatch(layout.accent):
        yield f'{layout.accent!r} is not a colour; write six hexadecimal digits: "#1b3a57"'
    if len(layout.marking) > _LONGEST_MARKING:
        yield f"the marking has {len(layout.marking)} characters; the margin of a page holds {_LONGEST_MARKING}"
    if len(layout.distribution) > _MOST_RECIPIENTS:
        yield f"the distribution list has {len(layout.distribution)} names; a page has room for {_MOST_RECIPIENTS}"
    yield from _locale_flaws(layout)
    yield from _section_flaws(layout.sections)


def _locale_flaws(layout: Layout) -> Iterator[str]:
    try:
        labels_of(layout.locale)
    except (ValueError, UnknownLocaleError):
        yield f"{layout.locale!r} is not a known locale; write it as en-GB"
    if layout.date_format is not None and not _is_date_pattern(layout.date_format):
        yield f"{layout.date_format!r} is not a date pattern; write it as d MMMM yyyy"


def _is_date_pattern(pattern: str) -> bool:
    """Return True if a CLDR pattern has date fields and no time fields."""
    from babel.dates import parse_pattern

    try:
        parse_pattern(pattern)
    except ValueError:
        return False
    fields = set(re.findall("[A-Za-z]", _QUOTED.sub("", pattern)))
    return bool(fields) and fields <= _DATE_FIELDS


def _section_flaws(sections: tuple[SectionLayout, ...]) -> Iterator[str]:
    names = [section.name for section in sections]
    for section in sections:
        if not _SECTION.fullmatch(section.name):
            yield f"{section.name!r} is not a valid section name"
        if names.count(section.name) > 1:
            yield f"the section {section.name} is listed twice"
        allowed = LAYOUT_OPTIONS.get(section.name, {})
        for key, value in section.options.items():
            if key not in allowed:
                yield f"section {section.name}: there is no option {key!r}"
            elif (refusal := allowed[key].refusal(value)) is not None:
                yield f"section {section.name}: {key} is {refusal}"
