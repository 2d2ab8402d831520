"""Apply the acts of people to a brief or digest as it was made.

A line is known by the digest of its record as it was made, so acts hold for a brief that is made anew as long as the
record is the same. Acts on other records are listed, for somebody to look again; no act moves to a similar line.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as factory
from typing import Any, Final, Generic, Literal, TypeVar

from pydantic import ValidationError

from briefing.evidence.seal import find_edits, record_digest
from briefing.model.brief import (
    LINE_FIELDS,
    Actor,
    BackgroundFact,
    Briefing,
    Line,
    Position,
    Quote,
    Statement,
    UpcomingEvent,
)
from briefing.model.digest import AnyStoryLine, Digest, LineRef
from briefing.review.acts import CORRECTABLE, Act

LineState = Literal["made", "accepted", "rejected", "corrected", "added", "removed"]
Reviewable = TypeVar("Reviewable", Briefing, Digest)

RECORDS: Final[Mapping[str, type[Line]]] = {
    "summary": Statement,
    "actors": Actor,
    "events": UpcomingEvent,
    "agreements": Position,
    "disagreements": Position,
    "quotes": Quote,
    "background": BackgroundFact,
}
_LIST_OF: Final = {"agreement": "agreements", "disagreement": "disagreements"}


@dataclass(slots=True)
class ReviewedLine:
    """A line, and what people did to it."""

    field: str  # the list that holds it now: "quotes", "stories[0].quotes"
    digest: str  # of the record as it was made or added
    made: Line | AnyStoryLine
    now: Line | AnyStoryLine
    origin: Literal["made", "added", "removed"] = "made"  # removed: it was added, and that was undone
    verdict: Literal["", "accepted", "rejected"] = ""  # the last one
    acts: list[Act] = factory(default_factory=list)  # all on this line, in order, undone ones included
    was_in: str = ""  # the list that the program or a person put it into

    def __post_init__(self) -> None:
        self.was_in = self.field

    @property
    def state(self) -> LineState:
        """Return what became of the line."""
        if self.origin == "removed" or self.verdict == "rejected":
            return "removed" if self.origin == "removed" else "rejected"
        if self.origin == "added":
            return "added"
        is_same = self.now == self.made and self.field == self.was_in
        return ("accepted" if self.verdict else "made") if is_same else "corrected"

    @property
    def last(self) -> int:
        """Return the number of the last act on the line, or 0."""
        return self.acts[-1].number if self.acts else 0

    @property
    def is_printed(self) -> bool:
        """Return True if the corrected brief has the line."""
        return self.state not in ("rejected", "removed")


@dataclass(frozen=True, slots=True)
class Reviewed(Generic[Reviewable]):
    """A brief or digest with the acts of people applied."""

    made: Reviewable
    record: Reviewable  # corrected; its ``edits`` name what differs
    lines: tuple[ReviewedLine, ...]
    look_again: tuple[Act, ...]  # acts on records that are no longer there
    digest: str  # of the exact corrected brief

    def line(self, digest: str) -> ReviewedLine | None:
        """Return the line with a digest, or None."""
        return next((line for line in self.lines if line.digest == digest), None)


def replay(made: Reviewable, acts: Sequence[Act]) -> Reviewed[Reviewable]:
    """Return a brief or digest with acts applied, in the order of their numbers; undone acts do not count."""
    lines = [
        ReviewedLine(name, record_digest(record), record, record)
        for name, records in made.lines()
        for record in records
        if _list_name(name) in RECORDS
    ]
    by_digest: dict[tuple[str, str], ReviewedLine] = {}
    for one in lines:
        by_digest.setdefault(_key(one.field, one.digest), one)
    undone = undone_acts(acts)
    look_again = []
    for act in acts:
        if not act.is_of_line:
            continue
        key = _key(act.draft.field, act.draft.line)
        if act.draft.kind == "added" and key not in by_digest and (added := _added(act)) is not None:
            by_digest[key] = added
            lines.append(added)
        line = by_digest.get(key)
        if line is None or (act.number not in undone and not _apply(line, act)):
            look_again.append(act)
        if line is not None:
            line.acts.append(act)
            if act.draft.kind == "added" and line.origin != "made":
                line.origin = "removed" if act.number in undone else "added"
    changed = any(one.state not in ("made", "accepted") for one in lines)
    record = _with_lines(made, lines) if changed else made
    again = tuple(act for act in look_again if act.number not in undone and act.draft.kind != "undone")
    return Reviewed(made, record, tuple(lines), again, exact_digest(record))


def undone_acts(acts: Sequence[Act]) -> frozenset[int]:
    """Return the numbers of the acts that do not count, because a later one undoes them.

    An undoing that is itself undone does not count either.
    """
    undone: set[int] = set()
    for act in reversed(acts):
        if act.draft.undoes is not None and act.number not in undone:
            undone.add(act.draft.undoes)
    return frozenset(undone)


def exact_digest(record: Briefing | Digest) -> str:
    """Return the SHA-256 of a brief or digest as JSON."""
    return hashlib.sha256(record.model_dump_json().encode("utf-8")).hexdigest()


def corrected(line: Line | AnyStoryLine, new: Mapping[str, Any]) -> Line | AnyStoryLine:
    """Return a record with corrected values; ``sign`` is no field of it and is left to the caller.

    Raises:
        ValueError: A value does not fit its field.
    """
    values = {name: value for name, value in new.items() if name != "sign"}
    insertions = {"insertions": ()} if getattr(line, "line_field", None) in values else {}
    return type(line).model_validate({**line.model_dump(), **values, **insertions})


def _list_name(place: str) -> str:
    """Return the name of a list without its story: "stories[0].quotes" is "quotes"."""
    return place.rpartition(".")[2]


def _key(place: str, digest: str) -> tuple[str, str]:
    """Return what identifies a line; a point stays the same when its sign is corrected."""
    name = _list_name(place)
    return ("points" if name in _LIST_OF.values() else name), digest


def _added(act: Act) -> ReviewedLine | None:
    kind = RECORDS.get(_list_name(act.draft.field))
    if kind is None or act.draft.new is None:
        return None
    try:
        record = kind.model_validate(act.draft.new)
    except ValidationError:
        return None
    return ReviewedLine(act.draft.field, act.draft.line, record, record, "added")


def _apply(line: ReviewedLine, act: Act) -> bool:
    """Apply an act to its line; return False if that is not possible."""
    match act.draft.kind:
        case "accepted":
            line.verdict = "accepted"
        case "rejected":
            line.verdict = "rejected"
        case "corrected":
            if act.draft.new is None:
                return False
            try:
                line.now = corrected(line.now, act.draft.new)
            except ValidationError:
                return False
            line.field = _field_after(line.field, act.draft.new)
            line.verdict = ""
        case _:
            pass
    return True


def _field_after(place: str, new: Mapping[str, Any]) -> str:
    """Return the list that a point is in after its sign was corrected."""
    story, dot, name = place.rpartition(".")
    return f"{story}{dot}{_LIST_OF.get(str(new.get('sign')), name)}"


def _with_lines(made: Reviewable, lines: Iterable[ReviewedLine]) -> Reviewable:
    """Return a brief or digest with the lines as they are now."""
    printed = [line for line in lines if line.is_printed]
    if isinstance(made, Briefing):
        lists = {name: _records(printed, name) for name in LINE_FIELDS}
        record: Any = made.model_copy(update=lists)
        checked: Any = Briefing.model_validate(record.model_dump())
    else:
        checked = Digest.model_validate(_digest_with(made, printed).model_dump())
    return checked.model_copy(update={"edits": find_edits(checked)})  # type: ignore[no-any-return]


def _records(lines: Iterable[ReviewedLine], place: str) -> tuple[Any, ...]:
    return tuple(line.now for line in lines if line.field == place)


def _digest_with(made: Digest, lines: Sequence[ReviewedLine]) -> Digest:
    stories = []
    for number, story in enumerate(made.stories):
        lists = {name: _records(lines, f"stories[{number}].{name}") for name in LINE_FIELDS}
        stories.append(story.model_copy(update=lists))
    moved = dict(_moved(made, lines))
    return made.model_copy(
        update={
            "stories": tuple(stories),
            "changes": tuple(_references(made.changes, moved)),
            "agenda": tuple(_references(made.agenda, moved)),
        }
    )


def _moved(made: Digest, lines: Sequence[ReviewedLine]) -> Iterator[tuple[tuple[str, str, int], tuple[str, int]]]:
    """Yield where each line of a digest was, and where it is now: ((story, list, number), (list, number))."""
    counted: dict[str, int] = {}
    now: dict[int, tuple[str, int]] = {}
    for line in lines:
        number = counted.get(line.field, 0)
        counted[line.field] = number + 1
        now[id(line.made)] = (_list_name(line.field), number)
    for story in made.stories:
        for name in LINE_FIELDS:
            for number, record in enumerate(getattr(story, name)):
                if id(record) in now:
                    yield (story.id, name, number), now[id(record)]


def _references(
    references: Iterable[LineRef], moved: Mapping[tuple[str, str, int], tuple[str, int]]
) -> Iterator[LineRef]:
    """Yield the references to lines that are still there, with the places that these have now."""
    for reference in references:
        if reference.field not in LINE_FIELDS:
            yield reference
        elif (place := moved.get((reference.story, reference.field, reference.number))) is not None:
            yield reference.model_copy(update={"field": place[0], "number": place[1]})


def correctable(place: str) -> tuple[str, ...]:
    """Return the fields of a line of a list that a person may correct."""
    return CORRECTABLE.get(_list_name(place), ())
