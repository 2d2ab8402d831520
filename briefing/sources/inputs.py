"""Find the articles that a user names: in files, in folders, on standard input, and on the web."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import FetchError, ReadingError
from briefing.profile.fetch import Fetch
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.folders import Found, Patterns, find_sources
from briefing.reading.kinds import HEAD, kind_of
from briefing.sources.links import Web
from briefing.sources.mailboxes import open_mailboxes
from briefing.sources.records import Link, Outcome, Source

if TYPE_CHECKING:
    from briefing.reading.web.fetch import Fetcher

STANDARD_INPUT = "-"

_WEB = ("http://", "https://")
_VARIABLE = "env:"
_LINK_KINDS = ("feed", "opml")


def find_articles(
    sources: Sequence[str],
    standard_input: Callable[[int], bytes],
    patterns: Patterns | None = None,
    *,
    may_be_empty: bool = False,
) -> tuple[list[Source | Link], list[Outcome]]:
    """Return the inputs that were found, in order, and an outcome for each that was not.

    The origin of each input is the index of its name. A feed is followed if it is named itself. A feed in a folder is
    not: no file in a folder makes a run use the network.

    Args:
        sources: Names of files and folders, web addresses; "-" is standard input.
        standard_input: Returns as many bytes of standard input as its argument asks for, at most.
        patterns: Which files of folders are read.
        may_be_empty: Whether a folder without articles is no error; an inbox may be empty.
    """
    found: list[Source | Link] = []
    outcomes: list[Outcome] = []
    for origin, name in enumerate(sources):
        named, missing = _find(name, standard_input, patterns, may_be_empty=may_be_empty)
        opened, left_out = open_mailboxes(named)
        found += (replace(item, origin=origin) for item in opened)
        outcomes += (*missing, *left_out)
    return found, outcomes


def _find(
    name: str, standard_input: Callable[[int], bytes], patterns: Patterns | None, *, may_be_empty: bool
) -> tuple[list[Source | Link], list[Outcome]]:
    """Return the inputs under one name, mailboxes unopened, and an outcome for each that was not found."""
    if name == STANDARD_INPUT:
        return [source_of("standard input", standard_input(MAX_DOCUMENT + 1))], []
    if name[:8].lower().startswith(_WEB):
        return [Link(name, url=name)], []
    if not os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises if a name is too long
        return [_from_file(name)], []
    try:
        within = find_sources(Path(name), patterns)
    except ReadingError as error:
        return [], [Outcome(name, troubles=(str(error),))]
    missing = [Outcome(error.source, troubles=(str(error),)) for error in within.unreadable]
    if within == Found(()) and not may_be_empty:
        missing.append(Outcome(name, troubles=(_empty_folder(name, patterns),)))
    return [Source(str(path), path, in_folder=True) for path in within.files], missing


def web_of(settings: Fetch, *, allow_private: bool, today: date) -> Web:
    """Return the web with the settings of a profile."""

    def make_fetcher() -> "Fetcher":
        from briefing.reading.web.fetch import Fetcher, FetchLimits

        limits = FetchLimits(seconds=settings.timeout, max_bytes=settings.max_bytes, delay=settings.delay)
        return Fetcher(allow_private=allow_private, proxy=_proxy(settings.proxy), limits=limits)

    return Web(make_fetcher, today, settings.entries)


def source_of(name: str, content: bytes) -> Source | Link:
    """Return bytes as a source; a feed, or a list of feeds, is a link."""
    is_link = kind_of(content[:HEAD]) in _LINK_KINDS
    return Link(name, content=content) if is_link else Source(name, content=content)


def _proxy(written: str | None) -> str | None:
    """Return the address of the proxy; "env:NAME" is read from the environment."""
    if written is None or not written.startswith(_VARIABLE):
        return written
    variable = written.removeprefix(_VARIABLE)
    if not os.environ.get(variable):
        reason = f"the profile takes the proxy from the environment variable {variable}, which is not set: set it"
        raise FetchError("the web", reason)
    return os.environ[variable]


def _from_file(name: str) -> Source | Link:
    """Return a file as a source or a link; a file that cannot be opened is a source, which fails when it is read."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if kind_of(head) not in _LINK_KINDS:
                return Source(str(path), path)
            return Link(str(path), content=head + file.read(MAX_DOCUMENT), path=path)
    except (OSError, ValueError):
        return Source(str(path), path)


def _empty_folder(name: str, patterns: Patterns | None) -> str:
    why = "no file is of a supported kind" if patterns in (None, Patterns()) else "no file matches the patterns"
    return f"{name} holds no article: {why}"
