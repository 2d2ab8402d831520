"""What is kept of the digests of each profile: what they were gathered from, what they told, what is remembered."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from briefing.archive.database import told, transaction
from briefing.archive.feeds import write_feed
from briefing.archive.ledgers import read_ledger, read_stories, write_ledger
from briefing.archive.storing import read_stored, store, stored_json
from briefing.errors import ArchiveError
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.model.ledger import Ledger
from briefing.reading.feeds.state import FeedState

_ARTICLES = (
    "SELECT source, gathered.digest, coalesce(gathered.json, briefs.json), gathered.outlet, gathered.url, weight, since"
    " FROM gathered"
    " JOIN briefs ON briefs.id = gathered.brief_id"
)

# Whether what was gathered stands in no digest yet.
_NOT_TOLD = "NOT EXISTS (SELECT 1 FROM digests WHERE digests.profile = gathered.profile AND digests.due = gathered.due)"


@dataclass(frozen=True, slots=True)
class GatheredArticle:
    """An article that digests of a profile are made of, and where it was found."""

    source: str  # address or path
    digest: str  # SHA-256 of its bytes
    brief: Briefing
    outlet: str | None = None
    url: str | None = None
    weight: float = 1.0
    since: date | None = None  # day since which its feed was not read; None: it was never read before


@dataclass(frozen=True, slots=True)
class DigestRecords:
    """The part of an archive that the digests of one profile write.

    Every method is one transaction, and raises an ArchiveError where the file cannot be used. A digest goes by the
    instant that it is due, so that one which is made again is the same.
    """

    db: sqlite3.Connection  # in autocommit mode
    path: Path
    timeout: float  # seconds to wait for another writer
    clock: Callable[[], datetime]
    profile: str

    def known(self) -> frozenset[tuple[str, str]]:
        """Return the sources that were gathered, each with the digest of its bytes."""
        with told(self.path, self.timeout):
            rows = self.db.execute("SELECT source, digest FROM gathered WHERE profile = ?", (self.profile,))
            return frozenset((source, digest) for source, digest in rows)

    def take_over(self, due: datetime) -> None:
        """Have the digest of an instant made of what was gathered for earlier ones, too, that never came to be."""
        with self._writing():
            self.db.execute(
                f"UPDATE gathered SET due = ? WHERE profile = ? AND due < ? AND {_NOT_TOLD}",  # noqa: S608 - a constant
                (_instant(due), self.profile, _instant(due)),
            )

    def waiting(self, due: datetime) -> int:
        """Return how many articles wait for digests after an instant."""
        query = f"SELECT COUNT(*) FROM gathered WHERE profile = ? AND due > ? AND {_NOT_TOLD}"  # noqa: S608 - a constant
        with told(self.path, self.timeout):
            (count,) = self.db.execute(query, (self.profile, _instant(due))).fetchone()
        return int(count)

    def gather(self, due: datetime, article: GatheredArticle) -> None:
        """Store an article for the digest of an instant, and its brief.

        The brief is kept with the article, too: where another article has the same text, the archive's is that one's.
        """
        with self._writing():
            moment = self.clock()
            kept = store(self.db, article.brief, moment)
            row = (self.profile, article.source, article.digest, _instant(due), kept.brief)
            self.db.execute(
                "INSERT OR IGNORE INTO gathered VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, article.outlet, article.url, article.weight, _day(article.since), stored_json(article.brief)),
            )

    def gathered(self, due: datetime) -> tuple[GatheredArticle, ...]:
        """Return the articles for the digest of an instant."""
        query = f"{_ARTICLES} WHERE gathered.profile = ? AND due = ?"
        return self._articles(query, (self.profile, _instant(due)))

    def earlier_stories(self, due: datetime) -> dict[str, tuple[GatheredArticle, ...]]:
        """Return the articles of each story that is remembered of digests before an instant, by the story's id."""
        query = (
            f"{_ARTICLES} JOIN versions ON versions.id = version_id"
            " JOIN digest_stories ON digest_stories.article = text_id AND digest_stories.profile = gathered.profile"
            " WHERE gathered.profile = ? AND due < ? AND story = ?"
        )
        with told(self.path, self.timeout):
            stories = tuple(read_stories(self.db, self.profile))
        found = {story: self._articles(query, (self.profile, _instant(due), story)) for story in stories}
        return {story: articles for story, articles in found.items() if articles}

    def ledger(self, due: datetime) -> Ledger | None:
        """Return what is remembered of the digests before an instant; None where there was none."""
        with self._reading():
            ledger = read_ledger(self.db, self.profile)
        return ledger if ledger is not None and datetime.fromisoformat(ledger.at) < due else None

    def digest(self, due: datetime) -> Digest | None:
        """Return the digest of an instant; None where there is none yet."""
        with self._reading():
            row = self.db.execute(
                "SELECT json FROM digests WHERE profile = ? AND due = ?", (self.profile, _instant(due))
            ).fetchone()
            return Digest.model_validate_json(zlib.decompress(row[0])) if row is not None else None

    def keep(self, due: datetime, digest: Digest, ledger: Ledger | None, feeds: Sequence[FeedState] = ()) -> None:
        """Store a digest and, with it, what is to be remembered of it and of the feeds that were read for it.

        Without a ledger, what is remembered of digests stays.
        """
        with self._writing():
            stored = zlib.compress(digest.model_dump_json().encode("utf-8"))
            row = (self.profile, _instant(due), self.clock().isoformat(), stored)
            self.db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?)", row)
            if ledger is not None:
                write_ledger(self.db, self.profile, ledger, digest)
            for state in feeds:
                write_feed(self.db, state, self.clock())

    def _articles(self, query: str, values: tuple[str, ...]) -> tuple[GatheredArticle, ...]:
        with self._reading():
            rows = self.db.execute(f"{query} ORDER BY source, gathered.digest", values).fetchall()
            return tuple(
                GatheredArticle(
                    source, digest, read_stored(json), outlet, url, weight, since and date.fromisoformat(since)
                )
                for source, digest, json, outlet, url, weight, since in rows
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self.path, self.timeout), transaction(self.db):
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with told(self.path, self.timeout):
                yield
        except ValueError as error:
            reason = "this version of briefing cannot read what another stored of digests; that version can"
            raise ArchiveError(str(self.path), reason) from error


def forget_digests(db: sqlite3.Connection, before: datetime) -> None:
    """Remove the digests that were made before a moment, and the briefs gathered for them, within a transaction.

    That an article was gathered is known as long as the archive has a brief of its text.
    """
    db.execute("DELETE FROM digests WHERE made < ?", (before.isoformat(),))
    db.execute("UPDATE gathered SET json = NULL WHERE due < ?", (before.isoformat(),))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
