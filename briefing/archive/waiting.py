"""What waits for a person: the newest brief of each text and profile, with its state and its doubtful lines.

The table follows the briefs and the acts in the same transaction, so that a page need not read any brief.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from briefing.archive.records import Failure, WaitingBrief, WaitingPlace
from briefing.archive.reviews import acts_of
from briefing.model.brief import Briefing
from briefing.review.acts import Subject
from briefing.review.doubts import count_doubts
from briefing.review.replay import replay
from briefing.review.states import state_of

_BRIEFS = (
    "SELECT waiting.brief_id, title, outlet, published, waiting.day, profile, doubts, state"
    " FROM waiting CROSS JOIN versions ON versions.id = version_id WHERE "
)
_FIRST: WaitingPlace = ("9999", 0, 0)  # before all that waits
# A source that a later run made is no failure any more.
_FAILURES = """
SELECT source, run_items.reason, kind, run_items.ended FROM run_items JOIN runs ON runs.id = run_id
WHERE state = 'failed' AND run_items.ended >= ? AND NOT EXISTS (
    SELECT 1 FROM runs AS later JOIN run_items AS again ON again.run_id = later.id AND again.source = run_items.source
    WHERE later.id > run_items.run_id)
ORDER BY run_items.ended DESC LIMIT ?
"""


def note_waiting(db: sqlite3.Connection, brief: Briefing, version: int, number: int, moment: datetime) -> None:
    """Note the newest brief of a text by a profile, within a transaction."""
    doubts, state = _doubts_and_state(db, brief)
    db.execute(
        "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?)",
        (version, brief.provenance.profile, number, moment.date().isoformat(), doubts, state),
    )


def note_acts(db: sqlite3.Connection, brief: Briefing) -> None:
    """Note the state of a brief after acts on it, within a transaction."""
    doubts, state = _doubts_and_state(db, brief)
    db.execute(
        "UPDATE waiting SET doubts = ?, state = ? WHERE profile = ?"
        " AND version_id = (SELECT id FROM versions WHERE text_id = ?)",
        (doubts, state, brief.provenance.profile, brief.article.id),
    )


def newest_of(db: sqlite3.Connection, subject: Subject) -> int | None:
    """Return the number of the newest brief of a text by a profile, or None."""
    row = db.execute(
        "SELECT waiting.brief_id FROM versions JOIN waiting ON waiting.version_id = versions.id"
        " WHERE text_id = ? AND profile = ?",
        (subject.key, subject.profile),
    ).fetchone()
    return int(row[0]) if row is not None else None


def to_review(
    db: sqlite3.Connection, without: Sequence[str], after: WaitingPlace | None, most: int
) -> tuple[WaitingBrief, ...]:
    """Return briefs that nobody reviewed: those of the last day first, and of a day the most doubtful first."""
    query = (
        f"{_BRIEFS} state = 'made' AND (waiting.day, doubts, waiting.brief_id) < (?, ?, ?)"  # noqa: S608
        " AND profile NOT IN (SELECT value FROM json_each(?))"
        " ORDER BY waiting.day DESC, doubts DESC, waiting.brief_id DESC LIMIT ?"
    )
    values = (*(after or _FIRST), json.dumps(without), most)
    return tuple(WaitingBrief(*row) for row in db.execute(query, values).fetchall())


def to_approve(db: sqlite3.Connection, profile: str, since: date, most: int) -> tuple[WaitingBrief, ...]:
    """Return the briefs of a profile since a day that are neither approved nor withdrawn, the most doubtful first."""
    query = (
        f"{_BRIEFS} profile = ? AND waiting.day >= ? AND state IN ('made', 'reviewed')"
        " ORDER BY doubts DESC, waiting.brief_id DESC LIMIT ?"
    )
    return tuple(WaitingBrief(*row) for row in db.execute(query, (profile, since.isoformat(), most)).fetchall())


def failures(db: sqlite3.Connection, since: datetime, most: int) -> tuple[Failure, ...]:
    """Return the sources that failed since a moment and were not made later, the last first."""
    rows: Iterable[tuple[str, str, str, str]] = db.execute(_FAILURES, (since.isoformat(), most)).fetchall()
    return tuple(Failure(source, reason, kind, datetime.fromisoformat(at)) for source, reason, kind, at in rows)


def _doubts_and_state(db: sqlite3.Connection, brief: Briefing) -> tuple[int, str]:
    acts = acts_of(db, Subject.of(brief))
    if not acts:
        return count_doubts(brief), "made"
    reviewed = replay(brief, acts)
    return count_doubts(reviewed), state_of(reviewed, acts).state
