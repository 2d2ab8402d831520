"""The one run of `make`: writes outputs; with an archive, also stores briefs and resumes where it was interrupted.

A source is finished once its outputs are written and, after that, its brief and its state are stored in one
transaction. If the run stops between the two, the source is briefed again; that gives the same files and the same
entry.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import ArchiveError
from briefing.jobs.results import Destination, Request, Result, write_outputs
from briefing.messages import counted
from briefing.profile.periods import parse_period
from briefing.runtime.outputs import STANDARD_OUTPUT, Namer, clear_leftovers, real_path
from briefing.sources.identity import digest_of, in_unicode
from briefing.sources.links import Web
from briefing.sources.records import FeedRead, Finished, Link, Outcome, Source, Unbriefed, outcome_of
from briefing.version import __version__

if TYPE_CHECKING:  # a run without an archive does not load the database
    from briefing.archive.archive import Archive
    from briefing.archive.records import Run, RunItem

_KIND = "make"


class KeptRun:
    """A run that writes its outputs and, if there is an archive, stores its briefs."""

    def __init__(
        self,
        request: Request,
        destination: Destination,
        inputs: frozenset[Path],
        archive: "Archive | None" = None,
        run: "Run | None" = None,
        warnings: tuple[Outcome, ...] = (),
    ) -> None:
        self.warnings = warnings  # to be reported before any source
        self._request = request
        self._destination = destination
        self._inputs = inputs
        self._archive = archive
        self._run = run
        self._items = {item.source: item for item in run.items} if run is not None else {}
        stems = (path.stem for item in self._items.values() for path in item.outputs)
        self._namer = Namer(destination.folder, inputs, stems)
        self._names: Counter[str] = Counter()
        self._finished_before = 0  # sources that the interrupted run had finished

    def with_feed_states(self, web: Web) -> Web:
        """Return the web with the states of feeds from the archive, so that each entry is read once."""
        return replace(web, state_of=self._archive.feed) if self._archive is not None else web

    def skip_finished(self, items: Iterable[Source | Unbriefed]) -> Iterator[Source | Unbriefed]:
        """Yield all items; skip the sources that the interrupted run had finished.

        In a run that is stored, each source gets its digest and its unique name.
        """
        for item in items:
            if not isinstance(item, Source) or self._run is None:
                yield item
                continue
            source = replace(item, digest=digest_of(item), kept_as=self._unique_name(item))
            stored = self._stored(source)
            if stored is not None and self._is_finished(source, stored):
                yield Finished(Source(item.name), stored.outputs)
            else:
                yield source

    def write(self, item: Result | Unbriefed) -> Outcome:
        """Write the outputs of a result, then store its brief; of a skipped source, store whether it failed."""
        if isinstance(item, Finished):
            self._finished_before += 1
            return outcome_of(item)
        stored = self._stored(item.source)
        if stored is not None:
            self._namer.release(path.stem for path in stored.outputs)
        if isinstance(item, Result):
            outcome = write_outputs(item, self._namer, self._destination, self._inputs)
        else:
            outcome = outcome_of(item)
        if self._archive is None or self._run is None:
            return outcome
        try:
            _store(self._archive, self._run, item, outcome)
        except ArchiveError as error:
            if isinstance(error.__cause__, ValueError):  # only this brief cannot be stored
                lost = f"the brief of {item.source.name} was not stored: {error}"
            else:
                self._archive = None
                lost = f"{error}. Briefs from {item.source.name} on are not stored; the same command resumes there"
            return replace(outcome, troubles=(*outcome.troubles, lost))
        return outcome

    def end(self, retention: str | None) -> Iterator[Outcome]:
        """End the run, remove briefs older than *retention*, and report both.

        If the archive failed during the run, the run is left open, so that it can be resumed.
        """
        if self._archive is None or self._run is None:
            return
        path = str(self._archive.path)
        if self._finished_before:
            finished = f"{counted(self._finished_before, 'article')} had been made before it was interrupted"
            yield Outcome(path, remarks=(f"{path}: resumed a run; {finished}",))
        try:
            self._archive.finish_run(self._run)
            pruned = self._archive.prune(parse_period(retention)) if retention is not None else None
        except ArchiveError as error:
            yield Outcome(path, troubles=(str(error),))
            return
        if pruned is not None and pruned.briefs:
            removed = f"removed {counted(pruned.briefs, 'brief')} made more than {retention} ago"
            yield Outcome(path, remarks=(f"{path}: {removed}",))

    def _unique_name(self, source: Source) -> str:
        """Return the name of a source, with a number if it was named before: "a.txt (2)"."""
        name = in_unicode(source.name)
        self._names[name] += 1
        times = self._names[name]
        return name if times == 1 else f"{name} ({times})"

    def _stored(self, source: Source) -> "RunItem | None":
        """Return what the interrupted run stored of a source."""
        return self._items.get(source.kept_as) if source.kept_as is not None else None

    def _is_finished(self, source: Source, stored: "RunItem") -> bool:
        """Return True if a source was finished, is unchanged, and its outputs still exist.

        Explanations are not stored, so a run that explains skips nothing.
        """
        return (
            not self._request.explain
            and stored.state == "done"
            and stored.brief is not None
            and stored.digest is not None
            and stored.digest == source.digest
            and len(stored.outputs) == len(self._request.formats)
            and all(path != STANDARD_OUTPUT and path.exists() for path in stored.outputs)
        )


def _store(archive: "Archive", run: "Run", item: Result | Unbriefed, outcome: Outcome) -> None:
    from briefing.archive.records import RunItem

    source = item.source
    if source.kept_as is not None:
        state = RunItem(
            source.kept_as,
            source.digest,
            "failed" if outcome.troubles else "done",
            outcome.written,
            reason="; ".join(outcome.troubles),
        )
        archive.finish_item(run, state, item.brief if isinstance(item, Result) else None)
    if isinstance(item, FeedRead) and item.state is not None:
        archive.keep_feed(item.state)


@contextmanager
def kept_run(
    path: Path | None, request: Request, destination: Destination, found: Sequence[Source | Link | Unbriefed]
) -> Iterator[KeptRun]:
    """Begin a run, or resume the same one; without a usable archive, no brief is stored."""
    paths = (item.path if isinstance(item, Source | Link) else item.source.path for item in found)
    inputs = frozenset(real_path(file) for file in paths if file is not None)
    clear_leftovers(destination.folder)
    if path is None:
        yield KeptRun(request, destination, inputs)
        return
    from briefing.archive.archive import Archive

    try:
        archive = Archive.open(path)
        try:
            run = archive.begin_run(_KIND, _key(request, destination, found))
        except ArchiveError:
            archive.close()
            raise
    except ArchiveError as error:
        unkept = Outcome(error.path, troubles=(f"{error}. Briefs are made, but not stored",))
        yield KeptRun(request, destination, inputs, warnings=(unkept,))
        return
    with archive:
        yield KeptRun(request, destination, inputs, archive, run)


def _key(request: Request, destination: Destination, found: Sequence[Source | Link | Unbriefed]) -> str:
    """Return a digest of a run's settings, and of the folders and addresses that it reads.

    New files in a folder do not make it another run.
    """
    settings = [
        request.profile.name,
        request.profile.sha256,
        __version__,
        list(request.formats),
        str(request.published),
        str(Path.cwd()),
        str(destination.folder),
        str(destination.file),
        sorted({_location(item) for item in found}),
    ]
    return hashlib.sha256(json.dumps(settings).encode("utf-8", "backslashreplace")).hexdigest()


def _location(item: Source | Link | Unbriefed) -> str:
    """Return the folder of a file, the address of a link; an empty string for bytes."""
    if not isinstance(item, Source | Link):
        return _location(item.source)
    if item.path is not None:
        return str(item.path.parent)
    return item.url or "" if isinstance(item, Link) else ""
