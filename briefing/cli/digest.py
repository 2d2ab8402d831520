"""The command that makes one digest."""

import sys
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.finding import chosen_profile
from briefing.cli.printing import (
    ArchiveOption,
    FolderOption,
    FormatOption,
    JobsOption,
    OutputOption,
    PrivateOption,
    ProfileOption,
    destination_of,
    fail,
    report,
    standard_input,
)
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.profile.profile import Profile
    from briefing.schedule.runs import DigestJob
    from briefing.sources.records import Outcome


def digest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, web addresses, feeds, lists of feeds (OPML), or - for standard input.",
            metavar="SOURCE",
            show_default="the profile's",
        ),
    ] = None,
    profile: ProfileOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Skip articles published before this day: YYYY-MM-DD, today, yesterday, 7d.",
            metavar="DAY",
            show_default="the last digest, else yesterday",
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Use this time instead of now, ISO 8601.", metavar="INSTANT", show_default="now")
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
    jobs: JobsOption = 1,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = None,
) -> None:
    """Write one digest of many articles: their stories, and the changes since the last digest."""
    from briefing.runtime.parallel import prepare_process

    prepare_process()
    from briefing.jobs.digest_run import DigestRequest
    from briefing.jobs.digests import make_digest
    from briefing.jobs.plan import check_profile
    from briefing.profile.digest import DigestSource
    from briefing.profile.profile import load_profile
    from briefing.sources.inputs import web_of

    try:
        chosen = load_profile(chosen_profile(profile))
        moment = _instant(at, chosen)
        day = _since(since, moment.date()) if since is not None else None
        destination, formats = destination_of(output, output_dir, format, chosen.outputs)
        check_profile(chosen)
        if output is not None and len(formats) > 1:
            raise ValueError("--output takes one format; use --output-dir")
        named = tuple(DigestSource(file=name) for name in sources or ()) or chosen.digest.sources
        if not named:
            raise ValueError("no sources: name some, or a profile that has digest: {sources: [{feed: https://...}]}")
        request = DigestRequest(chosen, named, moment, day, jobs)
        today = max(moment, datetime.now(moment.tzinfo)).date()
        web = web_of(chosen.fetch, allow_private=allow_private, today=today)
        if archive is None and chosen.archive is not None:
            archive = Path(chosen.archive)
        outcomes = make_digest(request, formats, destination, standard_input, web=web, archive=archive)
        first = next(outcomes, None)  # an error at the start is reported before any output
    except (BriefingError, ValueError) as error:
        fail(str(error))
    report(_with_error(chain(() if first is None else (first,), outcomes)), None, sys.stdout)


def scheduled(archive: Path, allow_private: bool) -> "DigestJob":
    """Return the job that makes the digests of a schedule."""
    from briefing.jobs.digests import DigestMaker

    return DigestMaker(archive, allow_private)


def _with_error(outcomes: "Iterator[Outcome]") -> "Iterator[Outcome]":
    """Yield the outcomes; an error that ends the digest becomes the last one."""
    from briefing.sources.records import Outcome

    try:
        yield from outcomes
    except BriefingError as error:
        yield Outcome("digest", troubles=(str(error),))


def _instant(written: str | None, profile: "Profile") -> datetime:
    """Return an instant in the time zone of the profile's schedule, or of this machine if it has none."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(profile.schedule.timezone) if profile.schedule is not None else None
    if written is None:
        return datetime.now(zone).astimezone(zone).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError(f"{written!r} is not an instant; write it as 2024-05-14T06:00, or with +02:00") from error
    return moment.replace(tzinfo=zone).astimezone(zone) if moment.tzinfo is None else moment.astimezone(zone)


def _since(written: str, today: date) -> date:
    """Return the day for YYYY-MM-DD, today, yesterday or a number of days or weeks."""
    from briefing.jobs.briefs import parse_day
    from briefing.profile.periods import parse_period

    named = {"today": today, "yesterday": today - timedelta(days=1)}
    if written in named:
        return named[written]
    try:
        return today - parse_period(written)
    except ValueError:
        pass
    try:
        return parse_day(written)
    except ValueError:
        raise ValueError(
            f"{written!r} is not a day; write YYYY-MM-DD, today, yesterday, or a period such as 7d"
        ) from None
