"""A run whose briefs are kept in an archive, and which goes on where it was broken off.

A source is finished when its outputs are written and, after that, its brief and its state are stored as one
transaction: what the archive calls finished can be relied on. One whose outputs are written and whose brief is not
stored is made once more, which gives the same files and the same entry.
"""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import ArchiveError, ReadingError
from briefing.messages import counted
from briefing.profile.periods import parse_period
from briefing.reading.mail.mbox import read_message
from briefing.runtime.outputs import STANDARD_OUTPUT, Namer, clear_leftovers, real_path
from briefing.sources.links import Web
from briefing.sources.runs import Destination, Lead, Made, Order, Outcome, Source, write_outputs
from briefing.version import __version__

if TYPE_CHECKING:  # a run that keeps nothing does without a database
    from briefing.archive.archive import Archive
    from briefing.archive.records import Run, RunItem

KIND = "make"


@dataclass(frozen=True, slots=True)
class _Todo:
    """A source, what it is called in the archive, and the digest of what it says where that can be read."""

    name: str
    digest: str | None
    before: "RunItem | None"  # what came of it before the run was broken off


class KeptRun:
    """A run that writes its outputs and keeps its briefs, if there is an archive to keep them in."""

    def __init__(
        self,
        order: Order,
        destination: Destination,
        inputs: frozenset[Path],
        archive: "Archive | None" = None,
        run: "Run | None" = None,
        before: tuple[Outcome, ...] = (),
    ) -> None:
        self.before = before  # what is to be said before any source is worked on
        self._order = order
        self._destination = destination
        self._inputs = inputs
        self._archive = archive
        self._run = run
        self._items = {item.source: item for item in run.items} if run is not None else {}
        stems = (path.stem for item in self._items.values() for path in item.outputs)
        self._namer = Namer(destination.folder, inputs, stems)
        self._names: Counter[str] = Counter()
        self._pending: deque[_Todo | None] = deque()  # of what was handed out and has not come back
        self._earlier = 0  # sources that were finished before

    def remembering(self, web: Web) -> Web:
        """Return the web as a run reads it that remembers which entries of feeds were read."""
        return replace(web, state_of=self._archive.feed) if self._archive is not None else web

    def left(self, items: Iterable[Source | Made]) -> Iterator[Source | Made]:
        """Yield the sources; in place of one that was finished before, what came of it then."""
        for item in items:
            todo = self._todo(item) if isinstance(item, Source) and self._run is not None else None
            self._pending.append(todo)
            if isinstance(item, Source) and todo is not None and self._is_finished(todo):
                yield Made(Source(item.name), earlier=todo.before.outputs if todo.before is not None else ())
            else:
                yield item

    def write(self, made: Made) -> Outcome:
        """Write the outputs of the next of the sources that were handed out, and store its brief after that."""
        todo = self._pending.popleft()
        if made.earlier:
            self._earlier += 1
            return Outcome(made.source.name, made.earlier)
        if todo is not None and todo.before is not None:
            self._namer.release(path.stem for path in todo.before.outputs)
        outcome = write_outputs(made, self._namer, self._destination, self._inputs)
        if self._archive is None or self._run is None:
            return outcome
        try:
            self._keep(self._archive, self._run, todo, made, outcome)
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
        if self._earlier:
            made = f"{counted(self._earlier, 'article')} had been made when it was broken off"
            yield Outcome(path, remarks=(f"{path}: went on with a run; {made}",))
        try:
            self._archive.finish_run(self._run)
            pruned = self._archive.prune(parse_period(retention)) if retention is not None else None
        except ArchiveError as error:
            yield Outcome(path, troubles=(str(error),))
            return
        if pruned is not None and pruned.briefs:
            removed = f"removed {counted(pruned.briefs, 'brief')} made more than {retention} ago"
            yield Outcome(path, remarks=(f"{path}: {removed}",))

    def _keep(self, archive: "Archive", run: "Run", todo: _Todo | None, made: Made, outcome: Outcome) -> None:
        from briefing.archive.records import RunItem

        if todo is not None:
            state = RunItem(todo.name, todo.digest, "failed" if outcome.troubles else "done", outcome.written)
            archive.finish_item(run, state, made.brief)
        if made.feed is not None:
            archive.keep_feed(made.feed)

    def _todo(self, source: Source) -> _Todo:
        """Return what is to be done with a source, named such that one that is given twice has two names."""
        name = in_unicode(source.name)
        self._names[name] += 1
        times = self._names[name]
        name = name if times == 1 else f"{name} ({times})"
        return _Todo(name, digest_of(source), self._items.get(name))

    def _is_finished(self, todo: _Todo) -> bool:
        """Say whether a source was finished before, says the same, and what was made of it is still there.

        An explanation has to be worked out anew.
        """
        item = todo.before
        return (
            item is not None
            and not self._order.explain
            and item.state == "done"
            and item.brief is not None
            and item.digest is not None
            and item.digest == todo.digest
            and len(item.outputs) == len(self._order.formats)
            and all(path != STANDARD_OUTPUT and path.exists() for path in item.outputs)
        )


@contextmanager
def kept_run(
    path: Path | None, order: Order, destination: Destination, found: Sequence[Source | Lead | Made]
) -> Iterator[KeptRun]:
    """Begin a run, or go on with the same one; without an archive, or where it cannot be used, nothing is kept."""
    paths = (item.source.path if isinstance(item, Made) else item.path for item in found)
    inputs = frozenset(real_path(file) for file in paths if file is not None)
    clear_leftovers(destination.folder)
    if path is None:
        yield KeptRun(order, destination, inputs)
        return
    from briefing.archive.archive import Archive

    try:
        archive = Archive.open(path)
        try:
            run = archive.begin_run(KIND, _key(order, destination, found))
        except ArchiveError:
            archive.close()
            raise
    except ArchiveError as error:
        unkept = Outcome(error.path, troubles=(f"{error}. Briefs are made, and not kept",))
        yield KeptRun(order, destination, inputs, before=(unkept,))
        return
    with archive:
        yield KeptRun(order, destination, inputs, archive, run)


def digest_of(source: Source) -> str | None:
    """Return a digest of what a source says, and of what is said of it; None where it cannot be read."""
    digest = hashlib.sha256(repr((source.known, source.excerpt)).encode("utf-8", "backslashreplace"))
    try:
        if source.path is not None and source.stretch is not None:
            digest.update(read_message(source.path, source.stretch))
        elif source.path is not None:
            if not source.path.is_file():
                return None  # a device never ends, and a pipe can be read only once
            with source.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        else:
            digest.update(source.content or b"")
    except (OSError, ValueError, ReadingError):  # making a brief of it will say so
        return None
    return digest.hexdigest()


def in_unicode(name: str) -> str:
    """Return the name of a source as text that can be stored and printed; that of a file may be no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _key(order: Order, destination: Destination, found: Sequence[Source | Lead | Made]) -> str:
    """Return a digest of what decides what a run makes of a source, where it puts it, and where sources come from.

    Files that came into a folder since do not make it another run.
    """
    said = [
        order.profile.name,
        order.profile.sha256,
        __version__,
        list(order.formats),
        str(order.published),
        str(Path.cwd()),
        str(destination.folder),
        str(destination.file),
        sorted({_origin(item) for item in found}),
    ]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "backslashreplace")).hexdigest()


def _origin(item: Source | Lead | Made) -> str:
    """Return the folder of a file, the address of what is on the web; of what is at hand, nothing."""
    if isinstance(item, Made):
        return _origin(item.source)
    if item.path is not None:
        return str(item.path.parent)
    return item.url or "" if isinstance(item, Lead) else ""
