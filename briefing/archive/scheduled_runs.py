"""Scheduled runs: exactly one for each profile and due instant, even if the clock jumps or a run is retried."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from briefing.model.runs import DueRun, Output, RunResult, RunState

_COLUMNS: Final = (
    "SELECT id, profile, due, state, attempts, title, reason, changed, empty, copy, deadline, mark, acts"
    " FROM scheduled_runs"
)
_OF_PROFILES: Final = "profile IN (SELECT value FROM json_each(?))"


def timestamp(moment: datetime) -> str:
    """Return a moment as text in UTC with whole seconds, so that texts sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def looked(db: sqlite3.Connection, profile: str) -> datetime | None:
    """Return when the due instants of a profile were last checked; None if it was never scheduled."""
    row = db.execute("SELECT looked FROM schedules WHERE profile = ?", (profile,)).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def note_due(
    db: sqlite3.Connection, profile: str, due: Sequence[datetime], missed: Sequence[datetime], now: datetime
) -> None:
    """Store the due and the missed instants, and that all instants up to *now* were checked.

    A stored instant keeps its state, with one exception: a missed instant becomes due if it comes again. This happens
    if the clock was ahead and was set back.
    """
    for state, instants in (("due", due), ("missed", missed)):
        for instant in instants:
            db.execute(
                "INSERT INTO scheduled_runs (profile, due, state, changed) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (profile, due, copy) DO UPDATE SET state = excluded.state, changed = excluded.changed"
                " WHERE scheduled_runs.state = 'missed' AND excluded.state = 'due'",
                (profile, timestamp(instant), state, timestamp(now)),
            )
    db.execute("INSERT OR REPLACE INTO schedules VALUES (?, ?)", (profile, timestamp(now)))


def ask_for(db: sqlite3.Connection, profile: str, due: datetime, now: datetime) -> None:
    """Request a run for an instant outside the schedule; a stored instant keeps its state."""
    db.execute(
        "INSERT OR IGNORE INTO scheduled_runs (profile, due, state, changed) VALUES (?, ?, 'due', ?)",
        (profile, timestamp(due), timestamp(now)),
    )


def to_run(db: sqlite3.Connection, profiles: Sequence[str]) -> tuple[DueRun, ...]:
    """Return the runs of profiles without a result, the earliest due first."""
    states = " WHERE state IN ('due', 'fetching', 'briefed', 'merged') AND "
    query = _COLUMNS + states + _OF_PROFILES + " ORDER BY due, id"
    return tuple(map(_run, db.execute(query, (json.dumps(profiles),)).fetchall()))


def waiting(db: sqlite3.Connection, profiles: Sequence[str]) -> tuple[DueRun, ...]:
    """Return the runs of profiles that wait for approval, the earliest due first."""
    query = _COLUMNS + " WHERE state = 'waiting' AND " + _OF_PROFILES + " ORDER BY due, id"
    return tuple(map(_run, db.execute(query, (json.dumps(profiles),)).fetchall()))


def wait(db: sqlite3.Connection, number: int, result: RunResult, deadline: datetime, now: datetime) -> None:
    """Let a made digest wait for approval."""
    db.execute(
        "UPDATE scheduled_runs SET state = 'waiting', title = ?, empty = ?, deadline = ?, changed = ? WHERE id = ?",
        (result.title, result.empty, timestamp(deadline), timestamp(now), number),
    )


def release(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Bring the deadline of a waiting run forward to now."""
    db.execute(
        "UPDATE scheduled_runs SET deadline = min(deadline, ?) WHERE id = ? AND state = 'waiting'",
        (timestamp(now), number),
    )


def retry(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Let a run that failed before it was delivered start over."""
    db.execute(
        "UPDATE scheduled_runs SET state = 'due', attempts = 0, reason = '', changed = ?"
        " WHERE id = ? AND state = 'failed' AND NOT EXISTS (SELECT 1 FROM deliveries WHERE run_id = scheduled_runs.id)",
        (timestamp(now), number),
    )


def of_digest(db: sqlite3.Connection, profile: str, due: datetime) -> tuple[DueRun, ...]:
    """Return the run of an instant, then its corrected copies."""
    query = _COLUMNS + " WHERE profile = ? AND due = ? ORDER BY copy"
    return tuple(map(_run, db.execute(query, (profile, timestamp(due))).fetchall()))


def sent_with(db: sqlite3.Connection, article: str, most: int) -> tuple[tuple[str, datetime], ...]:
    """Return the profiles and instants of the digests that were delivered since an article was gathered for one.

    The newest come first.
    """
    rows = db.execute(
        "SELECT DISTINCT scheduled_runs.profile, scheduled_runs.due FROM gathered"
        " JOIN briefs ON briefs.id = gathered.brief_id JOIN versions ON versions.id = version_id"
        " JOIN scheduled_runs ON scheduled_runs.profile = gathered.profile AND scheduled_runs.due >= gathered.due"
        " WHERE text_id = ? AND copy = 0 AND EXISTS (SELECT 1 FROM deliveries WHERE run_id = scheduled_runs.id)"
        " ORDER BY scheduled_runs.due DESC, scheduled_runs.profile LIMIT ?",
        (article, most),
    )
    return tuple((profile, datetime.fromisoformat(due)) for profile, due in rows)


def add_copy(db: sqlite3.Connection, profile: str, due: datetime, copy: int, now: datetime) -> int:
    """Add a run for a corrected copy and return its number."""
    added = db.execute(
        "INSERT INTO scheduled_runs (profile, due, copy, state, changed) VALUES (?, ?, ?, 'due', ?)",
        (profile, timestamp(due), copy, timestamp(now)),
    )
    return int(added.lastrowid or 0)


def find(db: sqlite3.Connection, number: int) -> DueRun:
    """Return the run with this number."""
    return _run(db.execute(_COLUMNS + " WHERE id = ?", (number,)).fetchone())


def recent(db: sqlite3.Connection, profiles: Sequence[str], most: int) -> tuple[DueRun, ...]:
    """Return the latest runs of profiles, the newest first; without profiles, those of all."""
    query = _COLUMNS + " WHERE ? OR " + _OF_PROFILES + " ORDER BY due DESC, id DESC LIMIT ?"
    return tuple(map(_run, db.execute(query, (not profiles, json.dumps(profiles), most)).fetchall()))


def begin(db: sqlite3.Connection, number: int, now: datetime) -> DueRun:
    """Count an attempt and return the run."""
    db.execute("UPDATE scheduled_runs SET attempts = attempts + 1, changed = ? WHERE id = ?", (timestamp(now), number))
    return find(db, number)


def stop(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Reset a run that was stopped at a safe point: it starts over later, and the attempt does not count."""
    db.execute(
        "UPDATE scheduled_runs SET attempts = attempts - 1, state = 'due', changed = ? WHERE id = ?",
        (timestamp(now), number),
    )


def reach(db: sqlite3.Connection, number: int, state: RunState, now: datetime, reason: str = "") -> None:
    """Store the state of a run, and the reason if it failed."""
    db.execute(
        "UPDATE scheduled_runs SET state = ?, reason = ?, changed = ? WHERE id = ?",
        (state, reason, timestamp(now), number),
    )


def keep_result(db: sqlite3.Connection, number: int, result: RunResult, acts: int, now: datetime) -> None:
    """Store the result of a run, which takes acts up to a number into account; it is delivered, not made again."""
    files = [(output.name, output.media_type, output.content) for output in result.outputs]
    mail = [(None, "message/rfc822", result.email)] if result.email is not None else []
    db.execute("DELETE FROM run_outputs WHERE run_id = ?", (number,))
    db.executemany(
        "INSERT INTO run_outputs VALUES (?, ?, ?, ?, ?)",
        [(number, place, *file) for place, file in enumerate((*files, *mail))],
    )
    db.execute(
        "UPDATE scheduled_runs SET state = 'rendered', title = ?, empty = ?, mark = ?, acts = ?, changed = ?"
        " WHERE id = ?",
        (result.title, result.empty, result.mark, acts, timestamp(now), number),
    )


def result_of(db: sqlite3.Connection, run: DueRun) -> RunResult:
    """Return the result of a run, as long as it is kept."""
    rows = db.execute(
        "SELECT name, media_type, content FROM run_outputs WHERE run_id = ? ORDER BY number", (run.number,)
    ).fetchall()
    outputs = tuple(Output(name, media_type, content) for name, media_type, content in rows if name is not None)
    mail = next((content for name, _, content in rows if name is None), None)
    return RunResult(run.title, outputs, mail, empty=run.empty, mark=run.mark)


def drop_result(db: sqlite3.Connection, number: int) -> None:
    """Remove the files of a delivered run."""
    db.execute("DELETE FROM run_outputs WHERE run_id = ?", (number,))


def _run(row: tuple[int, str, str, RunState, int, str, str, str, int, int, str | None, str, int]) -> DueRun:
    number, profile, due, state, attempts, title, reason, changed, empty, copy, deadline, mark, acts = row
    instant, moment = datetime.fromisoformat(due), datetime.fromisoformat(changed)
    until = datetime.fromisoformat(deadline) if deadline is not None else None
    return DueRun(
        number, profile, instant, state, attempts, title, reason, moment, bool(empty), copy, until, mark, acts
    )
