"""Make, print and find briefs: the stages joined, here and nowhere else, into what a user wants done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from briefing.briefs import read_brief
from briefing.errors import BriefingError, LanguageError, RenderingError, unknown_name
from briefing.fitting import fit, overlong
from briefing.making import brief_of, explain
from briefing.model import Article, Briefing
from briefing.outputs import Namer, real_path
from briefing.parallel import ordered_map
from briefing.plan import layout_of
from briefing.profile import Format, Profile, load_profile
from briefing.profile_yaml import shipped_profiles
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import remarks as remarks_on
from briefing.rendering.formats import render as render_format
from briefing.rendering.glyphs import missing_glyphs
from briefing.runs import Destination, Made, Order, Outcome, Source, write_outputs
from briefing.sealing import find_edits

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from briefing.language.analysis import Analysis


Result = TypeVar("Result")

_TOGETHER = 8  # articles that are parsed together
_SHARES = 4  # that each process gets of a run at least: the last ones to end then end together

# Notices that say nothing odd; the page prints them all the same.
_EXPECTED = frozenset({"no-publication-date"})


def brief(text_or_path: str | Path, *, date: "date | str | None" = None, profile: str = "standard") -> Briefing:
    """Return the brief of an article.

    Args:
        text_or_path: The article's text, or the path of its file.
        date: Day of publication, where it is known; as a string YYYY-MM-DD.
        profile: Name of a shipped profile, or path of one.

    Raises:
        ReadingError: It cannot be read as an English news article.
        ProfileError: There is no such profile, or it says something that is not allowed.
    """
    published = parse_day(date) if isinstance(date, str) else date
    if isinstance(text_or_path, Path):
        reading = read_file(text_or_path, published=published)
    else:
        reading = read_bytes(text_or_path.encode("utf-8", "replace"), "the text", published=published)
    return brief_reading(reading, load_profile(profile))


def render(brief: Briefing, output: Format, *, profile: str = "standard") -> bytes:
    """Return a brief in a format: "pdf", "html", "json", "md", "docx", "ics" or "eml".

    Raises:
        RenderingError: The format is unknown, or a library that it needs is missing.
    """
    chosen = load_profile(profile)
    layout = layout_of(chosen)
    return render_format(_shown(brief, output, partial(fit, brief, layout, chosen.pages)), output, layout)


def parse_day(text: str) -> date:
    """Return the day written as YYYY-MM-DD.

    Raises:
        ValueError: It is written otherwise, or there is no such day.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise ValueError(f"{text!r} is no day; write it as YYYY-MM-DD, such as 2018-07-22") from error


def parse_formats(written: str) -> tuple[Format, ...]:
    """Return the formats in a list apart by commas, each once.

    Raises:
        ValueError: One of them is unknown.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in written.split(",") if name.strip()))
    known: tuple[Format, ...] = get_args(Format)
    for name in names:
        if name not in known:
            raise ValueError(unknown_name("format", name, known))
    if not names:
        raise ValueError(f"no format named (allowed: {', '.join(known)})")
    return tuple(output for name in names for output in known if output == name)


def make_briefs(
    found: Sequence[Source],
    profile: Profile,
    formats: tuple[Format, ...],
    destination: Destination,
    *,
    published: date | None = None,
    jobs: int = 1,
    explain: bool = False,
) -> Iterator[Outcome]:
    """Write one brief for each article, in every format; yield what came of each, in the order of the sources.

    With *explain* an outcome holds what led to each finding, too.
    """
    inputs = frozenset(real_path(source.path) for source in found if source.path is not None)
    namer = Namer(destination.folder, inputs)
    work = partial(make_each, Order(profile, formats, published, explain))
    jobs = min(jobs, len(found))
    together = min(_TOGETHER, max(1, len(found) // max(1, jobs * _SHARES)))
    for made in ordered_map(work, found, jobs, _lost, together=together):
        yield write_outputs(made, namer, destination, inputs)


def make_each(order: Order, sources: Sequence[Source]) -> list[Made]:
    """Make the brief of each source in every format; whatever goes wrong with one is said, not raised.

    Their texts are parsed together, which is faster and gives the same; those of a run share one pipeline.
    """
    from briefing.language.pipeline import load_pipeline, passing_words

    readings = [_guarded(source, partial(_read, source, order.published)) for source in sources]
    try:
        nlp = load_pipeline(order.profile.language.model)
    except LanguageError as error:
        return [Made(source, troubles=(str(error),)) for source in sources]
    with passing_words(nlp):
        docs = _parse({n: reading.article for n, reading in enumerate(readings) if isinstance(reading, Reading)}, nlp)
        return [
            _guarded(source, partial(_make, source, reading, order, nlp, docs.get(number)))
            if isinstance(reading, Reading)
            else reading
            for number, (source, reading) in enumerate(zip(sources, readings, strict=True))
        ]


def brief_reading(reading: Reading, profile: Profile) -> Briefing:
    """Return the sealed brief of an article that was read.

    Raises:
        LanguageError: The profile's language pipeline is missing.
        ExtractorError: A section has no extractor, or an option that its extractor does not know.
    """
    from briefing.language.pipeline import load_pipeline, passing_words

    nlp = load_pipeline(profile.language.model)
    with passing_words(nlp):
        return brief_of(reading, _analysed(reading.article, nlp, None), profile, nlp)


def _read(source: Source, published: date | None) -> Reading:
    if source.path is not None:
        return read_file(source.path, published=published)
    return read_bytes(source.content or b"", source.name, published=published)


def _parse(articles: Mapping[int, Article], nlp: "Language") -> "Mapping[int, Doc]":
    """Return the parsed articles; none where one of them fails: each is then parsed, and its failure told, alone."""
    from briefing.language.analyse import parse

    try:
        return dict(zip(articles, parse(tuple(articles.values()), nlp), strict=True))
    except Exception:  # noqa: BLE001 - as above
        return {}


def _make(source: Source, reading: Reading, order: Order, nlp: "Language", doc: "Doc | None") -> Made:
    analysis = _analysed(reading.article, nlp, doc)
    made = brief_of(reading, analysis, order.profile, nlp)
    remarks = tuple(f"{source.name}: {n.message}" for n in reading.notices if n.code not in _EXPECTED)
    explained = tuple(explain(made, analysis, order.profile)) if order.explain else ()
    printed = _print(source, made, order.formats, order.profile)
    return replace(printed, remarks=(*remarks, *printed.remarks), explanation=explained)


def _guarded(source: Source, step: Callable[[], Result]) -> Result | Made:
    """Return what a step towards the brief of a source gives, or what to say where it fails."""
    try:
        return step()
    except BriefingError as error:
        return Made(source, troubles=(str(error),))
    except MemoryError:
        return Made(source, troubles=(f"cannot brief {source.name}: it needs more memory than there is",))
    except Exception as error:  # noqa: BLE001 - a defect met in one article must not cost the others
        lost = f"cannot brief {source.name}: a defect of briefing, please report it: {type(error).__name__}: {error}"
        return Made(source, troubles=(lost,))


def _analysed(article: Article, nlp: "Language", doc: "Doc | None") -> "Analysis":
    """Return the analysis of an article, whose text may be parsed already."""
    from briefing.language.analyse import analyse, interpret

    return analyse(article, nlp) if doc is None else interpret(article, doc)


def render_briefs(
    files: Sequence[str], profile: Profile | None, formats: tuple[Format, ...], destination: Destination
) -> Iterator[Outcome]:
    """Print briefs that were kept as JSON again, what a person changed in them marked; yield what came of each."""
    inputs = frozenset(real_path(Path(file)) for file in files)
    namer = Namer(destination.folder, inputs)
    for file in files:
        source = Source(file, Path(file))
        try:
            corrected = read_brief(Path(file).read_bytes(), file)
            edited = corrected.model_copy(update={"edits": find_edits(corrected)})
            made = _print(source, edited, formats, profile or _profile_of(edited))
            if profile is None and edited.provenance.profile not in shipped_profiles():
                remark = f"{file}: printed with the profile standard; it was made with {edited.provenance.profile!r}"
                made = replace(made, remarks=(f"{remark}, which --profile can name", *made.remarks))
        except BriefingError as error:
            made = Made(source, troubles=(str(error),))
        except OSError as error:
            made = Made(source, troubles=(f"cannot read {file}: {error.strerror or error}",))
        yield write_outputs(made, namer, destination, inputs)


def _profile_of(brief: Briefing) -> Profile:
    """Return the profile that a brief was made with where it is shipped, else the standard one."""
    name = brief.provenance.profile
    return load_profile(name if name in shipped_profiles() else "standard")


def _print(source: Source, brief: Briefing, formats: Iterable[Format], profile: Profile) -> Made:
    """Render a brief in each format; one that fails costs itself only."""
    outputs: list[tuple[Format, bytes]] = []
    troubles: list[str] = []
    remarks: list[str] = []
    layout = layout_of(profile)
    fitted = cache(partial(fit, brief, layout, profile.pages))
    with missing_glyphs() as missing:
        for output in formats:
            try:
                printed = _shown(brief, output, fitted)
                content = render_format(printed, output, layout)
                outputs.append((output, content))
                said = (overlong(content, profile.pages) if output == "pdf" else "", *remarks_on(printed, output))
                remarks += (f"{source.name}: {remark}" for remark in said if remark)
            except BriefingError as error:
                troubles.append(f"{source.name}: {error}")
    if missing.remark():
        remarks.append(f"{source.name}: {missing.remark()}")
    return Made(source, brief.article.title, tuple(outputs), tuple(troubles), tuple(dict.fromkeys(remarks)))


def _shown(brief: Briefing, output: Format, fitted: Callable[[], Briefing]) -> Briefing:
    """Return what of a brief an output shows: a PDF, and the e-mail that carries it, have so many pages at most."""
    if output not in ("pdf", "eml"):
        return brief
    try:
        return fitted()
    except RenderingError:
        if output == "pdf":
            raise
        return brief  # without its PDF, the e-mail has no pages


def _lost(source: Source) -> Made:
    return Made(source, troubles=(f"cannot brief {source.name}: the process that worked on it died",))
