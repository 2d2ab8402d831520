"""The records of a run over many inputs, and how what was made is written."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.errors import OutputError
from briefing.model.brief import Briefing, Notice
from briefing.model.formats import Format
from briefing.profile.profile import Profile
from briefing.reading.feeds.state import FeedState
from briefing.reading.known import Known
from briefing.reading.mail.mbox import Stretch
from briefing.runtime.outputs import Namer, real_path, slug, write_whole


@dataclass(frozen=True, slots=True)
class Source:
    """An input of a run: a file, or bytes that were read already."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    known: Known | None = None  # what a feed or another container says of it
    notices: tuple[Notice, ...] = ()  # what is odd about how it came here
    excerpt: bytes | None = None  # what a feed holds of the article, read where the article cannot be
    stretch: Stretch | None = None  # of the file, which is a mailbox, the message that is meant
    in_folder: bool = False  # a folder was named, and not it


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads to articles that are not at hand yet: a web address, or a feed or list of feeds that is at hand."""

    name: str
    url: str | None = None
    content: bytes = b""
    path: Path | None = None  # the file that it was read from


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
    feed: FeedState | None = None  # what to remember of the feed whose articles all came before
    earlier: tuple[Path, ...] = ()  # what the run had written before it was broken off, and went on


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input: the files that were written, what went wrong, and what is odd but did no harm."""

    source: str
    written: tuple[Path, ...] = ()
    troubles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()  # lines
    feed: FeedState | None = None  # what to remember of the feed whose articles all came before


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
    path = None if made.source.stretch is not None else made.source.path
    wanted = path.stem if path is not None else slug(made.title)
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
    return Outcome(made.source.name, tuple(written), tuple(troubles), made.remarks, made.explanation, made.feed)
