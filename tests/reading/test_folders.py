"""Folders: which of their files are articles."""

from pathlib import Path

import pytest

from briefing.errors import ReadingError
from briefing.reading.folders import Patterns, find_sources
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief
from tests.reading.mails import mail
from tests.reading.word_documents import document, saved

LEAD = "Dockers in Portville walked out on Monday after talks failed."


def fill(folder: Path, *names: str, content: bytes = LEAD.encode()) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(folder: Path, patterns: Patterns | None = None) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_sources(folder, patterns).files]


def test_visible_files_are_found_by_suffix(tmp_path):
    fill(
        tmp_path,
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/d",
        ".hidden.txt",
        ".git/e.txt",
        "f.jpg",
        "g.TXT",
        "h.css",
        "i.json",
    )
    fill(tmp_path, "j.pdf", "k.docx", "l.eml", "m.mbox")
    assert names(tmp_path) == ["a.md", "b.txt", "g.TXT", "j.pdf", "k.docx", "l.eml", "m.mbox", "sub/c.html", "sub/d"]


def test_files_are_found_by_content_with_any_suffix(tmp_path):
    fill(tmp_path, "a.dat", content=mail())
    fill(tmp_path, "b.bin", content=b"%PDF-1.7\n")
    fill(tmp_path, "c.tmp", content=saved(document(("Normal", LEAD))))
    fill(tmp_path, "d.zip", content=b"PK\x03\x04 no document")
    fill(tmp_path, "e.log", content=LEAD.encode())
    assert names(tmp_path) == ["a.dat", "b.bin", "c.tmp"]


def test_unreadable_kinds_of_documents_are_found_and_reported(tmp_path):
    fill(tmp_path, "a.doc", "b.rtf", "c.odt", "d.msg", "winmail.dat", "other.dat")
    assert names(tmp_path) == ["a.doc", "b.rtf", "c.odt", "d.msg", "winmail.dat"]


@pytest.mark.parametrize(
    ("include", "exclude", "found"),
    [
        ((), (), ["a.eml", "b.txt", "drafts/c.eml", "drafts/old/d.eml", "mail/e.EML"]),
        (("*.eml",), (), ["a.eml", "drafts/c.eml", "drafts/old/d.eml", "mail/e.EML"]),
        (("*.eml", "b.*"), ("drafts/*",), ["a.eml", "b.txt", "mail/e.EML"]),
        ((), ("drafts",), ["a.eml", "b.txt", "mail/e.EML"]),
        ((), ("./drafts/old/",), ["a.eml", "b.txt", "drafts/c.eml", "mail/e.EML"]),
        (("**/*.eml",), ("old",), ["a.eml", "drafts/c.eml", "mail/e.EML"]),
        (("drafts/**/*.eml",), (), ["drafts/c.eml", "drafts/old/d.eml"]),
        (("*.log",), (), ["f.log"]),
        (("*.none",), (), []),
    ],
)
def test_patterns_say_which_files_are_wanted(tmp_path, include, exclude, found):
    fill(tmp_path, "a.eml", "b.txt", "drafts/c.eml", "drafts/old/d.eml", "mail/e.EML", "f.log")
    assert names(tmp_path, Patterns(include, exclude)) == found


def test_links_are_not_followed_out_of_the_folder(tmp_path):
    fill(tmp_path, "elsewhere/a.txt", "box/b.txt", "box/sub/c.txt")
    box = tmp_path / "box"
    (box / "out.txt").symlink_to(tmp_path / "elsewhere/a.txt")
    (box / "out").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (box / "within.txt").symlink_to(box / "b.txt")
    (box / "round").symlink_to(box, target_is_directory=True)
    (box / "nowhere.txt").symlink_to(box / "none")
    assert names(box) == ["b.txt", "sub/c.txt", "within.txt"]


@pytest.mark.parametrize("form", ["html", "md", "docx", "eml", "ics", "json"])
def test_briefs_are_left_out(tmp_path, form):
    (tmp_path / f"brief.{form}").write_bytes(render(small_brief(), form, Layout()))
    fill(tmp_path, "a.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_missing_folder_is_reported(tmp_path):
    for path, reason in ((tmp_path / "none", "no such folder"), (tmp_path / ("x" * 300), "could not be opened")):
        with pytest.raises(ReadingError, match=reason):
            find_sources(path)


def test_an_unreadable_folder_fails_alone(tmp_path, monkeypatch):
    for name in ("a.txt", "shut/b.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LEAD, encoding="utf-8")
    shut = tmp_path / "shut"
    look = Path.iterdir

    def iterdir(path):
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = find_sources(tmp_path)
    assert found.files == (tmp_path / "a.txt", tmp_path / "sub/c.txt")
    assert [(error.source, error.reason) for error in found.unreadable] == [
        (str(shut), "it could not be opened (Permission denied): check its name and permissions")
    ]
    with pytest.raises(ReadingError, match="Permission denied"):
        find_sources(shut)
