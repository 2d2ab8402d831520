"""The page Journal: who did what to which brief or digest, with the values before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from briefing.archive.archive import Archive
from briefing.review.acts import Act
from briefing.room.digest import path_of

_SHOWN: Final = 50
_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act."""

    number: int
    at: datetime
    who: str
    way: str
    kind: str  # "corrected"
    where: str  # the list of the line: "quotes"; an empty string if the whole is meant
    line: str  # digest of the line
    subject: str  # "brief" or "digest"
    profile: str
    key: str  # the article's id; of a digest, its instant
    title: str  # of the article; of a digest its instant, of a brief that was removed the article's id
    address: str  # of the brief or digest and its line; an empty string if the brief was removed
    changes: tuple[Change, ...]
    reason: str
    undoes: int | None
    blanked: bool  # what was written was removed because of its age


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of the journal."""

    who: str  # only acts of this person; of everybody if it is empty
    lines: tuple[JournalLine, ...]
    more: int | None  # the number of the act before which the next page begins


def journal(archive: Archive, before: int | None = None, who: str = "") -> Journal:
    """Return the latest acts, the newest first."""
    acts = archive.reviews.journal(before=before, who=who or None, most=_SHOWN + 1)
    shown = acts[:_SHOWN]
    lines = tuple(_line(archive, act) for act in shown)
    return Journal(who, lines, shown[-1].number if len(acts) > _SHOWN else None)


def _line(archive: Archive, act: Act) -> JournalLine:
    draft, subject = act.draft, act.subject
    number, title = archive.room.brief_of(subject) or (None, subject.key)
    address = f"/briefs/{number}" if number is not None else ""
    if subject.kind == "digest":
        address = path_of(subject.profile, datetime.fromisoformat(subject.key))
    line = f"#line-{draft.line}" if draft.line and address else ""
    return JournalLine(
        act.number,
        act.at,
        act.by.who,
        act.by.way,
        draft.kind,
        draft.field,
        draft.line,
        subject.kind,
        subject.profile,
        subject.key,
        title,
        address + line,
        tuple(_changes(draft.old or _NOTHING, draft.new or _NOTHING)),
        draft.reason,
        draft.undoes,
        act.blanked,
    )


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what differs; of a line that was added or removed, its own words."""
    names = sorted(old.keys() & new.keys()) if old and new else [name for name in _WORDS if name in (old or new)]
    for name in names:
        yield Change(name, _written(old.get(name)), _written(new.get(name)))


_WORDS: Final = ("name", "title", "statement", "text", "speaker")  # what a reader knows a line by


def _written(value: Any) -> str:
    """Return a value as a person would write it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_written(part)}" for name, part in value.items() if part not in (None, ""))
    if isinstance(value, list | tuple):
        return ", ".join(map(_written, value))
    return "" if value is None else str(value)
