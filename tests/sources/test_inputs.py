"""Files, folders, mailboxes and standard input: which sources a run has, and what is made of each."""

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
from briefing.reading.folders import Patterns
from briefing.sources.inputs import find_articles
from tests.reading.mails import LEAD, PLAIN, SECOND, mail
from tests.reading.pdfs import encrypted, printed
from tests.reading.word_documents import document, saved

FROM = b"From anna@post.example Tue May 14 08:00:00 2024\n"
ARTICLE = """\
Norway and Iceland sign mackerel pact

OSLO, May 14, 2024 - Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid Solheim said.

"The stock must not fall below the level of 2019," Solheim told reporters.

The ministers will meet again in Bergen on 6 June. Iceland rejects the Norwegian demand for a closed season there.
"""


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def box(*messages: bytes) -> bytes:
    return b"".join(FROM + message.replace(b"\r\n", b"\n") + b"\n" for message in messages)


def numbered(number: int, text: str = PLAIN, **headers: str) -> bytes:
    return mail(text, Message_ID=f"<{number}@post.example>", Subject=f"Dockers, day {number}", **headers)


def page(text: str) -> str:
    title, *paragraphs = text.strip().split("\n\n")
    return f"<h1>{title}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def names(*sources: str, stdin: bytes = b"", patterns: Patterns | None = None) -> tuple[list[str], list[str]]:
    found, outcomes = find_articles(sources, lambda limit: stdin[:limit], patterns)
    return [source.name for source in found], [line for o in outcomes for line in (*o.remarks, *o.troubles)]


def test_each_message_of_a_mailbox_is_a_source():
    Path("box").write_bytes(box(numbered(1), numbered(2, LEAD), numbered(3, SECOND)))
    Path("a.txt").write_text(LEAD)
    assert names("box", "a.txt") == (["box#1", "box#2", "box#3", "a.txt"], [])
    assert names("-", stdin=Path("box").read_bytes())[0] == [f"standard input#{n}" for n in (1, 2, 3)]


def test_every_input_knows_which_name_led_to_it():
    Path("box").write_bytes(box(numbered(1), numbered(2, LEAD)))
    Path("a.txt").write_text(LEAD)
    sources = ["missing folder/", "box", "http://news.example/", "a.txt"]
    found, _ = find_articles(sources, lambda _limit: b"")
    assert [(item.name, item.origin) for item in found[1:]] == [
        ("box#1", 1),
        ("box#2", 1),
        ("http://news.example/", 2),
        ("a.txt", 3),
    ]


def test_a_repeated_message_is_reported_and_made_once():
    Path("box").write_bytes(box(numbered(1), numbered(2, LEAD), numbered(1, SECOND), numbered(4, LEAD)))
    found, reports = names("box")
    assert found == ["box#1", "box#2"]
    assert reports == [
        "box#3 is the same message as box#1, and was left out",
        "box#4 is the same message as box#2, and was left out",
    ]


def test_equal_files_are_each_made():
    for name in ("a.eml", "b.eml"):
        Path(name).write_bytes(numbered(1))
    assert names("a.eml", "b.eml") == (["a.eml", "b.eml"], [])


def test_a_folder_without_articles_says_why():
    Path("empty").mkdir()
    assert names("empty")[1] == ["empty holds no article: no file is of a supported kind"]
    Path("empty/a.txt").write_text(LEAD)
    reports = names("empty", patterns=Patterns(("*.eml",)))[1]
    assert reports == ["empty holds no article: no file matches the patterns"]


def test_patterns_are_options():
    for name in ("a.eml", "b.txt", "drafts/c.eml"):
        Path("inbox", name).parent.mkdir(parents=True, exist_ok=True)
        Path("inbox", name).write_bytes(numbered(1))
    done = run("make", "inbox", "--include", "*.eml", "--exclude", "drafts/*", "-f", "json")
    assert (done.exit_code, done.stdout.split()) == (0, ["a.json"])


def test_every_kind_makes_a_brief_and_failures_are_separate():
    sheet = page(ARTICLE)
    good = {
        "a.eml": mail(ARTICLE),
        "b.pdf": printed(sheet, "@page{size:A6}"),
        "c.docx": saved(document(*(("Normal", text) for text in ARTICLE.split("\n\n")))),
        "d.mbox": box(numbered(1, ARTICLE)),
    }
    bad = {
        "cut.pdf": (good["b.pdf"][:2_000], "get it again"),
        "locked.pdf": (encrypted(good["b.pdf"], "secret"), "encrypted with a password"),
        "scan.pdf": (printed("<div style='width:9em;height:9em;background:grey'></div>"), "ocrmypdf"),
        "empty.eml": (mail(None), "the mail “Dockers walk out” has no text"),
        "winmail.dat": (b"\x78\x9f\x3e\x22\x01\x02", "only Outlook reads"),
        "fake.docx": (b"PK\x03\x04" + bytes(60), "damaged"),
        "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
    }
    Path("inbox").mkdir()
    for name, content in {**good, **{name: content for name, (content, _) in bad.items()}}.items():
        Path("inbox", name).write_bytes(content)
    done = run("make", "inbox", "-f", "json", "--output-dir", "out")
    assert done.exit_code == 1
    assert sorted(done.stdout.split()) == ["out/a.json", "out/b.json", "out/c.json", "out/dockers-day-1.json"]
    for name, (_, reason) in bad.items():
        (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"cannot read inbox/{name}: ")]
        assert reason in line
    for path in done.stdout.split():
        assert json.loads(Path(path).read_bytes())["summary"]


@pytest.mark.parametrize("name", ["a.eml", "b.pdf", "c.docx"])
def test_standard_input_takes_every_kind(name):
    kinds = {
        "a.eml": mail(ARTICLE),
        "b.pdf": printed(page(ARTICLE)),
        "c.docx": saved(document(*(("Normal", text) for text in ARTICLE.split("\n\n")))),
    }
    done = run("make", "-", "-f", "json", "-o", "-", stdin=kinds[name])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["article"]["text"].count("Ingrid Solheim") == 1


def test_briefs_in_a_folder_are_no_sources():
    Path("a.txt").write_text(ARTICLE)
    first = run("make", ".", "-f", "pdf,docx,eml,html,md,json,ics")
    assert (first.exit_code, len(first.stdout.split())) == (0, 7)
    again = run("make", ".", "-f", "json", "--output-dir", "again")
    assert (again.exit_code, again.stdout.split(), again.stderr) == (0, ["again/a.json"], first.stderr)
    named = run("make", "a.pdf", "-f", "json")
    assert (named.exit_code, named.stdout) == (1, "")
    assert "cannot read a.pdf: it is a brief" in named.stderr


def test_evidence_in_a_pdf_has_its_page():
    Path("a.pdf").write_bytes(printed(page(ARTICLE), "@page{size:A6}p{font-size:14pt}"))
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
    Path("a.pdf").write_bytes(printed(page(ARTICLE), "@page{size:A6}p{font-size:14pt}"))
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
    Path("a.docx").write_bytes(saved(document(*(("Normal", text) for text in ARTICLE.split("\n\n")))))
    for name in ("a.eml", "a.docx"):
        assert run("make", name, "-f", "pdf", "-o", "brief.pdf").exit_code == 0
        assert verify_file(Path("brief.pdf"), Path(name)).failures == ()
