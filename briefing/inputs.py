"""The articles that a user names: files, folders, standard input."""

from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.errors import ReadingError
from briefing.mailboxes import open_mailboxes
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.folders import Found, Patterns, find_sources
from briefing.runs import Outcome, Source

STANDARD_INPUT = "-"


def find_articles(
    sources: Sequence[str], standard_input: Callable[[int], bytes], patterns: Patterns | None = None
) -> tuple[list[Source], list[Outcome]]:
    """Return the inputs that are there, in order, and an outcome for each that is not.

    Args:
        sources: Names of files and folders; "-" is standard input.
        standard_input: Returns as many of its bytes as it is asked for.
        patterns: Which files of folders are wanted.
    """
    found: list[Source] = []
    outcomes: list[Outcome] = []
    for name in sources:
        if name == STANDARD_INPUT:
            found.append(Source("standard input", content=standard_input(MAX_DOCUMENT + 1)))
            continue
        try:
            within = find_sources(Path(name), patterns) if Path(name).is_dir() else None
        except ReadingError as error:
            outcomes.append(Outcome(name, troubles=(str(error),)))
            continue
        if within is None:
            found.append(Source(str(Path(name)), Path(name)))
            continue
        found += [Source(str(path), path, in_folder=True) for path in within.files]
        outcomes += [Outcome(error.source, troubles=(str(error),)) for error in within.unreadable]
        if within == Found(()):
            outcomes.append(Outcome(name, troubles=(_holds_none(name, patterns),)))
    found, left_out = open_mailboxes(found)
    return found, [*outcomes, *left_out]


def _holds_none(name: str, patterns: Patterns | None) -> str:
    why = "no file of a kind that is read" if patterns in (None, Patterns()) else "no file that the patterns leave"
    return f"{name} holds no article: {why}"
