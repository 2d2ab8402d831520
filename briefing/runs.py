"""The records of a run over many inputs, and how what was made is written."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.errors import OutputError
from briefing.model import Briefing
from briefing.outputs import Namer, real_path, slug, write_whole
from briefing.profile import Format, Profile
from briefing.reading.known import Known


@dataclass(frozen=True, slots=True)
class Source:
    """An input of a run: a file, or bytes that were read already."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    known: Known | None = None  # what a feed or another container says of it


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of each source of a run; it travels to other processes."""

    profile: Profile
    formats: tuple[Format, ...]
    published: date | None
    explain: bool = False  # say what led to each finding
    keep: bool = False  # hand the briefs themselves back, too


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a source: its outputs in order, what went wrong, and what is odd but did no harm."""

    source: Source
    title: str = ""
    outputs: tuple[tuple[Format, bytes], ...] = ()
    troubles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()  # lines
    brief: Briefing | None = None  # where it was asked for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input: the files that were written, what went wrong, and what is odd but did no harm."""

    source: str
    written: tuple[Path, ...] = ()
    troubles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()  # lines


@dataclass(frozen=True, slots=True)
class Destination:
    """Where outputs go: a folder, or one file ("-" is standard output)."""

    folder: Path = field(default_factory=Path)
    file: Path | None = None


def write_outputs(made: Made, namer: Namer, destination: Destination, inputs: frozenset[Path]) -> Outcome:
    """Write the outputs of one brief; an input is never overwritten."""
    troubles = list(made.troubles)
    written: list[Path] = []
    suffixes = tuple(output for output, _ in made.outputs)
    wanted = made.source.path.stem if made.source.path is not None else slug(made.title)
    stem = namer.stem(wanted, suffixes) if made.outputs and destination.file is None else ""
    for output, content in made.outputs:
        path = destination.file or destination.folder / f"{stem}.{output}"
        try:
            if real_path(path) in inputs:
                raise OutputError(str(path), "it is an input of this run; name another file with --output")
            write_whole(path, content)
            written.append(path)
        except OutputError as error:
            troubles.append(str(error))
    return Outcome(made.source.name, tuple(written), tuple(troubles), made.remarks, made.explanation)
