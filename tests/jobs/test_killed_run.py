"""A run that is killed at any moment loses nothing, doubles nothing, and goes on where it stopped."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import Selection
from briefing.reading.source import read_file

ARTICLES, KILLS = 500, 12
RESERVE = 200  # articles that stay for the last run, so that no run ends before it is killed, on any machine
COMMAND = ["make", "inbox", "-f", "json", "--output-dir", "out", "--archive", "a.sqlite"]


@dataclass(frozen=True)
class Moment:
    """When to kill: so many seconds after the start, or after so many new articles and then so many seconds."""

    seconds: float
    articles: int = 0


def moments(seed: int) -> list[Moment]:
    drawn = random.Random(seed)  # noqa: S311 - a test that is the same each time
    return [
        Moment(drawn.uniform(0, 0.02), drawn.randint(1, 9)) if drawn.random() < 0.75 else Moment(drawn.uniform(0, 0.3))
        for _ in range(KILLS)
    ]


def start(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", "from briefing.cli import run; run()", *COMMAND],
        cwd=folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_at(process: "subprocess.Popen[str]", moment: Moment, made: int) -> None:
    """Kill a run, which prints the paths of what was made before it first."""
    assert process.stdout is not None
    if moment.articles:
        for _ in range(made + moment.articles):
            process.stdout.readline()
    time.sleep(moment.seconds)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "the run ended before it was killed"


def finished(folder: Path) -> dict[str, str]:
    """Check a killed run's archive and outputs, and return the outputs of finished articles by source."""
    for file in (folder / "out").glob("[!.]*"):
        json.loads(file.read_text())
    if not (folder / "a.sqlite").exists():
        return {}
    with Archive.open(folder / "a.sqlite"):
        pass
    db = sqlite3.connect(folder / "a.sqlite")
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
        (briefs,) = db.execute("SELECT count(*) FROM briefs").fetchone()
        items = db.execute("SELECT source, outputs FROM run_items WHERE brief_id IS NOT NULL").fetchall()
    finally:
        db.close()
    assert briefs == len(items)
    outputs = {source: json.loads(written)[0] for source, written in items}
    assert all((folder / output).exists() for output in outputs.values())
    return outputs


@pytest.mark.long
def test_a_killed_run_makes_each_article_once(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(ARTICLES):
        text = f"Norway and Iceland agreed on quota number {number} on Tuesday, minister Ingrid Solheim said.\n"
        (inbox / f"{number:03}.txt").write_text(text)
    made: dict[str, str] = {}
    stamps: dict[str, int] = {}
    kills = 0
    for moment in moments(seed=5):
        if len(made) > ARTICLES - RESERVE:
            break
        kills += 1
        kill_at(start(tmp_path), moment, len(made))
        now = finished(tmp_path)
        assert made.items() <= now.items()
        made = now
        stamps |= {name: (tmp_path / name).stat().st_mtime_ns for name in made.values() if name not in stamps}
    assert kills >= 5
    assert len(made) > 50
    last = start(tmp_path)
    printed, said = last.communicate()
    assert last.returncode == 0
    assert said == f"a.sqlite: resumed a run; {len(made)} articles had been made before it was interrupted\n"
    assert sorted(printed.split()) == [f"out/{number:03}.json" for number in range(ARTICLES)]
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in stamps} == stamps  # none was made twice
    with Archive.open(tmp_path / "a.sqlite") as archive:
        briefs = [archive.brief(entry.brief) for entry in archive.find(Selection(every=True))]
    texts = sorted(brief.article.text for brief in briefs if brief is not None)
    assert texts == sorted(read_file(file).article.text for file in inbox.iterdir())
