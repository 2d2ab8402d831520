"""Small tables of articles for tests of batches."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from briefing.batch.inputs import Columns
from briefing.batch.places import Place
from briefing.batch.records import Done, Part, Row, Task
from briefing.batch.run import BatchRun, Input, Progress
from briefing.batch.work import died
from briefing.profile.profile import load_profile

TEXT = "Mayor Ida Roth opened a bridge in town {n} on Monday. The council of Selby will vote on its toll on 4 June."


def rows(number: int) -> list[dict[str, Any]]:
    return [
        {"id": f"a{n}", "date": "2031-06-02", "title": f"Bridge {n} opens", "text": TEXT.format(n=n)}
        for n in range(number)
    ]


def write_jsonl(path: Path, written: Iterable[Any]) -> Path:
    lines = (line if isinstance(line, str) else json.dumps(line) for line in written)
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def write_parquet(path: Path, written: Sequence[dict[str, Any]]) -> Path:
    parquet.write_table(pa.Table.from_pylist(list(written)), path)
    return path


class Here:
    """An engine in this process; a part that holds *deadly* text dies."""

    def __init__(self, deadly: str = "\0", most: int | None = None) -> None:
        self.deadly, self.most = deadly.encode(), most

    def run(self, work: Callable[[Part], Done], parts: Iterable[Part]) -> Iterator[Done]:
        for number, part in enumerate(parts):
            if self.most is not None and number >= self.most:
                raise KeyboardInterrupt
            killed = any(isinstance(item, Row) and self.deadly in item.content for item in part.items)
            yield died(part) if killed else work(part)


def run_of(source: Path | str, out: Path | str, size: int = 2, formats: Sequence[str] = (), **columns: str) -> BatchRun:
    given = Input.of(str(source), Columns(**columns), None)
    return BatchRun(given, Place.of(str(out)), Task(load_profile(), tuple(formats)), size)


def finish(run: BatchRun, engine: Any = None) -> Progress:
    return list(run.do(engine or Here()))[-1]


def contents(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def table(out: Path, name: str) -> list[dict[str, Any]]:
    files = sorted((out / name).glob("*.parquet"))
    return [row for file in files for row in parquet.read_table(file).to_pylist()]
