"""What a language model adds to our own extraction of an article, or puts in its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefing.errors import LanguageModelError, defect
from briefing.model.brief import Notice, Position, Quote, Record, UpcomingEvent
from briefing.model.notices import notice
from briefing.profile.profile import Profile
from briefing.proposals.asking import Answer, Asker

if TYPE_CHECKING:
    from briefing.language.analysis import Analysis
    from briefing.proposals.grounding import Dropped

Engine = Literal["own", "llm", "both"]


@dataclass(frozen=True)
class Eye:
    """A language model that is asked about each article of a run; with *both*, it only adds to our own lines."""

    asker: Asker
    both: bool = False

    def look(self, analysis: "Analysis", extractors: Mapping[str, Any]) -> "Seen":
        """Return what the model sees in an article.

        Args:
            analysis: The article.
            extractors: Ours of each field that the model is asked for; they write its lines.
        """
        from briefing.proposals.grounding import ground

        answer = self.asker.ask(analysis.article)
        try:
            grounded = ground(analysis, answer.proposals, extractors)
        except Exception as error:  # noqa: BLE001 - whatever a model says must not cost our own lines
            return Seen(self, replace(answer, failure=defect(error)))
        return Seen(self, answer, grounded.records, grounded.dropped)


def eye_of(
    profile: Profile, engine: Engine | None = None, *, replay: bool = False, archive: Path | None = None
) -> Eye | None:
    """Return the language model of a profile; None if it has none, or our own extraction is to do alone.

    Its answers are kept beside the archive, unless the profile names a folder.

    Args:
        profile: Names the model.
        engine: Who finds the lines; None for the model, if the profile names one.
        replay: Use kept answers only.
        archive: Where briefs are stored; None for the archive of the profile, if it has one.

    Raises:
        LanguageModelError: The model cannot be asked: a package, a key or the folder of kept answers is missing.
    """
    settings = profile.engine.llm
    if engine == "own" or (settings is None and engine is None and not replay):
        return None
    if settings is None:
        raise LanguageModelError(
            "cannot ask a language model", "the profile names none; add engine.llm with url and model"
        )
    stored = archive or (Path(profile.archive) if profile.archive is not None else None)
    if settings.answers is None and stored is not None:
        settings = settings.model_copy(update={"answers": f"{stored}.answers"})
    if replay:
        return Eye(Asker(settings, None), both=engine == "both")
    from briefing.proposals.client import Server

    return Eye(Asker(settings, Server(settings)), both=engine == "both")


@dataclass(frozen=True)
class Seen:
    """What a model answered about an article, and what of it is grounded."""

    eye: Eye
    answer: Answer
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)  # by field
    dropped: "tuple[Dropped, ...]" = ()

    def merged(self, field: str, own: tuple[Record, ...]) -> tuple[Record, ...]:
        """Return the records of a field to print, the model's or our own, or with *both* those of both."""
        proposed = self.records.get(field, ())
        if not proposed:
            return own
        if not self.eye.both:
            return proposed
        if field == "summary":
            return own  # it has room for one choice
        return _ordered(field, (*own, *_renamed(own, [one for one in proposed if _twin(one, own) is None])))

    def notices(self) -> Iterator[Notice]:
        """Yield what a reader of the brief should know about how it was made."""
        settings = self.eye.asker.settings
        if self.answer.failure is not None:
            yield notice("model-silent", model=settings.model, reason=self.answer.failure.rstrip("."))
            return
        if self.answer.is_cut:
            yield notice("model-cut", model=settings.model, count=settings.characters)
        if not any(self.records.values()):
            yield notice("model-found-nothing", model=settings.model)
            return
        for name in settings.fields:
            if not self.records.get(name):
                yield notice("model-found-nothing", name, model=settings.model)

    def fields(self) -> tuple[str, ...]:
        """Return the fields whose lines come from the model, at least in part."""
        given = self.records
        return tuple(name for name in given if given[name] and not (self.eye.both and name == "summary"))

    def engine(self) -> str:
        """Return which field came from where, for the provenance."""
        fields, model = ", ".join(self.fields()), self.eye.asker.settings.model
        source = f"rules and {model}" if self.eye.both else model
        return f"rules; {fields}: {source}" if fields else "rules"

    def reasons(self, own: Mapping[str, tuple[Record, ...]]) -> Iterator[str]:
        """Yield for an explanation who found which line, what was dropped and why, and what it cost."""
        settings = self.eye.asker.settings
        if self.answer.failure is not None:
            yield f"{settings.model} gave no answer: {self.answer.failure}"
            return
        yield f"{settings.model}: {self.answer.tokens} tokens, {self.answer.seconds:.1f} s"
        if self.answer.is_short:
            yield f"{settings.model}: its answer was cut at {settings.max_tokens} tokens; what is whole in it is used"
        for name in settings.fields:
            ours, proposed = own.get(name, ()), self.records.get(name, ())
            count = len(self.answer.proposals.by_field.get(name, ()))
            kept = f"{len(proposed)} kept" if name != "summary" else f"{len(proposed)} printed with our own first line"
            yield f"{name}: {count} proposed, {kept}"
            for one in ours:
                yield f"{name}: {_finders(one, _twin(one, proposed))}: {_shown(one)}"
            for one in proposed:
                if _twin(one, ours) is None:
                    yield f"{name}: only {settings.model} found: {_shown(one)}"
        yield from map(str, self.dropped)
        yield from (f"dropped, not as asked: {refused}" for refused in self.answer.proposals.refused)


def _finders(own: Record, twin: Record | None) -> str:
    """Return who found a line of ours; *twin* is what the model found of it."""
    if twin is None:
        return "only our own extraction found"
    if isinstance(own, Position) and isinstance(twin, Position) and {*own.parties} != {*twin.parties}:
        return f"both found, the model with {', '.join(twin.parties)}"
    return "both found"


def _twin(record: Record, others: tuple[Record, ...]) -> Record | None:
    """Return the record that says the same, or None."""
    return next((other for other in others if _is_same(record, other)), None)


def _is_same(one: Record, other: Record) -> bool:
    """Return True for one quotation, lines with a sentence in common, and one event or point in other sentences."""
    match one, other:
        case Quote(), Quote():
            return one.text == other.text
        case UpcomingEvent(), UpcomingEvent() if one.when.value is not None and one.when.value == other.when.value:
            return bool({*one.participants} & {*other.participants}) or _share_evidence(one, other)
        case Position(), Position() if one.topic == other.topic:
            return {*one.parties} == {*other.parties} or _share_evidence(one, other)
    return _share_evidence(one, other)


def _share_evidence(one: Record, other: Record) -> bool:
    places, others = ({(e.start, e.end) for e in getattr(record, "evidence", ())} for record in (one, other))
    return bool(places & others)


def _renamed(own: tuple[Record, ...], added: list[Record]) -> Iterator[Record]:
    """Yield records with identifiers that none of our own has."""
    taken = {getattr(one, "id", None) for one in own}
    for record in added:
        name = getattr(record, "id", None)
        if name is None or name not in taken:
            yield record
            continue
        number = next(n for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
        taken.add(f"{name}-{number}")
        yield record.model_copy(update={"id": f"{name}-{number}"})


def _ordered(field: str, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return events by time, those without one last; other records as they are."""
    if field != "events":
        return records
    events = [one for one in records if isinstance(one, UpcomingEvent)]
    return tuple(sorted(events, key=lambda one: (one.when.value is None, one.when.value or "")))


def _shown(record: Record) -> str:
    line = next((text for name in ("statement", "title", "text") if (text := getattr(record, name, None))), "")
    return " ".join(str(line).split())[:120]
