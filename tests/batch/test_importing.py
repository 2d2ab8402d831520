"""Each brief of a batch is stored once, whatever is repeated; a changed one is refused."""

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from briefing.archive.archive import Archive
from briefing.batch.importing import import_briefs, tables_of
from briefing.batch.places import Place
from briefing.errors import BatchError
from tests.batch.tables import finish, rows, run_of, write_jsonl


@pytest.fixture
def out(tmp_path: Path) -> Path:
    finish(run_of(write_jsonl(tmp_path / "a.jsonl", [*rows(3), *rows(1)]), tmp_path / "out"))
    return tmp_path / "out"


def counts(out: Path, archive: Path) -> list[tuple[int, int, int]]:
    with Archive.open(archive) as kept:
        return [(one.new, one.known, len(one.refused)) for one in import_briefs(tables_of(Place.of(str(out))), kept)]


def test_a_brief_is_stored_once(out: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.sqlite"
    assert counts(out, archive) == [(2, 0, 0), (1, 1, 0)]
    assert counts(out, archive) == [(0, 2, 0), (0, 2, 0)]
    with Archive.open(archive) as kept:
        assert len(kept.find()) == 3


def test_an_import_that_ended_early_goes_on(out: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.sqlite") as kept:
        next(iter(import_briefs(tables_of(Place.of(str(out))), kept)))
    assert sum(new for new, _, _ in counts(out, tmp_path / "a.sqlite")) == 1


def test_a_line_that_was_changed_refuses_its_brief(out: Path, tmp_path: Path) -> None:
    file = out / "briefs/part-00000000.parquet"
    made = parquet.read_table(file).to_pylist()
    brief = json.loads(made[0]["brief"])
    brief["actors"][0]["role"] = "neighbour"
    made[0]["brief"] = json.dumps(brief)
    made[1]["brief"] = "{}"
    parquet.write_table(pa.Table.from_pylist(made), file)
    assert counts(out, tmp_path / "a.sqlite") == [(0, 0, 2), (2, 0, 0)]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    for wrong in (tmp_path, tmp_path / "run.json", tmp_path / "nothing"):
        with pytest.raises(BatchError, match="name the folder of a batch run"):
            counts(wrong, tmp_path / "a.sqlite")


def test_a_damaged_table_is_named(out: Path, tmp_path: Path) -> None:
    (out / "briefs/part-00000001.parquet").write_bytes(b"PAR1")
    with pytest.raises(BatchError, match="part-00000001"):
        counts(out, tmp_path / "a.sqlite")
