"""The digests of each profile: their gathered articles, the digests themselves, and their ledger."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from briefing.archive.database import Database
from briefing.archive.feeds import write_feed
from briefing.archive.ledgers import read_ledger, read_stories, write_ledger
from briefing.archive.storing import corrected, read_stored, store, stored_json
from briefing.errors import ArchiveError
from briefing.model.brief import Briefing, Notice, Record
from briefing.model.digest import Digest
from briefing.model.ledger import Ledger
from briefing.reading.feeds.state import FeedState

_ARTICLES = (
    "SELECT source, gathered.digest, coalesce(gathered.json, briefs.json), gathered.outlet, gathered.url, weight, since"
    " FROM gathered"
    " JOIN briefs ON briefs.id = gathered.brief_id"
)

# True if no digest was made from a gathered article yet.
_UNUSED = "NOT EXISTS (SELECT 1 FROM digests WHERE digests.profile = gathered.profile AND digests.due = gathered.due)"


@dataclass(frozen=True, slots=True)
class GatheredArticle:
    """An article gathered for a digest of a profile, and where it was found."""

    source: str  # address or path
    digest: str  # SHA-256 of its bytes
    brief: Briefing
    outlet: str | None = None
    url: str | None = None
    weight: float = 1.0
    since: date | None = None  # day of the previous reading of its feed; None if this was the first


class Waiting(Record):
    """What a digest that waits for approval was made of, besides its articles."""

    ledger: Ledger | None  # before it
    since: date
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class FinalDigest:
    """A digest that waited for approval as it is sent."""

    digest: Digest  # before the acts of people
    ledger: Ledger | None  # after it; None if a later digest has been made
    left: frozenset[str] = frozenset()  # ids of gathered articles that are left for the next digest


@dataclass(frozen=True, slots=True)
class DigestRecords:
    """The records of the digests of one profile.

    Every method is one transaction, and raises an ArchiveError if the file cannot be used. The due instant identifies a
    digest, so a digest that is made again replaces the earlier one.
    """

    database: Database
    clock: Callable[[], datetime]
    profile: str

    def known(self) -> frozenset[tuple[str, str]]:
        """Return the gathered sources, each with the SHA-256 of its bytes."""
        with self.database.reading():
            rows = self._db.execute("SELECT source, digest FROM gathered WHERE profile = ?", (self.profile,))
            return frozenset((source, digest) for source, digest in rows)

    def take_over(self, due: datetime) -> None:
        """Move articles that were gathered for earlier digests, but not used, to the digest of an instant."""
        with self.database.writing():
            self._db.execute(
                f"UPDATE gathered SET due = ? WHERE profile = ? AND due < ? AND {_UNUSED}",  # noqa: S608 - a constant
                (_instant(due), self.profile, _instant(due)),
            )

    def waiting(self, due: datetime) -> int:
        """Return how many unused articles were gathered for digests after an instant."""
        query = f"SELECT COUNT(*) FROM gathered WHERE profile = ? AND due > ? AND {_UNUSED}"  # noqa: S608 - a constant
        with self.database.reading():
            (count,) = self._db.execute(query, (self.profile, _instant(due))).fetchone()
        return int(count)

    def gather(self, due: datetime, article: GatheredArticle) -> GatheredArticle:
        """Store an article and its brief for the digest of an instant; return it as people corrected it.

        The brief is stored with the article as well. If another article has the same text, the archive keeps the brief
        of that article only.
        """
        with self.database.writing():
            moment = self.clock()
            kept = store(self._db, article.brief, moment)
            row = (self.profile, article.source, article.digest, _instant(due), kept.brief)
            self._db.execute(
                "INSERT OR IGNORE INTO gathered VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, article.outlet, article.url, article.weight, _day(article.since), stored_json(article.brief)),
            )
            return replace(article, brief=corrected(self._db, article.brief))

    def gathered(self, due: datetime) -> tuple[GatheredArticle, ...]:
        """Return the articles that were gathered for the digest of an instant."""
        query = f"{_ARTICLES} WHERE gathered.profile = ? AND due = ?"
        return self._articles(query, (self.profile, _instant(due)))

    def earlier_stories(self, due: datetime) -> dict[str, tuple[GatheredArticle, ...]]:
        """Return the articles of each remembered story from digests before an instant, by the id of the story."""
        query = (
            f"{_ARTICLES} JOIN versions ON versions.id = version_id"
            " JOIN digest_stories ON digest_stories.article = text_id AND digest_stories.profile = gathered.profile"
            " WHERE gathered.profile = ? AND due < ? AND story = ?"
        )
        with self.database.reading():
            stories = tuple(read_stories(self._db, self.profile))
        found = {story: self._articles(query, (self.profile, _instant(due), story)) for story in stories}
        return {story: articles for story, articles in found.items() if articles}

    def ledger(self, due: datetime) -> Ledger | None:
        """Return the ledger if its last digest was before an instant; None otherwise."""
        with self._reading():
            ledger = read_ledger(self._db, self.profile)
        return ledger if ledger is not None and datetime.fromisoformat(ledger.at) < due else None

    def digest(self, due: datetime) -> Digest | None:
        """Return the digest of an instant, or None."""
        with self._reading():
            row = self._db.execute(
                "SELECT json FROM digests WHERE profile = ? AND due = ?", (self.profile, _instant(due))
            ).fetchone()
            return Digest.model_validate_json(zlib.decompress(row[0])) if row is not None else None

    def keep(
        self,
        due: datetime,
        digest: Digest,
        ledger: Ledger | None,
        feeds: Sequence[FeedState] = (),
        waiting: Waiting | None = None,
    ) -> None:
        """Store a digest, its ledger and the state of its feeds; *waiting* if it waits for approval.

        Without a ledger, the stored ledger stays as it is.
        """
        with self.database.writing():
            _write_digest(self._db, self.profile, due, digest, self.clock())
            if ledger is not None:
                write_ledger(self._db, self.profile, ledger, digest)
            if waiting is not None:
                row = (self.profile, _instant(due), zlib.compress(waiting.model_dump_json().encode("utf-8")))
                self._db.execute("INSERT OR REPLACE INTO waiting_digests VALUES (?, ?, ?)", row)
            for state in feeds:
                write_feed(self._db, state, self.clock())

    def waiting_digest(self, due: datetime) -> Waiting | None:
        """Return what a digest that waits for approval was made of; None if it does not wait."""
        query = "SELECT json FROM waiting_digests WHERE profile = ? AND due = ?"
        with self._reading():
            row = self._db.execute(query, (self.profile, _instant(due))).fetchone()
            return Waiting.model_validate_json(zlib.decompress(row[0])) if row is not None else None

    def brief_numbers(self, due: datetime) -> dict[str, int]:
        """Return the numbers of the briefs that were gathered for the digest of an instant, by their articles' ids."""
        query = (
            "SELECT text_id, gathered.brief_id FROM gathered JOIN briefs ON briefs.id = gathered.brief_id"
            " JOIN versions ON versions.id = version_id WHERE gathered.profile = ? AND due = ?"
        )
        with self.database.reading():
            return dict(self._db.execute(query, (self.profile, _instant(due))).fetchall())

    def _articles(self, query: str, values: tuple[str, ...]) -> tuple[GatheredArticle, ...]:
        with self._reading():
            rows = self._db.execute(f"{query} ORDER BY source, gathered.digest", values)
            return tuple(
                GatheredArticle(
                    source,
                    digest,
                    corrected(self._db, read_stored(json)).share_field_names(),
                    outlet,
                    url,
                    weight,
                    since and date.fromisoformat(since),
                )
                for source, digest, json, outlet, url, weight, since in rows
            )

    @property
    def _db(self) -> sqlite3.Connection:
        return self.database.connection

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Run a block that reads stored records; a record of another version raises an ArchiveError."""
        try:
            with self.database.reading():
                yield
        except ValueError as error:
            reason = "this version of briefing cannot read a digest that another version stored; that version can"
            raise ArchiveError(str(self.database.path), reason) from error


def finish_digest(db: sqlite3.Connection, profile: str, due: datetime, final: FinalDigest, moment: datetime) -> None:
    """Store a digest that waited for approval as it is sent, within a transaction.

    Articles that are left for the next digest are moved to the second after this one, for which there is no digest.
    """
    _write_digest(db, profile, due, final.digest, moment)
    db.execute("DELETE FROM waiting_digests WHERE profile = ? AND due = ?", (profile, _instant(due)))
    if final.ledger is not None:
        write_ledger(db, profile, final.ledger, final.digest)
    db.executemany(
        "UPDATE gathered SET due = ? WHERE profile = ? AND due = ? AND brief_id IN"
        " (SELECT briefs.id FROM briefs JOIN versions ON versions.id = version_id WHERE text_id = ?)",
        ((_instant(due + timedelta(seconds=1)), profile, _instant(due), article) for article in sorted(final.left)),
    )


def _write_digest(db: sqlite3.Connection, profile: str, due: datetime, digest: Digest, moment: datetime) -> None:
    stored = zlib.compress(digest.model_dump_json().encode("utf-8"))
    db.execute(
        "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?)", (profile, _instant(due), moment.isoformat(), stored)
    )


def forget_digests(db: sqlite3.Connection, before: datetime) -> None:
    """Remove the digests that were made before a moment, and their gathered briefs, within a transaction.

    The archive still knows that an article was gathered, as long as it holds a brief of its text.
    """
    db.execute("DELETE FROM digests WHERE made < ?", (before.isoformat(),))
    db.execute("DELETE FROM waiting_digests WHERE due < ?", (before.isoformat(),))
    db.execute("UPDATE gathered SET json = NULL WHERE due < ?", (before.isoformat(),))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
