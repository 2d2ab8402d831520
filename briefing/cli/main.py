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
from briefing.cli.digest import digest, scheduled
from briefing.cli.printing import (
    DONE,
    SOME_FAILED,
    FolderOption,
    FormatOption,
    MisuseError,
    OutputOption,
    ProfileOption,
    destination_of,
    fail,
    report,
    standard_input,
)
from briefing.cli.profiles import app as profile_app
from briefing.cli.schedule import schedule_commands
from briefing.cli.templates import app as template_app
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.formats import Format
    from briefing.runs import Made, Source

app = typer.Typer(
    name="briefing",
    help="Turn news articles into one-page briefs whose every line can be checked against the article.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(archive_app)
app.add_typer(profile_app)
app.add_typer(template_app)
app.add_typer(schedule_commands(scheduled))
app.command()(digest)


@app.command()
def make(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, HTML, mail, mailbox, PDF, Word), folders, web addresses, feeds, lists of feeds (OPML), "
            "or - for standard input.",
            metavar="SOURCE...",
        ),
    ],
    profile: ProfileOption = "standard",
    date: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Processes to use.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Print what led to each finding, too.")] = False,
    archive: Annotated[
        Path | None, typer.Option(help="Keep the briefs in this file.", show_default="the profile's", metavar="DB")
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Of folders only files like this: '*.eml'. May be repeated.", metavar="GLOB"),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Of folders no files like this: 'drafts/*'.", metavar="GLOB")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks, too.")
    ] = False,
) -> None:
    """Write one brief for each article."""
    from briefing.parallel import prepare_process

    prepare_process()
    from briefing import jobs as work
    from briefing.expansion import expand
    from briefing.inputs import find_articles, web_of
    from briefing.plan import check_profile
    from briefing.profile import load_profile
    from briefing.reading.folders import Patterns

    try:
        chosen = load_profile(profile)
        published = work.parse_day(date) if date is not None else None
        destination, formats = destination_of(output, output_dir, format, chosen.outputs)
        check_profile(chosen)
        named, missing = find_articles(sources, standard_input, Patterns(tuple(include or ()), tuple(exclude or ())))
        web = web_of(chosen.fetch, allow_private=allow_private, today=datetime.now(UTC).date())
        found = named if output is None else _just_one(expand(named, web), formats)
    except (BriefingError, ValueError) as error:
        fail(str(error))
    if archive is None and chosen.archive is not None:
        archive = Path(chosen.archive)
    outcomes = work.make_briefs(
        found, chosen, formats, destination, published=published, jobs=jobs, explain=explain, web=web, archive=archive
    )
    report(chain(missing, outcomes), len(found), sys.stderr if output == "-" else sys.stdout)


@app.command()
def render(
    files: Annotated[
        list[str], typer.Argument(help="Briefs or digests as JSON, corrected by hand or not.", metavar="FILE.json...")
    ],
    profile: Annotated[
        str | None, typer.Option(help="Print with this profile.", show_default="the brief's own, if shipped")
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
) -> None:
    """Print briefs and digests from their JSON again; what a person changed is marked."""
    from briefing import jobs as work
    from briefing.plan import check_profile
    from briefing.profile import load_profile

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


@app.command()
def verify(
    files: Annotated[list[str], typer.Argument(help="Briefs as PDF or JSON.", metavar="FILE...")],
    source: Annotated[
        Path | None, typer.Option(help="Also read this article again and compare; - is standard input.")
    ] = None,
) -> None:
    """Check every line of finished briefs against the evidence that they carry."""
    from briefing.verification import verify_file

    again = _at_standard_input() if source == Path("-") else source
    failed = False
    for file in files:
        verified = verify_file(Path(file), again)
        for line in verified.failures:
            print(f"{file}: {line}", file=sys.stderr)
        failed = failed or bool(verified.failures)
        if not verified.failures:
            print(f"{file}: {verified.verdict}")
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _at_standard_input() -> bytes:
    """Return the article at standard input, which a person does not type."""
    from briefing.reading.contents import MAX_DOCUMENT

    if sys.stdin is not None and sys.stdin.isatty():
        fail("--source - reads the article from standard input, which is a terminal; add: < article.txt")
    return standard_input(MAX_DOCUMENT + 1)


@app.command()
def schema(
    of_digest: Annotated[bool, typer.Option("--digest", help="That of a digest.")] = False,
) -> None:
    """Print the JSON Schema of a brief, or of a digest."""
    import json

    from briefing.digest_model import Digest
    from briefing.model import Briefing

    print(json.dumps((Digest if of_digest else Briefing).model_json_schema(), indent=2))


@app.command()
def doctor() -> None:
    """Say what this machine has and lacks for making briefs, each with its remedy."""
    from briefing.doctor import examine

    findings = examine()
    for finding in findings:
        print(f"{'ok     ' if finding.fine else 'MISSING'}  {finding.name}: {finding.detail}")
        if finding.remedy:
            print(f"         {finding.remedy}")
    raise typer.Exit(SOME_FAILED if any(finding.needed and not finding.fine for finding in findings) else DONE)


def run() -> None:
    """Run the command line; the streams take any file name, and a stream that breaks ends it in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _leave)
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as error:
        _drop_output()
        print(f"briefing: cannot go on: {error.strerror or error}", file=sys.stderr)
        sys.exit(SOME_FAILED)


def _drop_output() -> None:
    """Let what standard output still holds go nowhere, so that Python does not try to write it once more at its end."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _leave(number: int, _frame: object) -> NoReturn:
    """End the run such that workers are ended too."""
    sys.exit(128 + number)


def _version(wanted: bool) -> None:
    if wanted:
        from briefing.version import __version__

        print(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Turn news articles into one-page briefs whose every line can be checked against the article."""


def _just_one(items: "Iterable[Source | Made]", formats: tuple["Format", ...]) -> "list[Source | Made]":
    """Return the one article that is to be written to one file; no more are got than tell that there are several."""
    from briefing.runs import Source

    got: list[Source | Made] = []
    for item in items:
        got.append(item)
        if sum(isinstance(one, Source) for one in got) * len(formats) > 1:
            raise MisuseError("--output takes one article in one format; use --output-dir")
    return got
