"""Make an archive of many briefs from our own articles, with other names and days.

    python -m benchmarks.many_briefs FILE [--briefs 100000]

Each of our articles in ``tests/quality/articles`` is briefed once and stored in an archive. The rows of that archive
are then copied, with the words of names exchanged for invented ones of the same length, so that all evidence stays in
its place, and with the days moved. The same numbers give the same archive. It takes about five minutes for 100,000.
The copies are not sealed.
"""

import argparse
import random
import re
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from briefing.archive.archive import Archive
from briefing.archive.storing import store
from briefing.jobs.briefs import brief
from briefing.model.brief import Briefing, text_id
from briefing.runtime.parallel import prepare_process

LAST_DAY = date(2026, 12, 1)
DAYS = 1000  # over which the articles are spread
OUTLETS = tuple(f"The {name} Courier" for name in ("Northern", "Harbour", "Valley", "Upland", "Coastal", "Lakeside"))
_ARTICLES = Path(__file__).parent.parent / "tests" / "quality" / "articles"
_TOGETHER = 1000  # briefs in a transaction
_LEVEL = 1  # of compression
_SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
_NAME_WORD = re.compile(r"[A-Z][a-z]{2,}")  # "Solheim"; not "of", "EU"
_DAY = re.compile(r'"(\d{4}-\d\d-\d\d)(?=["T/])')
_SEAL = re.compile(r'"seal":\{[^}]*\}')
_TABLES = ("addresses", "actors", "names", "events", "points", "parties", "texts", "versions", "briefs", "waiting")


@dataclass(frozen=True)
class Pattern:
    """The rows of one stored brief, and the words of its names."""

    text: str
    id: str
    json: str
    day: date
    words: tuple[str, ...]
    rows: dict[str, list[dict[str, Any]]]


def patterns(most: int) -> Iterator[Pattern]:
    """Yield the rows of each of our articles."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.sqlite") as archive:
        db = archive.database.connection
        for file in sorted(_ARTICLES.glob("*.txt"))[:most]:
            made = brief(file)
            with archive.database.writing():
                kept = store(db, made, datetime.now(UTC))
            yield _pattern(db, made, kept.version)


def fill(path: Path, briefs: int, most_articles: int = 60) -> None:
    """Make the archive."""
    known = list(patterns(most_articles))
    with Archive.open(path) as archive:
        db = archive.database.connection
        db.execute("PRAGMA synchronous = OFF")
        for first in range(1, briefs + 1, _TOGETHER):
            last = min(first + _TOGETHER - 1, briefs)
            with archive.database.writing():
                for number in range(first, last + 1):
                    _copy(db, known[number % len(known)], number)
            print(f"\r{last:,} of {briefs:,}", end="", file=sys.stderr, flush=True)
        db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        db.execute("ANALYZE")
    print(file=sys.stderr)


def name_of(length: int, dice: random.Random) -> str:
    """Return an invented name of a length."""
    return "".join(dice.choices(_SYLLABLES, k=(length + 1) // 2))[:length].capitalize()


def _pattern(db: sqlite3.Connection, made: Briefing, version: int) -> Pattern:
    others = [actor for actor in made.actors if actor.kind != "country"]  # countries are named in many articles
    names = " ".join(name for actor in others for name in (actor.name, *actor.aliases))
    rows = {}
    for table in _TABLES:
        key = {"versions": "id", "texts": "rowid"}.get(table, "version_id")
        asked = db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (version,))  # noqa: S608 - names of our own
        columns = [column for column, *_ in asked.description]
        rows[table] = [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]
    day = date.fromisoformat(made.article.published or LAST_DAY.isoformat())
    words = tuple(sorted(set(_NAME_WORD.findall(names))))
    json = _SEAL.sub('"seal":{}', made.model_dump_json())
    return Pattern(made.article.text, made.article.id, json, day, words, rows)


def _copy(db: sqlite3.Connection, pattern: Pattern, number: int) -> None:
    dice = random.Random(number)  # noqa: S311 - no secret
    others = {word: name_of(len(word), dice) for word in pattern.words}
    translate = _translation(others)
    fold = _translation({word.lower(): name.lower() for word, name in others.items()})
    day = LAST_DAY - timedelta(days=int(DAYS * (1 - number / 100_000)) % DAYS)
    moved = partial(_moved, by=day - pattern.day)
    text = translate(pattern.text)
    made = f"{day.isoformat()}T06:00:00+00:00"
    json = _DAY.sub(lambda m: f'"{moved(m[1])}', translate(pattern.json)).replace(pattern.id, text_id(text))
    always = {
        "id": number,
        "version_id": number,
        "item_id": number,
        "brief_id": number,
        "text_id": text_id(text),
        "url": f"https://news.example/{number}",
        "outlet": OUTLETS[number % len(OUTLETS)],
        "made": made,
        "published": day.isoformat(),
        "day": day.isoformat(),
        "json": zlib.compress(json.encode(), _LEVEL),
    }
    db.execute("INSERT INTO items VALUES (?)", (number,))
    for table in ("versions", "briefs", "addresses", "actors", "names", "events", "points", "parties", "waiting"):
        rows = [_row(row, always, fold if table == "names" else translate, moved) for row in pattern.rows[table]]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of our own
    (words,) = (_row(row, {}, translate, moved) for row in pattern.rows["texts"])
    db.execute("INSERT INTO texts (rowid, title, text, lines) VALUES (?, ?, ?, ?)", (number, *words))


def _translation(others: dict[str, str]) -> Callable[[str], str]:
    """Return a function that exchanges words of a text, or of JSON, where a new line is written as n after a stroke."""
    if not others:
        return str
    found = re.compile(rf"(?:\b|(?<=\\n))(?:{'|'.join(map(re.escape, others))})\b")
    return partial(found.sub, lambda match: others[match[0]])


def _row(
    row: dict[str, Any], always: dict[str, Any], translate: Callable[[str], str], moved: Callable[[str], str]
) -> Sequence[Any]:
    return [
        always[column]
        if column in always
        else moved(value)
        if column in ("first_day", "last_day") and value
        else translate(value)
        if isinstance(value, str) and column not in ("kind", "status", "profile", "program", "state")
        else value
        for column, value in row.items()
    ]


def _moved(day: str, by: timedelta) -> str:
    """Return a day moved by a time; a day that does not exist stays."""
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except (ValueError, OverflowError):
        return day


def main() -> int:
    """Make the archive that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--briefs", type=int, default=100_000)
    options = parser.parse_args()
    prepare_process()
    fill(options.file, options.briefs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
