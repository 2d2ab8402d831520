"""Make the rows of a digest: those of a brief, with tags for changes and the number of origins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.model.digest import Change, Contradiction, StoryActor, StoryLine
from briefing.rendering.digest.view import ContradictionRow, SideCell
from briefing.rendering.labels import Labels
from briefing.rendering.row_view import ActorRow, Detail, EventRow, Fact, Line, Point, QuoteRow, Row, Tag
from briefing.rendering.rows import LONGEST_CELL, RowMaker, runs_of
from briefing.rendering.wording import isolated, printable, shorten

_TAGS = {"date passed": "passed"}  # kinds of change whose label has another name


def tag_of(change: Change | None, labels: Labels) -> Tag | None:
    """Return the tag of a change; None if nothing changed."""
    if change is None:
        return None
    name = _TAGS.get(change.kind, change.kind)
    return Tag(name, labels(f"tags.{name}"))


def details_of(line: StoryLine, labels: Labels, *more: Detail) -> tuple[Detail, ...]:
    """Return the details after a line: its old value, the number of its origins if above one, and *more*."""
    details = [*was_of(line.change, labels)]
    if line.origins > 1:
        details.append(Detail("origins", labels("digest.rests", count=line.origins)))
    return (*details, *more)


def was_of(change: Change | None, labels: Labels) -> tuple[Detail, ...]:
    """Return the old value of a line that changed."""
    if change is None or not change.was:
        return ()
    return (Detail("was", labels("digest.was", value=isolated(shorten(printable(change.was), LONGEST_CELL)))),)


@dataclass(frozen=True, slots=True)
class StoryRowMaker:
    """Make the rows of one list of a story; *tagged* is False if the whole story is new."""

    rows: RowMaker
    tagged: bool = True

    def row(self, make: Callable[[int, Any], Row], number: int, record: StoryLine) -> Row:
        """Return the row as in a brief, with the tag and details of a digest."""
        labels = self.rows.labels
        tag = tag_of(record.change, labels) if self.tagged or not _is_new(record.change) else None
        return _with(make(number, record), tag, details_of(record, labels))

    def actor(self, columns: Sequence[str], number: int, actor: StoryActor) -> Row:
        """Return a row of the table of actors, with all roles in one cell; the tag "confirmed" is left out."""
        is_confirmed = actor.change is not None and actor.change.kind == "confirmed"
        shown = actor.model_copy(update={"change": None}) if is_confirmed else actor
        values = self.rows.actor_cells(columns, actor)
        cells = {column: values[column] for column in columns}
        row = self.row(lambda place, one: self.rows.actor(cells, place, one), number, shown)
        roles = self.rows.labels.listed([isolated(printable(role.text)) for role in actor.other_roles])
        if not roles or "role" not in columns or not isinstance(row, ActorRow):
            return row
        at = list(columns).index("role")
        also = self.rows.labels("digest.also", roles=roles)
        cell = shorten(" · ".join(part for part in (str(row.cells[at]), also) if part), LONGEST_CELL)
        return ActorRow((*row.cells[:at], cell, *row.cells[at + 1 :]))

    def contradiction(self, number: int, record: Contradiction) -> Row:
        """Return a contradiction with all its sides."""
        labels, mark = self.rows.labels, self.rows.marks.of(f"{self.rows.field}[{number}]")
        tag = tag_of(record.change, labels) if self.tagged or not _is_new(record.change) else None
        slot = Line(runs_of(record.slot, record.insertions), (), mark, tag, was_of(record.change, labels))
        sides = (
            SideCell(
                shorten(printable(side.value), LONGEST_CELL),
                Line(runs_of(side.text), self.rows.register.cite(side.evidence), "", None, details_of(side, labels)),
            )
            for side in record.sides
        )
        return ContradictionRow(labels(f"contradictions.{record.kind}"), slot, tuple(sides))


def _is_new(change: Change | None) -> bool:
    return change is not None and change.kind == "new"


def _with(row: Row, tag: Tag | None, after: tuple[Detail, ...]) -> Row:
    """Return a row whose line has a tag and details."""

    def marked(line: Line) -> Line:
        return replace(line, tag=tag, after=after)

    match row:
        case Fact():
            return replace(row, line=marked(row.line))
        case EventRow():
            return replace(row, title=marked(row.title))
        case Point():
            return replace(row, statement=marked(row.statement))
        case QuoteRow():
            return replace(row, quotes=tuple(map(marked, row.quotes)))
        case ActorRow():
            return ActorRow(tuple(marked(cell) if isinstance(cell, Line) else cell for cell in row.cells))
        case _:
            return row
