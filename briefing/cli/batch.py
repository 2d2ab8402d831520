"""The command for tables of articles."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.finding import chosen_profile
from briefing.cli.printing import DONE, SOME_FAILED, ProfileOption, fail, progress_bar
from briefing.cli.saying import say
from briefing.cli.verbosity import is_quiet
from briefing.errors import BatchError, BriefingError

if TYPE_CHECKING:
    from briefing.batch.engines import Engine
    from briefing.batch.records import Task
    from briefing.batch.run import BatchRun, Progress

_SECONDS_BETWEEN_LINES = 30.0

_COLUMN = "Column with"
_ENGINES = ("local", "dask")


def batch(
    source: Annotated[
        str,
        typer.Argument(
            help="A table of articles (Parquet, JSON Lines, CSV), a pattern, or a folder; here or at an address "
            "such as s3://bucket/2031/*.parquet.",
            metavar="INPUT",
        ),
    ],
    out: Annotated[str, typer.Option(help="Folder or address for the tables of briefs.", metavar="FOLDER")],
    profile: ProfileOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", "-f", help="Formats besides JSON, each a column.", metavar="FORMATS")
    ] = "json",
    engine: Annotated[str, typer.Option(help=f"What runs it: {', '.join(_ENGINES)}.", metavar="ENGINE")] = "local",
    address: Annotated[
        str | None, typer.Option(help="Address of the cluster.", metavar="ADDRESS", show_default=False)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes to use.", metavar="N", show_default="one a core")
    ] = None,
    part: Annotated[int, typer.Option(min=1, max=100_000, help="Articles in each table of briefs.", metavar="N")] = 200,
    text: Annotated[str | None, typer.Option(help=f"{_COLUMN} the text.", metavar="NAME", show_default="text")] = None,
    html: Annotated[str | None, typer.Option(help=f"{_COLUMN} the page.", metavar="NAME", show_default="html")] = None,
    title: Annotated[
        str | None, typer.Option(help=f"{_COLUMN} the title.", metavar="NAME", show_default="title")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help=f"{_COLUMN} the day.", metavar="NAME", show_default="date, published")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help=f"{_COLUMN} the outlet.", metavar="NAME", show_default="outlet")
    ] = None,
    url: Annotated[str | None, typer.Option(help=f"{_COLUMN} the address.", metavar="NAME", show_default="url")] = None,
    id: Annotated[  # noqa: A002 - the option's name
        str | None, typer.Option(help=f"{_COLUMN} the identifier.", metavar="NAME", show_default="id")
    ] = None,
    input_format: Annotated[
        str | None, typer.Option(help="parquet, jsonl or csv.", metavar="FORMAT", show_default="by suffix")
    ] = None,
) -> None:
    """Brief a table of articles into tables of briefs; the same command again goes on where it ended."""
    from briefing.runtime.parallel import prepare_process

    prepare_process()
    from briefing.batch.inputs import Columns
    from briefing.batch.places import Place
    from briefing.batch.records import Task
    from briefing.batch.run import BatchRun, Input
    from briefing.jobs.briefs import parse_formats
    from briefing.jobs.plan import check_profile
    from briefing.profile.profile import load_profile

    try:
        need("batch", "fsspec", "pyarrow")
        chosen = load_profile(chosen_profile(profile))
        check_profile(chosen)
        if chosen.engine.llm is not None:
            raise ValueError("a batch asks no language model; remove engine.llm from the profile")
        formats = tuple(name for name in parse_formats(format) if name != "json")
        given = Input.of(address_of(source), Columns(text, html, title, date, outlet, url, id), _checked(input_format))
        task = Task(chosen, formats)
        runs = _engine(engine, address, jobs or os.cpu_count() or 1, task)
        run = BatchRun(given, Place.of(address_of(out)), task, part)
    except (BriefingError, ValueError) as error:
        fail(str(error))
    try:
        _follow(run, run.do(runs))
        failures = run.failures()
    except BriefingError as error:
        fail(f"{error}; what is finished stays, the same command goes on from there", SOME_FAILED)
    if failures and not is_quiet():
        say(f"{failures} rows have no brief; {out}/failed says why", file=sys.stderr)
    raise typer.Exit(SOME_FAILED if failures else DONE)


def _follow(run: "BatchRun", steps: "Iterable[Progress]") -> None:
    """Show how far a run is: a bar on a terminal, elsewhere a line now and then; at the end a summary."""
    started = shown = time.monotonic()
    last = None
    with progress_bar(run.total) as advance:
        for step in steps:
            advance(step.rows - (last.rows if last is not None else 0))
            last, now = step, time.monotonic()
            if now - shown >= _SECONDS_BETWEEN_LINES and not sys.stderr.isatty() and not is_quiet():
                shown = now
                say(_line(step, now - started), file=sys.stderr)
    if is_quiet():
        return
    if last is None:
        say(f"all {run.total} rows were finished before" if run.total else "the input has no rows")
        return
    seconds = time.monotonic() - started
    say(f"{last.made} briefs and {last.failures} failures in {seconds:.0f} s, {_rate(last, seconds):.1f} rows a second")


def _line(step: "Progress", seconds: float) -> str:
    rate = _rate(step, seconds)
    left = (step.total - step.rows) / rate / 60 if rate else 0
    return f"{step.rows} of {step.total} rows, {rate:.1f} a second, {left:.0f} min left"


def _rate(step: "Progress", seconds: float) -> float:
    return (step.made + step.failures) / seconds if seconds else 0.0


def _engine(name: str, address: str | None, jobs: int, task: "Task") -> "Engine":
    from functools import partial

    from briefing.batch.engines.dask import DaskEngine
    from briefing.batch.engines.local import LocalEngine
    from briefing.errors import unknown_name
    from briefing.jobs.production import get_ready
    from briefing.jobs.results import Request

    match name:
        case "local" if address is None:
            return LocalEngine(jobs, partial(get_ready, Request(task.profile, ("json",), None)))
        case "local":
            raise ValueError("--address names a cluster; add --engine dask")
        case "dask":
            need("cluster", "distributed")
            return DaskEngine(address, jobs)
    raise ValueError(unknown_name("engine", name, _ENGINES))


def need(extra: str, *packages: str) -> None:
    """Raise an error if packages of an extra are missing."""
    from importlib.util import find_spec

    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise BatchError(f"{' and '.join(missing)} not installed", f"pip install 'briefing[{extra}]'")


def address_of(written: str) -> str:
    """Return an address; a path is made absolute, so that workers read the same."""
    return written if "://" in written else str(Path(written).expanduser().absolute())


def _checked(kind: str | None) -> str | None:
    from briefing.batch.inputs import FORMATS
    from briefing.errors import unknown_name

    if kind is not None and kind not in FORMATS:
        raise ValueError(unknown_name("format", kind, tuple(FORMATS)))
    return kind
