"""The example of a morning digest holds what README says of it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.model.digest import Digest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "morning", tmp_path_factory.mktemp("morning") / "desk"))


def digest_of(monkeypatch: pytest.MonkeyPatch, desk: Path, at: str, *more: str) -> Digest:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(app, ["digest", "--profile", "morning.yaml", "--at", at, "-f", "json", *more])
    assert result.exit_code == 0, result.stderr
    return Digest.model_validate_json(Path(result.stdout.strip()).read_text())


def test_the_example_gives_the_output_of_the_readme(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest_of(monkeypatch, desk, "2024-05-14T06:00")
    dam = next(story for story in first.stories if "dam" in story.headline.text)
    (dead,) = dam.contradictions
    assert (dead.kind, {side.value.lower() for side in dead.sides}) == ("number", {"nine", "eleven"})
    assert len({article.origin for article in dam.articles}) == 2  # three outlets print the agency's report
    shutil.copytree(desk / "next-day", desk / "inbox", dirs_exist_ok=True)
    second = digest_of(monkeypatch, desk, "2024-05-15T06:00")
    records = [found[1] for found in map(second.find, second.changes) if found is not None]
    changed = {(r.change.kind, r.change.was) for r in records if not isinstance(r, Digest) and r.change is not None}
    assert {("updated", "Eleven"), ("updated", "Wednesday"), ("updated", "Friday")} <= changed
    assert "confirmed" in {kind for kind, _ in changed}
    made = next(desk.glob("*-05-15-0600.json"))
    again = CliRunner().invoke(app, ["render", str(made), "--profile", "morning.yaml", "-f", "md", "-o", "-"])
    assert again.stdout.startswith("# Digest of 15 May 2024")
    assert [story.headline.text for story in second.stories if story.change is not None] == [
        "Selby to close its old harbour"
    ]
