"""What a page shows, and how: all that rendering needs to know of a profile."""

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
# What stands as it is in a pattern of dates: "'de'"; not "MMMM".
_QUOTED = re.compile(r"'[^']*'?")
_OF_DATES = frozenset("GyYuQqMLwWdDFEec")  # fields of a date: Unicode Technical Standard 35, part 4
_LONGEST_MARKING = 60  # characters; it stands in the margin of each page
_MOST_RECIPIENTS = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """What an option of a section may be: one of some names, several of them, or yes and no."""

    names: tuple[str, ...] = ()
    several: bool = False

    def refusal(self, value: object) -> str | None:
        """Return why a value is not allowed; None where it is."""
        if not self.names:
            return None if isinstance(value, bool) else f"{value!r} (allowed: true, false)"
        given = value if self.several and isinstance(value, list | tuple) else (value,)
        unknown = [name for name in given if name not in self.names]
        if given and not unknown and len(set(given)) == len(given):
            return None
        nearest = get_close_matches(str(unknown[0]), self.names, n=1) if unknown else []
        hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
        return f"{value!r}{hint} (allowed: {', '.join(self.names)})"


# The options of a section that are about the page; the others are its extractor's.
LAYOUT_OPTIONS: Mapping[str, Mapping[str, Choice]] = {
    "actors": {"columns": Choice(get_args(ActorColumn), several=True)},
    "events": {"timeline": Choice()},
    "agreements": {"matrix": Choice()},
    "disagreements": {"matrix": Choice()},
    "source": {"show": Choice(get_args(Source))},
}
SOURCE = "source"  # the section that shows the article itself; the others are fields of the Briefing


@dataclass(frozen=True, slots=True)
class SectionLayout:
    """A section to print: a field of the Briefing, the name of an extension, or "source"."""

    name: str
    label: str | None = None  # None: that of the locale's language
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of a page and its sections, in the order in which they stand."""

    title: str | None = None  # what kind of paper it is; None: "Brief" in the locale's language
    theme: str = "chancery"  # one of ours, or of the folder of templates
    paper: str = "A4"
    accent: str | None = None  # a colour "#1b3a57"; None: the theme's own
    logo: Logo | None = None
    locale: str = "en-GB"
    date_format: str | None = None  # a pattern of CLDR: "d MMMM yyyy"; None: the locale's long form
    marking: str = ""  # how it may be handled: "TLP:AMBER"
    distribution: tuple[str, ...] = ()  # to whom it goes
    templates: str | None = None  # a folder of templates and style sheets that stand in for ours
    archival: bool = False  # whether a PDF is made for archives: PDF/A-3
    attach: Attach = "full"  # what travels inside a PDF: nothing, the cited sentences, the whole article
    sections: tuple[SectionLayout, ...] = tuple(SectionLayout(name) for name in (*LINE_FIELDS, SOURCE))

    def __post_init__(self) -> None:
        """Refuse what no page can be laid out by.

        Raises:
            RenderingError: It names an unknown theme, locale, pattern of dates, colour, size of paper or section, a
                section twice, or an option or a value that the section does not take.
        """
        flaw = next(_flaws(self), None)
        if flaw is not None:
            raise RenderingError("a page", flaw)

    @property
    def labels(self) -> Labels:
        """The words of the page that are not the article's."""
        return labels_of(self.locale, self.date_format or "long")

    @property
    def source(self) -> Source:
        """How much of the article is printed; none where no section shows it."""
        section = next((section for section in self.sections if section.name == SOURCE), None)
        shown: Source = section.options.get("show", "cited") if section else "none"
        return shown


def _flaws(layout: Layout) -> Iterator[str]:
    themes = theme_names(layout.templates)
    if layout.theme not in themes:
        yield unknown_name("theme", layout.theme, themes)
    if layout.paper.lower() not in PAPERS:
        yield f"{layout.paper!r} is no size of paper; write A4 or Letter"
    if layout.accent is not None and not COLOUR.fullmatch(layout.accent):
        yield f'{layout.accent!r} is no colour; write six hexadecimal digits: "#1b3a57"'
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
        yield f"{layout.locale!r} is no known locale; write it as en-GB"
    if layout.date_format is not None and not _is_pattern_of_dates(layout.date_format):
        yield f"{layout.date_format!r} is no pattern of dates; write it as d MMMM yyyy"


def _is_pattern_of_dates(pattern: str) -> bool:
    """Whether a pattern of CLDR names some part of a date, and none of the clock's."""
    from babel.dates import parse_pattern

    try:
        parse_pattern(pattern)
    except ValueError:
        return False
    fields = set(re.findall("[A-Za-z]", _QUOTED.sub("", pattern)))
    return bool(fields) and fields <= _OF_DATES


def _section_flaws(sections: tuple[SectionLayout, ...]) -> Iterator[str]:
    names = [section.name for section in sections]
    for section in sections:
        if not _SECTION.fullmatch(section.name):
            yield f"{section.name!r} is no name of a section"
        if names.count(section.name) > 1:
            yield f"the section {section.name} stands there twice"
        allowed = LAYOUT_OPTIONS.get(section.name, {})
        for key, value in section.options.items():
            if key not in allowed:
                yield f"section {section.name}: there is no option {key!r}"
            elif (refusal := allowed[key].refusal(value)) is not None:
                yield f"section {section.name}: {key} is {refusal}"
