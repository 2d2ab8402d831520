"""``briefing make --explain``: what is printed where, and that nothing else changes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefing.cli import app
from briefing.extraction.explanation import Finding
from briefing.extraction.quotes.extractor import QuoteExtractor
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.language.analysis import Analysis

PACT = """\
Norway and Iceland sign mackerel pact

OSLO, May 14 - Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid Solheim said.

"The stock must not fall below the level of 2019," Solheim explained reporters.

The ministers will meet again in Bergen on 6 June. Greenland rejected the plan.
"""
RIVER = "Council to dredge river\n\nThe council will dredge the river Ulla in March, mayor Ana Novak said on Friday.\n"
FIELDS = ("summary", "actors", "events", "agreements", "disagreements", "quotes", "background")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pact.txt").write_text(PACT)
    (tmp_path / "river.txt").write_text(RIVER)
    return tmp_path


def briefing(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.usefixtures("folder")
def test_the_explanation_of_each_brief_is_printed_under_its_source() -> None:
    done = briefing("make", "pact.txt", "river.txt", "-f", "json", "--explain", "--date", "2024-05-14")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["pact.json", "pact.txt", "river.json", "river.txt"]
    for field in FIELDS:
        assert len([line for line in lines if re.match(rf"  {field}(?: 1|, left out)?: ", line)]) == 2
    assert "  events 1: 6 June: Ministers will meet again in Bergen" in lines


@pytest.mark.usefixtures("folder")
def test_two_processes_explain_the_same_in_the_same_order() -> None:
    arguments = ("make", "river.txt", "pact.txt", "-f", "json", "--explain")
    assert briefing(*arguments, "--jobs", "2").stdout == briefing(*arguments).stdout


@pytest.mark.usefixtures("folder")
def test_a_brief_on_standard_output_is_explained_on_standard_error() -> None:
    plain = briefing("make", "pact.txt", "-f", "json", "-o", "-")
    done = briefing("make", "pact.txt", "-f", "json", "-o", "-", "--explain")
    assert done.stdout_bytes == plain.stdout_bytes
    assert done.stderr.startswith("pact.txt\n  summary 1: ")


def test_the_outputs_are_the_same_bytes(folder: Path) -> None:
    briefing("make", "pact.txt", "-f", "pdf,html,json,md", "--output-dir", "plain")
    briefing("make", "pact.txt", "-f", "pdf,html,json,md", "--output-dir", "explained", "--explain")
    for path in (folder / "plain").iterdir():
        assert (folder / "explained" / path.name).read_bytes() == path.read_bytes()


def test_points_below_the_confidence_are_reported_as_left_out(folder: Path) -> None:
    (folder / "p.yaml").write_text("extends: standard\nconfidence: 0.99\n")
    done = briefing("make", "pact.txt", "-f", "json", "--profile", "p.yaml", "--explain")
    explained = done.stdout[done.stdout.index("  agreements, left out: ") :]
    assert "that this sentence states a point of agreement" in explained
    assert "agreements 1" not in done.stdout


def test_a_broken_explanation_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = briefing("make", "pact.txt", "-f", "json", "--output-dir", "plain")

    def broken(self: SummaryExtractor, analysis: Analysis) -> tuple[Finding, ...]:
        del self, analysis
        raise KeyError("cue")

    def half(self: QuoteExtractor, analysis: Analysis) -> Iterator[Finding]:
        del self, analysis
        yield "no finding"  # type: ignore[misc]

    monkeypatch.setattr(SummaryExtractor, "explain", broken)
    monkeypatch.setattr(QuoteExtractor, "explain", half)
    done = briefing("make", "pact.txt", "-f", "json", "--output-dir", "explained", "--explain")
    assert (plain.exit_code, done.exit_code, done.stderr) == (0, 0, "")
    assert (folder / "explained/pact.json").read_bytes() == (folder / "plain/pact.json").read_bytes()
    lines = done.stdout.splitlines()
    assert "  summary: its explanation failed: KeyError: 'cue'" in lines
    assert any(line.startswith("  quotes: its explanation failed: AttributeError") for line in lines)
    assert any(line.startswith("  actors 1: ") for line in lines)


def test_a_source_that_fails_has_no_explanation(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    done = briefing("make", "empty.txt", "-f", "json", "--explain")
    assert (done.exit_code, done.stdout) == (1, "")


def test_the_sample_in_the_docs_is_real(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    sample = (root / "docs" / "checking.md").read_text().partition("--explain\n...\n")[2].partition("```")[0]
    example = root / "examples/articles/fisheries-talks.txt"
    printed = briefing("make", str(example), "-f", "json", "--output-dir", str(tmp_path), "--explain").stdout
    for block in sample.split("...\n"):
        assert block in printed
