"""Another package's section shows up with one line of YAML."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.rendering.html import render_html
from briefing.rendering.layout import Layout, SectionLayout
from tests.fakes.briefs import small_brief

PACKAGE = Path(__file__).parent / "extension_package"
ARTICLE = """Harbour to be dredged

Portville will pay 80 million dollars to have its harbour dredged, mayor Ana Novak said on Tuesday.

The work will begin in June.
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package installed, and with no other."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder), str(PACKAGE)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    return folder


def briefing(site: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH", ""))))
    program = [sys.executable, "-c", "from briefing.cli import run; run()", *arguments]
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(program, check=False, capture_output=True, text=True, env=environment)  # noqa: S603


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "p.yaml").write_text("sections: [summary, sums-of-money, source]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_section_is_printed_kept_and_checked_in_every_format(folder: Path, installed: Path) -> None:
    done = briefing(installed, "make", "a.txt", "--profile", "p.yaml", "--format", "json,html,md,pdf")
    assert (done.returncode, done.stderr) == (0, "")
    (sentence,) = json.loads((folder / "a.json").read_text())["extensions"]["sums-of-money"]
    assert "80 million dollars" in sentence["evidence"][0]["text"]
    html = (folder / "a.html").read_text()
    assert "Sums of money" in html
    assert '<div class="sums">' in html
    assert "## Sums of money" in (folder / "a.md").read_text()
    checked = briefing(installed, "verify", "a.pdf", "a.json", "--source", "a.txt")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_its_options_are_checked_and_are_in_the_schema(folder: Path, installed: Path) -> None:
    (folder / "p.yaml").write_text("sections:\n  - sums-of-money: {limt: 2}\n")
    done = briefing(installed, "profile", "check", "p.yaml")
    assert (done.returncode, "p.yaml:2" in done.stderr, "did you mean 'limit'" in done.stderr) == (2, True, True)
    assert "sums-of-money" in briefing(installed, "profile", "schema").stdout


def test_without_the_package_a_stored_brief_still_prints(folder: Path, installed: Path) -> None:
    """Without its package, the section is unknown, but a stored brief still prints."""
    briefing(installed, "make", "a.txt", "--profile", "p.yaml", "--format", "json")
    without = folder / "empty"
    without.mkdir()
    done = briefing(without, "make", "a.txt", "--profile", "p.yaml", "--format", "json", "-o", "b.json")
    assert (done.returncode, "unknown section 'sums-of-money'" in done.stderr) == (2, True)
    assert briefing(without, "verify", "a.json").returncode == 0


@pytest.mark.usefixtures("folder")
def test_an_extractor_without_explanations_is_reported(installed: Path) -> None:
    done = briefing(installed, "make", "a.txt", "--profile", "p.yaml", "--format", "json", "--explain")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    (found,) = (number for number, line in enumerate(lines) if line.startswith("  sums-of-money 1: "))
    assert lines[found + 1] == "      no explanation offered"


def test_a_section_without_a_part_is_a_list() -> None:
    brief = small_brief(extensions={"risks": small_brief().summary})
    html = render_html(brief, Layout(sections=(SectionLayout("risks", "Risks"),)))
    assert "<h2>Risks</h2>" in html
    assert html.count("mackerel quotas on Tuesday") == 1
