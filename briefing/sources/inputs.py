"""The articles that a user names: files, folders, standard input, and what leads to articles elsewhere."""

import os
from collections.abc import Callable, Sequence
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
from briefing.sources.runs import Lead, Outcome, Source

if TYPE_CHECKING:
    from briefing.reading.web.fetch import Fetcher

STANDARD_INPUT = "-"

_WEB = ("http://", "https://")
_VARIABLE = "env:"


def find_articles(
    sources: Sequence[str],
    standard_input: Callable[[int], bytes],
    patterns: Patterns | None = None,
    *,
    may_be_empty: bool = False,
) -> tuple[list[Source | Lead], list[Outcome]]:
    """Return the inputs that are there, in order, and an outcome for each that is not.

    A feed counts as one where it is named itself, and not where it lies in a folder: nothing in a folder makes a run
    use the network.

    Args:
        sources: Names of files and folders, web addresses; "-" is standard input.
        standard_input: Returns as many of its bytes as it is asked for.
        patterns: Which files of folders are wanted.
        may_be_empty: Whether a folder that holds no article is as good as any: an inbox into which nothing came.
    """
    found: list[Source | Lead] = []
    outcomes: list[Outcome] = []
    for name in sources:
        if name == STANDARD_INPUT:
            found.append(_at_hand("standard input", standard_input(MAX_DOCUMENT + 1)))
            continue
        if name[:8].lower().startswith(_WEB):
            found.append(Lead(name, url=name))
            continue
        try:
            within = find_sources(Path(name), patterns) if os.path.isdir(name) else None  # noqa: PTH112 - of a name that is too long, Path.is_dir raises
        except ReadingError as error:
            outcomes.append(Outcome(name, troubles=(str(error),)))
            continue
        if within is None:
            found.append(_file(name))
            continue
        found += [Source(str(path), path, in_folder=True) for path in within.files]
        outcomes += [Outcome(error.source, troubles=(str(error),)) for error in within.unreadable]
        if within == Found(()) and not may_be_empty:
            outcomes.append(Outcome(name, troubles=(_holds_none(name, patterns),)))
    found, left_out = open_mailboxes(found)
    return found, [*outcomes, *left_out]


def web_of(settings: Fetch, *, allow_private: bool, today: date) -> Web:
    """Return the web as a profile has it read."""

    def make_fetcher() -> "Fetcher":
        from briefing.reading.web.fetch import Fetcher, FetchLimits

        limits = FetchLimits(seconds=settings.timeout, max_bytes=settings.max_bytes, delay=settings.delay)
        return Fetcher(allow_private=allow_private, proxy=_proxy(settings.proxy), limits=limits)

    return Web(make_fetcher, today, settings.entries)


def _proxy(written: str | None) -> str | None:
    """Return the address of the proxy, which may stand in the environment."""
    if written is None or not written.startswith(_VARIABLE):
        return written
    variable = written.removeprefix(_VARIABLE)
    if not os.environ.get(variable):
        reason = f"the profile takes the proxy from the environment variable {variable}, which is not set: set it"
        raise FetchError("the web", reason)
    return os.environ[variable]


def _file(name: str) -> Source | Lead:
    """Return a file as what it is; one that cannot be opened as an article, whose reading will say why."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if kind_of(head) not in ("feed", "opml"):
                return Source(str(path), path)
            return Lead(str(path), content=head + file.read(MAX_DOCUMENT), path=path)
    except (OSError, ValueError):
        return Source(str(path), path)


def _at_hand(name: str, content: bytes) -> Source | Lead:
    is_lead = kind_of(content[:HEAD]) in ("feed", "opml")
    return Lead(name, content=content) if is_lead else Source(name, content=content)


def _holds_none(name: str, patterns: Patterns | None) -> str:
    why = "no file of a kind that is read" if patterns in (None, Patterns()) else "no file that the patterns leave"
    return f"{name} holds no article: {why}"
