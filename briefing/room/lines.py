"""The lines of a brief or digest as a page shows them: words, evidence, state, and what may be corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args

from briefing.errors import ReviewError
from briefing.model.brief import (
    Actor,
    BackgroundFact,
    EventStatus,
    Evidence,
    Insertion,
    Kind,
    Position,
    Quote,
    Record,
    UpcomingEvent,
    When,
)
from briefing.rendering.dates import read_value
from briefing.rendering.labels import labels_of
from briefing.review.acts import Act
from briefing.review.doubts import doubt_of
from briefing.review.replay import ReviewedLine, correctable

LABELS: Final = labels_of("en-GB")
LIST_LABELS: Final[Mapping[str, str]] = {
    "text": "Words",
    "name": "Name",
    "kind": "Kind",
    "role": "Role",
    "affiliation": "Of",
    "title": "Event",
    "when": "Date",
    "place": "Place",
    "status": "Status",
    "participants": "With",
    "sign": "Is",
    "parties": "Parties",
    "topic": "Matter",
    "statement": "Words",
    "attributed_to": "Said by",
    "speaker": "Speaker",
}
# How a field is asked for: by its words; by one of a few values; by an actor; by several; by a time of the article.
_ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": get_args(Kind),
    "status": get_args(EventStatus),
    "sign": ("agreement", "disagreement"),
}
ACTOR_FIELDS: Final = frozenset({"speaker", "attributed_to"})
SEVERAL: Final = frozenset({"parties", "participants"})
LONG: Final = frozenset({"text", "statement", "title"})
# The field that a person most often corrects comes first: the form begins there.
_ORDER: Final = ("speaker", "when", "sign", "parties", "attributed_to", "participants", "role", "affiliation", "place")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a person may choose for a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a line that may be corrected."""

    name: str
    label: str
    form: str  # "one", "several": choices, and free text if `free`; "words", "long": text, with suggestions
    choices: tuple[Choice, ...] = ()
    value: str = ""  # of words
    free: bool = False  # another value than the choices may be written


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line; ours are those that the article lacks."""

    text: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """What a line says beside its words: "Speaker", "Ingrid Solheim"."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of evidence."""

    start: int
    end: int
    text: str
    place: str  # "sentence 3"
    article: str | None  # id of the article, in a digest


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on a line or on the whole, in words."""

    number: int
    at: datetime
    who: str
    way: str
    kind: str
    changes: tuple[tuple[str, str, str], ...]  # label, old value, new value
    reason: str
    undone: bool  # it does not count any more
    undoes: int | None


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, with all that can be done to it."""

    number: int  # on the page
    anchor: str
    field: str  # the list that holds it
    digest: str  # of its record as it was made; empty if nothing can be done to it
    runs: tuple[Run, ...]
    details: tuple[Detail, ...]
    before: str  # its words as they were made, if they are others now
    state: str
    last: Deed | None
    doubt: str  # why it should be looked at; empty if it need not be
    evidence: tuple[Spot, ...]
    slots: tuple[Slot, ...]
    history: tuple[Deed, ...]
    after: int  # the last act on the line that the page knows of; 0 if nobody acted on it
    undo: int | None  # the act that "undo" undoes
    redo: int | None  # the undoing that "redo" undoes

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Offer:
    """The names, times and places of an article that corrections are chosen from."""

    actors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()  # the same names, those of persons first
    places: tuple[str, ...] = ()
    times: tuple[tuple[str, str], ...] = ()  # words, TIMEX3 value


def page_line(line: ReviewedLine, number: int, anchor: str, offer: Offer, undone: frozenset[int]) -> PageLine:
    """Return a line of a page.

    Args:
        line: The line with its acts.
        number: Its number on the page.
        anchor: The id of its element on the page.
        offer: What its corrections are chosen from.
        undone: The numbers of the acts that do not count any more.
    """
    history = tuple(deed_of(act, undone) for act in line.acts)
    counting = [act for act in line.acts if act.number not in undone]
    before, now = words_of(line.made), words_of(line.now)
    return PageLine(
        number=number,
        anchor=anchor,
        field=line.field,
        digest=line.digest,
        runs=tuple(_runs(line.now)),
        details=tuple(_details(line.now)),
        before=before if before != now else "",
        state=line.state,
        last=next((deed for deed in reversed(history) if not deed.undone and deed.undoes is None), None),
        doubt=doubt_of(line.now) if line.state == "made" else "",
        evidence=tuple(map(spot_of, line.now.evidence)),
        slots=slots_of(line, offer),
        history=history,
        after=line.last,
        undo=next((act.number for act in reversed(counting) if act.draft.kind != "undone"), None),
        redo=counting[-1].number if counting and counting[-1].draft.kind == "undone" else None,
    )


def words_of(record: Record) -> str:
    """Return the printed words of a record; of an actor, the name."""
    return str(getattr(record, _words_field(record)))


def deed_of(act: Act, undone: frozenset[int]) -> Deed:
    """Return an act in words."""
    draft = act.draft
    new, old = draft.new or {}, draft.old or {}
    names = [name for name in LIST_LABELS if name in new] if draft.kind == "corrected" else []
    return Deed(
        number=act.number,
        at=act.at,
        who=act.by.who or "somebody",
        way=act.by.way,
        kind=draft.kind,
        changes=tuple((LIST_LABELS[name], shown(old.get(name)), shown(new.get(name))) for name in names),
        reason=draft.reason,
        undone=act.number in undone,
        undoes=draft.undoes,
    )


def shown(value: object) -> str:
    """Return a value of a field as words."""
    match value:
        case None | "" | () | []:
            return "none"
        case list() | tuple():
            return ", ".join(map(str, value))
        case {"text": text, "value": date, **_rest}:
            return _when(When(text=text, value=date)) or "none"
        case When():
            return _when(value) or "none"
        case _:
            return str(value)


def slots_of(line: ReviewedLine, offer: Offer) -> tuple[Slot, ...]:
    """Return the fields of a line that may be corrected, the most usual one first."""
    names = correctable(line.field)
    ranked = sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    return tuple(_slot(line, name, offer) for name in ranked)


def read_correction(line: ReviewedLine, given: Mapping[str, Sequence[str]], offer: Offer) -> dict[str, Any]:
    """Return the values of a correction from the fields of a form; a field that the form lacks is left as it is.

    Args:
        line: The line as the person saw it.
        given: The values of the form by name. "speaker-other" holds a speaker who is not among the choices.
        offer: What the choices were made of.

    Raises:
        ReviewError: A date is written in another form than TIMEX3.
    """
    values: dict[str, Any] = {}
    for name in correctable(line.field):
        others = [_tidy(text) for text in given.get(f"{name}-other", ())]
        if name not in given and not any(others):
            continue
        chosen = [_tidy(text) for text in given.get(name, ())]
        last = next((text for text in (*reversed(others), *reversed(chosen)) if text), "")
        if name in SEVERAL:
            named = [*chosen, *(one.strip() for text in others for one in text.split("\n"))]
            values[name] = list(dict.fromkeys(filter(None, named)))
        elif name == "when" and last == _KEEP:
            continue
        elif name == "when":
            values[name] = _read_when(line.now, last, offer)
        elif name in LONG or name in ("name", "topic", *_ONE_OF):
            values[name] = last
        else:
            values[name] = last or None
    return values


_KEEP: Final = "as it is"


def _slot(line: ReviewedLine, name: str, offer: Offer) -> Slot:
    value = getattr(line.now, name, None)
    label = LIST_LABELS[name]
    if name == "sign":
        value = line.field.rpartition(".")[2].removesuffix("s")
    if name in _ONE_OF:
        return Slot(name, label, "one", tuple(Choice(one, one, one == value) for one in _ONE_OF[name]))
    if name in ACTOR_FIELDS:
        names = dict.fromkeys([*([value] if value else []), *offer.speakers])
        nobody = Choice("", "nobody named", value is None)
        return Slot(name, label, "one", (*(Choice(one, one, one == value) for one in names), nobody), free=True)
    if name in SEVERAL:
        held = tuple(value or ())
        names = dict.fromkeys([*held, *offer.actors])
        return Slot(name, label, "several", tuple(Choice(one, one, one in held) for one in names), free=True)
    if name == "when":
        return Slot(name, label, "one", tuple(_times(value, offer)), free=True)
    if name in LONG:
        return Slot(name, label, "long", value=str(value or ""))
    offered = {"place": offer.places, "affiliation": offer.actors}.get(name, ())
    suggestions = tuple(Choice(one, one, one == value) for one in offered)
    return Slot(name, label, "words", suggestions, value=str(value or ""))


def _times(value: When | str | None, offer: Offer) -> Iterator[Choice]:
    """Yield the time that a line has, the times of the article, and none."""
    now = shown(value)
    if now != "none":
        yield Choice(_KEEP, now if isinstance(value, When) else _in_words(str(value)), chosen=True)
    for words, date in offer.times:
        yield Choice(date, f"{_in_words(date)} (“{words}”)", chosen=False)
    yield Choice("", "no date", chosen=now == "none")


def _read_when(record: Record, written: str, offer: Offer) -> dict[str, str | None] | str | None:
    """Return the time of an event, or of a fact of the background, from a TIMEX3 value.

    Raises:
        ReviewError: It is no such value.
    """
    from briefing.language.times.values import precision_of

    if written and read_value(written, LABELS) is None:
        raise ReviewError("correct a date", f"{written!r} is not a date; write 2031-06-02, 2031-06, 2031-W23 or 2031")
    if not isinstance(record, UpcomingEvent):
        return written or None
    words = next((words for words, date in offer.times if date == written), None)
    return {"text": words, "value": written or None, "precision": precision_of(written or None)}


def _tidy(text: str) -> str:
    """Return what a form sends as it was meant: browsers send a line break as two characters."""
    return text.replace("\r\n", "\n").strip()


def _words_field(record: Record) -> str:
    return "name" if isinstance(record, Actor) else str(getattr(record, "line_field", "text"))


def _runs(record: Record) -> Iterator[Run]:
    """Yield the words of a record, those that are ours apart."""
    text, at = words_of(record), 0
    insertions: tuple[Insertion, ...] = getattr(record, "insertions", ())
    for one in insertions:
        if at < one.start:
            yield Run(text[at : one.start], ours=False)
        yield Run(text[one.start : one.end], ours=True)
        at = one.end
    if at < len(text):
        yield Run(text[at:], ours=False)


def _details(record: Record) -> Iterator[Detail]:
    """Yield what a record says beside its words."""
    found: dict[str, str | None] = {}
    match record:
        case Actor():
            kind = record.kind if record.kind != "person" else None
            found = {"role": record.role, "affiliation": record.affiliation, "kind": kind}
        case UpcomingEvent():
            status = record.status if record.status != "scheduled" else None
            people = ", ".join(record.participants)
            found = {"when": _when(record.when), "place": record.place, "participants": people, "status": status}
        case Position():
            parties = " · ".join(record.parties) or "no party"
            found = {"parties": parties, "topic": record.topic, "attributed_to": record.attributed_to}
        case Quote():
            found = {"speaker": record.speaker or "nobody named"}
        case BackgroundFact():
            found = {"when": _in_words(record.when) if record.when else None}
        case _:
            pass
    yield from (Detail(name, LIST_LABELS[name], text) for name, text in found.items() if text)


def _when(when: When) -> str:
    """Return the time of an event: the day in words, and how the article puts it."""
    said = f"“{when.text}”" if when.text else ""
    if not when.value:
        return said
    day = _in_words(when.value)
    return day if not when.text or day == when.text else f"{day} ({said})"


def _in_words(value: str) -> str:
    moment = read_value(value, LABELS)
    return moment.words if moment is not None else value


def spot_of(evidence: Evidence) -> Spot:
    """Return a piece of evidence as a page shows it."""
    place = f"sentence {evidence.sentence}" if evidence.sentence is not None else "title or heading"
    page = f", page {evidence.page}" if evidence.page is not None else ""
    return Spot(evidence.start, evidence.end, evidence.text, place + page, evidence.article)


def section_label(field: str) -> str:
    """Return the heading of a list: "Key actors"."""
    name = field.rpartition(".")[2]
    return LABELS.of("sections", name, name.replace("-", " ").capitalize())
