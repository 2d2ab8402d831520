"""The command for tables: what it prints, and how it exits."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from tests.batch.tables import contents, rows, table, write_jsonl


def batch(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["batch", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.output


def test_a_batch_says_what_it_made(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(2))
    assert "2 briefs and 0 failures" in batch(source, "--out", tmp_path / "out", "--jobs", "1")
    assert "all 2 rows were finished before" in batch(source, "--out", tmp_path / "out")
    command = ["archive", "import", str(tmp_path / "out"), "--archive", str(tmp_path / "a.sqlite")]
    done = CliRunner().invoke(app, command)
    assert (done.exit_code, done.output) == (0, "2 briefs stored, 0 known, 0 refused\n")


def test_failed_rows_are_counted_and_exit_with_one(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [*rows(1), "{bad"])
    output = batch(source, "--out", tmp_path / "out", "--jobs", "1", code=1)
    assert "1 briefs and 1 failures" in output
    assert f"1 rows have no brief; {tmp_path}/out/failed says why" in output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--engine", "spark"), "unknown engine 'spark'"),
        (("--address", "tcp://a:1"), "add --engine dask"),
        (("--input-format", "xml"), "unknown format 'xml'"),
        (("--format", "pdff"), "pdf"),
        (("--text", "body"), "it has no column 'body'"),
    ],
)
def test_a_wrong_option_is_refused(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in batch(write_jsonl(tmp_path / "a.jsonl", rows(1)), "--out", tmp_path / "out", *options, code=2)


def test_a_profile_with_a_language_model_is_refused(tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text('extends: standard\nengine: {llm: {url: "http://127.0.0.1:9/v1", model: m}}\n')
    source = write_jsonl(tmp_path / "a.jsonl", rows(1))
    assert "asks no language model" in batch(source, "--out", tmp_path / "out", "--profile", profile, code=2)


@pytest.mark.long
def test_kill_9_loses_nothing_and_makes_nothing_twice(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(400))
    batch(source, "--out", tmp_path / "whole", "--part", 20, "--jobs", 2)
    command = [sys.executable, "-m", "briefing", "batch", str(source), "--out", str(tmp_path / "out"), "--part", "20"]
    run = subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _wait_for_parts(tmp_path / "out", 2)
    os.kill(_child_of(run.pid), signal.SIGKILL)  # a worker; the run goes on
    _wait_for_parts(tmp_path / "out", 6)
    run.kill()
    run.wait()
    assert 6 <= len(list((tmp_path / "out/briefs").iterdir())) < 20
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    assert len(table(tmp_path / "out", "briefs")) == 400
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def _wait_for_parts(out: Path, number: int) -> None:
    end = time.monotonic() + 120
    while len(list(out.glob("briefs/*.parquet"))) < number:
        assert time.monotonic() < end
        time.sleep(0.02)


def _child_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return max(map(int, children))
