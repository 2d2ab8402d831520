"""The rows of a page as they are printed: lines and what they cite, and the records of each section."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from briefing.rendering.wording import runs_right_to_left

_LONGEST_WORD = 30  # characters


class Block(NamedTuple):
    """The whole text of one heading, paragraph or table cell, as printed; white space does not count."""

    kind: str  # "heading", "text", "cell", "figure"
    text: str


class Run(NamedTuple):
    """A stretch of a line: the article's words, or words of ours."""

    text: str
    ours: bool

    @property
    def apart(self) -> bool:
        """Whether it is to be set apart, so that its direction does not turn round what stands beside it."""
        return runs_right_to_left(self.text)


class Detail(NamedTuple):
    """One of the things that are said about a line."""

    kind: str  # "place", "participants", a status; "topic", "parties", "source", "confidence"
    text: str

    @property
    def unbroken(self) -> bool:
        """Whether it holds a word that may be longer than a line, which is then broken anywhere."""
        return any(len(word) > _LONGEST_WORD for word in self.text.split())


class Citation(NamedTuple):
    """A number that points to the evidence; the first one of each number is where the evidence points back to."""

    number: int
    first: bool


class Tag(NamedTuple):
    """How a line differs from what the last digest said."""

    kind: str  # "new", "updated", "confirmed", "contradicted", "passed"
    text: str  # "NEW"


class Row(Protocol):
    """One record of a section."""

    def blocks(self) -> tuple[Block, ...]:
        """Return its blocks in print order."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line that rests on evidence."""

    runs: tuple[Run, ...]
    citations: tuple[Citation, ...]
    mark: str = ""  # what a person did to it: "edited by hand"
    tag: Tag | None = None  # before it, in a digest
    after: tuple[Detail, ...] = ()  # what is said of it behind it, in a digest: the old value, how many origins

    @property
    def text(self) -> str:
        """The line without its citations and its mark."""
        return "".join(run.text for run in self.runs)

    def printed(self) -> str:
        """Return the line with its tag, its citations, its mark and what is said behind it, as they are printed."""
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
    """A row of the table of actors: its cells in the order of the columns; the name is a Line."""

    cells: tuple[Line | str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Return the cells that hold something."""
        texts = (cell if isinstance(cell, str) else cell.printed() for cell in self.cells)
        return tuple(Block("cell", text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An upcoming event: when, what, and where, with whom, how sure."""

    when: str
    dated: bool  # False where *when* is in the article's own words
    title: Line
    about: tuple[Detail, ...]  # where, with whom, how sure

    @property
    def details(self) -> str:
        """What is said about it, as one line."""
        return _joined(self.about)

    def blocks(self) -> tuple[Block, ...]:
        """Return the cell of the date, and the title and its details in one paragraph."""
        return (Block("cell", self.when), Block("text", f"{self.title.printed()} {self.details}"))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of agreement or disagreement."""

    statement: Line
    about: tuple[Detail, ...]  # topic, parties, whose view, how sure

    @property
    def details(self) -> str:
        """What is said about it, as one line."""
        return _joined(self.about)

    def blocks(self) -> tuple[Block, ...]:
        """Return the statement and what is said about it in one paragraph."""
        return (Block("text", f"{self.statement.printed()} {self.details}"),)


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """What somebody said, and who."""

    quote: Line
    speaker: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the quotation and its speaker in one paragraph."""
        return (Block("text", f"{self.quote.printed()} {self.speaker}"),)


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A stretch of the article that lines of the brief cite."""

    number: int
    origin: str  # "Sentence 4"
    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph: number, origin, text."""
        return (Block("text", f"[{self.number}] {self.origin} {self.text}"),)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An article of a digest, above the stretches of it that lines cite."""

    text: str  # outlet, day, title
    link: str  # an address of the web; empty for none

    def blocks(self) -> tuple[Block, ...]:
        """Return one paragraph."""
        return (Block("text", f"{self.text} {self.link}"),)


@dataclass(frozen=True, slots=True)
class ArticleParagraph:
    """A paragraph of the article where it is printed in full."""

    role: str  # as in model.Paragraph
    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the paragraph."""
        return (Block("text", self.text),)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how the brief came about."""

    text: str

    def blocks(self) -> tuple[Block, ...]:
        """Return the remark."""
        return (Block("text", self.text),)


def _joined(details: tuple[Detail, ...]) -> str:
    return " · ".join(detail.text for detail in details)
