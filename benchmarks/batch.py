#!/usr/bin/env python3
"""Run `briefing batch` on made-up articles over node processes of this machine, and watch its rate and memory.

    python benchmarks/batch.py --articles 20000 --engine dask [--nodes 2] [--words 45] [--texts FILE.jsonl]
    python benchmarks/batch.py --articles 2000 --engine local --jobs 2

Articles are those that the model learned from (training/articles, all ours) and those of --texts (JSON Lines with
"text"), cut after the sentence with the given number of words and repeated with other names, so that no two are equal.
Prints rows a second and the memory of each process, and at the end what the tables hold.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

_ROOT = Path(__file__).parent.parent
_DAYS = (
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    "January|February|March|April|June|July|August|September|October|November"
)
_NAME = re.compile(rf"(?<=[a-z,] )(?!(?:{_DAYS}|December)\b)[A-Z][a-z]{{3,}}\b")
_SYLLABLES = ("ba", "den", "fol", "gar", "hin", "jor", "kel", "lin", "mar", "nov", "pet", "ros", "sel", "tor", "vik")
_ROWS = 1_000  # of a group of rows in the Parquet file
_OURS = (b"briefing\0batch", b"dask_worker", b"dask_scheduler", b"multiprocessing")  # command lines
_SECONDS = 20.0  # between two lines of the watch


def main() -> None:
    """Make the articles, run the batch, print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--words", type=int, default=45)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--nodes", type=int, default=2, help="node processes of a cluster, one worker each")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where input and output stay; a run in it is resumed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        table = folder / "articles.parquet"
        if not table.exists():
            make_table(table, options.articles, options.words, options.texts)
        command = [sys.executable, "-m", "briefing", "batch", str(table), "--out", str(folder / "out")]
        command += ["--engine", options.engine, "--part", str(options.part)]
        nodes: list[subprocess.Popen[bytes]] = []
        try:
            if options.engine == "local":
                command += ["--jobs", str(options.jobs)]
            else:
                address, nodes = start_nodes(options.nodes)
                command += ["--address", address]
            watch(subprocess.Popen(command), folder / "out", options.part)
        finally:
            for node in reversed(nodes):
                node.terminate()
                node.wait()


def make_table(path: Path, number: int, words: int, texts: Path | None) -> None:
    """Write so many articles to a Parquet file; no two are equal."""
    sources = [text for file in sorted((_ROOT / "training/articles").glob("*.jsonl")) for text in _texts(file)]
    if texts is not None:
        sources += _texts(texts)
    cut = [_cut(text, words) for text in sources]
    chance = random.Random(1)  # noqa: S311 - no secret depends on it
    schema = pa.schema({"id": pa.string(), "date": pa.string(), "text": pa.string()}.items())
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, number, _ROWS):
            rows = [
                {"id": f"{n:09}", "date": "2031-06-09", "text": _renamed(cut[n % len(cut)], chance)}
                for n in range(start, min(number, start + _ROWS))
            ]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _texts(file: Path) -> Iterator[str]:
    for line in file.read_text().splitlines():
        yield json.loads(line)["text"]


def _cut(text: str, words: int) -> str:
    """Return a text up to the end of the sentence with so many words."""
    taken = " ".join(text.split()[:words])
    rest = text[len(taken) :]
    ends = [end for end in (rest.find(". "), rest.find(".\n")) if end >= 0]
    return taken + rest[: min(ends) + 1] if ends else text


def _renamed(text: str, chance: random.Random) -> str:
    """Return a text with other names; one name gets one name throughout."""
    names: dict[str, str] = {}
    for name in _NAME.findall(text):
        names.setdefault(name, "".join(chance.choices(_SYLLABLES, k=3)).capitalize())
    return _NAME.sub(lambda match: names[match.group()], text)


def start_nodes(number: int) -> tuple[str, list[subprocess.Popen[bytes]]]:
    """Start a scheduler and nodes with one worker each; return the address, and their processes."""
    quiet = {**os.environ, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}  # it keeps an hour of call stacks
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        where = file.name
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    nodes = [subprocess.Popen([*scheduler, "--no-dashboard", "--scheduler-file", where], stderr=subprocess.DEVNULL)]
    while not (Path(where).exists() and (written := Path(where).read_text())):
        time.sleep(0.2)
    address = json.loads(written)["address"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nworkers", "1", "--nthreads", "1"]
    nodes += [
        subprocess.Popen([*worker, "--no-dashboard"], stderr=subprocess.DEVNULL, env=quiet) for _ in range(number)
    ]
    return address, nodes


def watch(run: "subprocess.Popen[bytes]", out: Path, size: int) -> None:
    """Print the rate and the memory of all Python processes of a run until it ends."""
    started = time.monotonic()
    before = len(list(out.glob("briefs/*.parquet")))
    while run.poll() is None:
        time.sleep(_SECONDS)
        seconds = time.monotonic() - started
        parts = len(list(out.glob("briefs/*.parquet"))) - before
        print(
            f"{seconds:7.0f} s  {parts * size:8} rows  {parts * size / seconds:6.1f} a second  {_memory()}", flush=True
        )
    made = sum(parquet.read_metadata(file).num_rows for file in out.glob("briefs/*.parquet"))
    bytes_ = sum(file.stat().st_size for file in out.glob("briefs/*.parquet"))
    print(f"exit {run.returncode}: {made} briefs, {bytes_ / max(1, made):.0f} bytes each")


def _memory() -> str:
    """Return the resident memory of each process of a batch or a node, in MB, the largest first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            pages = int((folder / "statm").read_text().split()[1])
        except OSError:
            continue
        if (
            b"briefing\0batch" in command
            or b"dask_worker" in command
            or b"dask_scheduler" in command
            or b"multiprocessing" in command
        ):
            found.append(pages * 4096 // 1_000_000)
    return "MB: " + " ".join(map(str, sorted(found, reverse=True)))


if __name__ == "__main__":
    main()
