"""Find briefs by words, actor, outlet, day of publication and day of an event.

The order is that of the days. To order by relevance, every text that holds the words would have to be weighed each
time, and the order would change while somebody turns the pages.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from briefing.archive.folding import clean, folded
from briefing.archive.records import Entry, Piece, Selection
from briefing.archive.words import match_query

# Texts are selected before their briefs are read, because briefs are long. They are read in the order of the page, each
# is looked up among those that a condition selects, and reading ends when the page is full. To sort all that a frequent
# word selects would take ten times as long; to read all of 100,000 texts for a rare word takes 6 ms.
_TEXTS = "SELECT * FROM versions INDEXED BY versions_by_day"
_TEXTS_NEWEST_FIRST = " ORDER BY day DESC, brief_id DESC LIMIT ?"
_BRIEFS_OF = (
    "SELECT briefs.id, text_id, item_id, title, outlet, published, day, made, profile, program, chosen.id FROM ("
)
_NEWEST, _EVERY = ") AS chosen JOIN briefs ON briefs.id = brief_id", ") AS chosen JOIN briefs ON version_id = chosen.id"
_AFTER = " WHERE (day, briefs.id) < (?, ?)"
_NEWEST_FIRST = " ORDER BY day DESC, briefs.id DESC LIMIT ?"

_BY_WORDS = "versions.id IN (SELECT rowid FROM texts WHERE texts MATCH ?)"
_BY_ACTOR = "versions.id IN (SELECT version_id FROM names WHERE folded = ?)"
_BY_OUTLET = (
    "versions.id IN (SELECT id FROM versions WHERE outlet = ? COLLATE NOCASE"
    " UNION ALL SELECT version_id FROM addresses WHERE outlet = ? COLLATE NOCASE)"
)
_BY_EVENT = "versions.id IN (SELECT version_id FROM events WHERE last_day >= ? AND first_day <= ?)"
_EARLIEST, _LATEST = "0000-00-00", "9999-99-99"

# What encloses a found word in an excerpt; canonical texts hold no such signs.
_BEGIN, _END = "\x02", "\x03"
_EXCERPT = (
    f"SELECT snippet(texts, 1, '{_BEGIN}', '{_END}', '…', 24) FROM texts"  # noqa: S608 - constants
    " WHERE texts MATCH ? AND rowid = (SELECT id FROM versions WHERE text_id = ?)"
)


def find(db: sqlite3.Connection, selection: Selection) -> tuple[Entry, ...]:
    """Return the selected briefs, the newest first.

    Raises:
        ValueError: The search text of the selection holds no word.
    """
    conditions, values = _conditions(selection)
    texts = _TEXTS + (" WHERE " + " AND ".join(conditions) if conditions else "") + _TEXTS_NEWEST_FIRST
    after, place = (_AFTER, selection.after) if selection.after is not None else ("", ())
    query = _BRIEFS_OF + texts + (_EVERY if selection.every else _NEWEST) + after + _NEWEST_FIRST
    briefs = -1 if selection.limit is None else selection.limit
    limits = (-1 if selection.every else briefs, *place, briefs)
    return tuple(_entry(db, row) for row in db.execute(query, (*values, *limits)).fetchall())


def excerpt(db: sqlite3.Connection, words: str, article: str) -> tuple[Piece, ...]:
    """Return where a text holds the words of a search; nothing if it does not hold them."""
    row = db.execute(_EXCERPT, (match_query(words), article)).fetchone()
    return tuple(_pieces(" ".join(row[0].split()))) if row is not None else ()


def _pieces(marked: str) -> Iterator[Piece]:
    for number, part in enumerate(marked.split(_BEGIN)):
        found, end, rest = part.partition(_END)
        for piece in (Piece(found, bool(end) and number > 0), Piece(rest, found=False)):
            if piece.text:
                yield piece


def _conditions(selection: Selection) -> tuple[list[str], list[str | int]]:
    """Return the conditions of a selection as SQL, and the values of their parameters."""
    conditions: list[str] = []
    values: list[str | int] = []

    def add(condition: str, *parameters: str | int) -> None:
        conditions.append(condition)
        values.extend(parameters)

    if selection.words:
        add(_BY_WORDS, match_query(selection.words))
    if selection.actor is not None:
        add(_BY_ACTOR, folded(selection.actor))
    if selection.outlet is not None:
        outlet = clean(selection.outlet)
        add(_BY_OUTLET, outlet, outlet)
    if selection.since is not None:
        add("day >= ?", selection.since.isoformat())
    if selection.until is not None:
        add("day <= ?", selection.until.isoformat())
    if selection.event_from is not None or selection.event_to is not None:
        first = selection.event_from.isoformat() if selection.event_from is not None else _EARLIEST
        last = selection.event_to.isoformat() if selection.event_to is not None else _LATEST
        add(_BY_EVENT, first, last)
    if selection.after is not None and selection.every:
        add("day <= ?", selection.after[0])
    elif selection.after is not None:
        add("(day, brief_id) < (?, ?)", *selection.after)
    return conditions, values


def _entry(db: sqlite3.Connection, row: tuple[int, str, int, str, str, str, str, str, str, str, int]) -> Entry:
    number, article, item, title, outlet, published, day, made, profile, program, version = row
    addresses = db.execute("SELECT url FROM addresses WHERE version_id = ? ORDER BY first_seen, url", (version,))
    return Entry(
        brief=number,
        article=article,
        item=item,
        title=title,
        outlet=outlet,
        published=published,
        day=day,
        made=datetime.fromisoformat(made),
        profile=profile,
        program=program,
        addresses=tuple(url for (url,) in addresses.fetchall()),
    )
