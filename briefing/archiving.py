"""A run whose briefs are kept in an archive, and which goes on where it was broken off.

A source is finished when its outputs are written and, after that, its brief and its state are stored as one
transaction: what the archive calls finished can be relied on. One whose outputs are written and whose brief is not
stored is made once more, which gives the same files and the same entry.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.archive.archive import Archive
from briefing.archive.records import Run, RunItem
from briefing.errors import ArchiveError
from briefing.outputs import STANDARD_OUTPUT
from briefing.periods import parse_period
from briefing.runs import Destination, Made, Order, Outcome, Source
from briefing.version import __version__

KIND = "make"


@dataclass(frozen=True, slots=True)
class _Todo:
    """A source, what it is called in the archive, and the digest of its bytes where they can be read."""

    source: Source
    name: str
    digest: str | None


class KeptRun:
    """A run, the sources that are left of it, and what is to be said before they are worked on."""

    def __init__(
        self,
        left: Sequence[_Todo],
        before: Sequence[Outcome] = (),
        archive: Archive | None = None,
        run: Run | None = None,
    ) -> None:
        self.left = tuple(todo.source for todo in left)
        self.before = tuple(before)
        self.stems = frozenset(path.stem for outcome in before for path in outcome.written)
        self._pending = iter(left)
        self._archive = archive
        self._run = run

    def keep(self, made: Made, outcome: Outcome) -> Outcome:
        """Store what came of the next of the sources that were left, its outputs being written."""
        todo = next(self._pending)
        if self._archive is None or self._run is None:
            return outcome
        state = RunItem(todo.name, todo.digest, "failed" if outcome.troubles else "done", outcome.written)
        try:
            self._archive.finish_item(self._run, state, made.brief)
        except ArchiveError as error:
            if isinstance(error.__cause__, ValueError):  # what is wrong is wrong with this brief alone
                lost = f"the brief of {made.source.name} is not kept: {error}"
            else:
                self._archive = None
                lost = f"{error}. Briefs from {made.source.name} on are not kept; the same command goes on there"
            return replace(outcome, troubles=(*outcome.troubles, lost))
        return outcome

    def end(self, retention: str | None) -> Iterator[Outcome]:
        """End the run and remove what has been kept for longer than *retention*; say what there is to say.

        A run that could not be kept to its end is left open, so that it can be gone on with.
        """
        if self._archive is None or self._run is None:
            return
        path = str(self._archive.path)
        try:
            self._archive.finish_run(self._run)
            if retention is None:
                return
            pruned = self._archive.prune(parse_period(retention))
        except ArchiveError as error:
            yield Outcome(path, troubles=(str(error),))
            return
        if pruned.briefs:
            yield Outcome(
                path, remarks=(f"{path}: removed {counted(pruned.briefs, 'brief')} made more than {retention} ago",)
            )


@contextmanager
def kept_run(path: Path | None, order: Order, destination: Destination, found: Sequence[Source]) -> Iterator[KeptRun]:
    """Begin a run, or go on with the same one; without an archive, or where it cannot be used, nothing is kept."""
    if path is None:
        yield KeptRun([_Todo(source, source.name, None) for source in found])
        return
    todos = _todos(found)
    try:
        archive = Archive.open(path)
    except ArchiveError as error:
        yield _unkept(todos, error)
        return
    with archive:
        try:
            run = archive.begin_run(KIND, _key(order, destination, found))
        except ArchiveError as error:
            yield _unkept(todos, error)
            return
        yield _resumed(archive, run, todos, order)


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 brief", "2 briefs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _unkept(todos: Sequence[_Todo], error: ArchiveError) -> KeptRun:
    return KeptRun(todos, [Outcome(error.path, troubles=(f"{error}. Briefs are made, and not kept",))])


def _resumed(archive: Archive, run: Run, todos: Sequence[_Todo], order: Order) -> KeptRun:
    """Return the run without the sources that it finished before; an explanation has to be worked out anew."""
    items = {} if order.explain else {item.source: item for item in run.items}
    known = [(todo, items[todo.name]) for todo in todos if todo.name in items]
    finished = {todo.name: item for todo, item in known if _is_finished(item, todo, order)}
    left = [todo for todo in todos if todo.name not in finished]
    before = [Outcome(item.source, item.outputs) for item in finished.values()]
    if before:
        made = f"{len(before)} of {counted(len(todos), 'article')} had been made when this run was broken off"
        before[-1] = replace(before[-1], remarks=(f"{archive.path}: {made}; the rest follows",))
    return KeptRun(left, before, archive, run)


def _is_finished(item: RunItem, todo: _Todo, order: Order) -> bool:
    """Say whether a source was finished before, has not changed since, and what was made of it is still there."""
    return (
        item.state == "done"
        and item.brief is not None
        and item.digest is not None
        and item.digest == todo.digest
        and len(item.outputs) == len(order.formats)
        and all(path != STANDARD_OUTPUT and path.exists() for path in item.outputs)
    )


def _todos(found: Sequence[Source]) -> list[_Todo]:
    """Name the sources such that one that is given twice has two names."""
    seen: Counter[str] = Counter()
    todos = []
    for source in found:
        name = source.name.encode("utf-8", "backslashreplace").decode("utf-8")  # a file's may be no UTF-8
        seen[name] += 1
        todos.append(_Todo(source, name if seen[name] == 1 else f"{name} ({seen[name]})", _digest(source)))
    return todos


def _digest(source: Source) -> str | None:
    if source.content is not None:
        return hashlib.sha256(source.content).hexdigest()
    if source.path is None:
        return None
    try:
        with source.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # reading it will say so
        return None


def _key(order: Order, destination: Destination, found: Sequence[Source]) -> str:
    """Return a digest of what decides what a run makes of a source, where it puts it, and where sources come from.

    Files that came into a folder since do not make it another run.
    """
    folders = sorted({str(source.path.parent) for source in found if source.path is not None})
    said = [
        order.profile.name,
        order.profile.sha256,
        __version__,
        list(order.formats),
        str(order.published),
        str(Path.cwd()),
        str(destination.folder),
        str(destination.file),
        folders,
    ]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "backslashreplace")).hexdigest()
