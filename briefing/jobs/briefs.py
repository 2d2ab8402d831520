"""Make and render briefs: the stages joined into the jobs of a user. Digests are made in ``digests``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from briefing.errors import BriefingError, DayError, ReadingError, RenderingError
from briefing.evidence.seal import find_edits
from briefing.jobs.archived_run import kept_run
from briefing.jobs.assembly import brief_of, seen_by
from briefing.jobs.plan import layout_of
from briefing.jobs.production import (
    analysed,
    defects_as_errors,
    get_ready,
    layout_to_print,
    lost,
    make_each,
    print_record,
)
from briefing.jobs.results import Destination, Request, Result, write_outputs
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.model.files import read_record, read_whole
from briefing.model.formats import FORMATS, Format, check_format, format_kind
from briefing.profile.profile import Profile, load_profile
from briefing.profile.yaml import shipped_profiles
from briefing.proposals.eye import Eye, eye_of
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import render as render_format
from briefing.runtime.outputs import Namer, real_path
from briefing.runtime.parallel import ordered_map
from briefing.sources.links import NO_WEB, Web, expand
from briefing.sources.records import Link, Outcome, Source, Unbriefed

_TOGETHER = 8  # articles that are parsed together
_SHARES = 4  # batches per process, at least, so that the processes end at about the same time


def brief(
    text_or_path: str | bytes | Path, *, date: "date | str | None" = None, profile: str | Path = "standard"
) -> Briefing:
    """Return the brief of an article.

    Args:
        text_or_path: The article's text, the bytes of a file of any supported kind, or the path of the file.
        date: Day of publication, if it is known; as a string YYYY-MM-DD.
        profile: Name of a shipped profile, or path of one.

    Raises:
        ReadingError: The source cannot be read as an English news article.
        DayError: The day of publication is not a valid date.
        ProfileError: The profile does not exist or is not valid.
        BriefingError: The article could not be briefed for another reason.
    """
    source = str(text_or_path) if isinstance(text_or_path, Path) else "the text"
    with defects_as_errors(f"brief {source}"):
        published = None if date is None else _day_of(date)
        if isinstance(text_or_path, Path):
            reading = read_file(text_or_path, published=published)
        elif isinstance(text_or_path, str | bytes):
            data = text_or_path.encode("utf-8", "replace") if isinstance(text_or_path, str) else text_or_path
            reading = read_bytes(data, source, published=published)
        else:
            raise ReadingError(source, f"it is of the type {type(text_or_path).__name__}: give text, bytes or a path")
        chosen = load_profile(profile)
        return brief_reading(reading, chosen, eye_of(chosen))


def render(brief: Briefing, output: Format, *, profile: str | Path = "standard") -> bytes:
    """Return a brief in a format of `briefing.model.formats.FORMATS`: "pdf", "html", "json".

    Raises:
        RenderingError: The format is unknown, a library is missing, or the brief cannot be rendered.
        ProfileError: The profile does not exist or is not valid.
        BriefingError: The brief could not be rendered for another reason.
    """
    with defects_as_errors(f"make {output}"):
        if not isinstance(brief, Briefing):
            raise RenderingError(str(output), f"it is made of a Briefing, not of the type {type(brief).__name__}")
        chosen = load_profile(profile)
        layout = layout_of(chosen)
        if format_kind(output).paged:
            layout = layout_to_print(brief, layout, chosen.pages)
        return render_format(brief, output, layout)


def parse_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD.

    Raises:
        DayError: The text has another form, or the day does not exist.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise DayError(text) from error


def _day_of(given: object) -> date:
    """Return the day of a date, of a datetime, or of a text such as "2024-05-14"."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        return parse_day(given)
    raise DayError(f"<{type(given).__name__}>")


def parse_formats(written: str) -> tuple[Format, ...]:
    """Return the formats in a comma-separated list, without duplicates.

    Raises:
        ValueError: A format is unknown, or the list is empty.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in written.split(",") if name.strip()))
    if not names:
        raise ValueError(f"no format named (allowed: {', '.join(FORMATS)})")
    return tuple(map(check_format, names))


def make_briefs(
    found: Sequence[Source | Link | Unbriefed],
    profile: Profile,
    formats: tuple[Format, ...],
    destination: Destination,
    *,
    published: date | None = None,
    jobs: int = 1,
    explain: bool = False,
    web: Web = NO_WEB,
    archive: Path | None = None,
    eye: Eye | None = None,
) -> Iterator[Outcome]:
    """Write one brief for each article, in every format; yield the outcomes in the order of the sources.

    With *explain* an outcome holds the reasons for each finding. Links are followed on the *web*. With *archive* the
    briefs are stored in that file, and an interrupted run is resumed. An *eye* is a language model to ask.
    """
    request = Request(profile, formats, published, explain, keep=archive is not None, eye=eye)
    jobs = 1 if eye is not None else jobs  # one budget, one key that no worker needs
    if any(isinstance(item, Link) for item in found):
        together = 1  # so that the first briefs are made while other articles are fetched
    else:
        jobs = min(jobs, len(found))
        together = min(_TOGETHER, max(1, len(found) // max(1, jobs * _SHARES)))
    with kept_run(archive, request, destination, found) as run:
        yield from run.warnings
        items = run.skip_finished(expand(found, run.with_feed_states(web)))
        ready = partial(get_ready, request)
        for item in ordered_map(partial(make_each, request), items, jobs, lost, together=together, get_ready=ready):
            yield run.write(item)
        yield from run.end(profile.retention)


def brief_reading(reading: Reading, profile: Profile, eye: Eye | None = None) -> Briefing:
    """Return the sealed brief of an article that was read; *eye* is a language model to ask.

    Raises:
        LanguageError: The profile's language pipeline is missing.
        ExtractorError: A section has no extractor, or an option that its extractor does not have.
    """
    from briefing.language.pipeline import load_pipeline, passing_words

    nlp = load_pipeline(profile.language.model)
    with passing_words(nlp):
        analysis = analysed(reading.article, nlp, None)
        seen = seen_by(eye, analysis, profile) if eye is not None else None
        return brief_of(reading, analysis, profile, nlp, seen)


def render_briefs(
    files: Sequence[str], profile: Profile | None, formats: tuple[Format, ...], destination: Destination
) -> Iterator[Outcome]:
    """Render briefs and digests from JSON files, with a person's edits marked; yield an outcome for each."""
    inputs = frozenset(real_path(Path(file)) for file in files)
    namer = Namer(destination.folder, inputs)
    for file in files:
        try:
            record = read_record(read_whole(Path(file)), file)
            result = _print_again(Source(file, Path(file)), record, formats, profile)
        except BriefingError as error:
            yield Outcome(file, troubles=(str(error),))
        else:
            yield write_outputs(result, namer, destination, inputs)


def print_kept(
    kept: Iterable[tuple[str, Briefing]], profile: Profile | None, formats: tuple[Format, ...], destination: Destination
) -> Iterator[Outcome]:
    """Render briefs from an archive, given with their names there; yield an outcome for each."""
    namer = Namer(destination.folder, frozenset())
    for name, brief in kept:
        try:
            result = _print_again(Source(name), brief, formats, profile)
        except BriefingError as error:
            yield Outcome(name, troubles=(str(error),))
        else:
            yield write_outputs(result, namer, destination, frozenset())


def _print_again(
    source: Source, brief: Briefing | Digest, formats: tuple[Format, ...], profile: Profile | None
) -> Result:
    """Render a brief or a digest that was made earlier, with a person's edits marked."""
    edited = brief.model_copy(update={"edits": find_edits(brief)})
    result = print_record(source, edited, formats, profile or _profile_of(edited))
    if profile is None and edited.provenance.profile not in shipped_profiles():
        remark = f"{source.name}: printed with the profile standard; it was made with {edited.provenance.profile!r}"
        result = replace(result, remarks=(f"{remark}, which --profile can name", *result.remarks))
    return result


def _profile_of(brief: Briefing | Digest) -> Profile:
    """Return the shipped profile that a brief or a digest was made with; the fallback is the standard one."""
    name = brief.provenance.profile
    return load_profile(name if name in shipped_profiles() else "standard")
