"""A batch run: which parts there are, which are finished, and where their tables go.

A part is finished when its file of briefs is there. That file is written last and whole, so a run can be killed at any
moment: the next one does the parts that are not finished, and what it writes twice has the same bytes.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Final

from briefing.batch.engines import Engine
from briefing.batch.inputs import SUFFIXES, Columns, check_columns, count_rows, kind_of, parts_of
from briefing.batch.places import Place
from briefing.batch.records import Done, Flaw, Part, Row, Task
from briefing.batch.shards import rows_in
from briefing.batch.work import make_part
from briefing.errors import BatchError
from briefing.version import __version__

BRIEFS: Final = "briefs"
FAILED: Final = "failed"
_RUN: Final = "run.json"
_DIED: Final = "the process that worked on it died"


@dataclass(frozen=True, slots=True)
class Input:
    """The tables to read."""

    files: tuple[Place, ...]
    columns: Columns
    kind: str | None = None  # None: each file's suffix says it

    @classmethod
    def of(cls, address: str, columns: Columns, kind: str | None) -> "Input":
        """Return the tables that a file, pattern or folder names.

        Raises:
            BatchError: There are none, one has no known format, or a column is missing.
        """
        files = tuple(Place.of(address).found(SUFFIXES))
        if not files:
            raise BatchError(f"cannot read {address}", "there is no such file; check the name or the pattern")
        for file in files:
            kind_of(file, kind)
            check_columns(file, columns, kind)
        return cls(files, columns, kind)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, after a part."""

    rows: int  # of this run and earlier ones
    total: int
    made: int  # briefs of this run
    failures: int  # of this run


class BatchRun:
    """A run with its folder; another one with the same input and profile goes on where it ended.

    Raises:
        BatchError: The folder holds the briefs of another run.
    """

    def __init__(self, given: Input, folder: Place, task: Task, size: int) -> None:
        self._input, self._folder, self._task, self._size = given, folder, task, size
        if folder.is_file():
            raise BatchError(f"cannot use {folder}", "it is a file; name a folder with --out")
        self.total = sum(count_rows(file, given.kind) for file in given.files)
        self._settle()
        self.finished = frozenset(_numbers((folder / BRIEFS).names()))

    def _settle(self) -> None:
        """Compare what decides the output with the run that the folder is of, or write it down for a new folder."""
        wanted = self._settings()
        stored = (self._folder / _RUN).read()
        if stored is None:
            (self._folder / _RUN).write(json.dumps(wanted, indent=1, sort_keys=True).encode())
            return
        try:
            earlier = json.loads(stored)
        except ValueError:
            earlier = None
        if not isinstance(earlier, dict):
            raise BatchError(f"cannot use {self._folder}", f"{_RUN} in it is damaged; name another folder")
        for name in sorted(wanted):
            if earlier.get(name) != wanted[name]:
                reason = f"it holds a run with another {_NAMES[name]}; name another folder, or give what that run had"
                raise BatchError(f"cannot go on in {self._folder}", reason)

    def _settings(self) -> dict[str, Any]:
        profile = self._task.profile
        return {
            "briefing": __version__,
            "profile": [profile.name, profile.sha256],
            "formats": list(self._task.formats),
            "part": self._size,
            "columns": asdict(self._input.columns),
            "files": [[str(file), file.sha256()] for file in self._input.files],
        }

    def do(self, engine: Engine) -> Iterator[Progress]:
        """Do the parts that are not finished, and yield the progress after each.

        Raises:
            BatchError, OutputError: A table cannot be written. What is finished stays.
        """
        rows, made, failures = self._rows_before(), 0, 0
        for done in self._outcomes(engine):
            name = _name(done.part.number)
            if done.failed:
                (self._folder / FAILED / name).write(done.failed)
            else:  # of a run that was killed before it wrote the briefs of this part
                (self._folder / FAILED / name).remove()
            (self._folder / BRIEFS / name).write(done.briefs)
            rows, made, failures = rows + self._rows_of(done.part.number), made + done.made, failures + done.failures
            yield Progress(rows, self.total, made, failures)

    def _outcomes(self, engine: Engine) -> Iterator[Done]:
        """Yield the outcome of each part; parts that killed their process come last, without the rows that did."""
        dangerous = []
        for done in engine.run(partial(make_part, self._task), self._missing()):
            if done.has_died:
                dangerous.append(done.part)
            else:
                yield done
        for part in dangerous:
            yield from self._without_killers(engine, part)

    def _missing(self) -> Iterator[Part]:
        parts = parts_of(self._input.files, self._input.columns, self._input.kind, self._size)
        return (part for part in parts if part.number not in self.finished)

    def _without_killers(self, engine: Engine, part: Part) -> Iterator[Done]:
        """Try each row of a part alone; then do the part with those as flaws that killed their process."""
        alone = (Part(place, (item,)) for place, item in enumerate(part.items) if isinstance(item, Row))
        attempts = engine.run(partial(make_part, replace(self._task, only_try=True)), alone)
        killers = {done.part.number for done in attempts if done.has_died}
        items = tuple(_killed(item) if place in killers else item for place, item in enumerate(part.items))
        for done in engine.run(partial(make_part, self._task), [Part(part.number, items)]):
            if not done.has_died:
                yield done
            else:  # its rows are harmless alone, not together: too large for the machine, perhaps
                yield make_part(self._task, Part(part.number, tuple(map(_killed, part.items))))

    def _rows_of(self, number: int) -> int:
        return min(self._size, max(0, self.total - number * self._size))

    def _rows_before(self) -> int:
        return sum(map(self._rows_of, self.finished))

    def failures(self) -> int:
        """Return the number of rows that failed, in this run and in earlier ones.

        Raises:
            BatchError: A table of them cannot be read.
        """
        folder = self._folder / FAILED
        return sum(rows_in(folder / _name(number)) for number in _numbers(folder.names()))


_NAMES: Final = {
    "briefing": "version of briefing",
    "profile": "profile",
    "formats": "--format",
    "part": "--part",
    "columns": "choice of columns",
    "files": "input, or one that has changed",
}


def _name(number: int) -> str:
    return f"part-{number:08}.parquet"


def _numbers(names: Sequence[str]) -> Iterator[int]:
    for name in names:
        stem = name.removeprefix("part-").removesuffix(".parquet")
        if stem.isdigit() and name == _name(int(stem)):
            yield int(stem)


def _killed(item: Row | Flaw) -> Flaw:
    return item if isinstance(item, Flaw) else Flaw(item.source, item.row, item.id, _DIED)
