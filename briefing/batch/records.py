"""The records of a batch run: rows of the input, parts of work, and what became of a part."""

from dataclasses import dataclass

from briefing.model.formats import Format
from briefing.profile.profile import Profile
from briefing.reading.known import Known


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a row of the input."""

    source: str  # the file
    row: int  # 0 for the first row of the file
    id: str | None
    content: bytes  # UTF-8, text or HTML
    known: Known


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row, or the rest of a file, that yields no brief, and why."""

    source: str
    row: int
    id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """The unit of work: rows that follow each other in the input. Its output depends on nothing else."""

    number: int
    items: tuple[Row | Flaw, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """How the parts of a run are worked on; it travels to the workers."""

    profile: Profile
    formats: tuple[Format, ...]  # besides JSON
    only_try: bool = False  # return no tables: to find the row that kills its worker


@dataclass(frozen=True, slots=True)
class Done:
    """A finished part: two Parquet files and their numbers of rows."""

    part: Part
    briefs: bytes = b""
    failed: bytes = b""
    made: int = 0
    failures: int = 0
    has_died: bool = False  # the process that worked on the part died, each time
