"""The articles that a user names: files, folders, standard input."""

from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.errors import ReadingError
from briefing.reading.decoding import MAX_BYTES
from briefing.reading.folders import Found, find_sources
from briefing.runs import Outcome, Source

STANDARD_INPUT = "-"


def find_articles(sources: Sequence[str], standard_input: Callable[[int], bytes]) -> tuple[list[Source], list[Outcome]]:
    """Return the inputs that are there, in order, and an outcome for each that is not.

    Args:
        sources: Names of files and folders; "-" is standard input.
        standard_input: Returns as many of its bytes as it is asked for.
    """
    found: list[Source] = []
    outcomes: list[Outcome] = []
    for name in sources:
        if name == STANDARD_INPUT:
            found.append(Source("standard input", content=standard_input(MAX_BYTES + 1)))
            continue
        try:
            within = find_sources(Path(name)) if Path(name).is_dir() else Found((Path(name),))
        except ReadingError as error:
            outcomes.append(Outcome(name, troubles=(str(error),)))
        else:
            found += [Source(str(path), path) for path in within.files]
            outcomes += [Outcome(error.source, troubles=(str(error),)) for error in within.unreadable]
            if within == Found(()):
                outcomes.append(Outcome(name, troubles=(f"{name} holds no article: no file with a known suffix",)))
    return found, outcomes
