"""Runs over many sources: begin, resume and end them, and store the result of each source."""

import json
import os
import platform
import sqlite3
from datetime import datetime
from pathlib import Path

from briefing.archive.records import Run, RunItem


def begin(db: sqlite3.Connection, kind: str, key: str, moment: datetime) -> Run:
    """Begin a run."""
    added = db.execute(
        "INSERT INTO runs (kind, key, host, process, begun) VALUES (?, ?, ?, ?, ?)",
        (kind, key, platform.node(), os.getpid(), moment.isoformat()),
    )
    return Run(int(added.lastrowid or 0), kind, key)


def take_over(db: sqlite3.Connection, run: Run) -> Run:
    """Assign an interrupted run to this process."""
    db.execute("UPDATE runs SET host = ?, process = ? WHERE id = ?", (platform.node(), os.getpid(), run.number))
    return run


def unfinished(db: sqlite3.Connection, since: datetime) -> tuple[Run, ...]:
    """Return the interrupted runs that began at *since* or later, the newest first.

    A run whose process is still alive is not interrupted.
    """
    query = "SELECT id, kind, key, host, process FROM runs WHERE ended IS NULL AND begun >= ? ORDER BY id DESC"
    found = []
    for number, kind, key, host, process in db.execute(query, (since.isoformat(),)).fetchall():
        if host == platform.node() and process != os.getpid() and is_alive(process):
            continue
        found.append(Run(number, kind, key, _items(db, number)))
    return tuple(found)


def note_item(db: sqlite3.Connection, run: int, item: RunItem, brief: int | None, moment: datetime) -> None:
    """Store the result of a source of a run, and the number of its brief."""
    outputs = json.dumps([str(path) for path in item.outputs])
    db.execute(
        "INSERT OR REPLACE INTO run_items VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (run, item.source, item.digest, item.state, outputs, brief, moment.isoformat(), item.reason),
    )


def end(db: sqlite3.Connection, run: int, moment: datetime) -> None:
    """Mark a run as ended."""
    db.execute("UPDATE runs SET ended = ? WHERE id = ?", (moment.isoformat(), run))


def is_alive(process: int) -> bool:
    """Return True if a process of this machine is alive."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _items(db: sqlite3.Connection, run: int) -> tuple[RunItem, ...]:
    rows = db.execute(
        "SELECT source, digest, state, outputs, brief_id FROM run_items WHERE run_id = ? ORDER BY ended, source", (run,)
    )
    return tuple(
        RunItem(source, digest, state, tuple(map(Path, json.loads(outputs))), brief)
        for source, digest, state, outputs, brief in rows.fetchall()
    )
