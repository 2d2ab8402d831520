"""What one process makes of sources: read, parsed together, briefed and printed; what goes wrong is said of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from briefing.errors import (
    BriefingError,
    DefectError,
    LanguageError,
    OwnBriefError,
    ReadingError,
    RenderingError,
    defect,
)
from briefing.jobs.assembly import brief_of, explain
from briefing.jobs.plan import layout_of
from briefing.model.brief import Article, Briefing
from briefing.model.formats import Format, format_kind
from briefing.profile.profile import Profile
from briefing.reading.mail.mbox import read_message
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import remarks as remarks_on
from briefing.rendering.formats import render as render_format
from briefing.rendering.glyphs import missing_glyphs
from briefing.rendering.layout import Layout
from briefing.rendering.page_limit import fit, overlong
from briefing.rendering.printable import Printable, title_on_page
from briefing.sources.links import excerpt_notice
from briefing.sources.runs import Made, Order, Source

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from briefing.language.analysis import Analysis

Result = TypeVar("Result")

_PDF = "application/pdf"

# Notices that say nothing odd; the page prints them all the same.
_EXPECTED = frozenset({"no-publication-date"})


def make_each(order: Order, items: Sequence[Source | Made]) -> list[Made]:
    """Make the brief of each source in every format; whatever goes wrong with one is said, not raised.

    Their texts are parsed together, which is faster and gives the same; those of a run share one pipeline. What was
    told of an item already comes back as it is.
    """
    sources = [item for item in items if isinstance(item, Source)]
    made = iter(_make_sources(order, sources) if sources else ())
    return [next(made) if isinstance(item, Source) else item for item in items]


def get_ready(order: Order) -> None:
    """Load what ``make_each`` needs; where it is missing, that says so of each source."""
    import briefing.language.analyse  # noqa: F401 - so that copies of this process have it
    from briefing.language.pipeline import load_pipeline

    with suppress(LanguageError):
        load_pipeline(order.profile.language.model)


def _make_sources(order: Order, sources: Sequence[Source]) -> list[Made]:
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


def _read(source: Source, published: date | None) -> Reading:
    """Return a source as an article; an excerpt of it stands in for one that cannot be read."""
    if source.path is not None and source.stretch is not None:
        return read_bytes(read_message(source.path, source.stretch), source.name, published=published)
    if source.path is not None:
        return read_file(source.path, published=published, known=source.known)
    read = partial(read_bytes, source=source.name, published=published, known=source.known)
    try:
        reading, notices = read(source.content or b""), source.notices
    except ReadingError as error:
        if source.excerpt is None:
            raise
        reading, notices = read(source.excerpt), (*source.notices, excerpt_notice(str(error)))
    return replace(reading, notices=(*reading.notices, *notices))


def _parse(articles: Mapping[int, Article], nlp: "Language") -> "Mapping[int, Doc]":
    """Return the parsed articles; none where one of them fails: each is then parsed, and its failure told, alone."""
    from briefing.language.analyse import parse

    try:
        return dict(zip(articles, parse(tuple(articles.values()), nlp), strict=True))
    except Exception:  # noqa: BLE001 - as above
        return {}


def _make(source: Source, reading: Reading, order: Order, nlp: "Language", doc: "Doc | None") -> Made:
    analysis = analysed(reading.article, nlp, doc)
    made = brief_of(reading, analysis, order.profile, nlp)
    remarks = tuple(f"{source.name}: {n.message}" for n in reading.notices if n.code not in _EXPECTED)
    explained = tuple(explain(made, analysis, order.profile)) if order.explain else ()
    printed = print_record(source, made, order.formats, order.profile)
    kept = made if order.keep else None
    return replace(printed, remarks=(*remarks, *printed.remarks), explanation=explained, brief=kept)


def _guarded(source: Source, step: Callable[[], Result]) -> Result | Made:
    """Return what a step towards the brief of a source gives, or what to say where it fails."""
    try:
        with defects_told(f"brief {source.name}"):
            return step()
    except OwnBriefError as error:
        return Made(source, troubles=() if source.in_folder else (str(error),))
    except BriefingError as error:
        return Made(source, troubles=(str(error),))


@contextmanager
def defects_told(task: str) -> Iterator[None]:
    """Make a defect met in a task, such as "brief a.txt", an error that says so.

    Raises:
        DefectError: Something failed that is no BriefingError.
    """
    try:
        yield
    except BriefingError:
        raise
    except MemoryError as error:
        raise DefectError(task, "it needs more memory than there is") from error
    except Exception as error:
        raise DefectError(task, defect(error)) from error


def analysed(article: Article, nlp: "Language", doc: "Doc | None") -> "Analysis":
    """Return the analysis of an article, whose text may be parsed already."""
    from briefing.language.analyse import analyse, interpret

    return analyse(article, nlp) if doc is None else interpret(article, doc)


def print_record(source: Source, record: Printable, formats: Iterable[Format], profile: Profile) -> Made:
    """Render a brief or a digest in each format; one that fails costs itself only."""
    outputs: list[tuple[Format, bytes]] = []
    troubles: list[str] = []
    remarks: list[str] = []
    layout = layout_of(profile)
    fitted = cache(partial(_fitted, record, layout, profile.pages))
    with missing_glyphs() as missing:
        for output in formats:
            try:
                with defects_told(f"make {output}"):
                    printed = shown(record, output, fitted)
                    content = render_format(printed, output, layout)
                    said = (_overlong(record, content, output, profile), *remarks_on(printed, output))
                outputs.append((output, content))
                remarks += (f"{source.name}: {remark}" for remark in said if remark)
            except BriefingError as error:
                troubles.append(f"{source.name}: {error}")
    if missing.remark():
        remarks.append(f"{source.name}: {missing.remark()}")
    return Made(source, title_on_page(record, layout), tuple(outputs), tuple(troubles), tuple(dict.fromkeys(remarks)))


def shown(record: Printable, output: Format, fitted: Callable[[], Printable]) -> Printable:
    """Return what of a brief an output shows: one with pages, or that carries them, has so many at most."""
    if not format_kind(output).paged:
        return record
    try:
        return fitted()
    except RenderingError:
        return record  # where no PDF can be made, its renderer says so; an e-mail goes without


def _fitted(record: Printable, layout: Layout, pages: int | None) -> Printable:
    """Return a brief on so many pages; a digest takes those that it needs."""
    return fit(record, layout, pages) if isinstance(record, Briefing) else record


def _overlong(record: Printable, content: bytes, output: Format, profile: Profile) -> str:
    """Return what to say of the PDF of a brief that takes more pages than it may; nothing of a digest."""
    is_pdf = format_kind(output).media_type == _PDF
    return overlong(content, profile.pages) if is_pdf and isinstance(record, Briefing) else ""


def lost(source: Source | Made) -> Made:
    """Return what to say of an item whose process died with it."""
    if isinstance(source, Made):
        return source
    return Made(source, troubles=(f"cannot brief {source.name}: the process that worked on it died",))
