"""The work of one process: read sources, parse them together, brief them and render the briefs."""

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
    defect,
)
from briefing.jobs.assembly import brief_of, explain, extracted, seen_by
from briefing.jobs.plan import layout_of
from briefing.jobs.results import Request, Result
from briefing.model.brief import Article, Briefing
from briefing.model.formats import Format, format_kind
from briefing.profile.profile import Profile
from briefing.proposals.proposed import PROPOSED
from briefing.reading.mail.mbox import read_message
from briefing.reading.source import Reading, read_bytes, read_file
from briefing.rendering.formats import remarks as remarks_on
from briefing.rendering.formats import render as render_format
from briefing.rendering.glyphs import missing_glyphs
from briefing.rendering.layout import Layout
from briefing.rendering.page_limit import fit, overlong
from briefing.rendering.printable import Printable, title_on_page
from briefing.sources.links import excerpt_notice
from briefing.sources.records import Skipped, Source, Unbriefed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from briefing.language.analysis import Analysis
    from briefing.proposals.eye import Seen

Value = TypeVar("Value")

_PDF = "application/pdf"

# Notices that are no remark for the user; the page prints them, too.
_EXPECTED = frozenset({"no-publication-date"})


def make_each(request: Request, items: Sequence[Source | Unbriefed]) -> list[Result | Unbriefed]:
    """Make the brief of each source in every format; a source that fails is skipped, with the reason.

    The texts are parsed together, which is faster and gives the same. Items that yield no brief come back unchanged.
    """
    sources = {number: item for number, item in enumerate(items) if isinstance(item, Source)}
    made = _make_sources(request, sources) if sources else {}
    return [made[number] if isinstance(item, Source) else item for number, item in enumerate(items)]


def get_ready(request: Request) -> None:
    """Load what ``make_each`` needs; ``make_each`` reports what is missing."""
    import briefing.language.analyse  # noqa: F401 - so that copies of this process have it
    from briefing.extraction.scoring.model import load_model
    from briefing.language.pipeline import load_pipeline

    with suppress(LanguageError):
        load_pipeline(request.profile.language.model)
        load_model()


def _make_sources(request: Request, sources: Mapping[int, Source]) -> dict[int, Result | Skipped]:
    """Return the result of each source by its number."""
    from briefing.language.pipeline import load_pipeline, passing_words

    readings = {n: _guarded(source, partial(_read, source, request.published)) for n, source in sources.items()}
    try:
        nlp = load_pipeline(request.profile.language.model)
    except LanguageError as error:
        return {number: Skipped(source, str(error)) for number, source in sources.items()}
    with passing_words(nlp):
        docs = _parse({n: reading.article for n, reading in readings.items() if isinstance(reading, Reading)}, nlp)
        return {
            number: _guarded(sources[number], partial(_make, sources[number], reading, request, nlp, docs.get(number)))
            if isinstance(reading, Reading)
            else reading
            for number, reading in readings.items()
        }


def _read(source: Source, published: date | None) -> Reading:
    """Read a source; the fallback is the excerpt from its feed."""
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
    """Return the parsed articles by number; none if one of them fails, so that each is parsed alone."""
    from briefing.language.analyse import parse

    try:
        return dict(zip(articles, parse(tuple(articles.values()), nlp), strict=True))
    except Exception:  # noqa: BLE001 - the article that fails is reported when it is parsed alone
        return {}


def _make(source: Source, reading: Reading, request: Request, nlp: "Language", doc: "Doc | None") -> Result:
    analysis = analysed(reading.article, nlp, doc)
    seen = seen_by(request.eye, analysis, request.profile) if request.eye is not None else None
    brief = brief_of(reading, analysis, request.profile, nlp, seen)
    silence = (n for n in (seen.notices() if seen is not None else ()) if n.code == "model-silent")
    remarks = tuple(f"{source.name}: {n.message}" for n in (*reading.notices, *silence) if n.code not in _EXPECTED)
    explanation = tuple(_explained(brief, analysis, request.profile, seen)) if request.explain else ()
    result = print_record(source, brief, request.formats, request.profile)
    kept = brief if request.keep else None
    return replace(result, remarks=(*remarks, *result.remarks), explanation=explanation, brief=kept)


def _explained(brief: Briefing, analysis: "Analysis", profile: Profile, seen: "Seen | None") -> Iterator[str]:
    """Yield the reasons for each record, and what a language model proposed."""
    yield from explain(brief, analysis, profile)
    if seen is not None:
        yield from seen.reasons({name: extracted(name, analysis, profile)[0] for name in PROPOSED})


def _guarded(source: Source, step: Callable[[], Value]) -> Value | Skipped:
    """Return the value of a step; if the step fails, skip the source."""
    try:
        with defects_as_errors(f"brief {source.name}"):
            return step()
    except OwnBriefError as error:
        return Skipped(source, None if source.in_folder else str(error))
    except BriefingError as error:
        return Skipped(source, str(error))


@contextmanager
def defects_as_errors(task: str) -> Iterator[None]:
    """Turn a defect during a task, such as "brief a.txt", into a BriefingError.

    Raises:
        DefectError: An exception that is no BriefingError was raised.
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
    """Return the analysis of an article; *doc* is its parsed text, if it is parsed already."""
    from briefing.language.analyse import analyse, interpret

    return analyse(article, nlp) if doc is None else interpret(article, doc)


def print_record(source: Source, record: Printable, formats: Iterable[Format], profile: Profile) -> Result:
    """Render a brief or a digest in each format; a format that fails is reported, and the others are made."""
    outputs: list[tuple[Format, bytes]] = []
    troubles: list[str] = []
    remarks: list[str] = []
    layout = layout_of(profile)
    fitted = cache(partial(layout_to_print, record, layout, profile.pages))
    with missing_glyphs() as missing:
        for output in formats:
            try:
                with defects_as_errors(f"make {output}"):
                    content = render_format(record, output, fitted() if format_kind(output).paged else layout)
                    found = (_overlong(record, content, output, profile), *remarks_on(record, output))
                outputs.append((output, content))
                remarks += (f"{source.name}: {remark}" for remark in found if remark)
            except BriefingError as error:
                troubles.append(f"{source.name}: {error}")
    if missing.remark():
        remarks.append(f"{source.name}: {missing.remark()}")
    return Result(source, title_on_page(record, layout), tuple(outputs), tuple(troubles), tuple(dict.fromkeys(remarks)))


def layout_to_print(record: Printable, layout: Layout, pages: int | None) -> Layout:
    """Return the layout of a page, which leaves out what a brief has too much; a digest is not cut."""
    return fit(record, layout, pages) if isinstance(record, Briefing) else layout


def _overlong(record: Printable, content: bytes, output: Format, profile: Profile) -> str:
    """Return the remark that the PDF of a brief has too many pages; an empty string if it has not."""
    is_pdf = format_kind(output).media_type == _PDF
    return overlong(content, profile.pages) if is_pdf and isinstance(record, Briefing) else ""


def lost(item: Source | Unbriefed) -> Unbriefed:
    """Return the item to report if the process that worked on *item* died."""
    if isinstance(item, Source):
        return Skipped(item, f"cannot brief {item.name}: the process that worked on it died")
    return item
