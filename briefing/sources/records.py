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
    """An item that yields no brief.

    It was not found, could not be read, or was finished by an earlier run. After the articles of a feed, a skipped item
    carries the feed's state.
    """

    source: Source
    troubles: tuple[str, ...] = ()  # errors
    remarks: tuple[str, ...] = ()  # oddities that did no harm
    feed: FeedState | None = None  # to be stored once all articles of the feed are finished
    earlier: tuple[Path, ...] = ()  # the outputs, if an earlier run finished the source


@dataclass(frozen=True, slots=True)
class Outcome:
    """The report on one input."""

    source: str
    written: tuple[Path, ...] = ()
    troubles: tuple[str, ...] = ()  # errors
    remarks: tuple[str, ...] = ()  # oddities that did no harm
    explanation: tuple[str, ...] = ()  # lines
