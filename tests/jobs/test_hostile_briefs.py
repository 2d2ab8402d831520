"""A brief that was made to do harm is refused with its reason, and costs the check of no other file."""

import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app
from briefing.errors import ModelError
from briefing.jobs import verification
from briefing.jobs.confined_verification import _answer
from briefing.jobs.verification import verify_bytes, verify_file
from briefing.model.brief import Briefing
from briefing.model.files import read_record
from tests.fakes import hostile_pdfs
from tests.fakes.articles import article_of
from tests.fakes.briefs import small_brief


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: hostile_pdfs.with_forms(40), "more than 1,000 forms on a page"),
        (hostile_pdfs.with_form_in_itself, "more than 1,000 forms on a page"),
        (lambda: hostile_pdfs.with_pages(2_000), "more than 2,000 pages"),
    ],
)
def test_an_endless_pdf_is_refused_at_once(make, reason):
    content = make()
    started = time.monotonic()
    (failure,) = verify_bytes(content, "a.pdf").failures
    assert reason in failure
    assert time.monotonic() - started < verification._PROCESS.seconds / 2


def test_ranges_of_a_character_map_are_not_expanded():
    started = time.monotonic()
    failures = verify_bytes(hostile_pdfs.with_ranges(3_000), "a.pdf").failures
    assert any("/ToUnicode is not written as in our files" in failure for failure in failures)
    assert time.monotonic() - started < verification._PROCESS.seconds / 2


@pytest.mark.long
@pytest.mark.parametrize("make", [lambda: hostile_pdfs.with_attachment(3_000), lambda: hostile_pdfs.with_content(300)])
def test_a_decompression_bomb_is_refused(make):
    (failure,) = verify_bytes(make(), "a.pdf").failures
    assert "more memory than 1024 megabytes" in failure


def test_a_file_beyond_the_deadline_is_refused(monkeypatch):
    monkeypatch.setattr(verification._PROCESS, "seconds", 0.001)
    (failure,) = verify_bytes(hostile_pdfs.brief(), "a.pdf").failures
    assert failure == "checking it takes more than 0 seconds, which no brief of ours does"


def test_the_other_files_of_a_command_are_checked(tmp_path: Path):
    hostile, fine = tmp_path / "hostile.pdf", tmp_path / "fine.pdf"
    hostile.write_bytes(hostile_pdfs.with_forms(40))
    fine.write_bytes(hostile_pdfs.brief())
    result = CliRunner().invoke(app, ["verify", str(hostile), str(fine)])
    assert result.exit_code == 1
    assert f"{fine}: 5 lines rest on their evidence" in result.output
    assert f"{hostile}: cannot read the PDF" in result.output


def test_no_file_is_read_without_end():
    (failure,) = verify_file(Path("/dev/zero")).failures
    assert failure == "cannot be read: it is larger than 100 MB, the limit for a brief"


BRIEF = small_brief()
LONG = article_of("The ministers met. " * 6_000)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (small_brief(summary=BRIEF.summary * 20_001), "more than 20,000 lines"),
        (
            Briefing(article=LONG, provenance=BRIEF.provenance),
            "the text of an article has more than 100,000 characters",
        ),
    ],
    ids=["lines", "characters"],
)
def test_oversized_json_is_refused_before_printing(made, reason):
    with pytest.raises(ModelError, match=reason):
        read_record(made.model_dump_json().encode(), "a.json")


def test_the_process_answers_as_this_one_does():
    content = small_brief().model_dump_json().encode()
    answer = _answer(b'{"name": "a.json", "is_compared": false}\n' + content)
    assert b"5 lines rest on their evidence" in answer
