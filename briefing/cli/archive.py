"""The commands about the archive."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.batch import address_of, need
from briefing.cli.completing import complete_profile
from briefing.cli.finding import found_profile
from briefing.cli.printing import (
    DONE,
    SOME_FAILED,
    FolderOption,
    FormatOption,
    OutputOption,
    destination_of,
    examples,
    fail,
    report,
)
from briefing.cli.saying import say, say_line
from briefing.cli.verbosity import detail, is_quiet
from briefing.errors import ArchiveError, BatchError, BriefingError

if TYPE_CHECKING:
    from briefing.archive.archive import Archive
    from briefing.archive.records import Selection
    from briefing.model.brief import Briefing
    from briefing.profile.profile import Profile

app = typer.Typer(name="archive", help="Find, print and remove archived briefs.", no_args_is_help=True)

_SHOWN = 50  # default length of a list

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="The archive.", show_default="the profile's", metavar="FILE")
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Use the archive of this profile.",
        metavar="PROFILE",
        show_default="./briefing.yaml, else ~/.config/briefing/briefing.yaml",
        autocompletion=complete_profile,
    ),
]
ActorOption = Annotated[str | None, typer.Option(help="Full name or surname.", metavar="NAME", show_default=False)]
OutletOption = Annotated[str | None, typer.Option(help="Outlet of the article.", metavar="NAME", show_default=False)]
SinceOption = Annotated[
    str | None, typer.Option(help="Published on this day, YYYY-MM-DD, or later.", metavar="DAY", show_default=False)
]
UntilOption = Annotated[
    str | None, typer.Option(help="Published on this day or earlier.", metavar="DAY", show_default=False)
]
FromOption = Annotated[
    str | None,
    typer.Option("--event-from", help="With an event on this day or later.", metavar="DAY", show_default=False),
]
ToOption = Annotated[
    str | None,
    typer.Option("--event-to", help="With an event on this day or earlier.", metavar="DAY", show_default=False),
]
LimitOption = Annotated[int, typer.Option(min=1, help="The most briefs to list.", metavar="N")]
EveryOption = Annotated[bool, typer.Option("--all", help="Every brief of an article, not only the newest.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]


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
    with opened(archive, profile) as kept:
        asked = _selection("", actor, outlet, (since, until, event_from, event_to), every)
        _print_found(kept, asked, limit, as_json)


@app.command(epilog=examples("briefing archive search mackerel 'quota*' --archive briefs.sqlite"))
def search(
    words: Annotated[
        list[str],
        typer.Argument(help='Words to find, all of them; OR, "several words" and begin* also work.', metavar="WORD"),
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
    """List the briefs with these words in the article or in a line, the newest first."""
    with opened(archive, profile) as kept:
        asked = _selection(_joined(words), actor, outlet, (since, until, event_from, event_to), every)
        _print_found(kept, asked, limit, as_json)


@app.command(
    epilog=examples(
        "briefing archive show 12 --archive briefs.sqlite",
        "briefing archive show 12 --format pdf --output brief.pdf --archive briefs.sqlite",
    )
)
def show(
    number: Annotated[int, typer.Argument(help="Number of the brief in the list.", metavar="NUMBER")],
    archive: ArchiveOption = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            help="Print with this profile; use its archive.",
            metavar="PROFILE",
            show_default="the brief's own",
            autocompletion=complete_profile,
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
) -> None:
    """Print a brief again with the present templates, by default as Markdown on the terminal."""
    from briefing.jobs.briefs import print_kept

    chosen = _profile(profile)
    if format is None and output is None:
        format, output = "md", "-"  # noqa: A001 - the option's name
    with opened(archive, profile) as kept:
        destination, formats = destination_of(output, output_dir, format, ("md",))
        if output is not None and len(formats) > 1:
            raise ValueError("--output takes one format; use --output-dir")
        report(print_kept([(f"brief {number}", _brief(kept, number))], chosen, formats, destination), 1)


@app.command(
    epilog=examples(
        "briefing archive export --since 2024-05-01 --archive briefs.sqlite",
        "briefing archive export 3 12 --output-dir exported --archive briefs.sqlite",
        "briefing archive export --corrections --output-dir gold --archive briefs.sqlite",
    )
)
def export(
    numbers: Annotated[
        list[int] | None,
        typer.Argument(help="Numbers of briefs; by default all that match the options.", metavar="NUMBER"),
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    words: Annotated[
        str | None, typer.Option(help="Words to find, as for `search`.", metavar="WORDS", show_default=False)
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
    corrections: Annotated[
        bool,
        typer.Option("--corrections", help="Write the briefs that people reviewed as articles with gold, in a folder."),
    ] = False,
) -> None:
    """Write briefs as JSON: one per line on standard output, or one per file in a folder."""
    if corrections:
        _export_gold(archive, profile, output_dir)
        return
    from briefing.jobs.briefs import print_kept
    from briefing.jobs.results import Destination

    with opened(archive, profile) as kept:
        asked = _selection(words or "", actor, outlet, (since, until, event_from, event_to), every)
        found = numbers or [entry.brief for entry in kept.find(asked)]
        briefs = ((f"brief {number}", _brief(kept, number)) for number in found)
        if output_dir is not None:
            report(print_kept(briefs, None, ("json",), Destination(output_dir)), len(found))
        for _, brief in briefs:
            say(brief.model_dump_json())


def _export_gold(archive: Path | None, profile: str | None, folder: Path | None) -> None:
    from briefing.jobs.gold import export_gold

    if folder is None:
        fail("--corrections writes two files for each brief; add --output-dir FOLDER")
    with opened(archive, profile) as kept:
        report(export_gold(kept, folder), None)


@app.command("import", epilog=examples("briefing archive import briefs/ --archive briefs.sqlite"))
def import_(
    folder: Annotated[str, typer.Argument(help="Folder or address of a batch run.", metavar="FOLDER")],
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
) -> None:
    """Store the briefs of a batch run, each once."""
    from briefing.batch.importing import import_briefs, tables_of
    from briefing.batch.places import Place
    from briefing.messages import counted

    new = known = refused = 0
    try:
        need("batch", "fsspec", "pyarrow")
        tables = tables_of(Place.of(address_of(folder)))
    except BatchError as error:
        fail(str(error))
    with opened(archive, profile, to_write=True) as kept:
        try:
            for step in import_briefs(tables, kept):
                new, known, refused = new + step.new, known + step.known, refused + len(step.refused)
                for reason in step.refused:
                    say_line(reason, file=sys.stderr)
                detail(f"{step.table}: {step.new} new, {step.known} known")
        except BatchError as error:
            fail(str(error), SOME_FAILED)
    if not is_quiet():
        say(f"{counted(new, 'brief')} stored, {known} known, {refused} refused")
    raise typer.Exit(SOME_FAILED if refused else DONE)


@app.command(epilog=examples("briefing archive prune --older-than 365d --archive briefs.sqlite"))
def prune(
    older_than: Annotated[
        str | None,
        typer.Option(help="Days or weeks, such as 365d.", metavar="PERIOD", show_default="the profile's retention"),
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
) -> None:
    """Remove older briefs and every trace of them."""
    from briefing.messages import counted
    from briefing.profile.periods import parse_period

    chosen = _profile_or_default(profile, archive)
    period = older_than or (chosen.retention if chosen is not None else None)
    if period is None:
        fail("how old? add --older-than 365d, or --profile with a profile that has a retention")
    with opened(archive, profile) as kept:
        pruned = kept.prune(parse_period(period))
        say(f"removed {counted(pruned.briefs, 'brief')} and {counted(pruned.articles, 'text')} without briefs")


@app.command(epilog=examples("briefing archive actor 'Ingrid Solheim' --archive briefs.sqlite"))
def actor(
    name: Annotated[str, typer.Argument(help="Full name or surname.", metavar="NAME")],
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where an actor appeared, with its roles and points; actors of the same name are listed separately."""
    from briefing.cli.archive_lines import history_lines, to_json

    with opened(archive, profile) as kept:
        histories = kept.actor(name)
        if not histories:
            say(f"{name} is in no brief of {kept.path}", file=sys.stderr)
        for history in histories:
            say(to_json(history) if as_json else "\n".join(history_lines(history)))


@contextmanager
def opened(archive: Path | None, profile: str | None, *, to_write: bool = False) -> "Iterator[Archive]":
    """Open the archive that the options name, to write also a new one; report an error in one line and exit."""
    from briefing.archive.archive import Archive

    if archive is None:
        chosen = _profile_or_default(profile, archive)
        archive = Path(chosen.archive) if chosen is not None and chosen.archive is not None else None
    if archive is None:
        fail("which archive? add --archive FILE, or --profile with a profile that names one")
    try:
        with Archive.open(archive) if to_write else Archive.open_to_read(archive) as kept:
            yield kept
    except ArchiveError as error:
        fail(str(error), SOME_FAILED)
    except ValueError as error:
        fail(str(error))


def _profile_or_default(name: str | None, archive: Path | None) -> "Profile | None":
    """Return the named profile; without a name and an archive, return the default profile if there is one."""
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
    """Return the selection; *days* are since, until, event from and event to, as the user wrote them."""
    from briefing.archive.records import Selection
    from briefing.jobs.briefs import parse_day

    since, until, event_from, event_to = (parse_day(day) if day is not None else None for day in days)
    return Selection(words, actor, outlet, since, until, event_from, event_to, every)


def _joined(words: list[str]) -> str:
    """Return the words as one query; a word with spaces, which was quoted in the shell, becomes a phrase."""
    return " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)


def _brief(kept: "Archive", number: int) -> "Briefing":
    brief = kept.brief(number)
    if brief is None:
        fail(f"{kept.path} has no brief {number}; briefing archive list shows the numbers", SOME_FAILED)
    return brief


def _print_found(kept: "Archive", selection: "Selection", limit: int, as_json: bool) -> None:
    """Print at most *limit* briefs, and report that there are more."""
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
        say("no brief found", file=sys.stderr)
    elif len(found) > limit and not is_quiet():
        say(f"only the newest {limit}; --limit shows more", file=sys.stderr)
