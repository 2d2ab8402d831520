"""Lay out a brief: sort, group, count and word everything, so that templates only loop."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.model.brief import (
    EMPTYING,
    EXTENSIONS,
    LINE_FIELDS,
    Article,
    Briefing,
    Edit,
    Evidence,
    Notice,
    Provenance,
)
from briefing.rendering.charts.pictures import pictures
from briefing.rendering.dates import day_in_words, read_value
from briefing.rendering.labels import Labels
from briefing.rendering.layout import SOURCE, Layout, SectionLayout, Source
from briefing.rendering.notices import notice_in_words
from briefing.rendering.quotation_marks import with_curly_marks
from briefing.rendering.repetition import POINTS, repeated
from briefing.rendering.row_order import Numbered, heads, in_print_order, joined
from briefing.rendering.row_view import (
    ArticleParagraph,
    EventRow,
    EvidenceItem,
    Fact,
    Line,
    Note,
    Point,
    Row,
    Run,
)
from briefing.rendering.rows import LONGEST_EVIDENCE, Marks, Register, RowMaker
from briefing.rendering.view import Appendix, Band, Page, Section
from briefing.rendering.wording import printable, shorten

EPOCH = "1980-01-01"  # stamp if the day of publication is unknown: the earliest day that all file formats can store

LONGEST_LABEL = 70
LONGEST_TITLE = 400  # ten lines
_LONGEST_COLUMN = 2400  # characters in a column, two thirds of a page: such a band is not broken over two pages
WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)  # "https://a.org/b"; not "javascript:b", "file:///b"

_SIDE_BY_SIDE = frozenset({"agreements", "disagreements"})
ACTOR_COLUMNS = ("name", "role")


def lay_out(briefing: Briefing, layout: Layout) -> Page:
    """Return the page of a brief."""
    labels = layout.labels
    register = Register(cite=layout.source != "none")
    marks = Marks(briefing.edits, labels)
    bands = _bands(briefing, layout, register, marks)
    further = _further(briefing, layout, register, marks)
    page = Page(
        logo=layout.logo,
        kicker=printable(layout.title or "") or labels("page.kind"),
        title=title_of(briefing, layout),
        title_mark=marks.of("article"),
        origin=_origin(briefing.article, labels),
        marking=printable(layout.marking),
        distribution=distribution_of(layout, labels),
        bands=bands,
        notes=Appendix(labels("page.notes"), tuple(map(Note, _notes(briefing, bands, further, layout)))),
        evidence=_evidence(briefing.article, layout, register),
        article=_article(briefing.article, layout.source, labels),
        imprint=_origin(briefing.article, labels),
        labels=labels,
        language=briefing.article.language,
        theme=layout.theme,
        accent=layout.accent,
        paper=layout.paper,
        archival=layout.archival,
        templates=layout.templates,
        stamp=stamp_of(briefing.article.published, labels),
        generator=generator_of(briefing.provenance),
        further=further,
    )
    return with_curly_marks(page)


def title_of(briefing: Briefing, layout: Layout) -> str:
    """Return the title of the page of a brief."""
    return shorten(printable(briefing.article.title), LONGEST_TITLE) or layout.labels("page.untitled")


def _bands(briefing: Briefing, layout: Layout, register: Register, marks: Marks) -> tuple[Band, ...]:
    """Return the sections in the order of the layout; agreements and disagreements are side by side if they fit."""
    bands: list[Band] = []
    drawn = pictures(briefing.events, briefing.agreements, briefing.disagreements, layout)
    again = repeated(briefing, layout)
    known = {actor.name: actor for actor in briefing.actors}
    for wanted in layout.sections:
        if wanted.name == SOURCE:
            continue
        maker = RowMaker(_field(wanted), layout.labels, register, marks, known)
        records = _records(briefing, wanted, layout.left_out if wanted.name in POINTS else (*layout.left_out, *again))
        section = _section(wanted, maker, records, _stated(layout, again))
        if not section.rows:
            continue
        if wanted.name in drawn:
            section = replace(section, picture=drawn[wanted.name])
        if bands and fit_side_by_side(bands[-1].sections, section):
            bands[-1] = Band((*bands[-1].sections, section))
        else:
            bands.append(Band((section,)))
    return tuple(bands)


def _field(wanted: SectionLayout) -> str:
    return wanted.name if wanted.name in LINE_FIELDS else f"{EXTENSIONS}.{wanted.name}"


def _records(briefing: Briefing, wanted: SectionLayout, without: Collection[str] = ()) -> list[Numbered]:
    """Return the records of a section with their numbers, except those at some places."""
    known = wanted.name in LINE_FIELDS
    records = getattr(briefing, wanted.name) if known else briefing.extensions.get(wanted.name, ())
    field = _field(wanted)
    return [(number, record) for number, record in enumerate(records) if f"{field}[{number}]" not in without]


def _stated(layout: Layout, again: Collection[str]) -> dict[str, str]:
    """Return the label of the summary for the place of each point that repeats a line of it."""
    summary = next((section for section in layout.sections if section.name == "summary"), None)
    return dict.fromkeys(again, _label(summary, layout.labels)) if summary else {}


def _section(wanted: SectionLayout, maker: RowMaker, records: Sequence[Numbered], stated: Mapping[str, str]) -> Section:
    labels = maker.labels
    asked = tuple(wanted.options.get("columns", ACTOR_COLUMNS)) if wanted.name == "actors" else ()
    cells = {number: maker.actor_cells(asked, actor) for number, actor in records} if asked else {}
    columns = tuple(column for column in asked if column == "name" or any(row[column] for row in cells.values()))

    def point(number: int, record: Any) -> Row:
        return maker.point(number, record, stated.get(f"{wanted.name}[{number}]", ""))

    rows: dict[str, Callable[[int, Any], Row]] = {
        "summary": maker.fact,
        "actors": lambda number, actor: maker.actor({name: cells[number][name] for name in columns}, number, actor),
        "events": maker.event,
        "agreements": point,
        "disagreements": point,
        "quotes": maker.quote,
        "background": maker.fact,
    }
    numbered = in_print_order(records, wanted.name, maker, columns)
    made = joined(rows.get(wanted.name, maker.fact)(number, record) for number, record in numbered)
    return Section(
        name=wanted.name,
        label=_label(wanted, labels),
        rows=made,
        columns=heads(made, columns, labels),
    )


def _further(briefing: Briefing, layout: Layout, register: Register, marks: Marks) -> Appendix:
    """Return the quotes that the first page has no room for; none if there is no annex."""
    maker = RowMaker("quotes", layout.labels, register, marks, {})
    left = [(number, quote) for number, quote in enumerate(briefing.quotes) if f"quotes[{number}]" in layout.left_out]
    numbered = in_print_order(left, "quotes", maker) if layout.source != "none" else []
    return Appendix(layout.labels("page.further"), joined(maker.quote(*one) for one in numbered))


def _not_found(briefing: Briefing, layout: Layout) -> str:
    """Return a note that names the sections of which nothing was found; empty if there are none.

    A section of which all lines were removed is not among them: a notice says so.
    """
    emptied = {name for n in briefing.notices if n.code in EMPTYING for name in (n.where or "").split(", ")}
    wanted = [one for one in layout.sections if one.name not in {SOURCE, *emptied}]
    missing = [one for one in wanted if not _records(briefing, one)]
    names = " · ".join(_label(one, layout.labels) for one in missing)
    return layout.labels("page.not_found", sections=names) if names else ""


def _label(wanted: SectionLayout, labels: Labels) -> str:
    return shorten(printable(wanted.label or labels.of("sections", wanted.name, wanted.name)), LONGEST_LABEL)


def fit_side_by_side(before: tuple[Section, ...], section: Section) -> bool:
    """Return True if a section may be printed beside the section before it."""
    both = (*before, section)
    lengths = [sum(len(block.text) for block in one.blocks()) for one in both]
    return (
        {one.name for one in both} == _SIDE_BY_SIDE
        and not any(one.picture for one in both)
        and max(lengths) <= _LONGEST_COLUMN
    )


def _origin(article: Article, labels: Labels) -> str:
    """Return the outlet, day and place of the article as one line."""
    written = article.published or (article.dateline.date if article.dateline else None)
    day = day_in_words(written, labels) if written else labels("page.no_date")
    if written and (not article.published or article.published_basis == "dateline"):
        day = labels("page.from_dateline", day=day)
    place = article.dateline.place if article.dateline else None
    parts = (printable(article.outlet or ""), day, printable(place or ""))
    return " · ".join(part for part in parts if part)


def distribution_of(layout: Layout, labels: Labels) -> str:
    """Return the recipients of a page as one line; empty if there are none."""
    names = [name for name in map(printable, layout.distribution) if name]
    return labels("page.distribution", names=", ".join(names)) if names else ""


def _notes(briefing: Briefing, bands: tuple[Band, ...], further: Appendix, layout: Layout) -> list[str]:
    labels = layout.labels
    unwanted = set(LINE_FIELDS) - {section.name for section in layout.sections}
    notes = [text for text in (_only_in_json(layout, further), _not_found(briefing, layout)) if text]
    notes += [_note_of(notice, labels) for notice in briefing.notices if notice.where not in unwanted]
    if layout.source == "none" and bands:
        notes.append(labels("page.evidence_in_json" if layout.attach == "none" else "page.evidence_attached"))
    if briefing.edits:
        notes.append(labels("page.edited", changes=edits_counted(briefing.edits, labels)))
    if any(run.ours for run in _all_runs(bands)):
        notes.append(labels("page.ours"))
    return notes


def _only_in_json(layout: Layout, further: Appendix) -> str:
    """Return a note that counts the lines that no page prints, by section; empty if there are none."""
    labels = layout.labels
    dropped = Counter(place.partition("[")[0] for place in layout.left_out)
    if further.rows:
        del dropped["quotes"]
    counted = [
        labels("page.counted", section=_label(section, labels), count=dropped[_field(section)])
        for section in layout.sections
        if dropped[_field(section)]
    ]
    return labels("page.more", sections=" · ".join(counted)) if counted else ""


def edits_counted(edits: Iterable[Edit], labels: Labels) -> str:
    """Return in words how many records a person changed, added and removed."""
    changes: Counter[str] = Counter(edit.change for edit in edits)
    kinds = [change for change in ("changed", "added", "removed") if changes[change]]
    return ", ".join(labels(f"changes.{change}", count=changes[change]) for change in kinds)


def _note_of(notice: Notice, labels: Labels) -> str:
    """Return a notice in words, with the label of its section in front unless the notice names it already."""
    message = notice_in_words(notice, labels)
    section = labels.of("sections", (notice.where or "").partition("[")[0], "")
    if section.casefold() in message.casefold():
        return message
    return labels("notice_of.one", title=section, notice=message)


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
    labels = layout.labels
    label = next((section.label for section in layout.sections if section.name == SOURCE and section.label), None)
    items = [
        EvidenceItem(
            register.numbers[(piece.article, piece.start, piece.end)],
            place_of(article, piece, labels),
            shorten(printable(piece.text), LONGEST_EVIDENCE),
        )
        for piece in register.cited
    ]
    names = ", ".join(name for name in map(printable, article.byline) if name)
    url = printable(article.url or "")
    link = url if WEB_ADDRESS.fullmatch(url) else ""
    byline = labels("evidence.byline", names=names) if names else ""
    parts = [part for part in (printable(article.outlet or ""), byline, "" if link else url) if part]
    bare = labels("evidence.bare_source") if link else ""
    lead = labels("evidence.source", source=" · ".join(parts)) if parts else bare
    return Appendix(printable(label or "") or labels("sections.source"), tuple(items), lead, link)


def place_of(article: Article, evidence: Evidence, labels: Labels) -> str:
    """Return the position of a passage in the article, with its page if the source has pages."""
    place = _part(article, evidence, labels)
    return place if evidence.page is None else labels("evidence.on_page", place=place, page=evidence.page)


def _part(article: Article, evidence: Evidence, labels: Labels) -> str:
    if evidence.sentence is not None:
        return labels("evidence.sentence", number=evidence.sentence)
    if evidence.article is not None:
        return labels("evidence.text")
    roles = (paragraph.role for paragraph in article.paragraphs if paragraph.start <= evidence.start < paragraph.end)
    return labels.of("evidence", next(roles, "text"), labels("evidence.text"))


def _article(article: Article, source: Source, labels: Labels) -> Appendix:
    paragraphs = [(p.role, printable(article.text[p.start : p.end])) for p in article.paragraphs if source == "full"]
    return Appendix(labels("page.article"), tuple(ArticleParagraph(role, text) for role, text in paragraphs if text))


def stamp_of(published: str | None, labels: Labels) -> str:
    """Return the date for file stamps; an impossible date, such as 31 June, gives the epoch."""
    is_day = published is not None and read_value(published, labels) is not None
    return published if published and is_day else EPOCH


def generator_of(made: Provenance) -> str:
    """Return the name and version of the program that made a brief or digest."""
    return printable(f"briefing {made.briefing}")
