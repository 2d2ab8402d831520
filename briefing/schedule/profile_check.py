"""Everything that is wrong with a profile: in its values, in its templates, and for a schedule."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.archive.digests import GatheredArticle
from briefing.delivery.folder import FolderChannel
from briefing.errors import BriefingError, ProfileError, RenderingError, ScheduleError, TemplateFillError
from briefing.jobs import briefs as jobs
from briefing.jobs.digest_run import DigestRequest, compose
from briefing.jobs.plan import layout_of, usable
from briefing.profile.profile import Profile, read_profile
from briefing.reading.source import read_file
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from briefing.rendering.printable import Printable
from briefing.rendering.templating.environment import templates_folder
from briefing.rendering.templating.own_folder import read_part_of
from briefing.rendering.templating.parts import own_part_names
from briefing.schedule.channels import Flaw, find_channels
from briefing.schedule.plans import archive_of
from briefing.schedule.service import check_writable

_SAMPLE = "sample.txt"  # an article with something for every section
_FORMATS = ("html", "md", "docx", "eml")  # those made from templates; the PDF is part of the mail
_MOST_FLAWS = 100
_EXPRESSION = re.compile(r"\{\{.*?\}\}")


def flaws_of(name: str, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Iterator[BriefingError]:
    """Yield everything that is wrong with a profile.

    Args:
        name: Name of a shipped profile, or path of a profile's file.
        environment: Holds the secrets that the profile names.
        clock: Of its deliveries.
    """
    try:
        profile, flaws = read_profile(name)
    except ProfileError as error:
        yield error
        return
    yield from flaws
    profile, flaws = usable(profile)
    yield from flaws
    for key, flaw in _schedule_flaws(profile, environment, clock):
        yield ProfileError(profile.places.get(key, f"profile {profile.name}"), str(flaw))
    if profile.templates is not None and Path(profile.templates).is_dir():
        try:
            yield from _template_flaws(profile, Path(profile.templates))
        except BriefingError as error:  # the sample itself cannot be briefed here
            yield error


def _schedule_flaws(profile: Profile, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Iterator[Flaw]:
    """Yield what would stop a schedule or a delivery, each with the key of the profile that causes it."""
    if profile.schedule is not None or profile.archive is not None:
        try:
            check_writable(archive_of([profile], None))
        except ScheduleError as error:
            yield ("archive" if profile.archive is not None else "schedule"), error
    if profile.approval.need != "none" and profile.schedule is None:
        missing = "without a schedule there is no deadline by which anything could be approved"
        yield "approval.need", ScheduleError("approval", f"{missing}; add schedule: {{cron: ...}}")
    _, flaws = find_channels(profile, environment, clock)
    yield from flaws
    for number, delivery in enumerate(profile.deliver):
        channel = FolderChannel(Path(delivery.folder)) if delivery.folder is not None else None
        reason = channel.obstacle() if channel is not None else None
        if channel is not None and reason is not None:
            yield f"deliver.{number}", ScheduleError(channel.target, reason)


def _template_flaws(profile: Profile, folder: Path) -> Iterator[BriefingError]:
    """Yield each flaw of a user's templates that appears when a sample is printed with them.

    The templates are tried in a copy. What fails is removed from the copy, so that the rest is tried, too.
    """
    with TemporaryDirectory() as name:
        copy = Path(name)
        for part in own_part_names(folder):
            content = read_part_of(folder / part)
            if content is not None:
                (copy / part).parent.mkdir(parents=True, exist_ok=True)
                (copy / part).write_text(content, encoding="utf-8")
        trial = _Trial(copy, layout_of(profile.model_copy(update={"templates": name})))
        for record in _samples(profile):
            for output in _FORMATS:
                yield from trial.flaws(record, output, folder)


def _samples(profile: Profile) -> tuple[Printable, ...]:
    """Return the sample brief, and a digest of it."""
    path = templates_folder() / _SAMPLE
    brief = jobs.brief_reading(read_file(path), profile)
    at = datetime.combine(date.fromisoformat(brief.article.published or "2031-06-10"), time(12), UTC)
    article = GatheredArticle(str(path), brief.provenance.source_sha256, brief)
    return brief, compose([article], {}, None, DigestRequest(profile, (), at), at.date(), ())


@dataclass(frozen=True)
class _Trial:
    copy: Path  # of the user's templates
    layout: Layout

    def flaws(self, record: Printable, output: str, folder: Path) -> Iterator[BriefingError]:
        """Yield what is wrong with the templates of a format; *folder* holds the originals."""
        for _ in range(_MOST_FLAWS):
            fault = self._fault(record, output)
            if fault is None:
                return
            reason = fault.reason.replace(str(self.copy), str(folder))
            file, line = self._place(fault, record, output)
            if file is None:
                yield RenderingError(output, reason)
                return
            place = folder / file.relative_to(self.copy)
            yield ProfileError(f"{place}:{line}" if line else str(place), reason)

    def _fault(self, record: Printable, output: str) -> RenderingError | None:
        try:
            render(record, output, self.layout)
        except RenderingError as error:
            return error
        return None

    def _place(self, fault: RenderingError, record: Printable, output: str) -> tuple[Path | None, int | None]:
        """Return the file and line of a fault, and remove the fault from the copy."""
        files = sorted(file for file in self.copy.rglob("*") if file.is_file())
        if isinstance(fault, TemplateFillError) and fault.line is not None:
            for file in files:
                if file.name == fault.template.rpartition("/")[2]:
                    _remove_expressions(file, fault.line)
                    return file, fault.line
        for file in files:  # the error names no file: remove one after the other until the error changes
            content = file.read_bytes()
            file.unlink()
            if str(self._fault(record, output)) != str(fault):
                return file, None
            file.write_bytes(content)
        return None, None


def _remove_expressions(file: Path, line: int) -> None:
    """Remove each {{ ... }} from a line of a file; delete the file if the line has none."""
    lines = file.read_text(encoding="utf-8").split("\n")
    rest = _EXPRESSION.sub("", lines[line - 1]) if line <= len(lines) else None
    if rest is None or rest == lines[line - 1]:
        file.unlink()
    else:
        file.write_text("\n".join((*lines[: line - 1], rest, *lines[line:])), encoding="utf-8")
