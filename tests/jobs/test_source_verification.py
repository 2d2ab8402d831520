"""A brief is verified with its source, read again."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import briefing
from briefing.cli import app
from briefing.jobs.verification import verify_file
from tests.fakes.sources import ARTICLE, PAGE, word_file
from tests.reading.mails import box, mail, numbered
from tests.reading.pdfs import printed


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_evidence_in_a_pdf_has_its_page():
    Path("a.pdf").write_bytes(printed(PAGE, "@page{size:A6}p{font-size:14pt}"))
    brief = briefing.brief(Path("a.pdf"))
    article = brief.article
    assert len(article.pages) > 1
    evidence = [evidence for _, evidence in brief.all_evidence()]
    assert evidence
    for piece in evidence:
        assert piece.page is not None
        assert article.pages[piece.page - 1] <= piece.start
        assert piece.page == len(article.pages) or piece.start < article.pages[piece.page]
    assert len({piece.page for piece in evidence}) > 1
    assert run("make", "a.pdf", "-f", "pdf,md", "--output-dir", "out").exit_code == 0
    assert ", p. 2:" in Path("out/a.md").read_text()
    assert verify_file(Path("out/a.pdf"), Path("a.pdf")).failures == ()


def test_evidence_on_a_wrong_page_is_found():
    Path("a.pdf").write_bytes(printed(PAGE, "@page{size:A6}p{font-size:14pt}"))
    assert run("make", "a.pdf", "-f", "json").exit_code == 0
    brief = json.loads(Path("a.json").read_bytes())
    brief["summary"][0]["evidence"][0]["page"] += 1
    Path("a.json").write_text(json.dumps(brief))
    failures = verify_file(Path("a.json")).failures
    assert any(failure.startswith("summary[0]: its evidence does not start on page") for failure in failures)


def test_a_brief_of_a_message_verifies_with_its_mailbox():
    Path("box").write_bytes(box(numbered(1), numbered(2, ARTICLE)))
    Path("other").write_bytes(box(numbered(1)))
    made = run("make", "box", "-f", "json").stdout.split()
    assert made == ["dockers-day-1.json", "dockers-day-2.json"]
    assert verify_file(Path(made[1]), Path("box")).failures == ()
    assert verify_file(Path(made[1]), Path("other")).failures == (
        "cannot read other: the mailbox holds no message that the brief was made from",
    )


def test_a_source_at_standard_input_is_read_again_to_verify():
    sources = {
        "pact.txt": ARTICLE.encode(),
        "a.eml": mail(ARTICLE),
        "box": box(numbered(1), numbered(2, ARTICLE)),
    }
    for name, content in sources.items():
        Path(name).write_bytes(content)
        (*_, made) = run("make", name, "-f", "json").stdout.split()
        done = run("verify", made, made, "--source", "-", stdin=content)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.count(", the source is the same") == 2
    altered = run("verify", "pact.json", "--source", "-", stdin=ARTICLE.replace("mackerel", "herring").encode())
    assert altered.exit_code == 1
    assert altered.stderr.startswith(
        "pact.json: standard input: its text differs from the brief's at character 24: 'he"
    )
    without = run("verify", made, "--source", "-", stdin=box(numbered(1)))
    assert without.stderr == (
        f"{made}: cannot read standard input: the mailbox holds no message that the brief was made from\n"
    )
    empty = run("verify", "pact.json", "--source", "-", stdin=b"")
    assert (empty.exit_code, "cannot read standard input: it is empty" in empty.stderr) == (1, True)


def test_a_brief_of_standard_input_verifies_with_it():
    assert run("make", "-", "-o", "a.pdf", stdin=ARTICLE.encode()).exit_code == 0
    assert run("verify", "a.pdf", "--source", "-", stdin=ARTICLE.encode()).exit_code == 0


def test_a_terminal_is_no_source_to_verify_with():
    Path("a.txt").write_text(ARTICLE)
    assert run("make", "a.txt", "-f", "json").exit_code == 0
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from briefing.cli import run; run()", "verify", "a.json", "--source", "-"]
    try:
        done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    finally:
        os.close(ours)
        os.close(theirs)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "briefing: --source - reads the article from standard input, which is a terminal; add: < article.txt\n"
    )


def test_any_source_can_be_read_again_to_verify():
    Path("a.eml").write_bytes(mail(ARTICLE))
    Path("a.docx").write_bytes(word_file())
    for name in ("a.eml", "a.docx"):
        assert run("make", name, "-f", "pdf", "-o", "brief.pdf").exit_code == 0
        assert verify_file(Path("brief.pdf"), Path(name)).failures == ()
