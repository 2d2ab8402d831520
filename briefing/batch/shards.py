"""The Parquet files of a batch run: a row an article, the brief as JSON, and its lines as typed columns.

The bytes of a file depend on its rows alone.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.batch.places import Place
from briefing.batch.records import Flaw, Row
from briefing.errors import BatchError
from briefing.jobs.results import Result
from briefing.model.brief import LINE_FIELDS, Record
from briefing.model.formats import Format, format_kind

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

_OWN = ("evidence", "insertions", "when")  # fields that a column holds in another form, or not at all


def briefs_table(made: Sequence[tuple[Row, Result]], formats: Sequence[Format]) -> bytes:
    """Return the Parquet file of briefs; *formats* are those besides JSON."""
    return _written([_row(row, result, formats) for row, result in made], _briefs_schema(tuple(formats)))


def failed_table(flaws: Iterable[Flaw]) -> bytes:
    """Return the Parquet file of rows that failed; empty bytes if there are none."""
    rows = [{"source": one.source, "row": one.row, "id": one.id, "reason": one.reason} for one in flaws]
    return _written(rows, _failed_schema()) if rows else b""


def rows_in(table: Place) -> int:
    """Return the number of rows of a table.

    Raises:
        BatchError: It cannot be read.
    """
    return int(_opened(table).metadata.num_rows)


def briefs_in(table: Place) -> list[tuple[str, str]]:
    """Return each brief of a table as JSON, with the name of its row.

    Raises:
        BatchError: It cannot be read.
    """
    opened = _opened(table)
    try:
        rows = opened.read(columns=["source", "row", "brief"], use_threads=False).to_pylist()
        return [(f"row {row['row']} of {row['source']}", row["brief"] or "") for row in rows]
    except Exception as error:  # pyarrow has errors of many kinds for a damaged file
        raise BatchError(f"cannot read {table}", f"it is no table of briefs: {error}") from error


def _opened(table: Place) -> "ParquetFile":
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(io.BytesIO(table.read() or b""))
    except Exception as error:  # as above
        raise BatchError(f"cannot read {table}", f"it is no Parquet file: {error}") from error


def _row(row: Row, result: Result, formats: Sequence[Format]) -> dict[str, Any]:
    brief, outputs = result.brief, dict(result.outputs)
    if brief is None:
        raise ValueError("a result without its brief")
    article = brief.article
    return {
        "id": row.id or article.id,
        "source": row.source,
        "row": row.row,
        "article_id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": date.fromisoformat(article.published) if article.published else None,
        "words": len(article.text.split()),
        "brief": outputs["json"].decode(),
        **{name: [_values(line) for line in getattr(brief, name)] for name in LINE_FIELDS},
        "notices": [{"code": one.code, "message": one.message} for one in brief.notices],
        **{name: outputs.get(name) for name in formats},
    }


def _values(line: Record) -> dict[str, Any]:
    """Return the fields of a line; ``sentences`` are the numbers of its evidence."""
    values = {name: value for name, value in line.model_dump(mode="json").items() if name not in _OWN}
    when = getattr(line, "when", None)
    if isinstance(when, Record):
        values |= {f"when_{name}": value for name, value in when.model_dump().items() if name != "precision"}
        values["precision"] = when.model_dump()["precision"]
    elif hasattr(line, "when"):
        values["when"] = when
    numbers = (one.sentence for one in getattr(line, "evidence", ()))
    return {**values, "sentences": [number for number in dict.fromkeys(numbers) if number is not None]}


@cache
def _briefs_schema(formats: tuple[Format, ...]) -> "pa.Schema":
    import pyarrow as pa

    text, texts, numbers = pa.string(), pa.list_(pa.string()), pa.list_(pa.int32())

    def lines(**columns: "pa.DataType") -> "pa.DataType":
        return pa.list_(pa.struct([pa.field(name, kind) for name, kind in columns.items()]))

    point = lines(
        id=text,
        statement=text,
        topic=text,
        parties=texts,
        attributed_to=text,
        confidence=pa.float64(),
        salience=pa.float64(),
        sentences=numbers,
    )
    columns = {
        "id": text,
        "source": text,
        "row": pa.int64(),
        "article_id": text,
        "url": text,
        "outlet": text,
        "title": text,
        "published": pa.date32(),
        "words": pa.int32(),
        "brief": text,
        "summary": lines(text=text, sentences=numbers),
        "actors": lines(
            id=text,
            name=text,
            kind=text,
            role=text,
            affiliation=text,
            aliases=texts,
            mentions=pa.int32(),
            salience=pa.float64(),
            sentences=numbers,
        ),
        "events": lines(
            id=text,
            title=text,
            when_text=text,
            when_value=text,
            precision=text,
            place=text,
            participants=texts,
            status=text,
            sentences=numbers,
        ),
        "agreements": point,
        "disagreements": point,
        "quotes": lines(speaker=text, text=text, direct=pa.bool_(), cue=text, salience=pa.float64(), sentences=numbers),
        "background": lines(text=text, when=text, sentences=numbers),
        "notices": lines(code=text, message=text),
    }
    columns |= {name: text if _is_text(name) else pa.binary() for name in formats}
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


def _is_text(name: Format) -> bool:
    return format_kind(name).media_type.startswith("text/")


@cache
def _failed_schema() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema({"source": pa.string(), "row": pa.int64(), "id": pa.string(), "reason": pa.string()}.items())


def _written(rows: list[dict[str, Any]], schema: "pa.Schema") -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    return sink.getvalue()
