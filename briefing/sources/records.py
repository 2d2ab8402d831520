"""The records of what a run reads: sources, links to sources, and what is reported of each input."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.model.brief import Notice
from briefing.reading.feeds.state import FeedState
from briefing.reading.known import Known
from briefing.reading.mail.mbox import Stretch


@dataclass(frozen=True, slots=True)
class Source:
    """An article to brief: a file, a message in a mailbox, or bytes.

    A source travels to a worker and comes back in its result. Everything that belongs to it travels along.
    """

    name: str
    path: Path | None = None
    content: bytes | None = None
    known: Known | None = None  # metadata from a feed or another container
    notices: tuple[Notice, ...] = ()  # flaws found before the article is read
    excerpt: bytes | None = None  # the text in the feed; the fallback where the article cannot be read
    stretch: Stretch | None = None  # the place of the message, if the file is a mailbox
    in_folder: bool = False  # found in a folder that the user named
    origin: int = 0  # index of the input that led here, among those that the user named
    since: datetime | None = None  # when the source's feed was last read before this run
    digest: str | None = None  # see `digest_of`; None if it is not computed yet, or the source cannot be read
    kept_as: str | None = None  # the source's unique name in an archived run


@dataclass(frozen=True, slots=True)
class Link:
    """A link to articles: a web address, or the content of a feed or of a list of feeds."""

    name: str
    url: str | None = None
    content: bytes = b""
    path: Path | None = None  # the file that the content comes from
    origin: int = 0  # as in `Source`


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that could not be fetched, read or briefed, and why."""

    source: Source
    reason: str | None  # None: there is nothing to report, as for a brief of ours in a folder


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The end of a feed, after all its articles."""

    source: Source  # the feed
    remarks: tuple[str, ...] = ()  # oddities that did no harm
    state: FeedState | None = None  # to be stored once all articles of the feed are finished


@dataclass(frozen=True, slots=True)
class Finished:
    """A source that an interrupted run had finished."""

    source: Source
    outputs: tuple[Path, ...]


# Items that yield no brief. They travel among the sources, so that each is reported in its place.
Unbriefed = Skipped | FeedRead | Finished


@dataclass(frozen=True, slots=True)
class Outcome:
    """The report on one input."""

    source: str
    written: tuple[Path, ...] = ()
    troubles: tuple[str, ...] = ()  # errors
    remarks: tuple[str, ...] = ()  # oddities that did no harm
    explanation: tuple[str, ...] = ()  # lines


def outcome_of(item: Unbriefed) -> Outcome:
    """Return the report on an item that yields no brief."""
    name = item.source.name
    if isinstance(item, Finished):
        return Outcome(name, item.outputs)
    if isinstance(item, FeedRead):
        return Outcome(name, remarks=item.remarks)
    return Outcome(name, troubles=(item.reason,) if item.reason is not None else ())
