"""Store a brief: find its article by text or address, then update the tables and the index."""

import sqlite3
import zlib
from datetime import datetime
from urllib.parse import urlsplit

from briefing.archive.folding import folded, surname
from briefing.archive.records import Kept
from briefing.archive.reviews import acts_of
from briefing.archive.waiting import note_acts, note_waiting
from briefing.language.times.values import bounds
from briefing.model.brief import Actor, Article, Briefing, Position
from briefing.reading.urls import canonical_url
from briefing.review.acts import Subject
from briefing.review.replay import replay

_COMPRESSION = 6  # zlib's default; it shrinks a brief to a fifth in about a millisecond


def store(db: sqlite3.Connection, brief: Briefing, moment: datetime) -> Kept:
    """Store a brief within a transaction.

    Articles with the same text or the same address are one item. A text has one brief for each profile and version of
    the program. A later brief replaces it, unless its article has another address.
    """
    article = brief.article
    url = _address(article)
    version, item = _version_of(db, article, url, moment)
    if url is not None:
        _note_address(db, url, version, article.outlet, moment)
    number, is_current = _keep_brief(db, brief, version, url, moment)
    if not is_current:
        return Kept(number, version, item)
    shown = corrected(db, brief)
    newest = (article.title, article.outlet, article.published, article.published, number, version)
    db.execute(
        "UPDATE versions SET title = ?, outlet = ?, published = ?, day = coalesce(?, day), brief_id = ? WHERE id = ?",
        newest,
    )
    _index(db, shown, version)
    note_waiting(db, brief, version, number, moment)
    return Kept(number, version, item)


def is_stored(db: sqlite3.Connection, brief: Briefing) -> bool:
    """Return True if this very brief is stored."""
    made = brief.provenance
    row = db.execute(
        "SELECT json FROM briefs JOIN versions ON versions.id = version_id"
        " WHERE text_id = ? AND profile = ? AND profile_sha256 = ? AND program = ?",
        (brief.article.id, made.profile, made.profile_sha256, made.briefing),
    ).fetchone()
    return row is not None and row[0] == stored_json(brief)


def corrected(db: sqlite3.Connection, brief: Briefing) -> Briefing:
    """Return a brief as people corrected it."""
    acts = acts_of(db, Subject.of(brief))
    return replay(brief, acts).record if acts else brief


def index_again(db: sqlite3.Connection, made: Briefing) -> None:
    """Index the text of a brief as people corrected it, if the brief is the newest of its text."""
    row = db.execute(
        "SELECT versions.id, json FROM versions JOIN briefs ON briefs.id = brief_id WHERE text_id = ? AND profile = ?",
        (made.article.id, made.provenance.profile),
    ).fetchone()
    if row is not None:
        _index(db, corrected(db, read_stored(row[1])), row[0])


def note_state(db: sqlite3.Connection, made: Briefing) -> None:
    """Note the state of the newest brief of a text by a profile after acts on it, within a transaction."""
    row = db.execute(
        "SELECT json FROM versions JOIN waiting ON waiting.version_id = versions.id"
        " JOIN briefs ON briefs.id = waiting.brief_id WHERE text_id = ? AND waiting.profile = ?",
        (made.article.id, made.provenance.profile),
    ).fetchone()
    if row is not None:
        note_acts(db, read_stored(row[0]))


def stored_json(brief: Briefing) -> bytes:
    """Return a brief as compressed JSON."""
    return zlib.compress(brief.model_dump_json().encode("utf-8"), _COMPRESSION)


def read_stored(stored: bytes) -> Briefing:
    """Return a stored brief.

    Raises:
        ValueError: This program cannot read it.
    """
    return Briefing.model_validate_json(zlib.decompress(stored))


def _address(article: Article) -> str | None:
    """Return the canonical address of an article; None if it has no address of its own.

    The home page of an outlet does not identify an article, nor does a text that is no URL ("unknown").
    """
    url = canonical_url(article.url or "")
    parts = urlsplit(url)
    is_page = parts.scheme in ("http", "https") and bool(parts.netloc)
    return url if is_page and (parts.path.strip("/") or parts.query) else None


def _version_of(db: sqlite3.Connection, article: Article, url: str | None, moment: datetime) -> tuple[int, int]:
    """Return the version that holds the text of an article, and its item; add them if they are missing."""
    known = db.execute("SELECT id, item_id FROM versions WHERE text_id = ?", (article.id,)).fetchone()
    by_address = db.execute(
        "SELECT item_id FROM addresses JOIN versions ON versions.id = version_id WHERE url = ? LIMIT 1", (url,)
    ).fetchone()
    if known is not None:
        version, item = known
        if by_address is not None and by_address[0] != item:
            item = _merge_items(db, item, by_address[0])
        return version, item
    item = by_address[0] if by_address is not None else _added(db.execute("INSERT INTO items DEFAULT VALUES"))
    day = article.published or moment.date().isoformat()
    columns = (item, article.id, article.title, article.outlet, article.published, day)
    added = db.execute(
        "INSERT INTO versions (item_id, text_id, title, outlet, published, day, brief_id) VALUES (?, ?, ?, ?, ?, ?, 0)",
        columns,
    )
    return _added(added), item


def _merge_items(db: sqlite3.Connection, one: int, other: int) -> int:
    """Merge two items into the older one and return it, because an address now has the text of the other."""
    first, second = sorted((one, other))
    db.execute("UPDATE versions SET item_id = ? WHERE item_id = ?", (first, second))
    db.execute("DELETE FROM items WHERE id = ?", (second,))
    return first


def _note_address(db: sqlite3.Connection, url: str, version: int, outlet: str | None, moment: datetime) -> None:
    seen = moment.isoformat()
    db.execute(
        "INSERT INTO addresses VALUES (?, ?, ?, ?, ?) ON CONFLICT (url, version_id) DO UPDATE"
        " SET outlet = coalesce(excluded.outlet, outlet), last_seen = excluded.last_seen",
        (url, version, outlet, seen, seen),
    )


def _keep_brief(
    db: sqlite3.Connection, brief: Briefing, version: int, url: str | None, moment: datetime
) -> tuple[int, bool]:
    """Return the number of the brief of this text, profile and program, and whether it is now *brief*.

    The stored brief stays if its article has another address.
    """
    made = brief.provenance
    key = (version, made.profile, made.profile_sha256, made.briefing)
    stored = db.execute(
        "SELECT id, url FROM briefs WHERE version_id = ? AND profile = ? AND profile_sha256 = ? AND program = ?", key
    ).fetchone()
    if stored is None:
        added = db.execute(
            "INSERT INTO briefs (version_id, profile, profile_sha256, program, url, made, json)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, url, moment.isoformat(), stored_json(brief)),
        )
        return _added(added), True
    number, earlier = stored
    if earlier is not None and earlier != url:
        return number, False
    changes = (url, moment.isoformat(), stored_json(brief), number)
    db.execute("UPDATE briefs SET url = ?, made = ?, json = ? WHERE id = ?", changes)
    return number, True


def _added(cursor: sqlite3.Cursor) -> int:
    """Return the number of the inserted row."""
    return int(cursor.lastrowid or 0)


def _index(db: sqlite3.Connection, brief: Briefing, version: int) -> None:
    """Index a text by its newest brief, within a transaction."""
    for table in ("actors", "events", "points"):
        db.execute(f"DELETE FROM {table} WHERE version_id = ?", (version,))  # noqa: S608 - names of our own
    db.execute("DELETE FROM texts WHERE rowid = ?", (version,))
    db.execute(
        "INSERT INTO texts (rowid, title, text, lines) VALUES (?, ?, ?, ?)",
        (version, brief.article.title, brief.article.text, "\n".join(_own_lines(brief))),
    )
    for number, actor in enumerate(brief.actors):
        columns = (version, number, actor.name, actor.kind, actor.role, actor.affiliation)
        db.execute("INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?)", columns)
        db.executemany("INSERT INTO names VALUES (?, ?, ?)", ((name, version, number) for name in _names(actor)))
    for number, event in enumerate(brief.events):
        days = bounds(event.when.value) if event.when.value else None
        first, last = (day.isoformat() for day in days) if days is not None else (None, None)
        db.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (version, number, event.title, event.when.value, first, last, event.place, event.status),
        )
    points = [("agreement", point) for point in brief.agreements] + [("disagreement", p) for p in brief.disagreements]
    for number, (kind, point) in enumerate(points):
        _index_point(db, version, number, kind, point)


def _index_point(db: sqlite3.Connection, version: int, number: int, kind: str, point: Position) -> None:
    columns = (version, number, kind, point.statement, point.topic, point.attributed_to)
    db.execute("INSERT INTO points VALUES (?, ?, ?, ?, ?, ?)", columns)
    parties = ((version, number, place, party) for place, party in enumerate(point.parties))
    db.executemany("INSERT INTO parties VALUES (?, ?, ?, ?)", parties)


def _names(actor: Actor) -> set[str]:
    """Return the folded names that a search finds an actor by; for a person, also the surname."""
    names = {folded(name) for name in (actor.name, *actor.aliases)}
    if actor.kind == "person" and (last := surname(actor.name)) is not None:
        names.add(last)
    return names


def _own_lines(brief: Briefing) -> list[str]:
    """Return the lines of a brief that are not in the text of the article, which is indexed separately."""
    lines = [statement.text for statement in brief.summary]
    lines += [" ".join(filter(None, (actor.name, actor.role, actor.affiliation))) for actor in brief.actors]
    lines += [" ".join(filter(None, (event.title, event.place, *event.participants))) for event in brief.events]
    lines += [f"{point.statement} {' '.join(point.parties)}" for point in (*brief.agreements, *brief.disagreements)]
    lines += [" ".join(filter(None, (quote.speaker, quote.text))) for quote in brief.quotes]
    lines += [fact.text for fact in brief.background]
    lines += [statement.text for _, records in sorted(brief.extensions.items()) for statement in records]
    return [line for line in lines if line not in brief.article.text]
