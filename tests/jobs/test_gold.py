"""Corrected briefs are exported as gold that our own quality tests read, and are counted by field and rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.archive.archive import Archive
from briefing.cli import app
from briefing.jobs.briefs import brief_reading
from briefing.jobs.corrections import FieldCount, RuleCount, count_corrections
from briefing.jobs.gold import export_gold
from briefing.jobs.reviews import accept, add, brief_review, correct, decide, reject
from briefing.profile.approval import Approval
from briefing.profile.profile import load_profile
from briefing.reading.source import read_file
from briefing.review.acts import By
from tests.archive.briefs import store
from tests.fakes.briefs import TEXT, small_brief
from tests.quality.gold import level, read_gold

ANN = By("ann", "web")
EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.sqlite") as opened:
        yield opened


def act_on(archive: Archive, number: int) -> None:
    """Correct the first quote of a brief, and reject its first event."""
    for kind in ("quotes", "events"):
        review = brief_review(archive, number)
        assert review is not None
        line = next((one for one in review.reviewed.lines if one.field == kind), None)
        if line is not None and kind == "quotes":
            correct(archive, ANN, review, line.digest, {"speaker": "Jon: Arnarsson"})
        elif line is not None:
            reject(archive, ANN, review, line.digest)


def test_our_quality_tests_read_what_is_exported(archive: Archive, tmp_path: Path) -> None:
    for file in sorted(EXAMPLES.glob("*.txt")):
        act_on(archive, store(archive, brief_reading(read_file(file), load_profile())).brief)
    written = [path for outcome in export_gold(archive, tmp_path / "gold") for path in outcome.written]
    assert len(written) == 2 * len(list(EXAMPLES.glob("*.txt")))
    by_title = {archive.brief(entry.brief).article.title: archive.brief(entry.brief) for entry in archive.find()}  # type: ignore[union-attr]
    for source in written[::2]:
        gold = read_gold(source)
        article = read_file(source).article
        brief = by_title[article.title]
        assert brief is not None
        assert (article.id, article.published) == (brief.article.id, brief.article.published)
        assert all(level(words) in gold.text for words in gold.verbatim)
        assert [one.name for one in gold.actors] == [actor.name for actor in brief.actors]
        assert [one.when for one in gold.events] == [[e.when.value] if e.when.value else [] for e in brief.events]
        assert "Jon: Arnarsson" in {quote.speaker for quote in gold.quotes}
        for point, printed in zip(gold.disagreements, brief.disagreements, strict=True):
            assert any(stem in f"{printed.topic} {printed.statement}".lower() for stem in point.topic)


def test_only_reviewed_briefs_that_nobody_withdrew_are_exported(archive: Archive, tmp_path: Path) -> None:
    number = store(archive, small_brief()).brief
    assert list(export_gold(archive, tmp_path)) == []
    act_on(archive, number)
    assert len(list(export_gold(archive, tmp_path))) == 1
    review = brief_review(archive, number)
    assert review is not None
    decide(archive, ANN, review, "withdrawn", Approval(), seen=review.reviewed.digest)
    assert list(export_gold(archive, tmp_path)) == []


def test_the_export_needs_a_folder(archive: Archive) -> None:
    done = CliRunner().invoke(app, ["archive", "export", "--corrections", "--archive", str(archive.path)])
    assert (done.exit_code, "add --output-dir" in done.stderr) == (2, True)


def test_corrections_are_counted_by_field_and_rule(archive: Archive) -> None:
    number = store(archive, small_brief()).brief
    assert count_corrections(archive).briefs == 0
    act_on(archive, number)
    review = brief_review(archive, number)
    assert review is not None
    accept(archive, ANN, review, next(one.digest for one in review.reviewed.lines if one.field == "agreements"))
    add(archive, ANN, review, "background", {}, [(0, len(TEXT) // 2)])
    found = count_corrections(archive)
    assert (found.briefs, found.added) == (1, (FieldCount("background", "", 1),))
    assert found.fields == (FieldCount("quotes", "speaker", 1),)
    assert found.rules == (
        RuleCount("events", "scheduled, day", 0, 0, 1),
        RuleCount("quotes", "direct, cue say", 0, 1, 0),
        RuleCount("agreements", "score 0.9 to 1.0", 1, 0, 0),
    )
    assert [one.wrong for one in found.rules] == [1, 1, 0]
