"""Lay a brief out: everything sorted, grouped, counted and worded, so that templates only loop."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from babel import Locale, UnknownLocaleError

from briefing.errors import RenderingError
from briefing.model import (
    LINE_FIELDS,
    Article,
    Briefing,
    Evidence,
    Notice,
    UpcomingEvent,
)
from briefing.rendering.dates import NO_MOMENT, day_in_words, read_value
from briefing.rendering.rows import Marks, Register, RowMaker
from briefing.rendering.view import (
    Appendix,
    ArticleParagraph,
    Band,
    EventRow,
    EvidenceItem,
    Fact,
    Line,
    Note,
    Page,
    Point,
    Row,
    Run,
    Section,
)
from briefing.rendering.wording import printable, shorten

Source = Literal["none", "cited", "full"]

EPOCH = "1980-01-01"  # stamp of a brief whose day of publication is unknown; the first day that every file format holds

# Sections that show the article itself, and what their options may be; the other sections take no option here.
LAYOUT_OPTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"source": {"show": get_args(Source)}}

_LONGEST_LABEL = 70
_LONGEST_COLUMN = 1000  # characters side by side, a third of a page: such a band is not broken over two pages
_PAPER = re.compile(r"A[3-6]|B[45]|Letter|Legal", re.IGNORECASE)  # names of CSS Paged Media 3, section 7.1
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)  # "https://a.org/b"; not "javascript:b", "file:///b"

_LABELS = {
    "summary": "Summary",
    "actors": "Actors",
    "events": "Upcoming events",
    "agreements": "Points of agreement",
    "disagreements": "Points of disagreement",
    "quotes": "Quotes",
    "background": "Background",
    "source": "Evidence",
}
_EMPTY = {
    "summary": "No sentence of the text could be chosen as a summary.",
    "actors": "No actor was found in the text.",
    "events": "No upcoming event was found in the text.",
    "agreements": "No point of agreement was found in the text.",
    "disagreements": "No point of disagreement was found in the text.",
    "quotes": "No quote was found in the text.",
    "background": "No background was found in the text.",
}
_ACTOR_COLUMNS = ("Actor", "Role", "Kind", "Mentions")
_ORIGINS = {"title": "Title", "subtitle": "Stand-first", "heading": "Heading"}
_BASES = {"dateline": " (from the dateline)"}
_SIDE_BY_SIDE = frozenset({"agreements", "disagreements"})


@dataclass(frozen=True, slots=True)
class SectionLayout:
    """A section to print: a field of the Briefing, or "source"."""

    name: str
    label: str | None = None
    options: dict[str, Any] = field(default_factory=dict)  # source: show = none | cited | full


@dataclass(frozen=True, slots=True)
class Layout:
    """What rendering needs to know of a profile."""

    title: str = "Brief"
    locale: str = "en-GB"
    paper: str = "A4"
    sections: tuple[SectionLayout, ...] = (*(SectionLayout(name) for name in LINE_FIELDS), SectionLayout("source"))

    def __post_init__(self) -> None:
        """Refuse what no page can be laid out by.

        Raises:
            RenderingError: It names an unknown locale, size of paper or section, a section twice, or an option or a
                value that the section does not take.
        """
        flaw = next(_layout_flaws(self), None)
        if flaw is not None:
            raise RenderingError("a page", flaw)

    @property
    def source(self) -> Source:
        """How much of the article is printed; none where no section shows it."""
        section = next((section for section in self.sections if section.name == "source"), None)
        shown: Source = section.options.get("show", "cited") if section else "none"
        return shown


def _layout_flaws(layout: Layout) -> Iterator[str]:
    try:
        Locale.parse(layout.locale, sep="-")
    except (ValueError, UnknownLocaleError):
        yield f"{layout.locale!r} is no known locale; write it as en-GB"
    if not _PAPER.fullmatch(layout.paper):
        yield f"{layout.paper!r} is no size of paper; write A4 or Letter"
    names = [section.name for section in layout.sections]
    for section in layout.sections:
        if section.name not in (*LINE_FIELDS, *LAYOUT_OPTIONS):
            yield f"there is no section {section.name!r}"
        if names.count(section.name) > 1:
            yield f"the section {section.name} stands there twice"
        allowed = LAYOUT_OPTIONS.get(section.name, {})
        for key, value in section.options.items():
            if key not in allowed:
                yield f"section {section.name}: there is no option {key!r}"
            elif value not in allowed[key]:
                yield f"section {section.name}: {key} is {value!r} (allowed: {', '.join(allowed[key])})"


def lay_out(briefing: Briefing, layout: Layout) -> Page:
    """Return the page of a brief."""
    register = Register(cite=layout.source != "none")
    marks = Marks(briefing)
    bands = _bands(briefing, layout, register, marks)
    return Page(
        kicker=printable(layout.title),
        title=printable(briefing.article.title) or "Untitled",
        title_mark=marks.of("article"),
        origin=_origin(briefing.article, layout.locale),
        bands=bands,
        notes=Appendix("Notes on this brief", tuple(Note(text) for text in _notes(briefing, bands))),
        evidence=_evidence(briefing.article, layout, register),
        article=_article(briefing.article, layout.source),
        imprint=_imprint(briefing),
        language=briefing.article.language,
        paper=layout.paper,
        stamp=_stamp(briefing.article.published),
        generator=f"briefing {briefing.provenance.briefing}",
    )


def _bands(briefing: Briefing, layout: Layout, register: Register, marks: Marks) -> tuple[Band, ...]:
    """Return the sections in the order of the layout, agreement and disagreement side by side where they fit."""
    bands: list[Band] = []
    for wanted in layout.sections:
        if wanted.name not in LINE_FIELDS:
            continue
        maker = RowMaker(wanted.name, layout.locale, register, marks)
        section = _section(briefing, wanted, maker)
        if bands and _fit_side_by_side(bands[-1].sections, section):
            bands[-1] = Band((*bands[-1].sections, section))
        else:
            bands.append(Band((section,)))
    return tuple(bands)


def _section(briefing: Briefing, wanted: SectionLayout, maker: RowMaker) -> Section:
    rows: dict[str, Callable[[int, Any], Row]] = {
        "summary": maker.fact,
        "actors": maker.actor,
        "events": maker.event,
        "agreements": maker.point,
        "disagreements": maker.point,
        "quotes": maker.quote,
        "background": maker.fact,
    }
    numbered = list(enumerate(getattr(briefing, wanted.name)))
    if wanted.name == "events":
        numbered.sort(key=lambda pair: _event_order(pair[1], maker.locale))
    return Section(
        name=wanted.name,
        label=shorten(printable(wanted.label or ""), _LONGEST_LABEL) or _LABELS[wanted.name],
        rows=tuple(rows[wanted.name](number, record) for number, record in numbered),
        empty=_EMPTY[wanted.name],
        columns=_ACTOR_COLUMNS if wanted.name == "actors" else (),
    )


def _event_order(event: UpcomingEvent, locale: str) -> tuple[int, int, int, int]:
    moment = read_value(event.when.value, locale)
    return moment.order if moment else NO_MOMENT


def _fit_side_by_side(before: tuple[Section, ...], section: Section) -> bool:
    both = (*before, section)
    return (
        {one.name for one in both} == _SIDE_BY_SIDE
        and all(one.rows for one in both)
        and all(sum(len(block.text) for block in one.blocks()) <= _LONGEST_COLUMN for one in both)
    )


def _origin(article: Article, locale: str) -> str:
    """Return outlet, day and place as one line."""
    if article.published:
        day = day_in_words(article.published, locale) + _BASES.get(article.published_basis, "")
    elif article.dateline and article.dateline.date:
        day = day_in_words(article.dateline.date, locale) + _BASES["dateline"]
    else:
        day = "date unknown"
    place = article.dateline.place if article.dateline else None
    parts = (printable(article.outlet or ""), day, printable(place or ""))
    return " · ".join(part for part in parts if part)


def _notes(briefing: Briefing, bands: tuple[Band, ...]) -> list[str]:
    notes = [_notice(notice) for notice in briefing.notices]
    changes = Counter(edit.change for edit in briefing.edits)
    if changes:
        counts = [f"{changes[change]} {change}" for change in ("changed", "added", "removed") if changes[change]]
        notes.append(f"This brief was edited by hand: {', '.join(counts)}.")
    if any(run.ours for run in _all_runs(bands)):
        notes.append("Words in another type within a line are ours, not the article's.")
    return notes


def _notice(notice: Notice) -> str:
    """Return a notice, and the section that it is about where it does not say so; the path of a file is no one's."""
    message = printable(notice.message) or notice.code
    section = _LABELS.get((notice.where or "").partition("[")[0], "")
    return message if section.casefold() in message.casefold() else f"{section}: {message}"


def _all_runs(bands: tuple[Band, ...]) -> list[Run]:
    rows = [row for band in bands for section in band.sections for row in section.rows]
    return [run for row in rows for line in _lines(row) for run in line.runs]


def _lines(row: Row) -> tuple[Line, ...]:
    match row:
        case Fact(line=line) | EventRow(title=line) | Point(statement=line):
            return (line,)
        case _:
            return ()


def _evidence(article: Article, layout: Layout, register: Register) -> Appendix:
    label = next((section.label for section in layout.sections if section.name == "source" and section.label), None)
    items = [
        EvidenceItem(
            register.numbers[(piece.article, piece.start, piece.end)], _place(article, piece), printable(piece.text)
        )
        for piece in register.cited
    ]
    written = f"By {', '.join(printable(name) for name in article.byline)}" if article.byline else ""
    url = printable(article.url or "")
    link = url if _WEB_ADDRESS.fullmatch(url) else ""
    parts = [part for part in (printable(article.outlet or ""), written, "" if link else url) if part]
    lead = f"Source: {' · '.join(parts)}" if parts else "Source:" if link else ""
    return Appendix(printable(label or "") or _LABELS["source"], tuple(items), lead, link)


def _place(article: Article, evidence: Evidence) -> str:
    """Return where in the article a stretch stands."""
    if evidence.sentence is not None:
        return f"Sentence {evidence.sentence}"
    if evidence.article is not None:
        return "Text"
    roles = (paragraph.role for paragraph in article.paragraphs if paragraph.start <= evidence.start < paragraph.end)
    return _ORIGINS.get(next(roles, "body"), "Text")


def _article(article: Article, source: Source) -> Appendix:
    paragraphs = [(p.role, printable(article.text[p.start : p.end])) for p in article.paragraphs if source == "full"]
    return Appendix("The article", tuple(ArticleParagraph(role, text) for role, text in paragraphs if text))


def _stamp(published: str | None) -> str:
    """Return the day that files are stamped with; 31 June is none, though a record may say so."""
    is_day = published is not None and read_value(published, "en") is not None
    return published if published and is_day else EPOCH


def _imprint(briefing: Briefing) -> str:
    made = briefing.provenance
    profile = f"profile {shorten(printable(made.profile), 40)} {made.profile_sha256[:8]}".rstrip()
    return f"briefing {made.briefing} · {profile} · source {made.source_sha256[:8]}"
