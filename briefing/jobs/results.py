"""What a run asks of its workers, what they return, and how results are written to files."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.errors import OutputError
from briefing.model.brief import Briefing
from briefing.model.formats import Format
from briefing.profile.profile import Profile
from briefing.proposals.eye import Eye
from briefing.runtime.outputs import Namer, real_path, slug, write_whole
from briefing.sources.records import Outcome, Source


@dataclass(frozen=True, slots=True)
class Request:
    """What to make of each source of a run; it travels to the workers."""

    profile: Profile
    formats: tuple[Format, ...]
    published: date | None
    explain: bool = False  # return the reasons for each finding
    keep: bool = False  # return the briefs themselves
    eye: Eye | None = None  # a language model to ask; it does not travel, so one process does all the work


@dataclass(frozen=True, slots=True)
class Result:
    """A brief or digest that was made, in each format; an output that failed is missing and reported."""

    source: Source
    title: str
    outputs: tuple[tuple[Format, bytes], ...] = ()
    troubles: tuple[str, ...] = ()  # errors
    remarks: tuple[str, ...] = ()  # oddities that did no harm
    explanation: tuple[str, ...] = ()  # lines, if they were requested
    brief: Briefing | None = None  # if it was requested


@dataclass(frozen=True, slots=True)
class Destination:
    """Where outputs go: a folder, or one file ("-" is standard output)."""

    folder: Path = field(default_factory=Path)
    file: Path | None = None


def write_outputs(result: Result, namer: Namer, destination: Destination, inputs: frozenset[Path]) -> Outcome:
    """Write the outputs of a result; never overwrite an input."""
    troubles = list(result.troubles)
    written: list[Path] = []
    suffixes = tuple(output for output, _ in result.outputs)
    path = None if result.source.stretch is not None else result.source.path
    wanted = path.stem if path is not None else slug(result.title)
    stem = namer.stem(wanted, suffixes) if result.outputs and destination.file is None else ""
    for output, content in result.outputs:
        path = destination.file or destination.folder / f"{stem}.{output}"
        try:
            if real_path(path) in inputs:
                raise OutputError(str(path), "it is an input of this run; name another file with --output")
            write_whole(path, content)
            written.append(path)
        except OutputError as error:
            troubles.append(str(error))
    return Outcome(result.source.name, tuple(written), tuple(troubles), result.remarks, result.explanation)
