"""The commands that make, print and check briefs."""

import io
import os
import signal
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from briefing.cli.archive import app as archive_app
from briefing.cli.batch import batch
from briefing.cli.completing import complete_profile
from briefing.cli.digest import digest, scheduled
from briefing.cli.finding import chosen_profile
from briefing.cli.printing import (
    DONE,
    SOME_FAILED,
    ArchiveOption,
    EngineOption,
    FolderOption,
    FormatOption,
    JobsOption,
    MisuseError,
    OutputOption,
    PrivateOption,
    ProfileOption,
    ReplayOption,
    checked_engine,
    destination_of,
    examples,
    fail,
    report,
    standard_input,
)
from briefing.cli.profiles import app as profile_app
from briefing.cli.review import app as review_app
from briefing.cli.room import app as room_app
from briefing.cli.saying import say, say_line
from briefing.cli.schedule import schedule_commands
from briefing.cli.serve import serve
from briefing.cli.templates import app as template_app
from briefing.cli.verbosity import Commands, is_quiet
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.model.formats import Format
    from briefing.sources.records import Source, Unbriefed

app = typer.Typer(
    name="briefing",
    cls=Commands,
    help="Turn news articles into one-page briefs whose every line can be checked against the article.",
    epilog=examples(
        "briefing make article.txt",
        "briefing digest inbox/ --output-dir out",
        "briefing verify article.pdf --source article.txt",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(archive_app)
app.add_typer(review_app)
app.add_typer(profile_app)
app.add_typer(room_app)
app.add_typer(template_app)
app.add_typer(schedule_commands(scheduled))
app.command(
    epilog=examples(
        "briefing digest inbox/ https://example.org/feed.xml",
        "briefing digest --profile morning.yaml --at 2024-05-14T06:00",
        "briefing digest inbox/ --since 7d --format pdf,ics --output-dir out",
    )
)(digest)
app.command(
    epilog=examples("briefing serve --archive briefs.sqlite", "briefing serve --archive briefs.sqlite --port 9000")
)(serve)
app.command(
    epilog=examples(
        "briefing batch articles.parquet --out briefs/",
        "briefing batch 's3://news/2031/*.jsonl.gz' --out s3://news/briefs --text body --date day",
    )
)(batch)


@app.command(
    epilog=examples(
        "briefing make article.txt",
        "briefing make inbox/ page.html --output-dir briefs",
        "briefing make report.pdf mail.eml --format pdf,json --date 2024-05-14",
        "cat article.txt | briefing make - --format json --output -",
    )
)
def make(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, HTML, mail, mailbox, PDF, Word), folders, web addresses, feeds, lists of feeds (OPML), "
            "or - for standard input.",
            metavar="SOURCE",
        ),
    ],
    profile: ProfileOption = None,
    date: Annotated[
        str | None,
        typer.Option(help="Day of publication, YYYY-MM-DD.", metavar="DAY", show_default="what the source says"),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
    jobs: JobsOption = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Also print the reasons for each finding.")] = False,
    archive: ArchiveOption = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Read only these files of folders: '*.eml'. Repeatable.", metavar="PATTERN"),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="Skip these files of folders: 'drafts/*'. Repeatable.", metavar="PATTERN"),
    ] = None,
    allow_private: PrivateOption = False,
    engine: EngineOption = None,
    replay: ReplayOption = False,
) -> None:
    """Write one brief for each article."""
    from briefing.runtime.parallel import prepare_process

    prepare_process()
    from briefing.jobs import briefs as work
    from briefing.jobs.plan import check_profile
    from briefing.profile.profile import load_profile
    from briefing.proposals.eye import eye_of
    from briefing.reading.folders import Patterns
    from briefing.sources.inputs import find_articles, web_of
    from briefing.sources.links import expand

    try:
        chosen = load_profile(chosen_profile(profile))
        published = work.parse_day(date) if date is not None else None
        destination, formats = destination_of(output, output_dir, format, chosen.outputs)
        check_profile(chosen)
        named, missing = find_articles(sources, standard_input, Patterns(tuple(include or ()), tuple(exclude or ())))
        eye = eye_of(chosen, checked_engine(engine), replay=replay, archive=archive)
        web = web_of(chosen.fetch, allow_private=allow_private, today=datetime.now(UTC).date())
        found = named if output is None else _just_one(expand(named, web), formats)
    except (BriefingError, ValueError) as error:
        fail(str(error))
    if archive is None and chosen.archive is not None:
        archive = Path(chosen.archive)
    outcomes = work.make_briefs(
        found,
        chosen,
        formats,
        destination,
        published=published,
        jobs=jobs,
        explain=explain,
        web=web,
        archive=archive,
        eye=eye,
    )
    report(chain(missing, outcomes), len(found), sys.stderr if output == "-" else sys.stdout)


@app.command(
    epilog=examples(
        "briefing render article.json",
        "briefing render article.json --format docx --profile plain",
        "briefing render briefs/*.json --format pdf,html --output-dir printed",
    )
)
def render(
    files: Annotated[
        list[str], typer.Argument(help="Briefs or digests as JSON; they may be corrected by hand.", metavar="FILE")
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            help="Print with this profile.",
            metavar="PROFILE",
            show_default="the brief's own, if shipped",
            autocompletion=complete_profile,
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
) -> None:
    """Print briefs and digests again from their JSON; changes by hand are marked."""
    from briefing.jobs import briefs as work
    from briefing.jobs.plan import check_profile
    from briefing.profile.profile import load_profile

    try:
        chosen = load_profile(profile) if profile is not None else None
        if chosen is not None:
            check_profile(chosen)
        destination, formats = destination_of(output, output_dir, format, chosen.outputs if chosen else ("pdf",))
        if output is not None and len(files) * len(formats) > 1:
            raise MisuseError("--output takes one brief in one format; use --output-dir")
    except (BriefingError, ValueError) as error:
        fail(str(error))
    report(work.render_briefs(files, chosen, formats, destination), len(files))


@app.command(
    epilog=examples(
        "briefing verify article.pdf",
        "briefing verify article.json --source article.txt",
        "briefing verify briefs/*.pdf --quiet",
        "briefing verify --archive briefs.sqlite",
    )
)
def verify(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Briefs and digests as PDF or JSON.", metavar="FILE", show_default=False),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(help="Also compare with this article; - is standard input.", metavar="FILE"),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", help="Check the acts of review in this archive.", metavar="FILE"),
    ] = None,
) -> None:
    """Check every line of finished briefs against the evidence in them, or the journal of an archive."""
    from briefing.jobs.verification import verify_file

    if not files and archive is None:
        fail("what is to be checked? name briefs, or --archive FILE")
    again = _at_standard_input() if source == Path("-") else source
    failed = archive is not None and _has_altered_acts(archive)
    for file in files or ():
        verified = verify_file(Path(file), again)
        for line in verified.failures:
            say_line(f"{file}: {line}", file=sys.stderr)
        failed = failed or bool(verified.failures)
        if not verified.failures and not is_quiet():
            say_line(f"{file}: {verified.verdict}")
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _has_altered_acts(file: Path) -> bool:
    """Print how many acts of review an archive holds and the hash of the last, or what was altered."""
    from briefing.archive.archive import Archive
    from briefing.messages import counted

    try:
        with Archive.open_to_read(file) as archive:
            count, last, altered = archive.reviews.check()
    except BriefingError as error:
        fail(str(error), SOME_FAILED)
    for line in altered:
        say_line(f"{file}: {line}", file=sys.stderr)
    if not altered and not is_quiet():
        ending = f", unaltered; the hash of the last is {last}" if count else ""
        say_line(f"{file}: {counted(count, 'act')} of review{ending}")
    return bool(altered)


def _at_standard_input() -> bytes:
    """Return the article from standard input; fail if that is a terminal."""
    from briefing.reading.contents import MAX_DOCUMENT

    if sys.stdin is not None and sys.stdin.isatty():
        fail("--source - reads the article from standard input, which is a terminal; add: < article.txt")
    return standard_input(MAX_DOCUMENT + 1)


@app.command(epilog=examples("briefing schema > brief.schema.json", "briefing schema --digest"))
def schema(
    of_digest: Annotated[bool, typer.Option("--digest", help="Print the schema of a digest.")] = False,
) -> None:
    """Print the JSON Schema of a brief, or of a digest."""
    import json

    from briefing.model.brief import Briefing
    from briefing.model.digest import Digest

    say(json.dumps((Digest if of_digest else Briefing).model_json_schema(), indent=2))


@app.command(epilog=examples("briefing doctor"))
def doctor() -> None:
    """Check whether this machine has everything it needs to make briefs, and suggest remedies."""
    from briefing.jobs.doctor import examine

    findings = examine()
    for finding in findings:
        say(f"{'ok     ' if finding.fine else 'MISSING'}  {finding.name}: {finding.detail}")
        if finding.remedy:
            say(f"         {finding.remedy}")
    raise typer.Exit(SOME_FAILED if any(finding.needed and not finding.fine for finding in findings) else DONE)


def run() -> None:
    """Run the command line; the streams accept any file name, and a broken stream is reported in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _leave)
    try:
        try:
            app(prog_name="briefing")
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as error:
        _drop_output()
        say(f"briefing: cannot continue: {error.strerror or error}", file=sys.stderr)
        sys.exit(SOME_FAILED)


def _drop_output() -> None:
    """Discard what standard output still holds, so that Python does not try to write it again at exit."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _leave(number: int, _frame: object) -> NoReturn:
    """Exit in a way that also ends the workers."""
    sys.exit(128 + number)


def _version(wanted: bool) -> None:
    if wanted:
        from briefing.version import __version__

        say(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Turn news articles into one-page briefs whose every line can be checked against the article."""


def _just_one(items: "Iterable[Source | Unbriefed]", formats: tuple["Format", ...]) -> "list[Source | Unbriefed]":
    """Return the only article; stop reading as soon as a second one is found."""
    from briefing.sources.records import Source

    got: list[Source | Unbriefed] = []
    for item in items:
        got.append(item)
        if sum(isinstance(one, Source) for one in got) * len(formats) > 1:
            raise MisuseError("--output takes one article in one format; use --output-dir")
    return got
