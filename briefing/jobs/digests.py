"""Make digests: the stages joined into one by hand, and into those of a schedule."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.archive.archive import Archive
from briefing.errors import ArchiveError
from briefing.jobs.digest_run import DigestOrder, DigestRun, Stage
from briefing.jobs.production import print_record
from briefing.model.digest import Digest
from briefing.model.formats import Format, format_kind
from briefing.model.runs import Output, RunResult
from briefing.profile.periods import parse_period
from briefing.profile.profile import Profile
from briefing.runtime.outputs import Namer, clear_leftovers, slug
from briefing.sources.inputs import web_of
from briefing.sources.links import NO_WEB, Web
from briefing.sources.runs import Destination, Outcome, Source, write_outputs


def make_digest(
    order: DigestOrder,
    formats: tuple[Format, ...],
    destination: Destination,
    standard_input: Callable[[int], bytes],
    *,
    web: Web = NO_WEB,
    archive: Path | None = None,
) -> Iterator[Outcome]:
    """Write one digest in every format; yield what came of each source, then what was written.

    With *archive* its articles are kept in that file, stories go on from one digest of the profile to the next, and the
    digest tells what changed; one that was broken off goes on where it stopped if it is made for the same instant.

    Raises:
        ArchiveError: The archive cannot be used.
        LanguageError: The profile's language pipeline is missing.
    """
    profile = order.profile
    with Archive.open(archive) if archive is not None else nullcontext() as opened:
        run = DigestRun(order, web, opened)
        yield from run.steps(standard_input)
        name = digest_name(profile.name, order.at)
        made = print_record(Source(name), run.made(), formats, profile)
        clear_leftovers(destination.folder)
        namer = Namer(destination.folder, frozenset())
        yield write_outputs(replace(made, title=name), namer, destination, frozenset())
        if opened is not None and profile.retention is not None:
            opened.prune(parse_period(profile.retention))


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DigestMaker:
    """Makes the digests of a schedule: a ``briefing.schedule.runs.DigestJob``."""

    archive: Path
    allow_private: bool = False
    jobs: int = 1
    open_archive: Callable[[Path], Archive] = Archive.open
    clock: Callable[[], datetime] = now

    def __call__(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Return the digest of a profile for the instant that it is due, in every format that is delivered."""
        today = max(due, self.clock().astimezone(due.tzinfo)).date()
        web = web_of(profile.fetch, allow_private=self.allow_private, today=today)
        order = DigestOrder(profile, profile.digest.sources, due, jobs=self.jobs)
        with self.open_archive(self.archive) as opened:
            run = DigestRun(order, web, opened, reached)
            said = [line for came in run.steps(_no_input) for line in (*came.troubles, *came.remarks)]
            said += _pruned(opened, profile.retention)
        return _result(run.made(), profile, due, said)


def _pruned(archive: Archive, retention: str | None) -> list[str]:
    """Remove what has been kept for longer; that it cannot be removed must not cost a digest, and is told."""
    try:
        if retention is not None:
            archive.prune(parse_period(retention))
    except ArchiveError as error:
        return [str(error)]
    return []


def _no_input(_limit: int) -> bytes:
    return b""


def _result(digest: Digest, profile: Profile, due: datetime, said: Sequence[str]) -> RunResult:
    """Return a digest in every format that is delivered."""
    attached = (output for way in profile.deliver if way.webhook is not None for output in way.webhook.attach)
    formats: tuple[Format, ...] = tuple(dict.fromkeys((*profile.outputs, *attached, "eml")))
    name = digest_name(profile.name, due)
    made = print_record(Source(name), digest, formats, profile)
    wanted = (*profile.outputs, *attached)
    files = (
        Output(f"{name}.{one}", format_kind(one).media_type, content) for one, content in made.outputs if one in wanted
    )
    email = next((content for output, content in made.outputs if output == "eml"), None)
    notices = (*said, *made.remarks, *made.troubles)
    return RunResult(made.title, tuple(files), email, notices, has_nothing_to_tell(digest))


def has_nothing_to_tell(digest: Digest) -> bool:
    """Return True if a digest holds no story and nothing that is over, and none of its sources failed."""
    failed = any(notice.code == "source-failed" for notice in digest.notices)
    return not (digest.stories or digest.passed or failed)


def digest_name(profile: str, at: datetime) -> str:
    """Return what the files of a digest are called: "morning-2024-05-14-0600"."""
    return f"{slug(profile)}-{at:%Y-%m-%d-%H%M}"
