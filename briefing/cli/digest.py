"""The command that makes one digest by hand."""

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
    from briefing.sources.runs import Outcome


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
            help="No articles that were published before: YYYY-MM-DD, today, yesterday, 7d.",
            metavar="DAY",
            show_default="the last digest, else yesterday",
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Instant that counts as now, ISO 8601.", metavar="INSTANT", show_default="now")
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    output_dir: FolderOption = Path(),
    jobs: JobsOption = 1,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = None,
) -> None:
    """Write one digest of many articles: their stories, and what changed since the last one."""
    from briefing.runtime.parallel import prepare_process

    prepare_process()
    from briefing.jobs.digest_run import DigestOrder
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
            raise ValueError("of what? name sources, or a profile that has digest: {sources: [{feed: https://...}]}")
        order = DigestOrder(chosen, named, moment, day, jobs)
        today = max(moment, datetime.now(moment.tzinfo)).date()
        web = web_of(chosen.fetch, allow_private=allow_private, today=today)
        if archive is None and chosen.archive is not None:
            archive = Path(chosen.archive)
        outcomes = make_digest(order, formats, destination, standard_input, web=web, archive=archive)
        first = next(outcomes, None)  # what cannot be begun at all is told before anything is printed
    except (BriefingError, ValueError) as error:
        fail(str(error))
    report(_guarded(chain(() if first is None else (first,), outcomes)), None, sys.stdout)


def scheduled(archive: Path, allow_private: bool) -> "DigestJob":
    """Return what makes the digests of schedules."""
    from briefing.jobs.digests import DigestMaker

    return DigestMaker(archive, allow_private)


def _guarded(outcomes: "Iterator[Outcome]") -> "Iterator[Outcome]":
    """Yield what came of each source; what ends the digest is told as its trouble."""
    from briefing.sources.runs import Outcome

    try:
        yield from outcomes
    except BriefingError as error:
        yield Outcome("digest", troubles=(str(error),))


def _instant(written: str | None, profile: "Profile") -> datetime:
    """Return an instant with its zone: that of the schedule, where it has one, else of this machine."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(profile.schedule.timezone) if profile.schedule is not None else None
    if written is None:
        return datetime.now(zone).astimezone(zone).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError(f"{written!r} is no instant; write it as 2024-05-14T06:00, or with +02:00") from error
    return moment.replace(tzinfo=zone).astimezone(zone) if moment.tzinfo is None else moment.astimezone(zone)


def _since(written: str, today: date) -> date:
    """Return the day that is meant by YYYY-MM-DD, today, yesterday or a number of days or weeks."""
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
        raise ValueError(f"{written!r} is no day; write YYYY-MM-DD, today, yesterday, or a period such as 7d") from None
