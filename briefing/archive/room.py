"""What the pages of the reading room ask for: what waits, what failed, the agenda, and what people chose."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from briefing.archive import waiting
from briefing.archive.agenda import events_from, events_under_way
from briefing.archive.database import Database
from briefing.archive.folding import clean, folded
from briefing.archive.records import (
    AgendaEvent,
    AgendaPlace,
    Failure,
    Followed,
    Piece,
    Sight,
    WaitingBrief,
    WaitingPlace,
)
from briefing.archive.searching import excerpt
from briefing.review.acts import Subject

# Of the texts of the last week, at most so many are searched for the actors that a person follows.
_RECENT = 1000
_WEEK = timedelta(days=7)
_SIGHTS = f"""
SELECT recent.brief_id, recent.title, recent.outlet, recent.day, follows.folded
FROM (SELECT * FROM versions WHERE day >= ? ORDER BY day DESC, brief_id DESC LIMIT {_RECENT}) AS recent
CROSS JOIN names INDEXED BY names_by_actor ON names.version_id = recent.id
CROSS JOIN follows ON follows.folded = names.folded AND person = ?
GROUP BY recent.brief_id, follows.folded ORDER BY recent.day DESC, recent.brief_id DESC LIMIT ?
"""  # noqa: S608 - a constant


class RoomRecords:
    """The records of the reading room.

    Every method is one transaction, and raises an ArchiveError if the file cannot be used.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def to_review(
        self, *, without: Sequence[str] = (), after: WaitingPlace | None = None, most: int = 50
    ) -> tuple[WaitingBrief, ...]:
        """Return briefs that nobody reviewed, but those of some profiles.

        Those of the last day come first, and of a day the most doubtful.
        """
        with self._database.reading():
            return waiting.to_review(self._db, without, after, most)

    def to_approve(self, profile: str, within: timedelta, *, most: int = 50) -> tuple[WaitingBrief, ...]:
        """Return the briefs of a profile within a time that are neither approved nor withdrawn.

        The most doubtful come first.
        """
        with self._database.reading():
            return waiting.to_approve(self._db, profile, (self._clock() - within).date(), most)

    def failures(self, within: timedelta, *, most: int = 50) -> tuple[Failure, ...]:
        """Return the sources that failed within a time and were not made later, the last first."""
        with self._database.reading():
            return waiting.failures(self._db, self._clock() - within, most)

    def brief_of(self, subject: Subject) -> tuple[int, str] | None:
        """Return the number and the title of the newest brief that acts are about, or None."""
        with self._database.reading():
            number = waiting.newest_of(self._db, subject) if subject.kind == "brief" else None
            query = "SELECT title FROM versions WHERE text_id = ?"
            row = self._db.execute(query, (subject.key,)).fetchone()
        return (number, row[0]) if number is not None else None

    def excerpts(self, words: str, articles: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
        """Return where each article holds the words of a search; nothing where it does not.

        Raises:
            ValueError: The search text holds no word.
        """
        with self._database.reading():
            return tuple(excerpt(self._db, words, article) for article in articles)

    def made_of(self, digest: str, profile_sha256: str) -> int | None:
        """Return the brief that a profile made of a source with this digest (`digest_of`), or None."""
        query = (
            "SELECT briefs.id FROM run_items JOIN briefs ON briefs.id = run_items.brief_id"
            " WHERE digest = ? AND profile_sha256 = ? ORDER BY briefs.id DESC LIMIT 1"
        )
        with self._database.reading():
            row = self._db.execute(query, (digest, profile_sha256)).fetchone()
        return int(row[0]) if row is not None else None

    def events(self, first: date, *, after: AgendaPlace | None = None, most: int = 100) -> tuple[AgendaEvent, ...]:
        """Return the events that begin on a day or later, in order of their days."""
        with self._database.reading():
            return events_from(self._db, first, after, most)

    def events_under_way(self, day: date, *, most: int = 50) -> tuple[AgendaEvent, ...]:
        """Return the events that began before a day and last until then or longer, the first to end first."""
        with self._database.reading():
            return events_under_way(self._db, day, most)

    def follow(self, person: str, name: str) -> None:
        """Let a person follow an actor."""
        with self._database.writing():
            row = (clean(person), folded(name), clean(name), self._clock().isoformat())
            self._db.execute("INSERT OR IGNORE INTO follows VALUES (?, ?, ?, ?)", row)

    def unfollow(self, person: str, name: str) -> None:
        """Let a person follow an actor no longer."""
        with self._database.writing():
            self._db.execute("DELETE FROM follows WHERE person = ? AND folded = ?", (clean(person), folded(name)))

    def follows(self, person: str, name: str) -> bool:
        """Return True if a person follows an actor."""
        query = "SELECT 1 FROM follows WHERE person = ? AND folded = ?"
        with self._database.reading():
            return self._db.execute(query, (clean(person), folded(name))).fetchone() is not None

    def followed(self, person: str, *, most: int = 50) -> tuple[Followed, ...]:
        """Return the actors that a person follows, each with where the texts of the last week name it."""
        since = (self._clock() - _WEEK).date().isoformat()
        with self._database.reading():
            names = self._db.execute("SELECT folded, name FROM follows WHERE person = ? ORDER BY folded", (person,))
            actors = names.fetchall()
            rows = self._db.execute(_SIGHTS, (since, person, most)).fetchall()
        sights: dict[str, list[Sight]] = {}
        for brief, title, outlet, day, actor in rows:
            sights.setdefault(actor, []).append(Sight(brief, title, outlet, day))
        return tuple(Followed(name, tuple(sights.get(actor, ()))) for actor, name in actors)

    def bindings(self, person: str) -> Mapping[str, str]:
        """Return the keys that a person chose, by action; an empty string turns an action's key off."""
        with self._database.reading():
            rows = self._db.execute("SELECT action, key FROM bindings WHERE person = ?", (clean(person),)).fetchall()
        return dict(rows)

    def bind(self, person: str, action: str, key: str) -> None:
        """Store the key that a person chose for an action."""
        with self._database.writing():
            self._db.execute("INSERT OR REPLACE INTO bindings VALUES (?, ?, ?)", (clean(person), action, clean(key)))

    def unbind(self, person: str) -> None:
        """Forget all keys that a person chose."""
        with self._database.writing():
            self._db.execute("DELETE FROM bindings WHERE person = ?", (clean(person),))

    @property
    def _db(self) -> sqlite3.Connection:
        return self._database.connection
