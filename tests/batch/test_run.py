"""A run can be killed at any moment and given again: nothing is lost or made twice, and the bytes are the same."""

import json
from contextlib import suppress
from functools import partial
from pathlib import Path

import fsspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.batch.engines.local import LocalEngine
from briefing.batch.records import Flaw
from briefing.batch.shards import failed_table
from briefing.errors import BatchError
from briefing.jobs.production import get_ready
from briefing.jobs.results import Request
from briefing.profile.profile import load_profile
from tests.batch.tables import Here, contents, finish, rows, run_of, table, write_jsonl

ROWS = [*rows(4), "{bad", {"id": "empty", "text": ""}, *rows(7)[4:]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("batch")
    source = write_jsonl(folder / "a.jsonl", ROWS)
    finish(run_of(source, folder / "out"))
    return source, contents(folder / "out")


def test_rows_become_briefs_or_reasons(whole: tuple[Path, dict[str, bytes]]) -> None:
    out = whole[0].parent / "out"
    made, failed = table(out, "briefs"), table(out, "failed")
    assert [row["id"] for row in made] == [f"a{n}" for n in range(7)]
    assert [(row["row"], row["reason"]) for row in failed][1] == (5, "it has no text")
    assert len(made) + len(failed) == len(ROWS)
    assert run_of(whole[0], out).failures() == len(failed)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kills=st.lists(st.integers(0, 4), max_size=3), size=st.integers(1, 4), bad=st.sets(st.integers(0, 3)))
def test_any_kills_and_bad_rows_lose_nothing(
    kills: list[int], size: int, bad: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    source = write_jsonl(folder / "a.jsonl", ["{bad" if n in bad else row for n, row in enumerate(rows(4))])
    finish(run_of(source, folder / "whole", size))
    for after in kills:
        with suppress(KeyboardInterrupt):
            list(run_of(source, folder / "out", size).do(Here(most=after)))
    list(run_of(source, folder / "out", size).do(Here()))
    assert contents(folder / "out") == contents(folder / "whole")
    seen = [row["row"] for name in ("briefs", "failed") for row in table(folder / "out", name)]
    assert sorted(seen) == list(range(4))


@pytest.mark.parametrize("after", [0, 1, 2, 4])
def test_a_killed_run_goes_on_to_the_same_bytes(
    after: int, whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    source, bytes_ = whole
    with pytest.raises(KeyboardInterrupt):
        finish(run_of(source, tmp_path), Here(most=after))
    assert len(list((tmp_path / "briefs").glob("*"))) == after if after else not (tmp_path / "briefs").exists()
    run = run_of(source, tmp_path)
    assert len(run.finished) == after
    last = finish(run)
    assert (last.rows, last.total) == (len(ROWS), len(ROWS))
    assert contents(tmp_path) == bytes_
    assert list(run_of(source, tmp_path).do(Here())) == []


def test_reasons_of_a_killed_run_go_with_its_part(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(2))
    run_of(source, tmp_path / "out")
    left = tmp_path / "out/failed/part-00000000.parquet"
    left.parent.mkdir()
    left.write_bytes(failed_table([Flaw(str(source), 0, "a0", "the process that worked on it died")]))
    finish(run_of(source, tmp_path / "out"))
    assert not left.exists()
    assert run_of(source, tmp_path / "out").failures() == 0


def test_a_damaged_table_of_reasons_is_named(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", ["{bad"])
    finish(run_of(source, tmp_path / "out"))
    (tmp_path / "out/failed/part-00000000.parquet").write_bytes(b"PAR1")
    with pytest.raises(BatchError, match="it is no Parquet file"):
        run_of(source, tmp_path / "out").failures()


def test_processes_make_the_same_bytes(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    source, bytes_ = whole
    engine = LocalEngine(2, partial(get_ready, Request(load_profile(), ("json",), None)))
    finish(run_of(source, tmp_path), engine)
    assert contents(tmp_path) == bytes_


def test_a_row_that_kills_its_process_fails_alone(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    finish(run_of(whole[0], tmp_path), Here(deadly="town 2"))
    assert [row["id"] for row in table(tmp_path, "briefs")] == ["a0", "a1", "a3", "a4", "a5", "a6"]
    assert ("a2", "the process that worked on it died") in [(r["id"], r["reason"]) for r in table(tmp_path, "failed")]


def test_an_object_store_gets_the_same_tables(whole: tuple[Path, dict[str, bytes]]) -> None:
    source, bytes_ = whole
    finish(run_of(source, "memory://batch/out"))
    store = fsspec.filesystem("memory")
    assert {name: store.cat(f"/batch/out/{name}") for name in bytes_ if name != "run.json"} == {
        name: content for name, content in bytes_.items() if name != "run.json"
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 3}, "another --part"),
        ({"formats": ["md"]}, "another --format"),
        ({"title": "id"}, "another choice of columns"),
    ],
)
def test_a_folder_of_another_run_is_refused(
    change: dict[str, object], said: str, whole: tuple[Path, dict[str, bytes]]
) -> None:
    source, out = whole[0], whole[0].parent / "out"
    with pytest.raises(BatchError) as caught:
        run_of(source, out, **change)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_a_changed_input_is_refused_at_equal_size(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(1))
    finish(run_of(source, tmp_path / "out"))
    source.write_text(source.read_text().replace("Monday", "Friday"))
    with pytest.raises(BatchError, match="another input"):
        run_of(source, tmp_path / "out")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(1))
    with pytest.raises(BatchError, match=r"cannot use .*a\.jsonl: it is a file"):
        run_of(source, source)


def test_what_a_killed_write_left_is_not_read(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", ["{bad"])
    finish(run_of(source, tmp_path / "out"))
    (tmp_path / "out/failed/.briefing-x.part").write_bytes(b"PAR1")
    assert run_of(source, tmp_path / "out").failures() == 1


def test_a_damaged_record_of_the_run_is_named(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(1))
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(BatchError, match=r"run\.json in it is damaged"):
        run_of(source, tmp_path)


def test_formats_are_columns_and_json_is_what_make_writes(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(1))
    finish(run_of(source, tmp_path / "out", formats=["md", "ics"]))
    (row,) = table(tmp_path / "out", "briefs")
    assert row["md"].startswith("# Bridge 0 opens")
    assert row["ics"].startswith("BEGIN:VCALENDAR")
    assert json.loads(row["brief"])["article"]["id"] == row["article_id"]
