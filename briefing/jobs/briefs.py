"""Make, print and find briefs: the stages joined into what a user wants done; ``digest_jobs`` does so for digests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from briefing.errors import BriefingError, DayError, ReadingError, RenderingError
from briefing.evidence.seal import find_edits
from briefing.jobs.archived_run import kept_run
from briefing.jobs.assembly import brief_of
from briefing.jobs.plan import layout_of
from briefing.jobs.production import analysed, defects_told, get_ready, lost, make_each, print_record, shown
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.model.files import read_record, read_whole
from briefing.model.formats import FORMATS, Format, check_format
from briefing.profile.profile import Profile, load_profile
from briefing.profile.yaml import shipped_profiles
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import render as render_format
from briefing.rendering.page_limit import fit
from briefing.runtime.outputs import Namer, real_path
from briefing.runtime.parallel import ordered_map
from briefing.sources.links import NO_WEB, Web, expand
from briefing.sources.runs import Destination, Lead, Made, Order, Outcome, Source, write_outputs

_TOGETHER = 8  # articles that are parsed together
_SHARES = 4  # that each process gets of a run at least: the last ones to end then end together


def brief(
    text_or_path: str | bytes | Path, *, date: "date | str | None" = None, profile: str | Path = "standard"
) -> Briefing:
    """Return the brief of an article.

    Args:
        text_or_path: The article's text, the bytes of a file of any kind that is read, or the path of its file.
        date: Day of publication, where it is known; as a string YYYY-MM-DD.
        profile: Name of a shipped profile, or path of one.

    Raises:
        ReadingError: It cannot be read as an English news article.
        DayError: The day of publication is none.
        ProfileError: There is no such profile, or it says something that is not allowed.
        BriefingError: It could not be briefed for another reason.
    """
    source = str(text_or_path) if isinstance(text_or_path, Path) else "the text"
    with defects_told(f"brief {source}"):
        published = None if date is None else _day_of(date)
        if isinstance(text_or_path, Path):
            reading = read_file(text_or_path, published=published)
        elif isinstance(text_or_path, str | bytes):
            data = text_or_path.encode("utf-8", "replace") if isinstance(text_or_path, str) else text_or_path
            reading = read_bytes(data, source, published=published)
        else:
            raise ReadingError(source, f"it is of the type {type(text_or_path).__name__}: give text, bytes or a path")
        return brief_reading(reading, load_profile(profile))


def render(brief: Briefing, output: Format, *, profile: str | Path = "standard") -> bytes:
    """Return a brief in a format of `briefing.model.formats.FORMATS`: "pdf", "html", "json".

    Raises:
        RenderingError: The format is unknown, a library that it needs is missing, or the brief cannot be printed.
        ProfileError: There is no such profile, or it says something that is not allowed.
        BriefingError: It could not be made for another reason.
    """
    with defects_told(f"make {output}"):
        if not isinstance(brief, Briefing):
            raise RenderingError(str(output), f"it is made of a Briefing, not of the type {type(brief).__name__}")
        chosen = load_profile(profile)
        layout = layout_of(chosen)
        return render_format(shown(brief, output, partial(fit, brief, layout, chosen.pages)), output, layout)


def parse_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD.

    Raises:
        DayError: It is written otherwise, or there is no such day.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise DayError(text) from error


def _day_of(given: object) -> date:
    """Return a day that is given as a date, an instant or text."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        return parse_day(given)
    raise DayError(f"<{type(given).__name__}>")


def parse_formats(written: str) -> tuple[Format, ...]:
    """Return the formats in a list apart by commas, each once.

    Raises:
        ValueError: One of them is unknown.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in written.split(",") if name.strip()))
    if not names:
        raise ValueError(f"no format named (allowed: {', '.join(FORMATS)})")
    return tuple(map(check_format, names))


def make_briefs(
    found: Sequence[Source | Lead | Made],
    profile: Profile,
    formats: tuple[Format, ...],
    destination: Destination,
    *,
    published: date | None = None,
    jobs: int = 1,
    explain: bool = False,
    web: Web = NO_WEB,
    archive: Path | None = None,
) -> Iterator[Outcome]:
    """Write one brief for each article, in every format; yield what came of each, in the order of the sources.

    With *explain* an outcome holds what led to each finding, too. What leads to articles is followed on the *web*. With
    *archive* the briefs are kept in that file, and a run that was broken off goes on where it stopped.
    """
    order = Order(profile, formats, published, explain, keep=archive is not None)
    if any(isinstance(item, Lead) for item in found):
        together = 1  # the first briefs are made while the other articles are fetched
    else:
        jobs = min(jobs, len(found))
        together = min(_TOGETHER, max(1, len(found) // max(1, jobs * _SHARES)))
    with kept_run(archive, order, destination, found) as run:
        yield from run.before
        items = run.left(expand(found, run.remembering(web)))
        ready = partial(get_ready, order)
        for made in ordered_map(partial(make_each, order), items, jobs, lost, together=together, get_ready=ready):
            yield run.write(made)
        yield from run.end(profile.retention)


def brief_reading(reading: Reading, profile: Profile) -> Briefing:
    """Return the sealed brief of an article that was read.

    Raises:
        LanguageError: The profile's language pipeline is missing.
        ExtractorError: A section has no extractor, or an option that its extractor does not know.
    """
    from briefing.language.pipeline import load_pipeline, passing_words

    nlp = load_pipeline(profile.language.model)
    with passing_words(nlp):
        return brief_of(reading, analysed(reading.article, nlp, None), profile, nlp)


def render_briefs(
    files: Sequence[str], profile: Profile | None, formats: tuple[Format, ...], destination: Destination
) -> Iterator[Outcome]:
    """Print briefs and digests that were kept as JSON again, what a person changed marked; yield what came of each."""
    inputs = frozenset(real_path(Path(file)) for file in files)
    namer = Namer(destination.folder, inputs)
    for file in files:
        source = Source(file, Path(file))
        try:
            made = _print_again(source, read_record(read_whole(Path(file)), file), formats, profile)
        except BriefingError as error:
            made = Made(source, troubles=(str(error),))
        yield write_outputs(made, namer, destination, inputs)


def print_kept(
    kept: Iterable[tuple[str, Briefing]], profile: Profile | None, formats: tuple[Format, ...], destination: Destination
) -> Iterator[Outcome]:
    """Print briefs that an archive keeps, by what they are called there; yield what came of each."""
    namer = Namer(destination.folder, frozenset())
    for name, brief in kept:
        try:
            made = _print_again(Source(name), brief, formats, profile)
        except BriefingError as error:
            made = Made(Source(name), troubles=(str(error),))
        yield write_outputs(made, namer, destination, frozenset())


def _print_again(
    source: Source, brief: Briefing | Digest, formats: tuple[Format, ...], profile: Profile | None
) -> Made:
    """Render a brief or a digest that was made earlier, what a person changed in it marked."""
    edited = brief.model_copy(update={"edits": find_edits(brief)})
    made = print_record(source, edited, formats, profile or _profile_of(edited))
    if profile is None and edited.provenance.profile not in shipped_profiles():
        remark = f"{source.name}: printed with the profile standard; it was made with {edited.provenance.profile!r}"
        made = replace(made, remarks=(f"{remark}, which --profile can name", *made.remarks))
    return made


def _profile_of(brief: Briefing | Digest) -> Profile:
    """Return the profile that a brief or a digest was made with where it is shipped, else the standard one."""
    name = brief.provenance.profile
    return load_profile(name if name in shipped_profiles() else "standard")
