"""What the digests of each profile told: their ledger, and the articles of their stories."""

import sqlite3
import zlib
from datetime import datetime

from briefing.model.digest import Digest
from briefing.model.ledger import Ledger, LedgerLine


def read_ledger(db: sqlite3.Connection, profile: str) -> Ledger | None:
    """Return what is remembered of a profile's digests; None where there was none.

    Raises:
        ValueError: This program cannot read what is stored.
    """
    row = db.execute("SELECT at FROM ledgers WHERE profile = ?", (profile,)).fetchone()
    if row is None:
        return None
    stored = db.execute("SELECT json FROM ledger_lines WHERE profile = ? ORDER BY place", (profile,))
    lines = (LedgerLine.model_validate_json(zlib.decompress(line)) for (line,) in stored)
    return Ledger(at=row[0], lines=tuple(lines))


def write_ledger(db: sqlite3.Connection, profile: str, ledger: Ledger, digest: Digest) -> None:
    """Store what is to be remembered after a digest, within a transaction; what it does not hold is forgotten.

    Args:
        db: The archive.
        profile: The name of the profile.
        ledger: All its lines.
        digest: The digest, whose stories keep their articles.
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
    gone = ((profile, story) for (story,) in stored if story not in known)
    db.executemany("DELETE FROM digest_stories WHERE profile = ? AND story = ?", gone)


def read_stories(db: sqlite3.Connection, profile: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of the articles of each remembered story of a profile, by the story's id."""
    found: dict[str, tuple[str, ...]] = {}
    rows = db.execute("SELECT story, article FROM digest_stories WHERE profile = ? ORDER BY story, article", (profile,))
    for story, article in rows:
        found[story] = (*found.get(story, ()), article)
    return found


def forget_ledgers(db: sqlite3.Connection, before: datetime) -> None:
    """Remove what no digest had since a moment, within a transaction: ledgers hold personal data, too."""
    moment = (before.timestamp(),)
    db.execute("DELETE FROM ledger_lines WHERE unixepoch(seen) < ?", moment)
    db.execute("DELETE FROM digest_stories WHERE unixepoch(seen) < ?", moment)
