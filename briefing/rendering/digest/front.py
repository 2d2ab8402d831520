"""The first page of a digest: what changed, the headlines, the agenda of the coming days."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model.digest import AnyStoryLine, Contradiction, Digest, Story, StoryEvent
from briefing.rendering.charts.pictures import pictures
from briefing.rendering.dates import read_value
from briefing.rendering.digest.register import DigestRegister
from briefing.rendering.digest.rows import StoryRowMaker, details_of, tag_of, was_of
from briefing.rendering.digest.view import HeadlineRow
from briefing.rendering.labels import Labels
from briefing.rendering.layout import Layout
from briefing.rendering.notices import notice_in_words
from briefing.rendering.page import event_order
from briefing.rendering.row_view import Detail, EventRow, Fact, Line, Note, Row, Run, Tag
from briefing.rendering.rows import Marks, RowMaker, runs_of
from briefing.rendering.view import Section
from briefing.rendering.wording import isolated, printable

FAILED = "source-failed"  # the code of notices on sources that could not be read


@dataclass(frozen=True, slots=True)
class Desk:
    """What all parts of the page need."""

    digest: Digest
    layout: Layout
    labels: Labels
    register: DigestRegister
    marks: Marks

    def rows(self, field: str) -> RowMaker:
        """Return what makes the rows of a list, by its place in the digest."""
        return RowMaker(field, self.labels, self.register, self.marks)


def front_page(desk: Desk) -> Iterator[Section]:
    """Yield the sections of the first page."""
    digest, labels = desk.digest, desk.labels
    numbers = {story.id: number for number, story in enumerate(digest.stories, start=1)}
    changes = tuple(_change_rows(desk, numbers))
    nothing = labels("empty.changes") if digest.compared else labels("empty.first")
    yield _section("changes", changes, nothing, labels)
    if digest.passed:
        maker = StoryRowMaker(desk.rows("passed"))
        passed = (maker.row(maker.rows.event, number, event) for number, event in enumerate(digest.passed))
        yield _section("passed", tuple(passed), "", labels)
    headlines = tuple(_headline_row(desk, number, story) for number, story in enumerate(digest.stories, start=1))
    yield _section("headlines", headlines, labels("empty.headlines"), labels)
    yield _agenda(desk, numbers)
    failed = tuple(Note(notice_in_words(notice, labels)) for notice in digest.notices if notice.code == FAILED)
    if failed:
        yield _section("failed", failed, "", labels)


def _section(name: str, rows: tuple[Row, ...], empty: str, labels: Labels) -> Section:
    return Section(name=name, label=labels(f"sections.{name}"), rows=rows, empty=empty)


def _change_rows(desk: Desk, numbers: dict[str, int]) -> Iterator[Row]:
    """Yield a row for each line that changed, and in which story it stands."""
    for reference in desk.digest.changes:
        found = desk.digest.find(reference)
        if found is None:
            continue
        story, record = found
        change = story.change if reference.field == "headline" else record.change
        where = Detail("story", desk.labels("digest.story", number=numbers[story.id]))
        if isinstance(record, Contradiction):
            values = " / ".join(isolated(printable(side.value)) for side in record.sides)
            kind = Run(f"{desk.labels(f'contradictions.{record.kind}')}: ", ours=True)
            after = (Detail("values", values), *was_of(record.change, desk.labels), where)
            line = Line((kind, *runs_of(record.slot, record.insertions)), (), "", tag_of(change, desk.labels), after)
        else:
            after = details_of(record, desk.labels, where)
            line = _plain_line(desk, record, tag_of(change, desk.labels), after)
        yield Fact(line)


def _plain_line(desk: Desk, record: AnyStoryLine, tag: Tag | None, after: tuple[Detail, ...]) -> Line:
    """Return any line in one row: an event with its day, an actor with the role."""
    text = next(getattr(record, name) for name in ("title", "statement", "name", "text") if hasattr(record, name))
    role = printable(getattr(record, "role", None) or "")
    day = _day_of(record, desk.labels) if isinstance(record, StoryEvent) else ""
    extra = [Detail(kind, said) for kind, said in (("when", day), ("role", role)) if said]
    runs = runs_of(text, getattr(record, "insertions", ()))
    return Line(runs, desk.register.cite(record.evidence), "", tag, (*extra, *after))


def _day_of(event: StoryEvent, labels: Labels) -> str:
    """Return when an event is, in the words of the locale, else in those of the article."""
    moment = read_value(event.when.value, labels)
    return printable(moment.words) if moment else printable(event.when.text or "")


def _headline_row(desk: Desk, number: int, story: Story) -> HeadlineRow:
    labels = desk.labels
    watched = labels.listed([isolated(printable(name)) for name in story.watched])
    details = (
        group_of(story, labels) if story.group else "",
        labels("digest.articles", count=len(story.articles)),
        labels("digest.origins_short", count=story.origins),
        labels("digest.watched", names=watched) if watched else "",
    )
    line = Line(runs_of(story.headline.text, story.headline.insertions), (), "", tag_of(story.change, labels))
    return HeadlineRow(number, line, " · ".join(part for part in details if part))


def _agenda(desk: Desk, numbers: dict[str, int]) -> Section:
    """Return the events of the coming days by day: those of the stories, then those that earlier digests announced."""
    dated = sorted((*_of_stories(desk, numbers), *_announced(desk)), key=lambda one: event_order(one[0], desk.labels))
    drawn = pictures([event for event, _ in dated], (), (), desk.layout) if dated else {}
    label, empty = desk.labels("sections.agenda"), desk.labels("empty.agenda")
    rows = tuple(row for _, row in dated)
    return Section(name="agenda", label=label, rows=rows, empty=empty, picture=drawn.get("events"))


def _of_stories(desk: Desk, numbers: dict[str, int]) -> Iterator[tuple[StoryEvent, Row]]:
    places = {story.id: number for number, story in enumerate(desk.digest.stories)}
    for reference in desk.digest.agenda:
        found = desk.digest.find(reference)
        if found is not None and isinstance(found[1], StoryEvent):
            maker = StoryRowMaker(desk.rows(f"stories[{places[reference.story]}].events"))
            row = maker.row(maker.rows.event, reference.number, found[1])
            yield found[1], _with_detail(row, desk.labels("digest.story", number=numbers[reference.story]))


def _announced(desk: Desk) -> Iterator[tuple[StoryEvent, Row]]:
    maker = StoryRowMaker(desk.rows("announced"))
    for number, event in enumerate(desk.digest.announced):
        yield event, _with_detail(maker.row(maker.rows.event, number, event), desk.labels("digest.announced"))


def _with_detail(row: Row, said: str) -> Row:
    if not isinstance(row, EventRow):
        return row
    return EventRow(row.when, row.dated, row.title, (*row.about, Detail("story", said)))


def group_of(story: Story, labels: Labels) -> str:
    """Return the heading of a story's group; a continent in the page's language."""
    name = printable(story.group or "")
    return labels.of("regions", name.lower().replace(" ", "_"), name)
