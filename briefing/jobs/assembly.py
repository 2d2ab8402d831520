"""Make the sealed brief of an analysed article, and explain each of its records."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from briefing.errors import LanguageError
from briefing.evidence.line_checks import flaws_of
from briefing.evidence.seal import seal
from briefing.extraction.explanation import explanation
from briefing.extraction.extractors import Extractor
from briefing.jobs.plan import extractor_of
from briefing.model.brief import LINE_FIELDS, Article, Briefing, Line, Notice, Position, Provenance, Record
from briefing.model.notices import notice
from briefing.profile.profile import SECTIONS, Profile
from briefing.reading.source import Reading
from briefing.version import __version__

if TYPE_CHECKING:
    from spacy.language import Language

    from briefing.language.analysis import Analysis
    from briefing.proposals.eye import Eye, Seen

_RULES = "rules"


def brief_of(
    reading: Reading, analysis: "Analysis", profile: Profile, nlp: "Language", seen: "Seen | None" = None
) -> Briefing:
    """Return the sealed brief of an article; *seen* is what a language model found in it."""
    notices = list(reading.notices)
    found: dict[str, tuple[Record, ...]] = {}
    others = _other_sections(profile)
    for name in (*LINE_FIELDS, *others):
        records, trouble = extracted(name, analysis, profile)
        if seen is not None and seen.records.get(name):
            records = seen.merged(name, records)
            trouble = [one for one in trouble if one.code != "low-confidence"]  # the model may have found them, too
        found[name], unproven = _proven(name, records, analysis.article)
        notices += (*trouble, *unproven)
    notices += seen.notices() if seen is not None else ()
    brief = Briefing(
        article=analysis.article,
        **{name: found[name] for name in LINE_FIELDS},
        extensions={name: found[name] for name in others},
        times=analysis.times,
        notices=tuple(notices),
        provenance=_provenance(reading, profile, nlp, seen.engine() if seen is not None else _RULES),
    )
    return seal(brief)


def explain(brief: Briefing, analysis: "Analysis", profile: Profile) -> Iterator[str]:
    """Yield the reasons for each record of a brief, and for those left out; an explanation that fails says so."""
    for name in (*LINE_FIELDS, *_other_sections(profile)):
        records = brief.extensions[name] if name in brief.extensions else getattr(brief, name)
        try:
            explains = getattr(_extractor(name, profile), "explain", None)
            findings = explains(analysis) if explains is not None else None
            lines = tuple(explanation(name, records, findings, brief.article))
        except Exception as error:  # noqa: BLE001 - an explanation that fails must not stop the others
            lines = (f"{name}: its explanation failed: {type(error).__name__}: {error}",)
        yield from lines


def extracted(name: str, analysis: "Analysis", profile: Profile) -> tuple[tuple[Record, ...], list[Notice]]:
    """Return the records of one field; if its extractor fails, return none and a notice."""
    extractor = _extractor(name, profile)
    try:
        records = extractor(analysis)
    except Exception as error:  # noqa: BLE001 - a defect of one extractor must not stop the brief
        return (), [notice("extractor-failed", name, section=name, fault=f"{type(error).__name__}: {error}")]
    sure = tuple(r for r in records if not isinstance(r, Position) or r.confidence >= profile.confidence)
    if len(sure) == len(records):
        return records, []
    unsure = len(records) - len(sure)
    return sure, [notice("low-confidence", name, count=unsure)]


def _proven(name: str, records: tuple[Record, ...], article: Article) -> tuple[tuple[Record, ...], list[Notice]]:
    """Return the records of one field that `verify` accepts, and a notice that counts the others."""
    flawed = [record for record in records if isinstance(record, Line) and flaws_of(record, article)]
    if not flawed:
        return records, []
    kept = tuple(record for record in records if record not in flawed)
    return kept, [notice("unproven", name, count=len(flawed))]


def seen_by(eye: "Eye", analysis: "Analysis", profile: Profile) -> "Seen":
    """Return what a language model sees in an article."""
    fields = eye.asker.settings.fields
    return eye.look(analysis, {name: _extractor(name, profile) for name in fields})


def _extractor(name: str, profile: Profile) -> Extractor:
    return extractor_of(name, next((section for section in profile.sections if section.name == name), None))


def _other_sections(profile: Profile) -> tuple[str, ...]:
    return tuple(section.name for section in profile.sections if section.name not in SECTIONS)


def _provenance(reading: Reading, profile: Profile, nlp: "Language", engine: str) -> Provenance:
    return Provenance(
        engine=engine,
        briefing=__version__,
        spacy=_spacy_version(),
        model=f"{profile.language.model} {_model_version(nlp)}",
        scorer=_scorer_version(),
        profile=profile.name,
        profile_sha256=profile.sha256,
        source_sha256=reading.source_sha256,
    )


@cache
def _model_version(nlp: "Language") -> str:
    return str(nlp.meta["version"])  # cached: spaCy collects all of meta on each access


def _scorer_version() -> str | None:
    """Return the version of the learned model; None if it is missing, which the sections that need it report."""
    from briefing.extraction.scoring.model import load_model

    try:
        return load_model().version
    except LanguageError:
        return None


@cache
def _spacy_version() -> str:
    return ".".join(version("spacy").split(".")[:2])
