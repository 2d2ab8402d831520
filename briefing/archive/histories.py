"""The history of an actor: its appearances, its roles, and the points that it was party to."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from briefing.archive.folding import folded, surname
from briefing.archive.people import Sighting, separate_actors
from briefing.archive.records import ActorHistory, Appearance, PointHeld, RoleHeld

_SIGHTINGS = """
SELECT DISTINCT actors.version_id, actors.number, name, kind, role, affiliation,
       brief_id, day, published, outlet, title
FROM (SELECT * FROM versions WHERE id IN (SELECT version_id FROM names WHERE folded IN (?1, ?2))
      ORDER BY day DESC, brief_id DESC LIMIT ?3) AS texts
JOIN names ON names.version_id = texts.id AND folded IN (?1, ?2)
JOIN actors ON actors.version_id = names.version_id AND actors.number = names.number
ORDER BY day DESC, brief_id DESC
"""
_PARTIES = """
SELECT points.number, kind, statement, name FROM points
JOIN parties ON parties.version_id = points.version_id AND parties.number = points.number
WHERE points.version_id = ? ORDER BY points.number, place
"""


def histories_of(db: sqlite3.Connection, name: str, most: int = -1) -> tuple[ActorHistory, ...]:
    """Return the history of each actor with a name; the actors with most appearances come first.

    Args:
        db: The archive.
        name: The actor's name, or a surname.
        most: How many texts are looked at, the newest; -1 for all.
    """
    asked = folded(name)
    rows = db.execute(_SIGHTINGS, (asked, surname(name) or asked, most)).fetchall()
    sightings = [_sighting(db, row) for row in rows]
    found = (_history(db, group) for group in separate_actors(sightings, name))
    return tuple(sorted(found, key=lambda history: -len(history.appearances)))


def _sighting(db: sqlite3.Connection, row: tuple[Any, ...]) -> Sighting:
    version, number, name, kind, role, affiliation, brief, day, published, outlet, title = row
    names = db.execute("SELECT folded FROM names WHERE version_id = ? AND number = ?", (version, number))
    appearance = Appearance(brief, day, published, outlet, title, name, role, affiliation)
    return Sighting(version, kind, frozenset(name for (name,) in names.fetchall()), appearance)


def _history(db: sqlite3.Connection, sightings: Sequence[Sighting]) -> ActorHistory:
    newest_first = sorted(sightings, key=lambda one: (one.appearance.day, one.appearance.brief), reverse=True)
    fullest = max(newest_first, key=lambda one: len(one.appearance.name.split()))
    affiliation = next((one.appearance.affiliation for one in newest_first if one.affiliation), None)
    return ActorHistory(
        name=fullest.appearance.name,
        kind=fullest.kind,
        affiliation=affiliation,
        roles=_roles(newest_first),
        appearances=tuple(one.appearance for one in newest_first),
        points=tuple(point for one in newest_first for point in _points(db, one)),
    )


def _roles(newest_first: Sequence[Sighting]) -> tuple[RoleHeld, ...]:
    """Return each role once, in its latest spelling; the latest role comes first."""
    given: dict[str, list[Appearance]] = {}
    for one in newest_first:
        if one.appearance.role:
            given.setdefault(folded(one.appearance.role), []).append(one.appearance)
    return tuple(map(_role_held, given.values()))


def _role_held(appearances: Sequence[Appearance]) -> RoleHeld:
    days = [one.published for one in appearances if one.published is not None]
    first, last = (min(days), max(days)) if days else (None, None)
    return RoleHeld(str(appearances[0].role), first, last, len(appearances))


def _points(db: sqlite3.Connection, one: Sighting) -> list[PointHeld]:
    """Return the points of a brief that name the actor as a party; parties are names of the brief's actors."""
    points: dict[int, tuple[str, str, list[str]]] = {}
    for number, kind, statement, party in db.execute(_PARTIES, (one.version,)).fetchall():
        points.setdefault(number, (kind, statement, []))[2].append(party)
    name = folded(one.appearance.name)
    return [
        PointHeld(
            one.appearance.brief,
            one.appearance.published,
            "agreement" if kind == "agreement" else "disagreement",
            statement,
            tuple(party for party in parties if folded(party) != name),
        )
        for kind, statement, parties in points.values()
        if name in map(folded, parties)
    ]
