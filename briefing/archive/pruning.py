"""Remove old records and every trace of them, because briefs hold personal data."""

import sqlite3
from datetime import datetime

from briefing.archive.access import forget_ended
from briefing.archive.digests import forget_digests
from briefing.archive.ledgers import forget_ledgers
from briefing.archive.records import Pruned
from briefing.archive.reviews import blank

_LEFT_WITHOUT_BRIEF = """
SELECT id FROM versions WHERE NOT EXISTS (SELECT 1 FROM briefs WHERE version_id = versions.id)
"""


def prune(db: sqlite3.Connection, before: datetime, now: datetime) -> Pruned:
    """Remove what was made, run or seen before a moment, within a transaction.

    Links to the reading room and sessions that have ended by *now* are removed, too.

    The full-text index drops a word only when its parts are merged ('optimize'). ``secure_delete`` overwrites the space
    of deleted rows with zeros, but not copies that rows left when SQLite moved them: `compact` does. The log holds both
    until `empty_log` is called.
    """
    moment = (before.isoformat(),)
    briefs = db.execute("DELETE FROM briefs WHERE made < ?", moment).rowcount
    gone = db.execute(_LEFT_WITHOUT_BRIEF).fetchall()
    db.executemany("DELETE FROM texts WHERE rowid = ?", gone)
    db.executemany("DELETE FROM versions WHERE id = ?", gone)
    db.execute("DELETE FROM items WHERE NOT EXISTS (SELECT 1 FROM versions WHERE item_id = items.id)")
    db.execute("DELETE FROM runs WHERE begun < ?", moment)
    db.execute("DELETE FROM scheduled_runs WHERE due < ? AND state IN ('done', 'failed', 'missed')", moment)
    db.execute("DELETE FROM feed_entries WHERE seen < ?", moment)
    forget_digests(db, before)
    forget_ledgers(db, before)
    blank(db)
    forget_ended(db, now)
    if gone:
        db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    return Pruned(briefs, len(gone))


def empty_log(db: sqlite3.Connection) -> bool:
    """Write the log into the file and empty it; return True if that was possible."""
    (held_up, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not held_up


def compact(db: sqlite3.Connection) -> None:
    """Write the file anew, without unused space and what lay there; this takes as much free space as the archive."""
    db.execute("VACUUM")
