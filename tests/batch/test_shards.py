"""DuckDB asks the tables at once, and their columns say what the JSON says."""

import json
from pathlib import Path

import duckdb

from tests.batch.tables import finish, rows, run_of, table, write_jsonl


def test_lines_are_typed_columns(tmp_path: Path) -> None:
    finish(run_of(write_jsonl(tmp_path / "a.jsonl", rows(3)), tmp_path / "out"))
    files = tmp_path / "out/briefs/*.parquet"
    asked = f"select a.name, count(*) from (select unnest(actors) a from '{files}') group by 1 order by 2 desc, 1"  # noqa: S608
    assert ("Ida Roth", 3) in duckdb.sql(asked).fetchall()
    days = f"select distinct published, e.when_value from (select published, unnest(events) e from '{files}')"  # noqa: S608
    assert [(str(day), when) for day, when in duckdb.sql(days).fetchall()] == [("2031-06-02", "2031-06-04")]
    for row in table(tmp_path / "out", "briefs"):
        brief = json.loads(row["brief"])
        assert [one["text"] for one in row["summary"]] == [one["text"] for one in brief["summary"]]
        assert [one["name"] for one in row["actors"]] == [one["name"] for one in brief["actors"]]
        assert [one["sentences"] for one in row["events"]] == [
            [evidence["sentence"] for evidence in one["evidence"]] for one in brief["events"]
        ]
