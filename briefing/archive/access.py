"""Who may enter the reading room: users, one-time links and sessions."""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from briefing.archive.database import Database

Role = Literal["reader", "editor", "approver", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "approver", "admin")  # each may do what those before it may

_SECRET = 32  # bytes
_BETWEEN_NOTES = timedelta(minutes=1)  # a session that was seen this long ago is noted as seen again
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who was invited to the room."""

    name: str
    role: Role
    added: datetime
    seen: datetime | None  # the last request of a session that goes on


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who entered."""

    name: str
    role: Role
    is_stale: bool  # it should be noted as seen again


class AccessRecords:
    """The users, links and sessions of the room of an archive.

    Every method is one transaction, and raises an ArchiveError if the file cannot be used.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._db = database.connection
        self._clock = clock

    def users(self) -> tuple[User, ...]:
        """Return all users by name."""
        now = self._clock()
        query = (
            "SELECT name, role, added, (SELECT max(seen) FROM sessions"
            " WHERE sessions.name = users.name AND NOT here AND ends > ?) FROM users ORDER BY name COLLATE NOCASE"
        )
        with self._database.reading():
            rows = self._db.execute(query, (now.isoformat(),)).fetchall()
        return tuple(
            User(name, role, datetime.fromisoformat(added), datetime.fromisoformat(seen) if seen else None)
            for name, role, added, seen in rows
        )

    def invite(self, name: str, role: Role, lasting: timedelta) -> str:
        """Make somebody a user, or give a user another role; return the secret of a link.

        Raises:
            ValueError: The name is empty, too long, or holds characters that are not printed.
        """
        name = valid_name(name)
        with self._database.writing():
            self._db.execute(
                "INSERT INTO users VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role",
                (name, role, self._clock().isoformat()),
            )
            return self._link(name, lasting, here=False)

    def invite_here(self, name: str, lasting: timedelta) -> str:
        """Return the secret of a link for the person at the machine of the room.

        Raises:
            ValueError: The name is empty, too long, or holds characters that are not printed.
        """
        name = valid_name(name)
        with self._database.writing():
            return self._link(name, lasting, here=True)

    def remove(self, name: str) -> bool:
        """Remove a user with all sessions and links; return False if there is no such user."""
        with self._database.writing():
            for table in ("sessions", "invitations"):
                self._db.execute(f"DELETE FROM {table} WHERE name = ? AND NOT here", (name,))  # noqa: S608
            return self._db.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount > 0

    def invited(self, secret: str, *, here: bool) -> str | None:
        """Return the name that a link is for; None if it was used, has ended, or never was.

        Links for the person at the machine count only if *here* is set.
        """
        with self._database.reading():
            return self._invited(secret, here)

    def enter(self, secret: str, lasting: timedelta, idle: timedelta, *, here: bool) -> str | None:
        """Use up a link and begin a session; return the session's secret, None if the link is not valid."""
        now = self._clock()
        with self._database.writing():
            name = self._invited(secret, here)
            if name is None:
                return None
            link = self._db.execute("DELETE FROM invitations WHERE hash = ? RETURNING here", (_hash(secret),))
            (is_here,) = link.fetchone()
            forget_ended(self._db, now)
            session = secrets.token_urlsafe(_SECRET)
            ends = (now + lasting).isoformat()
            row = (_hash(session), name, is_here, now.isoformat(), int(idle.total_seconds()), ends)
            self._db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", row)
            return session

    def session(self, secret: str, *, here: bool) -> Session | None:
        """Return the session with this secret; None if it has ended or its user was removed.

        Sessions of the person at the machine count only if *here* is set.
        """
        query = (
            "SELECT sessions.name, CASE WHEN here THEN 'admin' ELSE role END, seen, idle FROM sessions"
            " LEFT JOIN users ON users.name = sessions.name AND NOT here WHERE hash = ? AND ends > ? AND here <= ?"
        )
        now = self._clock()
        with self._database.reading():
            row = self._db.execute(query, (_hash(secret), now.isoformat(), here)).fetchone()
        if row is None or row[1] is None:
            return None
        name, role, seen, idle = row
        since = now - datetime.fromisoformat(seen)
        return Session(name, role, since > _BETWEEN_NOTES) if since <= timedelta(seconds=idle) else None

    def note_seen(self, secret: str) -> None:
        """Note that a session is in use."""
        with self._database.writing():
            self._db.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (self._clock().isoformat(), _hash(secret)))

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._database.writing():
            self._db.execute("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))

    def _link(self, name: str, lasting: timedelta, *, here: bool) -> str:
        now = self._clock()
        secret = secrets.token_urlsafe(_SECRET)
        row = (_hash(secret), name, here, now.isoformat(), (now + lasting).isoformat())
        self._db.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?)", row)
        return secret

    def _invited(self, secret: str, here: bool) -> str | None:
        query = "SELECT name FROM invitations WHERE hash = ? AND ends > ? AND here <= ?"
        row = self._db.execute(query, (_hash(secret), self._clock().isoformat(), here)).fetchone()
        return str(row[0]) if row is not None else None


def valid_name(name: str) -> str:
    """Return a name of a person without white space at its ends.

    Raises:
        ValueError: It is empty, too long, or holds characters that are not printed.
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ValueError(f"{name!r} is no name of a person; use 1 to {_LONGEST_NAME} printed characters")
    return name


def forget_ended(db: sqlite3.Connection, moment: datetime) -> None:
    """Remove links and sessions that ended before a moment, within a transaction."""
    for table in ("invitations", "sessions"):
        db.execute(f"DELETE FROM {table} WHERE ends < ?", (moment.isoformat(),))  # noqa: S608


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed from its hash; a password would need a slow hash.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
