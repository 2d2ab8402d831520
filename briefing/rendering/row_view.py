"""The rows of a page as printed: lines with their citations, and one record for each kind of row."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from briefing.rendering.wording import runs_right_to_left

_LONGEST_WORD = 30  # characters


class Block(NamedTuple):
    """The whole printed text of one heading, paragraph or table cell; white space does not count."""

    kind: str  # "heading", "text", "cell", "figure"
    text: str


class Run(NamedTuple):
    """A part of a line: words of the article, or words that briefing added."""

    text: str
    ours: bool

    @property
    def apart(self) -> bool:
        """Return True if it must be isolated, because it runs from right to left."""
        return runs_right_to_left(self.text)


class Detail(NamedTuple):
    """A detail about a line, such as its place or source."""

    kind: str  # "place", "participants", a status; "topic", "parties", "source", "doubt"
    text: str

    @property
    def unbroken(self) -> bool:
        """Return True if it holds a word that may be longer than a line and needs a break."""
        return any(len(word) > _LONGEST_WORD for word in self.text.split())


class Citation(NamedTuple):
    """A number that links to the evidence; the evidence links back to the first citation of its number."""

    number: int
    first: bool


class Tag(NamedTuple):
    """How a line differs from the last digest."""

    kind: str  # "new", "updated", "confirmed", "contradicted", "passed"
    text: str  # "NEW"


class Row(Protocol):
    """One record of a section."""

    def blocks(self) -> tuple[Block, ...]:
        """Return its blocks in print order."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its evidence."""

    runs: tuple[Run, ...]
    citations: tuple[Citation, ...]
    mark: str = ""  # an edit mark: "edited by hand"
    tag: Tag | None = None  # before it, in a digest
    after: tuple[Detail, ...] = ()  # details after it, in a digest: the old value, the number of origins

    @property
    def text(self) -> str:
        """The line without its citations and its mark."""
        return "".join(run.text for run in self.runs)

    def printed(self) -> str:
        """Return the line as printed: with its tag, citations, edit mark and details."""
        tag = self.tag.text if self.tag else ""
        cited = (f"[{citation.number}]" for citation in self.citations)
        return " ".join((tag, self.text, *cited, self.mark, _joined(self.after)))


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of the summary or of the background."""

    line: Line

    def blocks(self) -> tuple[Block, ...]:
        """Return the line."""
        return (Block("text", self.line.printed()),)


class Column(NamedTuple):
    """A column of a table."""

    name: str  # "role"
    label: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A row of the table of actors: its cells in the order of columns; the name is a Line."""

    cells: tuple[Line | str, ...]

    @property
    def name(self) -> Line:
        """Return the cell of the name."""
        return next(cell for cell in self.cells if isinstance(cell, Line))

    @property
    def is_bare(self) -> bool:
        """Return True if the name is the only cell that is not empty."""
        return [type(cell) for cell in self.cells if cell] == [Line]

    def blocks(self) -> tuple[Block, ...]:
        """Return the cells that are not empty."""
        texts = (cell if isinstance(cell, str) else cell.printed() for cell in self.cells)
        return tuple(Block("cell", text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class NamesRow:
    """Actors that have only a name, in one line."""

    names: tuple[Line, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph."""
        return (Block("text", " · ".join(name.printed() for name in self.names)),)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An upcoming event: date, title and details."""

    when: str
    dated: bool  # False if *when* is in the words of the article
    title: Line
    about: tuple[Detail, ...]  # place, participants, status

    @property
    def details(self) -> str:
        """The details as one line."""
        return _joined(self.about)

    def blocks(self) -> tuple[Block, ...]:
        """Return the cell of the date, and the title and its details in one paragraph."""
        return (Block("cell", self.when), Block("text", f"{self.title.printed()} {self.details}"))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of agreement or disagreement."""

    statement: Line
    about: tuple[Detail, ...]  # topic, parties, source, doubt

    @property
    def details(self) -> str:
        """The details as one line."""
        return _joined(self.about)

    def blocks(self) -> tuple[Block, ...]:
        """Return the statement and its details in one paragraph."""
        return (Block("text", f"{self.statement.printed()} {self.details}"),)


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """The quotations of one speaker."""

    quotes: tuple[Line, ...]
    speaker: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the speaker, and each quotation in a paragraph of its own."""
        return (Block("text", self.speaker), *(Block("text", quote.printed()) for quote in self.quotes))


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A passage of the article that lines of the brief cite."""

    number: int
    origin: str  # "Sentence 4"
    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph: number, origin, text."""
        return (Block("text", f"[{self.number}] {self.origin} {self.text}"),)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An article of a digest, printed above its cited passages."""

    text: str  # outlet, day, title
    link: str  # a web address; empty for none

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph."""
        return (Block("text", f"{self.text} {self.link}"),)


@dataclass(frozen=True, slots=True)
class ArticleParagraph:
    """A paragraph of an article that is printed in full."""

    role: str  # as in model.Paragraph
    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the paragraph."""
        return (Block("text", self.text),)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on how the brief was made."""

    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the note."""
        return (Block("text", self.text),)


def _joined(details: tuple[Detail, ...]) -> str:
    return " · ".join(detail.text for detail in details)
