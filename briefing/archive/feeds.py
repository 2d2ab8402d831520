"""The stored state of each feed."""

import sqlite3
from datetime import datetime, timedelta

from briefing.reading.feeds.state import FeedState

_KEPT = timedelta(days=366)  # an entry that its feed has not listed for so long will not come back


def read_feed(db: sqlite3.Connection, url: str) -> FeedState | None:
    """Return the stored state of a feed, or None."""
    row = db.execute("SELECT etag, last_modified, seen FROM feeds WHERE url = ?", (url,)).fetchone()
    if row is None:
        return None
    etag, last_modified, seen = row
    entries = frozenset(entry for (entry,) in db.execute("SELECT entry FROM feed_entries WHERE url = ?", (url,)))
    return FeedState(url, etag, last_modified, entries, datetime.fromisoformat(seen))


def write_feed(db: sqlite3.Connection, state: FeedState, moment: datetime) -> None:
    """Store the state of a feed; its entries are added to the known ones.

    If the state equals the stored one, the feed still lists the same entries as when it was stored last.
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
    oldest = (moment - _KEPT).isoformat()
    db.execute("DELETE FROM feed_entries WHERE url = ? AND seen < ?", (state.url, oldest))
