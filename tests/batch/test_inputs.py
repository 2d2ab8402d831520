"""Tables of any kind give rows; a bad row costs itself, a bad file the rest of itself."""

import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from briefing.batch.inputs import Columns, parts_of
from briefing.batch.places import Place
from briefing.batch.records import Flaw, Row
from briefing.batch.run import Input
from briefing.errors import BatchError
from tests.batch.tables import write_jsonl, write_parquet


def items(path: Path, size: int = 100, kind: str | None = None, **columns: str) -> list[Row | Flaw]:
    return [item for part in parts_of([Place.of(str(path))], Columns(**columns), kind, size) for item in part.items]


def one(path: Path, **columns: str) -> Row:
    (row,) = items(path, **columns)
    assert isinstance(row, Row), row
    return row


FULL = {
    "id": 7,
    "text": "A bridge opened.",
    "title": "Bridge",
    "date": "2031-06-02",
    "outlet": "Post",
    "url": "https://x.org/a",
}


def written(folder: Path, kind: str, row: dict[str, Any]) -> Path:
    path = folder / f"a.{kind}"
    match kind:
        case "parquet":
            return write_parquet(path, [row])
        case "csv":
            path.write_text(",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values()) + "\n")
            return path
        case "jsonl.gz":
            path.write_bytes(gzip.compress(json.dumps(row).encode()))
            return path
        case "jsonl.zst":
            path.write_bytes(pa.compress(json.dumps(row).encode(), codec="zstd", asbytes=True))
            return path
    return write_jsonl(path, [row])


@pytest.mark.parametrize("kind", ["jsonl", "ndjson", "csv", "parquet", "jsonl.gz", "jsonl.zst"])
def test_every_kind_of_table_gives_the_same_row(kind: str, tmp_path: Path) -> None:
    row = one(written(tmp_path, kind, FULL))
    assert (row.id, row.content, row.row) == ("7", b"A bridge opened.", 0)
    known = row.known
    assert (known.title, known.published, known.outlet, known.url) == ("Bridge", date(2031, 6, 2), "Post", FULL["url"])


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("2031-06-02", date(2031, 6, 2)),
        (" 2031-06-02 ", date(2031, 6, 2)),
        ("2031-06-02T08:00:00+02:00", date(2031, 6, 2)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_or_missing(day: str | None, read: date | None, tmp_path: Path) -> None:
    assert one(write_jsonl(tmp_path / "a.jsonl", [{**FULL, "date": day}])).known.published == read


def test_days_of_parquet_may_be_typed(tmp_path: Path) -> None:
    for value in (date(2031, 6, 2), datetime(2031, 6, 2, 8)):  # noqa: DTZ001 - a table may lack the zone
        assert one(write_parquet(tmp_path / "a.parquet", [{**FULL, "date": value}])).known.published == date(2031, 6, 2)


def test_columns_can_be_named_and_html_replaces_text(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"body": None, "page": "<p>A bridge</p>", "day": "2031-06-02"}])
    row = one(path, text="body", html="page", date="day")
    assert row.content == b"<p>A bridge</p>"
    assert row.known.published == date(2031, 6, 2)


def test_rows_of_json_may_lack_a_column_that_others_have(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "A"}, {"text": "B", "headline": "Bridge"}])
    assert [item.known.title for item in items(path, title="headline") if isinstance(item, Row)] == [None, "Bridge"]
    Input.of(str(path), Columns(title="headline"), None)


def test_half_characters_of_json_are_replaced(tmp_path: Path) -> None:
    line = '{"text": "A \\ud800", "title": "B \\ud800", "id": "\\ud800"}'
    row = one(write_jsonl(tmp_path / "a.jsonl", [line]))
    assert (row.content, row.known.title, row.id) == (b"A ?", "B ?", "?")


def test_a_page_that_is_named_comes_before_the_usual_text(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "short", "page": "<p>whole</p>"}])
    assert one(path, html="page").content == b"<p>whole</p>"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "it is not JSON"),
        ("[1]", "it is not a JSON object"),
        ('{"text": "  "}', "it has no text"),
        ('{"text": null}', "it has no text"),
        ('{"text": "A", "date": "May"}', "'May' is not a day; write it as YYYY-MM-DD"),
        ('{"body": "A"}', "it has no text"),
        ('{"text": "A", "title": {"a": 1}}', "its title is no text"),
        ('{"text": ["A"]}', "its text is no text"),
    ],
)
def test_a_bad_row_costs_itself(line: str, reason: str, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [FULL, line, FULL])
    first, bad, last = items(path)
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert isinstance(bad, Flaw)
    assert (bad.row, last.row) == (1, 2)
    assert reason in bad.reason


def test_a_row_of_csv_with_other_fields_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,title\nA,B\nA,B,C\nA\nA,B\n")
    assert [isinstance(item, Row) for item in items(path)] == [True, False, False, True]


def test_a_damaged_file_costs_the_rest_of_itself(tmp_path: Path) -> None:
    whole = write_parquet(tmp_path / "a.parquet", [FULL])
    (tmp_path / "b.parquet").write_bytes(whole.read_bytes()[:-20])
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps(FULL).encode() * 2000)[:-30])
    places = Place.of(str(tmp_path)).found((".parquet", ".gz"))
    found = [item for part in parts_of(places, Columns(), None, 100) for item in part.items]
    assert isinstance(found[0], Row)
    flaws = [item for item in found if isinstance(item, Flaw)]
    assert any("b.parquet" in flaw.source and "cannot be read" in flaw.reason for flaw in flaws)
    assert any("c.jsonl.gz" in flaw.source for flaw in flaws)


def test_parts_follow_the_files_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_jsonl(tmp_path / f"{name}.jsonl", [{**FULL, "id": f"{name}{n}"} for n in range(3)])
    given = Input.of(str(tmp_path / "*.jsonl"), Columns(), None)
    parts = list(parts_of(given.files, given.columns, None, 4))
    assert [[item.id for item in part.items] for part in parts] == [["a0", "a1", "a2", "b0"], ["b1", "b2"]]
    assert [part.number for part in parts] == [0, 1]


@pytest.mark.parametrize(
    ("name", "columns", "said"),
    [
        ("none.jsonl", {}, "there is no such file"),
        ("a.jsonl", {"text": "body"}, "it has no column 'body' (it has: id, text, title, date, outlet, url)"),
        ("a.txt", {}, "add --input-format parquet|jsonl|csv"),
        ("nofs://a.jsonl", {}, "cannot reach nofs://a.jsonl"),
    ],
)
def test_a_wrong_input_is_refused_with_a_remedy(name: str, columns: dict[str, str], said: str, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [FULL])
    write_jsonl(tmp_path / "a.txt", [FULL])
    with pytest.raises(BatchError) as caught:
        Input.of(name if "://" in name else str(tmp_path / name), Columns(**columns), None)
    assert said in str(caught.value)
