"""Lay out a digest: changes, headlines and agenda, then the stories, then notes and evidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from briefing.model.brief import LINE_FIELDS, Evidence
from briefing.model.digest import Contradiction, Digest, Story
from briefing.rendering.dates import day_in_words
from briefing.rendering.digest.front import FAILED, DigestContext, counts_of, front_page, group_of
from briefing.rendering.digest.register import DigestRegister, evidence_of
from briefing.rendering.digest.rows import StoryRowMaker, tag_of
from briefing.rendering.labels import Labels
from briefing.rendering.layout import SOURCE, Layout, SectionLayout
from briefing.rendering.notices import notice_in_words
from briefing.rendering.page import (
    ACTOR_COLUMNS,
    LONGEST_LABEL,
    LONGEST_TITLE,
    distribution_of,
    edits_counted,
    fit_side_by_side,
    generator_of,
    stamp_of,
)
from briefing.rendering.quotation_marks import with_curly_marks
from briefing.rendering.row_order import heads, in_print_order, joined
from briefing.rendering.row_view import Line, Note, Row
from briefing.rendering.rows import Marks, runs_of
from briefing.rendering.view import Appendix, Band, Chapter, Page, Section
from briefing.rendering.wording import isolated, printable, shorten

_MOST_OUTLETS = 6  # named below a headline
_CONTRADICTIONS = "contradictions"


def lay_out_digest(digest: Digest, layout: Layout) -> Page:
    """Return the page of a digest."""
    labels = layout.labels
    register = DigestRegister(digest, _cited(digest, layout), cite=layout.source != "none")
    context = DigestContext(digest, layout, labels, register, Marks(digest.edits, labels))
    sections = tuple(front_page(context))
    front = tuple(Band((section,)) for section in sections if section.rows or section.name == "headlines")
    empty = " ".join(section.empty for section in sections if not section.rows and section.name != "headlines")
    chapters = tuple(_chapters(context))
    page = Page(
        logo=layout.logo,
        kicker=printable(layout.title or "") or labels("digest.kind"),
        title=digest_title(digest, layout),
        title_mark=context.marks.of("frame"),
        origin=_origin(digest, labels),
        marking=printable(layout.marking),
        distribution=distribution_of(layout, labels),
        bands=front,
        notes=Appendix(
            labels("digest.notes"),
            tuple(Note(text) for text in (*filter(None, [empty]), *_notes(context, front, chapters))),
        ),
        evidence=evidence_of(digest, register, _source_label(layout), labels),
        article=Appendix(labels("page.article"), ()),
        imprint=_day(digest.at[:10], labels),
        labels=labels,
        language="en",
        theme=layout.theme,
        accent=layout.accent,
        paper=layout.paper,
        archival=layout.archival,
        templates=layout.templates,
        stamp=stamp_of(digest.at[:10], labels),
        generator=generator_of(digest.provenance),
        kind="digest",
        chapters=chapters,
    )
    return with_curly_marks(page)


def digest_title(digest: Digest, layout: Layout) -> str:
    """Return the title of the page of a digest."""
    named = shorten(printable(digest.title), LONGEST_TITLE)
    return named or layout.labels("digest.title", day=_day(digest.at[:10], layout.labels))


def _cited(digest: Digest, layout: Layout) -> Iterator[Sequence[Evidence]]:
    """Yield the evidence of every line that is printed."""
    printed = {"headline", _CONTRADICTIONS, *(section.name for section in layout.sections)}
    for story in digest.stories:
        for field, records in story.lines():
            if field.partition("[")[0] in printed:
                yield from (record.evidence for record in records)
    for reference in (*digest.changes, *digest.agenda):
        found = digest.find(reference)
        if found is not None and not isinstance(found[1], Contradiction):
            yield found[1].evidence
    yield from (event.evidence for event in (*digest.passed, *digest.announced))


def _chapters(context: DigestContext) -> Iterator[Chapter]:
    labels = context.labels
    grouped = any(story.group for story in context.digest.stories)
    copies = {item.article.id: [copy.outlet for copy in item.copies] for item in context.digest.articles}
    before = ""
    for number, story in enumerate(context.digest.stories, start=1):
        group = (group_of(story, labels) if story.group else labels("digest.others")) if grouped else ""
        mark = context.marks.of(f"stories[{number - 1}].headline[0]") or context.marks.of(
            f"stories[{number - 1}].frame"
        )
        cited = context.register.cite(story.headline.evidence)
        runs = runs_of(story.headline.text, story.headline.insertions)
        yield Chapter(
            number=number,
            group=group if group != before else "",
            headline=Line(runs, cited, mark, tag_of(story.change, labels)),
            lead=_lead(story, copies, labels),
            bands=_bands(context, number - 1, story),
        )
        before = group


def _lead(story: Story, copies: Mapping[str, Sequence[str | None]], labels: Labels) -> str:
    """Return the numbers of articles and origins of a story, and its outlets; outlets of copies come last."""
    named = [*(a.outlet for a in story.articles), *(name for a in story.articles for name in copies[a.id])]
    outlets = list(dict.fromkeys(name for name in (printable(name or "") for name in named) if name))
    shown = [isolated(name) for name in outlets[:_MOST_OUTLETS]]
    parts = (
        counts_of(story, "origins", labels),
        labels.listed(shown) + ("…" if len(outlets) > _MOST_OUTLETS else ""),
    )
    return " · ".join(part for part in parts if part)


def _bands(context: DigestContext, place: int, story: Story) -> tuple[Band, ...]:
    """Return the sections of a story that have lines."""
    bands: list[Band] = []
    for wanted in _wanted(context.layout):
        records = getattr(story, wanted.name)
        if not records:
            continue
        section = _story_section(context, wanted, f"stories[{place}].{wanted.name}", story)
        if bands and fit_side_by_side(bands[-1].sections, section):
            bands[-1] = Band((*bands[-1].sections, section))
        else:
            bands.append(Band((section,)))
    return tuple(bands)


def _wanted(layout: Layout) -> Iterator[SectionLayout]:
    """Yield the sections of the layout; contradictions follow the last section of points."""
    sections = [section for section in layout.sections if section.name in LINE_FIELDS]
    points = [n for n, section in enumerate(sections) if section.name in ("agreements", "disagreements")]
    at = points[-1] + 1 if points else len(sections)
    yield from (*sections[:at], SectionLayout(_CONTRADICTIONS), *sections[at:])


def _story_section(context: DigestContext, wanted: SectionLayout, field: str, story: Story) -> Section:
    labels, name = context.labels, wanted.name
    columns = tuple(wanted.options.get("columns", ACTOR_COLUMNS)) if name == "actors" else ()
    maker = StoryRowMaker(context.rows(field), tagged=story.change is None)
    rows = maker.rows
    numbered = in_print_order(enumerate(getattr(story, name)), name, rows, columns)
    make: dict[str, Callable[[int, Any], Row]] = {
        "summary": partial(maker.row, rows.fact),
        "actors": partial(maker.actor, columns),
        "events": partial(maker.row, rows.event),
        "agreements": partial(maker.row, rows.point),
        "disagreements": partial(maker.row, rows.point),
        _CONTRADICTIONS: maker.contradiction,
        "quotes": partial(maker.row, rows.quote),
        "background": partial(maker.row, rows.fact),
    }
    made = joined(make[name](number, record) for number, record in numbered)
    return Section(
        name=name,
        label=shorten(printable(wanted.label or labels(f"sections.{name}")), LONGEST_LABEL),
        rows=made,
        columns=heads(made, columns, labels),
    )


def _origin(digest: Digest, labels: Labels) -> str:
    """Return one line: when the digest was made, from how much, and which digest it is compared with."""
    own = {member.id: member.origin for story in digest.stories for member in story.articles}
    parts = (
        _day(digest.at, labels),
        labels("digest.articles", count=len(own)),
        labels("digest.origins", count=len(set(own.values()))),
        labels("digest.stories", count=len(digest.stories)),
        labels("digest.since", day=_day(digest.since, labels)) if digest.since else "",
        labels("digest.compared", day=_day(digest.compared, labels)) if digest.compared else "",
    )
    return " · ".join(part for part in parts if part)


def _day(instant: str, labels: Labels) -> str:
    """Return an instant or a day in words, without seconds."""
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError:
        return printable(instant)
    if "T" not in instant:
        return day_in_words(instant, labels)
    zone = moment.strftime("%z")
    zone = "" if not zone else "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:5]}"
    return day_in_words(f"{moment:%Y-%m-%dT%H:%M}{zone}", labels)


def _source_label(layout: Layout) -> str:
    given = next((section.label for section in layout.sections if section.name == SOURCE and section.label), None)
    return printable(given or "") or layout.labels("sections.source")


def _notes(context: DigestContext, front: Sequence[Band], chapters: Sequence[Chapter]) -> Iterator[str]:
    labels = context.labels
    yield from (notice_in_words(notice, labels) for notice in context.digest.notices if notice.code != FAILED)
    if context.digest.edits:
        yield labels("digest.edited", changes=edits_counted(context.digest.edits, labels))
    if context.digest.stories:
        yield labels("digest.one_origin")
    bands = (*front, *(band for chapter in chapters for band in chapter.bands))
    rows = (row for band in bands for section in band.sections for row in section.rows)
    if any(run.ours for row in rows for run in _runs(row)):
        yield labels("page.ours")


def _runs(row: Row) -> Iterator[Any]:
    for name in ("line", "title", "statement", "slot", "headline"):
        line = getattr(row, name, None)
        if isinstance(line, Line):
            yield from line.runs
