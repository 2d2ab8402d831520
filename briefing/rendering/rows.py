"""Make the rows of each section of a page from the records of a brief."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model.brief import (
    Actor,
    BackgroundFact,
    Edit,
    Evidence,
    Insertion,
    Position,
    Quote,
    Statement,
    UpcomingEvent,
)
from briefing.rendering.dates import time_in_words
from briefing.rendering.labels import Labels
from briefing.rendering.parties import Known, are_named, one_a_side
from briefing.rendering.row_view import ActorRow, Citation, Detail, EventRow, Fact, Line, Point, QuoteRow, Row, Run
from briefing.rendering.wording import capitalised, isolated, names_already, printable, shorten, without_controls

DOUBTFUL = 0.35  # confidence below which a point says that it is doubtful
LONGEST_EVIDENCE = 1200  # characters of a passage, about 200 words: a longer one is a table that was read as a sentence
LONGEST_CELL = 300  # characters of a name or role in a table, so that no row is taller than a page
_WHITE = re.compile(r"\s+")


class Register:
    """Number the passages of evidence in the order of their first citation."""

    def __init__(self, *, cite: bool) -> None:
        self._cite = cite
        self.numbers: dict[tuple[str | None, int, int], int] = {}
        self.cited: list[Evidence] = []

    def cite(self, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
        """Return the numbers of some passages in ascending order, each once; a new passage gets the next number."""
        if not self._cite:
            return ()
        citations: dict[int, Citation] = {}
        for piece in evidence:
            key = (piece.article, piece.start, piece.end)
            first = key not in self.numbers
            if first:
                self.numbers[key] = len(self.numbers) + 1
                self.cited.append(piece)
            citations.setdefault(self.numbers[key], Citation(self.numbers[key], first))
        return tuple(citations[number] for number in sorted(citations))


class Marks:
    """The edit marks of records that a person changed or added."""

    def __init__(self, edits: Iterable[Edit], labels: Labels) -> None:
        self._marks = {e.where: labels(f"marks.{e.change}") for e in edits if e.change != "removed"}

    def of(self, where: str) -> str:
        """Return the edit mark of a record by its place ("summary[0]"); empty if it was not edited."""
        return self._marks.get(where, "")


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Make the rows of one field; *number* is the place of a record in the Briefing's list."""

    field: str
    labels: Labels
    register: Register
    marks: Marks
    known: Known

    def fact(self, number: int, record: Statement | BackgroundFact) -> Row:
        """Return a sentence of the summary or of the background."""
        return Fact(self._line(number, record.text, record.evidence, record.insertions))

    def actor_cells(self, columns: Sequence[str], actor: Actor) -> dict[str, str]:
        """Return the cells of an actor; an affiliation without its own column is added to role or kind.

        If the name is itself the role, as in "Peru's foreign minister", the role is not repeated.
        """
        affiliation = printable(actor.affiliation or "")
        role = "" if not actor.role or actor.role.casefold() == actor.name.casefold() else actor.role
        cells = {
            "name": capitalised(printable(actor.name)),
            "role": capitalised(printable(role)),
            "kind": self.labels(f"kinds.{actor.kind}"),
            "affiliation": affiliation,
            "mentions": str(actor.mentions),
        }
        host = next((column for column in ("role", "kind") if column in columns), None)
        if host and "affiliation" not in columns and not names_already(cells["role"], affiliation):
            cells[host] = " · ".join(isolated(part) for part in (cells[host], affiliation) if part)
        return {column: shorten(cell, LONGEST_CELL) for column, cell in cells.items()}

    def is_bare(self, columns: Sequence[str], actor: Actor) -> bool:
        """Return True if nothing but the name of an actor is printed."""
        cells = self.actor_cells(columns, actor)
        return not any(cells[column] for column in columns if column != "name")

    def actor(self, cells: Mapping[str, str], number: int, actor: Actor) -> Row:
        """Return a row of the table of actors; *cells* are by column, in order."""
        name = self._line(number, cells.get("name", ""), actor.evidence)
        return ActorRow(tuple(name if column == "name" else cell for column, cell in cells.items()))

    def event(self, number: int, event: UpcomingEvent) -> Row:
        """Return an event; a time without a value is in the words of the article.

        What the title names, the details do not repeat.
        """
        words = time_in_words(event.when, self.labels)
        original = shorten(printable(event.when.text or ""), LONGEST_CELL)
        place = shorten(printable(event.place or ""), LONGEST_CELL)
        named = are_named(event.participants, event.title, self.known)
        names = "" if named else self._listed(event.participants)
        about = (
            Detail("place", "" if place.casefold() in event.title.casefold() else isolated(place)),
            Detail("participants", self.labels("event.with", names=names) if names else ""),
            Detail(event.status, self.labels(f"statuses.{event.status}")),
        )
        no_date = self.labels("event.no_date")
        return EventRow(
            when=_upper_first(printable(words)) if words else f"“{original}”" if original else no_date,
            dated=words is not None,
            title=self._line(number, event.title, event.evidence, event.insertions),
            about=tuple(detail for detail in about if detail.text),
        )

    def point(self, number: int, point: Position, stated: str = "") -> Row:
        """Return a point of agreement or disagreement.

        If another section prints its sentence, *stated* is the label of that section, and the line says who is of one
        mind, or not, on what: "Norway and Chile: fishing quotas". What the line names, its details do not repeat.
        """
        topic = shorten(printable(point.topic), LONGEST_CELL)
        source = shorten(printable(point.attributed_to or ""), LONGEST_CELL)
        sides = one_a_side(point.parties, self.known)
        parties = self._listed(sides)
        line = self._line(number, point.statement, point.evidence, point.insertions)
        if stated:
            see = Run(self.labels("point.see", section=stated), ours=True)
            matter = Run(topic, ours=False) if topic else see
            upper = matter._replace(text=_upper_first(matter.text))
            line = replace(line, runs=(Run(f"{parties}: ", ours=False), matter) if parties else (upper,))
        said = line.text.casefold()
        named = bool(stated) or are_named(sides, line.text, self.known)
        about = (
            Detail("topic", "" if topic.casefold() in said else self.labels("point.topic", topic=isolated(topic))),
            Detail("parties", "" if named else parties),
            Detail("source", "" if source.casefold() in said else self.labels("point.source", name=isolated(source))),
            Detail("doubt", self.labels("point.doubtful") if point.confidence < DOUBTFUL else ""),
        )
        return Point(
            statement=line,
            about=tuple(detail for detail in about if detail.text),
        )

    def quote(self, number: int, quote: Quote) -> Row:
        """Return a quotation, direct speech within quotation marks."""
        line = self._line(number, quote.text, quote.evidence)
        if quote.direct:
            line = Line((Run(f"“{_without_comma(line.text)}”", ours=False),), line.citations, line.mark)
        return QuoteRow((line,), self.speaker(quote))

    def speaker(self, quote: Quote) -> str:
        """Return who speaks, and that the speech is reported if it is."""
        named = capitalised(shorten(printable(quote.speaker or ""), LONGEST_CELL)) or self.labels("quote.no_speaker")
        return named if quote.direct else self.labels("quote.indirect", speaker=named)

    def _listed(self, names: Sequence[str]) -> str:
        """Return names as a list in words; names that run from right to left are isolated."""
        printed = [isolated(name) for name in map(printable, names) if name]
        return shorten(self.labels.listed(printed), LONGEST_CELL)

    def _line(self, number: int, text: str, evidence: Sequence[Evidence], insertions: Sequence[Insertion] = ()) -> Line:
        return Line(runs_of(text, insertions), self.register.cite(evidence), self.marks.of(f"{self.field}[{number}]"))


def runs_of(text: str, insertions: Sequence[Insertion] = ()) -> tuple[Run, ...]:
    """Return a line as runs of the article's words and of added words, with single spaces."""
    pieces: list[Run] = []
    position = 0
    for insertion in insertions:
        pieces.append(Run(text[position : insertion.start], ours=False))
        pieces.append(Run(text[insertion.start : insertion.end], ours=True))
        position = insertion.end
    pieces.append(Run(text[position:], ours=False))
    runs: list[Run] = []
    white = True  # True if the line so far ends in white space, or is empty
    for piece in pieces:
        clean = _WHITE.sub(" ", without_controls(piece.text))
        clean = clean.lstrip() if white else clean
        if clean:
            runs.append(Run(clean, piece.ours))
            white = clean.endswith(" ")
    if runs and white:
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].ours)
    return tuple(run for run in runs if run.text) or (Run("…", ours=True),)


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _without_comma(quotation: str) -> str:
    """Return a quotation without a final comma, which belongs to the sentence around it."""
    return quotation.rstrip(", ") or quotation
