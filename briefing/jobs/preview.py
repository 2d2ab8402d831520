"""Render a sample brief again whenever its profile or templates change, for people who edit them."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from briefing.errors import BriefingError
from briefing.jobs import briefs as jobs
from briefing.jobs.plan import check_profile
from briefing.model.formats import Format
from briefing.profile.profile import load_profile
from briefing.rendering.templating.environment import templates_folder
from briefing.runtime.outputs import write_whole
from briefing.sources.records import Outcome

_SUFFIXES = frozenset({".yaml", ".yml", ".j2", ".css", ".png", ".jpg", ".jpeg", ".svg"})
_SAMPLE = "sample.txt"  # an article with something for every section


def preview(
    profile: str, output: Path, output_format: Format, *, until: Event, once: bool = False
) -> Iterator[Outcome]:
    """Render the sample brief, and again after each change of the profile or its templates; yield the outcomes.

    Args:
        profile: Name of a shipped profile, or path of one.
        output: The file to write.
        output_format: A format of `briefing.model.formats.FORMATS`.
        until: Ends the preview when it is set.
        once: Whether to render only once.
    """
    yield _render(profile, output, output_format)
    if once:
        return
    from watchfiles import watch

    for changed in watch(*_watched(profile), stop_event=until):
        if any(_matters(Path(path), output) for _, path in changed):
            yield _render(profile, output, output_format)


def _matters(changed: Path, output: Path) -> bool:
    """Return True if a changed file affects the page: a profile, template, style sheet or logo, not the output."""
    return changed.suffix.lower() in _SUFFIXES and changed != output.absolute()


def _render(profile: str, output: Path, output_format: Format) -> Outcome:
    try:
        check_profile(load_profile(profile))
        brief = jobs.brief(templates_folder() / _SAMPLE, profile=profile)
        write_whole(output, jobs.render(brief, output_format, profile=profile))
    except BriefingError as error:
        return Outcome(_SAMPLE, troubles=(str(error),))
    return Outcome(_SAMPLE, written=(output,))


def _watched(profile: str) -> Iterator[Path]:
    """Yield the folders to watch: that of the profile, and that of its templates."""
    path = Path(profile)
    if path.is_file():
        yield path.absolute().parent
    templates = _templates_of(profile)
    yield templates if templates is not None else templates_folder()


def _templates_of(profile: str) -> Path | None:
    try:
        folder = load_profile(profile).templates
    except BriefingError:  # reported when the brief is rendered
        return None
    return Path(folder) if folder is not None and Path(folder).is_dir() else None
