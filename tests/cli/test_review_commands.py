"""`briefing review` does what the reading room does, and `briefing verify --archive` checks its journal."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.evidence.seal import seal
from tests.archive.briefs import store
from tests.digest.digests import digest_of, two_articles
from tests.fakes.briefs import small_brief
from tests.fakes.schedules import moment

Command = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.sqlite"
    with Archive.open(file) as archive:
        store(archive, small_brief())
        archive.digests("morning").keep(moment("2031-06-10T04:00"), seal(digest_of(two_articles())), None)
    return file


@pytest.fixture
def review(path: Path) -> Command:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["review", *words, "--archive", str(path)])

    return run


def verify(path: Path) -> Result:
    return CliRunner().invoke(app, ["verify", "--archive", str(path)])


def test_a_brief_is_corrected_reviewed_and_approved(review: Command) -> None:
    done = [
        review("correct", "1", "quotes[0]", "speaker=Jon Arnarsson", "--as", "ann"),
        review("correct", "1", "events[0]", "when=2024-06-07", "participants=Norway; Iceland", "place=", "--as", "ann"),
        review("reject", "1", "summary[0]", "--reason", "too long", "--as", "ann"),
        review("accept", "1", "actors[0]", "--as", "ann"),
        review("add", "1", "background", "--words", "mackerel quotas", "--as", "ann"),
        review("undo", "1", "--as", "ann"),
        review("reviewed", "1", "--as", "ann"),
        review("approve", "1", "--as", "ben"),
    ]
    assert [one.exit_code for one in done] == [0] * 8
    assert 'ann  corrected quotes speaker="Jon Arnarsson" (was "Ingrid Solheim")' in done[0].stdout
    shown = review("show", "1").stdout
    assert shown.startswith("1: approved by ben\n")
    assert "summary[0]  rejected  'Norway and Iceland agreed on mackerel quotas on Tuesday.'" in shown
    assert 'when="2024-06-07"  status="scheduled"  participants="Norway; Iceland"' in shown
    assert "ann  rejected summary[0]: too long" in shown
    assert review("list").stdout.startswith("1  approved by ben  8 acts")


def test_a_digest_is_named_by_profile_and_instant(review: Command, tmp_path: Path) -> None:
    (tmp_path / "morning.yaml").write_text("extends: digest\napproval: {need: digest, by: [ben]}\n")
    subject = "morning@2031-06-10T06:00+02:00"
    assert "stories[0].quotes[0]" in review("show", subject).stdout
    assert review("accept", subject, "stories[0].quotes[0]").exit_code == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["show", "9"], "does not have it"),
        (["show", "morning@soon"], "write the instant as"),
        (["accept", "1", "quotes[4]"], "there is no such line"),
        (["correct", "1", "quotes[0]", "speaker"], "write a field and its value"),
        (["correct", "1", "quotes[0]", "text=x"], "text cannot be corrected"),
        (["correct", "1", "events[0]", "when=soon"], "it is no date"),
        (["add", "1", "summary", "--sentence", "9"], "no sentence 9"),
        (["add", "1", "summary", "--words", "Sweden"], "does not hold 'Sweden'"),
        (["undo", "1"], "no act on this brief"),
        (["add", "morning@2031-06-10T04:00+00:00", "summary"], "a digest takes no new lines"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(review: Command, words: list[str], reason: str) -> None:
    done = review(*words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_only_the_profile_of_a_brief_says_who_approves(review: Command, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text("extends: standard\n")
    refused = review("approve", "1", "--profile", str(file))
    assert "it was made with the profile standard, not other" in refused.stderr


def test_the_journal_of_an_archive_is_verified(review: Command, path: Path) -> None:
    assert verify(path).stdout == f"{path}: 0 acts of review\n"
    review("accept", "1", "quotes[0]")
    found = verify(path)
    assert (found.exit_code, found.stdout[: len(str(path)) + 19]) == (0, f"{path}: 1 act of review, ")
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER acts_stay")
        db.execute("UPDATE acts SET at = '2001-01-01'")
        db.commit()
    found = verify(path)
    named = [f"{path}: act 1 was altered", f"{path}: the trigger acts_stay was removed"]
    assert (found.exit_code, found.stdout, found.stderr.splitlines()) == (1, "", named)
    assert verify(path.with_name("none.sqlite")).exit_code == 1
    assert CliRunner().invoke(app, ["verify"]).exit_code == 2
