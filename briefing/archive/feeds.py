"""What is known of each feed."""

import sqlite3
from datetime import datetime, timedelta

from briefing.reading.feeds.state import FeedState

_FORGOTTEN = timedelta(days=366)  # an entry that its feed has not listed for so long will not come back


def read_feed(db: sqlite3.Connection, url: str) -> FeedState | None:
    """Return what is known of a feed; None where it was never kept."""
    row = db.execute("SELECT etag, last_modified, seen FROM feeds WHERE url = ?", (url,)).fetchone()
    if row is None:
        return None
    etag, last_modified, seen = row
    entries = frozenset(entry for (entry,) in db.execute("SELECT entry FROM feed_entries WHERE url = ?", (url,)))
    return FeedState(url, etag, last_modified, entries, datetime.fromisoformat(seen))


def write_feed(db: sqlite3.Connection, state: FeedState, moment: datetime) -> None:
    """Store what is known of a feed; its entries join those that were seen before.

    The state that is known already says that the feed lists those that it listed when it was kept last.
    """
    seen = moment.isoformat()
    listed = state.entries
    if state == read_feed(db, state.url):
        rows = db.execute("SELECT entry FROM feed_entries JOIN feeds USING (url, seen) WHERE url = ?", (state.url,))
        listed = frozenset(entry for (entry,) in rows.fetchall())
    db.execute(
        "INSERT INTO feeds VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE"
        " SET etag = excluded.etag, last_modified = excluded.last_modified, seen = excluded.seen",
        (state.url, state.etag, state.last_modified, seen),
    )
    upsert = "INSERT INTO feed_entries VALUES (?, ?, ?) ON CONFLICT (url, entry) DO UPDATE SET seen = excluded.seen"
    db.executemany(upsert, ((state.url, entry, seen) for entry in sorted(listed)))
    oldest = (moment - _FORGOTTEN).isoformat()
    db.execute("DELETE FROM feed_entries WHERE url = ? AND seen < ?", (state.url, oldest))
