"""Acts of review: an append-only table in which each act holds the hash of the one before it."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from briefing.archive.database import Database
from briefing.errors import ConflictError
from briefing.review.acts import Act, By, Draft, Subject

# The columns that are hashed, in this order, and the two hashes.
_COLUMNS: Final = (
    "acts.number, at, way, subject, profile, key, kind, field, line, undoes, state, content, previous, hash"
)
_ACTS: Final = (
    "SELECT acts.number, at, way, subject, profile, key, kind, field, line, undoes, state, json"
    " FROM acts LEFT JOIN act_values ON act_values.number = acts.number"
)
_TRIGGERS: Final = ("acts_stay", "acts_are_kept", "act_values_stay", "act_values_are_kept")
_CHAIN: Final = (
    f"SELECT {_COLUMNS}, salt, json FROM acts LEFT JOIN act_values ON act_values.number = acts.number"  # noqa: S608
    " ORDER BY acts.number"
)


class ReviewRecords:
    """The acts of review of an archive.

    Every method is one transaction, and raises an ArchiveError if the file cannot be used.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._db = database.connection
        self._clock = clock

    def of(self, subject: Subject) -> tuple[Act, ...]:
        """Return the acts on a brief or digest, in order."""
        with self._database.reading():
            return acts_of(self._db, subject)

    def briefs(self) -> tuple[int, ...]:
        """Return the number of the newest brief of each text and profile that people acted on."""
        query = (
            "SELECT max(briefs.id) FROM (SELECT DISTINCT profile, key FROM acts WHERE subject = 'brief') AS ours"
            " JOIN versions ON text_id = ours.key"
            " JOIN briefs ON version_id = versions.id AND briefs.profile = ours.profile GROUP BY ours.profile, ours.key"
        )
        with self._database.reading():
            return tuple(sorted(number for (number,) in self._db.execute(query)))

    def newest(self, subject: Subject) -> int | None:
        """Return the number of the newest brief of a text by a profile, or None."""
        query = (
            "SELECT max(briefs.id) FROM versions JOIN briefs ON version_id = versions.id"
            " WHERE text_id = ? AND briefs.profile = ?"
        )
        with self._database.reading():
            (number,) = self._db.execute(query, (subject.key, subject.profile)).fetchone()
        return number if number is None else int(number)

    def last(self) -> int:
        """Return the number of the last act; without acts, 0."""
        with self._database.reading():
            (number,) = self._db.execute("SELECT coalesce(max(number), 0) FROM acts").fetchone()
        return int(number)

    def journal(self, *, before: int | None = None, who: str | None = None, most: int = 50) -> tuple[Act, ...]:
        """Return the latest acts, the newest first: those with a number below *before*, by a person."""
        query = (
            f"{_ACTS} WHERE acts.number < ? AND (? IS NULL OR json_extract(json, '$.who') = ?)"
            " ORDER BY acts.number DESC LIMIT ?"
        )
        values = (before if before is not None else 2**62, who, who, most)
        with self._database.reading():
            rows = self._db.execute(query, values).fetchall()
        return tuple(map(_act, rows))

    def check(self) -> tuple[int, str, tuple[str, ...]]:
        """Return how many acts there are, the hash of the last, and what was altered."""
        with self._database.reading():
            altered = tuple(_alterations(self._db))
            row = self._db.execute("SELECT number, hash FROM acts ORDER BY number DESC LIMIT 1").fetchone()
        return (row[0], row[1], altered) if row is not None else (0, "", altered)


def acts_of(db: sqlite3.Connection, subject: Subject) -> tuple[Act, ...]:
    """Return the acts on a brief or digest, in order."""
    query = f"{_ACTS} WHERE subject = ? AND profile = ? AND key = ? ORDER BY acts.number"
    return tuple(map(_act, db.execute(query, (subject.kind, subject.profile, subject.key)).fetchall()))


def append(
    db: sqlite3.Connection, by: By, subject: Subject, drafts: Sequence[Draft], moment: datetime, *, after: int | None
) -> tuple[Act, ...]:
    """Store acts on a brief or digest within a transaction.

    Args:
        db: The archive.
        by: Who acts.
        subject: The brief or digest.
        drafts: The acts; those on lines are on the same line.
        moment: Now, in UTC.
        after: The number of the last act on that line (on the whole, for an act on the whole) that the person knew of;
            None to act whatever others did.

    Raises:
        ConflictError: Somebody acted since.
    """
    known = acts_of(db, subject)
    for draft in drafts:
        last = max((act.number for act in known if not draft.line or act.draft.line == draft.line), default=0)
        if after is not None and last > after:
            other = next(act for act in known if act.number == last)
            reason = f"{other.by.who or 'somebody'} {other.draft.kind} it meanwhile"
            raise ConflictError(f"save {draft.field or subject.kind}", reason, other.draft.new, draft.new)
    return tuple(_append_one(db, by, subject, draft, moment) for draft in drafts)


def blank(db: sqlite3.Connection) -> None:
    """Remove what people wrote about briefs and digests that are no longer there, within a transaction."""
    db.execute("DELETE FROM act_values WHERE number NOT IN (SELECT number FROM living_acts)")


def _append_one(db: sqlite3.Connection, by: By, subject: Subject, draft: Draft, moment: datetime) -> Act:
    row = db.execute("SELECT number, hash FROM acts ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (row[0] + 1, row[1]) if row is not None else (1, "")
    salt = secrets.token_hex(16)
    written = json.dumps(
        {"who": by.who, "reason": draft.reason, "old": draft.old, "new": draft.new}, ensure_ascii=False, sort_keys=True
    )
    content = _content(salt, written)
    about = (subject.kind, subject.profile, subject.key)
    what = (draft.kind, draft.field, draft.line, draft.undoes, draft.state)
    columns = (number, moment.isoformat(), by.way, *about, *what, content)
    row = (*columns, previous, _hash(columns, previous))
    db.execute("INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    db.execute("INSERT INTO act_values VALUES (?, ?, ?)", (number, salt, written))
    return Act(number, moment, by, subject, draft)


def _alterations(db: sqlite3.Connection) -> Iterator[str]:
    """Yield each act that is not as it was stored."""
    previous, expected = "", 1
    for row in db.execute(_CHAIN):
        *columns, before, hashed, salt, written = row
        number, content = columns[0], columns[-1]
        if number != expected:
            yield f"acts {expected} to {number - 1} were removed"
        elif before != previous:
            yield f"act {number} does not follow act {number - 1}"
        if _hash(columns, before) != hashed:
            yield f"act {number} was altered"
        if written is not None and _content(salt, written) != content:
            yield f"what act {number} says was altered"
        previous, expected = hashed, number + 1
    for (number,) in db.execute("SELECT number FROM living_acts WHERE number NOT IN (SELECT number FROM act_values)"):
        yield f"what act {number} says was removed, although its brief is still there"
    present = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    yield from (f"the trigger {name} was removed" for name in _TRIGGERS if name not in present)
    (stray,) = db.execute("SELECT count(*) FROM act_values WHERE number NOT IN (SELECT number FROM acts)").fetchone()
    if stray:
        yield f"{stray} contents belong to no act"


def _hash(columns: Sequence[Any], previous: str) -> str:
    written = json.dumps([*columns, previous], ensure_ascii=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def _content(salt: str, written: str) -> str:
    return hashlib.sha256(f"{salt}\0{written}".encode()).hexdigest()


def _act(row: tuple[Any, ...]) -> Act:
    number, at, way, subject, profile, key, kind, field, line, undoes, state, written = row
    values: dict[str, Any] = {"who": "", "reason": "", "old": None, "new": None}
    values |= json.loads(written) if written is not None else {}
    draft = Draft(kind, field, line, values["new"], values["old"], values["reason"], undoes, state)
    by = By(values["who"], way)
    return Act(number, _moment(at), by, Subject(subject, profile, key), draft, blanked=written is None)


def _moment(written: str) -> datetime:
    """Return the moment of an act; of one that was altered, the earliest, so that the journal can still be read."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
