"""The records of review: who did what to which line of which brief or digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from briefing.model.brief import Briefing
from briefing.model.digest import Digest

SubjectKind = Literal["brief", "digest"]
LineAct = Literal["accepted", "rejected", "corrected", "added", "undone"]
PageAct = Literal["reviewed", "approved", "withdrawn"]
RunAct = Literal["asked", "held", "sent"]
ActKind = LineAct | PageAct | RunAct
Way = Literal["web", "command line", "schedule"]

LINE_ACTS: Final[tuple[LineAct, ...]] = ("accepted", "rejected", "corrected", "added", "undone")
PAGE_ACTS: Final[tuple[PageAct, ...]] = ("reviewed", "approved", "withdrawn")
RUN_ACTS: Final[tuple[RunAct, ...]] = ("asked", "held", "sent")  # of the sending of a digest; they decide nothing

# The fields of a record that a person may correct, by the last part of the name of its list.
CORRECTABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("text",),
    "actors": ("name", "kind", "role", "affiliation"),
    "events": ("title", "when", "place", "status", "participants"),
    "agreements": ("sign", "parties", "topic", "statement", "attributed_to"),
    "disagreements": ("sign", "parties", "topic", "statement", "attributed_to"),
    "quotes": ("speaker",),
    "background": ("text", "when"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A brief (of a text, by a profile) or a digest (of an instant, by a profile), however often it is made anew."""

    kind: SubjectKind
    profile: str
    key: str  # the article's id; of a digest, its instant in UTC, ISO 8601

    @classmethod
    def of(cls, record: Briefing | Digest) -> "Subject":
        """Return the subject that a record belongs to."""
        if isinstance(record, Digest):
            return cls.of_digest(record.provenance.profile, datetime.fromisoformat(record.at))
        return cls("brief", record.provenance.profile, record.article.id)

    @classmethod
    def of_digest(cls, profile: str, due: datetime) -> "Subject":
        """Return the subject of the digest of an instant."""
        return cls("digest", profile, due.astimezone(UTC).isoformat())


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and on which way."""

    who: str
    way: Way


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before it is stored."""

    kind: ActKind
    field: str = ""  # the list of the line: "quotes"; in a digest "stories[0].quotes"; "" if the whole is meant
    line: str = ""  # digest of the line's record as it was made or added; "" if the whole is meant
    new: Mapping[str, Any] | None = None  # the corrected values by field, or the whole record of an added line
    old: Mapping[str, Any] | None = None  # the values before
    reason: str = ""  # why a line is rejected, a note, or who got a digest
    undoes: int | None = None  # the number of the act that is undone
    state: str = ""  # of an act on the whole: digest of the exact brief that it is about


@dataclass(frozen=True, slots=True)
class Act:
    """A stored act. Its number grows with time."""

    number: int
    at: datetime  # UTC
    by: By
    subject: Subject
    draft: Draft
    blanked: bool = False  # its values were removed because of their age

    @property
    def is_of_line(self) -> bool:
        """Return True if the act is about one line."""
        return bool(self.draft.line)
