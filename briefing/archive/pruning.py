"""What is too old removed, and every trace of it: briefs hold personal data."""

import sqlite3
from datetime import datetime

from briefing.archive.database import transaction
from briefing.archive.records import Pruned

_LEFT_WITHOUT_BRIEF = """
SELECT id FROM versions WHERE NOT EXISTS (SELECT 1 FROM briefs WHERE version_id = versions.id)
"""


def prune(db: sqlite3.Connection, before: datetime) -> Pruned:
    """Remove what was made, run or seen before a moment, as one transaction.

    The index forgets a word only when its parts are merged, and the file and its log what they held only when it is
    written over; all three are seen to, so that nothing is left to be read in the file.
    """
    moment = (before.isoformat(),)
    with transaction(db):
        briefs = db.execute("DELETE FROM briefs WHERE made < ?", moment).rowcount
        gone = db.execute(_LEFT_WITHOUT_BRIEF).fetchall()
        db.executemany("DELETE FROM texts WHERE rowid = ?", gone)
        db.executemany("DELETE FROM versions WHERE id = ?", gone)
        db.execute("DELETE FROM items WHERE NOT EXISTS (SELECT 1 FROM versions WHERE item_id = items.id)")
        db.execute("DELETE FROM runs WHERE begun < ?", moment)
        db.execute("DELETE FROM feed_entries WHERE seen < ?", moment)
        if gone:
            db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Pruned(briefs, len(gone))


def compact(db: sqlite3.Connection) -> None:
    """Give the room of what was removed back to the disk; needs as much free room as the archive takes."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
