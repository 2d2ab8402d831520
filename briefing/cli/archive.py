"""The commands about the archive."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.completing import complete_profile
from briefing.cli.finding import found_profile
from briefing.cli.printing import (
    SOME_FAILED,
    FolderOption,
    FormatOption,
    OutputOption,
    destination_of,
    examples,
    fail,
    report,
)
from briefing.cli.saying import say
from briefing.cli.verbosity import is_quiet
from briefing.errors import ArchiveError, BriefingError

if TYPE_CHECKING:
    from briefing.archive.archive import Archive
    from briefing.archive.records import Selection
    from briefing.model.brief import Briefing
    from briefing.profile.profile import Profile

app = typer.Typer(name="archive", help="Find, print and remove the briefs that were kept.", no_args_is_help=True)

_SHOWN = 50  # briefs that a list has unless told

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="The archive.", show_default="the profile's", metavar="FILE")
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Profile whose archive is meant.",
        metavar="PROFILE",
        show_default="./briefing.yaml, else ~/.config/briefing/briefing.yaml",
        autocompletion=complete_profile,
    ),
]
ActorOption = Annotated[
    str | None, typer.Option(help="A name in full, or a surname.", metavar="NAME", show_default=False)
]
OutletOption = Annotated[str | None, typer.Option(help="Where it appeared.", metavar="NAME", show_default=False)]
SinceOption = Annotated[
    str | None, typer.Option(help="Published on this day, YYYY-MM-DD, or later.", metavar="DAY", show_default=False)
]
UntilOption = Annotated[
    str | None, typer.Option(help="Published on this day or earlier.", metavar="DAY", show_default=False)
]
FromOption = Annotated[
    str | None, typer.Option("--event-from", help="Tells of an event then or later.", metavar="DAY", show_default=False)
]
ToOption = Annotated[
    str | None, typer.Option("--event-to", help="Tells of an event then or earlier.", metavar="DAY", show_default=False)
]
LimitOption = Annotated[int, typer.Option(min=1, help="So many at most.", metavar="N")]
EveryOption = Annotated[bool, typer.Option("--all", help="Every brief of a text, not the newest alone.")]
JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")]


@app.command(
    "list",
    epilog=examples(
        "briefing archive list --archive briefs.sqlite",
        "briefing archive list --actor Solheim --since 2024-05-01 --archive briefs.sqlite",
    ),
)
def list_briefs(
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    actor: ActorOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    event_from: FromOption = None,
    event_to: ToOption = None,
    every: EveryOption = False,
    limit: LimitOption = _SHOWN,
    as_json: JsonOption = False,
) -> None:
    """List briefs, the newest first."""
    with _opened(archive, profile) as kept:
        asked = _selection("", actor, outlet, (since, until, event_from, event_to), every)
        _print_found(kept, asked, limit, as_json)


@app.command(epilog=examples("briefing archive search mackerel 'quota*' --archive briefs.sqlite"))
def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words that a text holds all of; OR, "several words" and begin* are understood.', metavar="WORD"
        ),
    ],
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    actor: ActorOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    event_from: FromOption = None,
    event_to: ToOption = None,
    every: EveryOption = False,
    limit: LimitOption = _SHOWN,
    as_json: JsonOption = False,
) -> None:
    """List the briefs whose articles, or lines, hold some words, the newest first."""
    with _opened(archive, profile) as kept:
        asked = _selection(_joined(words), actor, outlet, (since, until, event_from, event_to), every)
        _print_found(kept, asked, limit, as_json)


@app.command(
    epilog=examples(
        "briefing archive show 12 --archive briefs.sqlite",
        "briefing archive show 12 --format pdf --output brief.pdf --archive briefs.sqlite",
    )
)
def show(
    number: Annotated[int, typer.Argument(help="Number of the brief, as a list has it.", metavar="NUMBER")],
    archive: ArchiveOption = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            help="Print with this profile; its archive is meant.",
            metavar="PROFILE",
            show_default="the brief's own",
            autocompletion=complete_profile,
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
) -> None:
    """Print a brief again with today's templates: Markdown on the terminal, unless told."""
    from briefing.jobs.briefs import print_kept

    chosen = _profile(profile)
    if format is None and output is None:
        format, output = "md", "-"  # noqa: A001 - the option's name
    with _opened(archive, profile) as kept:
        destination, formats = destination_of(output, output_dir, format, ("md",))
        if output is not None and len(formats) > 1:
            raise ValueError("--output takes one format; use --output-dir")
        report(print_kept([(f"brief {number}", _brief(kept, number))], chosen, formats, destination), 1)


@app.command(
    epilog=examples(
        "briefing archive export --since 2024-05-01 --archive briefs.sqlite",
        "briefing archive export 3 12 --output-dir exported --archive briefs.sqlite",
    )
)
def export(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Numbers of briefs; none: all that is asked for.", metavar="NUMBER")
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    words: Annotated[
        str | None, typer.Option(help="Words as `search` takes them.", metavar="WORDS", show_default=False)
    ] = None,
    actor: ActorOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    event_from: FromOption = None,
    event_to: ToOption = None,
    every: EveryOption = False,
    output_dir: Annotated[
        Path | None,
        typer.Option(
            help="Write a file for each brief here.", metavar="FOLDER", show_default="lines on standard output"
        ),
    ] = None,
) -> None:
    """Write briefs as JSON: one a line on standard output, or one a file in a folder."""
    from briefing.jobs.briefs import print_kept
    from briefing.jobs.results import Destination

    with _opened(archive, profile) as kept:
        asked = _selection(words or "", actor, outlet, (since, until, event_from, event_to), every)
        found = numbers or [entry.brief for entry in kept.find(asked)]
        briefs = ((f"brief {number}", _brief(kept, number)) for number in found)
        if output_dir is not None:
            report(print_kept(briefs, None, ("json",), Destination(output_dir)), len(found))
        for _, brief in briefs:
            say(brief.model_dump_json())


@app.command(epilog=examples("briefing archive prune --older-than 365d --archive briefs.sqlite"))
def prune(
    older_than: Annotated[
        str | None,
        typer.Option(help="Days or weeks, such as 365d.", metavar="PERIOD", show_default="the profile's retention"),
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
) -> None:
    """Remove the briefs that were made longer ago, and every trace of them."""
    from briefing.messages import counted
    from briefing.profile.periods import parse_period

    chosen = _profile_meant(profile, archive)
    period = older_than or (chosen.retention if chosen is not None else None)
    if period is None:
        fail("how old? add --older-than 365d, or --profile of one that has a retention")
    with _opened(archive, profile) as kept:
        pruned = kept.prune(parse_period(period))
        kept.compact()
        say(f"removed {counted(pruned.briefs, 'brief')}, and {counted(pruned.articles, 'text')} left without one")


@app.command(epilog=examples("briefing archive actor 'Ingrid Solheim' --archive briefs.sqlite"))
def actor(
    name: Annotated[str, typer.Argument(help="A name in full, or a surname.", metavar="NAME")],
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell where an actor appeared, the roles it had and the points it was party to; namesakes each apart."""
    from briefing.cli.archive_lines import history_lines, to_json

    with _opened(archive, profile) as kept:
        histories = kept.actor(name)
        if not histories:
            say(f"{name} is in no brief of {kept.path}", file=sys.stderr)
        for history in histories:
            say(to_json(history) if as_json else "\n".join(history_lines(history)))


@contextmanager
def _opened(archive: Path | None, profile: str | None) -> "Iterator[Archive]":
    """Open the archive that is meant, and say in one line what goes wrong with it or with what is asked of it."""
    from briefing.archive.archive import Archive

    if archive is None:
        chosen = _profile_meant(profile, archive)
        archive = Path(chosen.archive) if chosen is not None and chosen.archive is not None else None
    if archive is None:
        fail("which archive? add --archive FILE, or --profile of one that names it")
    try:
        with Archive.open_to_read(archive) as kept:
            yield kept
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except ValueError as error:
        fail(str(error))


def _profile_meant(name: str | None, archive: Path | None) -> "Profile | None":
    """Return the profile that is named; else the one that is found, unless another archive than its is meant."""
    try:
        return _profile(name or (found_profile() if archive is None else None))
    except BriefingError as error:
        fail(str(error))


def _profile(name: str | None) -> "Profile | None":
    from briefing.profile.profile import load_profile

    try:
        return load_profile(name) if name is not None else None
    except BriefingError as error:
        fail(str(error))


def _selection(
    words: str, actor: str | None, outlet: str | None, days: "Sequence[str | None]", every: bool
) -> "Selection":
    """Return what is asked for; *days* are since, until, event from and event to, as they are written."""
    from briefing.archive.records import Selection
    from briefing.jobs.briefs import parse_day

    since, until, event_from, event_to = (parse_day(day) if day is not None else None for day in days)
    return Selection(words, actor, outlet, since, until, event_from, event_to, every)


def _joined(words: list[str]) -> str:
    """Return the words as one text; what the shell took for one word, for it was quoted, is a phrase again."""
    return " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)


def _brief(kept: "Archive", number: int) -> "Briefing":
    brief = kept.brief(number)
    if brief is None:
        fail(f"{kept.path} has no brief {number}; briefing archive list tells the numbers", SOME_FAILED)
    return brief


def _print_found(kept: "Archive", selection: "Selection", limit: int, as_json: bool) -> None:
    """Print as many briefs as are asked for, and say so where there are more."""
    from dataclasses import replace

    from briefing.cli.archive_lines import entry_lines, to_json

    found = kept.find(replace(selection, limit=limit + 1))
    shown = found[:limit]
    if as_json:
        for entry in shown:
            say(to_json(entry))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in entry_lines(shown, width):
            say(line)
    if not found:
        say("no brief is found", file=sys.stderr)
    elif len(found) > limit and not is_quiet():
        say(f"only the newest {limit}; --limit shows more", file=sys.stderr)
