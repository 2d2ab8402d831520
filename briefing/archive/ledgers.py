"""The ledger of each profile, and the articles of the stories in its digests."""

import sqlite3
import zlib
from datetime import datetime

from briefing.model.digest import Digest
from briefing.model.ledger import Ledger, LedgerLine


def read_ledger(db: sqlite3.Connection, profile: str) -> Ledger | None:
    """Return the ledger of a profile, or None.

    Raises:
        ValueError: This program cannot read the stored ledger.
    """
    row = db.execute("SELECT at FROM ledgers WHERE profile = ?", (profile,)).fetchone()
    if row is None:
        return None
    stored = db.execute("SELECT json FROM ledger_lines WHERE profile = ? ORDER BY place", (profile,))
    lines = (LedgerLine.model_validate_json(zlib.decompress(line)) for (line,) in stored)
    return Ledger(at=row[0], lines=tuple(lines))


def write_ledger(db: sqlite3.Connection, profile: str, ledger: Ledger, digest: Digest) -> None:
    """Replace the ledger of a profile after a digest, within a transaction.

    The articles of stories that the ledger no longer holds are removed.

    Args:
        db: The archive.
        profile: The name of the profile.
        ledger: The whole new ledger.
        digest: The digest; the articles of its stories are stored.
    """
    db.execute(
        "INSERT INTO ledgers VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
        (profile, ledger.at),
    )
    db.execute("DELETE FROM ledger_lines WHERE profile = ?", (profile,))
    db.executemany(
        "INSERT INTO ledger_lines VALUES (?, ?, ?, ?, ?)",
        (
            (profile, line.identity, place, line.seen, zlib.compress(line.model_dump_json().encode("utf-8")))
            for place, line in enumerate(ledger.lines)
        ),
    )
    db.executemany(
        "INSERT INTO digest_stories VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen = excluded.seen",
        ((profile, story.id, member.id, digest.at) for story in digest.stories for member in story.articles),
    )
    known = {line.story for line in ledger.lines}
    stored = db.execute("SELECT DISTINCT story FROM digest_stories WHERE profile = ?", (profile,)).fetchall()
    dropped = ((profile, story) for (story,) in stored if story not in known)
    db.executemany("DELETE FROM digest_stories WHERE profile = ? AND story = ?", dropped)


def read_stories(db: sqlite3.Connection, profile: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of the articles of each remembered story of a profile, by the id of the story."""
    found: dict[str, tuple[str, ...]] = {}
    rows = db.execute("SELECT story, article FROM digest_stories WHERE profile = ? ORDER BY story, article", (profile,))
    for story, article in rows:
        found[story] = (*found.get(story, ()), article)
    return found


def forget_ledgers(db: sqlite3.Connection, before: datetime) -> None:
    """Remove lines that no digest held since a moment, within a transaction: ledgers hold personal data."""
    moment = (before.timestamp(),)
    db.execute("DELETE FROM ledger_lines WHERE unixepoch(seen) < ?", moment)
    db.execute("DELETE FROM digest_stories WHERE unixepoch(seen) < ?", moment)
