"""Read tables of articles: Parquet, JSON Lines, CSV. A bad row costs itself, a bad file the rest of itself."""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, Final

from briefing.batch.places import Place
from briefing.batch.records import Flaw, Part, Row
from briefing.errors import BatchError
from briefing.reading.known import Known

FORMATS: Final = {"parquet": (".parquet", ".pq"), "jsonl": (".jsonl", ".ndjson", ".jl"), "csv": (".csv",)}
_PACKED: Final = ("", ".gz", ".bz2", ".xz", ".zst")
SUFFIXES: Final = tuple(suffix + packed for suffixes in FORMATS.values() for suffix in suffixes for packed in _PACKED)
_LONGEST_FIELD: Final = 20_000_000  # characters, above the limit of an article, so that the reader refuses it
_CHECKED: Final = 100  # rows whose names show the columns; rows of JSON may differ in theirs
_READ_AHEAD: Final = 64  # rows of a Parquet file

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns; None: the usual names, if there are such columns."""

    text: str | None = None
    html: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None

    def of(self, field: str) -> tuple[str, ...]:
        """Return the columns that may hold a field; the first that is there does."""
        named = getattr(self, field)
        return (named,) if named is not None else _USUAL[field]

    def check(self, present: Collection[str], file: Place) -> None:
        """Raise an error if a file lacks a column that the user named, or one with articles.

        Raises:
            BatchError: Such a column is missing.
        """
        listed = ", ".join(present) or "none"
        for field in fields(self):
            named = getattr(self, field.name)
            if named is not None and named not in present:
                raise BatchError(f"cannot read {file}", f"it has no column {named!r} (it has: {listed})")
        if not any(name in present for field in ("text", "html") for name in self.of(field)):
            reason = f"it has no column text or html (it has: {listed}); name the one with the articles with --text"
            raise BatchError(f"cannot read {file}", reason)


_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text",),
    "html": ("html",),
    "title": ("title",),
    "date": ("date", "published"),
    "outlet": ("outlet",),
    "url": ("url",),
    "id": ("id",),
}


def parts_of(files: Iterable[Place], columns: Columns, kind: str | None, size: int) -> Iterator[Part]:
    """Yield the rows of all files in parts of *size*, numbered from 0."""
    items = (item for file in files for item in _items(file, columns, kind))
    number = 0
    while batch := tuple(islice(items, size)):
        yield Part(number, batch)
        number += 1


def count_rows(file: Place, kind: str | None) -> int:
    """Return the number of rows in a file; 0 if it cannot be read, which `parts_of` reports."""
    try:
        with file.open() as stream:
            return _KINDS[kind_of(file, kind)].count(stream)
    except Exception:  # noqa: BLE001 - a damaged file is reported where its rows are read
        return 0


def check_columns(file: Place, columns: Columns, kind: str | None) -> None:
    """Raise an error if a file lacks a column that is needed; a file that cannot be read is reported later.

    Raises:
        BatchError: A column is missing.
    """
    try:
        with file.open() as stream:
            first = list(islice(_KINDS[kind_of(file, kind)].rows(stream), _CHECKED))
    except BatchError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return
    present = dict.fromkeys(name for values in first if isinstance(values, Mapping) for name in values)
    if present:
        columns.check(present, file)


def kind_of(file: Place, given: str | None) -> str:
    """Return the format of a file, by its suffix unless it is given.

    Raises:
        BatchError: The suffix is unknown.
    """
    if given is not None:
        return given
    name = file.path.lower()
    for kind, suffixes in FORMATS.items():
        if any(name.endswith(suffix + packed) for suffix in suffixes for packed in _PACKED):
            return kind
    raise BatchError(f"cannot read {file}", f"its name does not say its format; add --input-format {'|'.join(FORMATS)}")


def _items(file: Place, columns: Columns, kind: str | None) -> Iterator[Row | Flaw]:
    """Yield the rows of a file."""
    name, number = str(file), -1
    try:
        with file.open() as stream:
            for number, values in enumerate(_KINDS[kind_of(file, kind)].rows(stream)):
                yield _item(name, number, values, columns)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a file must not stop the others
        yield Flaw(name, number + 1, None, f"the rest of the file cannot be read: {error or type(error).__name__}")


def _item(name: str, number: int, values: "Values | str", columns: Columns) -> Row | Flaw:
    """Return a row of the input; *values* is the reason if it could not be read."""
    if isinstance(values, str):
        return Flaw(name, number, None, values)
    given = {
        field.name: next((values[column] for column in columns.of(field.name) if column in values), None)
        for field in fields(columns)
    }
    odd = next((field for field, value in given.items() if isinstance(value, dict | list)), None)
    if odd is not None:
        return Flaw(name, number, None, f"its {odd} is no text but a list or an object")
    identity = _line(given.get("id"))
    order = ("html", "text") if columns.html is not None and columns.text is None else ("text", "html")
    content = next((text for field in order if (text := _content(given.get(field)))), b"")
    if not content.strip():
        return Flaw(name, number, identity, "it has no text")
    try:
        published = _day(given.get("date"))
    except ValueError:
        reason = f"its date {str(given['date'])[:40]!r} is not a day; write it as YYYY-MM-DD"
        return Flaw(name, number, identity, reason)
    title, url, outlet = (_line(given.get(field)) for field in ("title", "url", "outlet"))
    return Row(name, number, identity, content, Known(title, url, outlet, published=published))


def _content(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace") if value is not None else b""


def _line(value: object) -> str | None:
    if value is None or value == "":
        return None
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text.encode("utf-8", "replace").decode()  # half characters of JSON fit no table


def _day(value: object) -> date | None:
    """Return the day of a date, a time stamp, or a text that starts with YYYY-MM-DD; None for an empty one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _line(value)
    if text is None or not text.strip():
        return None
    text = text.strip()
    return date.fromisoformat(text) if len(text) <= len("YYYY-MM-DD") else datetime.fromisoformat(text).date()


def _parquet_rows(stream: IO[bytes]) -> Iterator[Values]:
    from pyarrow.parquet import ParquetFile

    for batch in ParquetFile(stream).iter_batches(_READ_AHEAD, use_threads=False):
        yield from batch.to_pylist()


def _parquet_count(stream: IO[bytes]) -> int:
    from pyarrow.parquet import ParquetFile

    return int(ParquetFile(stream).metadata.num_rows)


def _jsonl_rows(stream: IO[bytes]) -> Iterator[Values | str]:
    for line in stream:
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield f"it is not JSON: {error}"
        else:
            yield values if isinstance(values, dict) else "it is not a JSON object"


def _jsonl_count(stream: IO[bytes]) -> int:
    return sum(1 for line in stream if line.strip())


def _csv_rows(stream: IO[bytes]) -> Iterator[Values | str]:
    csv.field_size_limit(_LONGEST_FIELD)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        for values in csv.DictReader(text):
            if None in values:
                yield "it has more fields than the header has"
            elif None in values.values():
                yield "it has fewer fields than the header has"
            else:
                yield values
    finally:
        text.detach()  # the stream is closed by who opened it


def _csv_count(stream: IO[bytes]) -> int:
    return sum(1 for _ in _csv_rows(stream))


@dataclass(frozen=True, slots=True)
class _Kind:
    rows: Callable[[IO[bytes]], Iterable[Values | str]]
    count: Callable[[IO[bytes]], int]


_KINDS: Final = {
    "parquet": _Kind(_parquet_rows, _parquet_count),
    "jsonl": _Kind(_jsonl_rows, _jsonl_count),
    "csv": _Kind(_csv_rows, _csv_count),
}
