"""The sources that files, folders and standard input give a run, and the brief of each."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefing.cli import app
from briefing.reading.folders import Patterns
from briefing.sources.inputs import find_articles
from tests.fakes.sources import ARTICLE, PAGE, word_file
from tests.reading.mails import LEAD, box, mail, numbered
from tests.reading.pdfs import encrypted, printed


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(*sources: str, stdin: bytes = b"", patterns: Patterns | None = None) -> tuple[list[str], list[str]]:
    found, outcomes = find_articles(sources, lambda limit: stdin[:limit], patterns)
    return [source.name for source in found], [line for o in outcomes for line in (*o.remarks, *o.troubles)]


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
    good = {
        "a.eml": mail(ARTICLE),
        "b.pdf": printed(PAGE, "@page{size:A6}"),
        "c.docx": word_file(),
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
        "b.pdf": printed(PAGE),
        "c.docx": word_file(),
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
