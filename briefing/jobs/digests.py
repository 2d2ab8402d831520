"""Make digests: one by hand, or those of a schedule."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.archive.archive import Archive
from briefing.errors import ArchiveError
from briefing.jobs.digest_run import DigestRequest, DigestRun, Stage
from briefing.jobs.plan import layout_of
from briefing.jobs.production import print_record
from briefing.jobs.releasing import Held, ToSend, decide_release
from briefing.jobs.results import Destination, write_outputs
from briefing.model.digest import Digest
from briefing.model.formats import Format, format_kind
from briefing.model.runs import Output, RunResult
from briefing.profile.periods import parse_period
from briefing.profile.profile import Profile
from briefing.rendering.printable import title_on_page
from briefing.runtime.outputs import Namer, clear_leftovers, slug
from briefing.sources.inputs import web_of
from briefing.sources.links import NO_WEB, Web
from briefing.sources.records import Outcome, Source


def make_digest(
    request: DigestRequest,
    formats: tuple[Format, ...],
    destination: Destination,
    standard_input: Callable[[int], bytes],
    *,
    web: Web = NO_WEB,
    archive: Path | None = None,
) -> Iterator[Outcome]:
    """Write one digest in every format; yield an outcome for each source, then one for the digest.

    With *archive* the articles are stored in that file, and stories continue from one digest of the profile to the
    next, with changes marked. An interrupted digest is resumed if it is made for the same instant.

    Raises:
        ArchiveError: The archive cannot be opened or written.
        LanguageError: The profile's language pipeline is missing.
    """
    profile = request.profile
    with Archive.open(archive) if archive is not None else nullcontext() as opened:
        run = DigestRun(request, web, opened)
        yield from run.steps(standard_input)
        name = digest_name(profile.name, request.at)
        result = print_record(Source(name), run.result(), formats, profile)
        clear_leftovers(destination.folder)
        namer = Namer(destination.folder, frozenset())
        yield write_outputs(replace(result, title=name), namer, destination, frozenset())
        if opened is not None and profile.retention is not None:
            opened.prune(parse_period(profile.retention))


def now() -> datetime:
    """Return the current instant, in UTC."""
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
        """Return the digest of a profile that is due at an instant, in every format to deliver."""
        digest, notices = self._made(profile, due, reached)
        return run_result(digest, profile, due, notices)

    def prepare(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Make the digest that is due at an instant, and return its title without files: it waits for approval."""
        digest, notices = self._made(profile, due, reached, waits=True)
        title = title_on_page(digest, layout_of(profile))
        return RunResult(title, (), notices=tuple(notices), empty=_is_empty(digest))

    def release(self, profile: Profile, due: datetime) -> tuple[RunResult, ToSend] | Held:
        """Return the digest whose deadline has come as it is sent, or why it is held."""
        with self.open_archive(self.archive) as opened:
            decided = decide_release(opened, profile, due)
        if isinstance(decided, Held):
            return decided
        return run_result(decided.digest, profile, due, (), mark=decided.mark), decided

    def _made(
        self, profile: Profile, due: datetime, reached: Callable[[Stage], None], *, waits: bool = False
    ) -> tuple[Digest, list[str]]:
        """Return the digest of an instant, and notices for the log."""
        today = max(due, self.clock().astimezone(due.tzinfo)).date()
        web = web_of(profile.fetch, allow_private=self.allow_private, today=today)
        request = DigestRequest(profile, profile.digest.sources, due, jobs=self.jobs, waits=waits)
        with self.open_archive(self.archive) as opened:
            run = DigestRun(request, web, opened, reached)
            notices = [line for outcome in run.steps(_no_input) for line in (*outcome.troubles, *outcome.remarks)]
            notices += _prune(opened, profile.retention)
        return run.result(), notices


def _prune(archive: Archive, retention: str | None) -> list[str]:
    """Remove briefs older than *retention*. A failed prune is reported; the digest is still made."""
    try:
        if retention is not None:
            archive.prune(parse_period(retention))
    except ArchiveError as error:
        return [str(error)]
    return []


def _no_input(_limit: int) -> bytes:
    return b""


def run_result(
    digest: Digest, profile: Profile, due: datetime, notices: Sequence[str], suffix: str = "", mark: str = ""
) -> RunResult:
    """Return a digest in every format to deliver; *suffix* ends the names of its files, *mark* is that of its title."""
    attached = (output for way in profile.deliver if way.webhook is not None for output in way.webhook.attach)
    formats: tuple[Format, ...] = tuple(dict.fromkeys((*profile.outputs, *attached, "eml")))
    name = f"{digest_name(profile.name, due)}{suffix}"
    result = print_record(Source(name), digest, formats, profile)
    wanted = (*profile.outputs, *attached)
    files = (
        Output(f"{name}.{one}", format_kind(one).media_type, content)
        for one, content in result.outputs
        if one in wanted
    )
    email = next((content for output, content in result.outputs if output == "eml"), None)
    said = (*notices, *result.remarks, *result.troubles)
    return RunResult(result.title, tuple(files), email, said, _is_empty(digest), mark)


def _is_empty(digest: Digest) -> bool:
    """Return True if a digest has no story and no event that is over, and none of its sources failed."""
    failed = any(notice.code == "source-failed" for notice in digest.notices)
    return not (digest.stories or digest.passed or failed)


def digest_name(profile: str, at: datetime) -> str:
    """Return the stem of a digest's files: "morning-2024-05-14-0600"."""
    return f"{slug(profile)}-{at:%Y-%m-%d-%H%M}"
