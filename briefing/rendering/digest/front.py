"""The first page of a digest: what changed, the headlines, the agenda of the coming days."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model.digest import AnyStoryLine, Contradiction, Digest, Story, StoryEvent
from briefing.rendering.charts.pictures import pictures
from briefing.rendering.dates import time_in_words
from briefing.rendering.digest.register import DigestRegister
from briefing.rendering.digest.rows import StoryRowMaker, details_of, tag_of, was_of
from briefing.rendering.digest.view import HeadlineRow
from briefing.rendering.labels import Labels
from briefing.rendering.layout import Layout
from briefing.rendering.notices import notice_in_words
from briefing.rendering.row_order import event_order
from briefing.rendering.row_view import Detail, EventRow, Fact, Line, Note, Row, Run, Tag
from briefing.rendering.rows import LONGEST_CELL, Marks, RowMaker, runs_of
from briefing.rendering.view import Section
from briefing.rendering.wording import isolated, printable, shorten

FAILED = "source-failed"  # the code of notices on sources that could not be read


@dataclass(frozen=True, slots=True)
class DigestContext:
    """The digest with its layout, labels, evidence and edit marks, which all parts of the page need."""

    digest: Digest
    layout: Layout
    labels: Labels
    register: DigestRegister
    marks: Marks

    def rows(self, field: str) -> RowMaker:
        """Return a maker for the rows of a list; *field* is the place of the list in the digest."""
        return RowMaker(field, self.labels, self.register, self.marks, {})


def front_page(context: DigestContext) -> Iterator[Section]:
    """Yield the sections of the first page."""
    digest, labels = context.digest, context.labels
    numbers = {story.id: number for number, story in enumerate(digest.stories, start=1)}
    changes = tuple(_change_rows(context, numbers))
    nothing = labels("empty.changes") if digest.compared else labels("empty.first")
    yield _section("changes", changes, nothing, labels)
    if digest.passed:
        maker = StoryRowMaker(context.rows("passed"))
        passed = (maker.row(maker.rows.event, number, event) for number, event in enumerate(digest.passed))
        yield _section("passed", tuple(passed), "", labels)
    headlines = tuple(_headline_row(context, number, story) for number, story in enumerate(digest.stories, start=1))
    yield _section("headlines", headlines, labels("empty.headlines"), labels)
    yield _agenda(context, numbers)
    failed = tuple(Note(notice_in_words(notice, labels)) for notice in digest.notices if notice.code == FAILED)
    if failed:
        yield _section("failed", failed, "", labels)


def _section(name: str, rows: tuple[Row, ...], empty: str, labels: Labels) -> Section:
    return Section(name=name, label=labels(f"sections.{name}"), rows=rows, empty=empty)


def _change_rows(context: DigestContext, numbers: dict[str, int]) -> Iterator[Row]:
    """Yield a row for each line that changed, with the number of its story."""
    for reference in context.digest.changes:
        found = context.digest.find(reference)
        if found is None:
            continue
        story, record = found
        change = story.change if reference.field == "headline" else record.change
        where = Detail("story", context.labels("digest.story", number=numbers[story.id]))
        if isinstance(record, Contradiction):
            values = " / ".join(isolated(printable(side.value)) for side in record.sides)
            kind = Run(f"{context.labels(f'contradictions.{record.kind}')}: ", ours=True)
            after = (Detail("values", values), *was_of(record.change, context.labels), where)
            line = Line((kind, *runs_of(record.slot, record.insertions)), (), "", tag_of(change, context.labels), after)
        else:
            after = details_of(record, context.labels, where)
            line = _plain_line(context, record, tag_of(change, context.labels), after)
        yield Fact(line)


def _plain_line(context: DigestContext, record: AnyStoryLine, tag: Tag | None, after: tuple[Detail, ...]) -> Line:
    """Return a line for one row: an event has its day, an actor the role."""
    words = next(getattr(record, name) for name in ("title", "statement", "name", "text") if hasattr(record, name))
    role = printable(getattr(record, "role", None) or "")
    day = _day_of(record, context.labels) if isinstance(record, StoryEvent) else ""
    extra = [Detail(kind, text) for kind, text in (("when", day), ("role", role)) if text]
    runs = runs_of(words, getattr(record, "insertions", ()))
    return Line(runs, context.register.cite(record.evidence), "", tag, (*extra, *after))


def _day_of(event: StoryEvent, labels: Labels) -> str:
    """Return the date of an event in the words of the locale, or as in the article."""
    return printable(time_in_words(event.when, labels) or event.when.text or "")


def _headline_row(context: DigestContext, number: int, story: Story) -> HeadlineRow:
    labels = context.labels
    watched = labels.listed([isolated(printable(name)) for name in story.watched])
    details = (
        group_of(story, labels) if story.group else "",
        counts_of(story, "origins_short", labels),
        labels("digest.watched", names=watched) if watched else "",
    )
    line = Line(runs_of(story.headline.text, story.headline.insertions), (), "", tag_of(story.change, labels))
    return HeadlineRow(number, line, " · ".join(part for part in details if part))


def _agenda(context: DigestContext, numbers: dict[str, int]) -> Section:
    """Return the events of the coming days, sorted by day: those of the stories and of earlier digests."""
    dated = sorted(
        (*_of_stories(context, numbers), *_announced(context)), key=lambda one: event_order(one[0], context.labels)
    )
    drawn = pictures([event for event, _ in dated], (), (), context.layout) if dated else {}
    label, empty = context.labels("sections.agenda"), context.labels("empty.agenda")
    rows = tuple(row for _, row in dated)
    return Section(name="agenda", label=label, rows=rows, empty=empty, picture=drawn.get("events"))


def _of_stories(context: DigestContext, numbers: dict[str, int]) -> Iterator[tuple[StoryEvent, Row]]:
    places = {story.id: number for number, story in enumerate(context.digest.stories)}
    for reference in context.digest.agenda:
        found = context.digest.find(reference)
        if found is not None and isinstance(found[1], StoryEvent):
            maker = StoryRowMaker(context.rows(f"stories[{places[reference.story]}].events"))
            headline, event = found[0].headline.text, found[1]
            row = maker.row(maker.rows.event, reference.number, event)
            where = context.labels("digest.story", number=numbers[reference.story])
            # a title without participants does not say whose event it is
            named = "" if event.participants else f": {isolated(shorten(printable(headline), LONGEST_CELL))}"
            yield event, _with_detail(row, where + named)


def _announced(context: DigestContext) -> Iterator[tuple[StoryEvent, Row]]:
    maker = StoryRowMaker(context.rows("announced"))
    for number, event in enumerate(context.digest.announced):
        yield event, _with_detail(maker.row(maker.rows.event, number, event), context.labels("digest.announced"))


def _with_detail(row: Row, text: str) -> Row:
    """Return an event row with one more detail."""
    if not isinstance(row, EventRow):
        return row
    return EventRow(row.when, row.dated, row.title, (*row.about, Detail("story", text)))


def counts_of(story: Story, origins: str, labels: Labels) -> str:
    """Return the numbers of articles and origins of a story; empty if it has one article."""
    if len(story.articles) < 2:
        return ""
    return (
        f"{labels('digest.articles', count=len(story.articles))} · {labels(f'digest.{origins}', count=story.origins)}"
    )


def group_of(story: Story, labels: Labels) -> str:
    """Return the heading of a story's group; continents are in the language of the page."""
    name = printable(story.group or "")
    return labels.of("regions", name.lower().replace(" ", "_"), name)
