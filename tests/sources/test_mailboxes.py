"""Each message of a mailbox becomes a source, once."""

from pathlib import Path

from briefing.sources.mailboxes import open_mailboxes
from briefing.sources.records import Link, Source
from tests.reading.mails import LEAD, SECOND, box, numbered

FEED = Link("feed", url="http://news.example/feed")


def source_of(path: Path, content: bytes) -> Source:
    path.write_bytes(content)
    return Source(path.name, path)


def test_each_message_becomes_a_source_between_the_others(tmp_path: Path) -> None:
    content = box(numbered(1), numbered(2, LEAD), numbered(3, SECOND))
    named, text = source_of(tmp_path / "box", content), source_of(tmp_path / "a.txt", LEAD.encode())
    found, outcomes = open_mailboxes([text, named, FEED, Source("standard input", content=content)])
    assert [source.name for source in found] == [
        *("a.txt", f"{tmp_path}/box#1", f"{tmp_path}/box#2", f"{tmp_path}/box#3", "feed"),
        *("standard input#1", "standard input#2", "standard input#3"),
    ]
    assert outcomes == []


def test_a_repeated_id_or_text_is_left_out() -> None:
    content = box(numbered(1), numbered(2, LEAD), numbered(1, SECOND), numbered(4, LEAD))
    found, outcomes = open_mailboxes([Source("box", content=content)])
    assert [source.name for source in found] == ["box#1", "box#2"]
    assert [outcome.remarks for outcome in outcomes] == [
        ("box#3 is the same message as box#1, and was left out",),
        ("box#4 is the same message as box#2, and was left out",),
    ]


def test_equal_files_and_mailboxes_are_all_kept(tmp_path: Path) -> None:
    files = [source_of(tmp_path / name, numbered(1)) for name in ("a.eml", "b.eml")]
    boxes = [Source(name, content=box(numbered(1))) for name in ("c", "d")]
    found, outcomes = open_mailboxes([*files, *boxes])
    assert ([source.name for source in found], outcomes) == (["a.eml", "b.eml", "c#1", "d#1"], [])


def test_a_missing_file_stays_a_source(tmp_path: Path) -> None:
    missing = Source("missing", tmp_path / "missing")
    assert open_mailboxes([missing]) == ([missing], [])
