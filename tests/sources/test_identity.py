"""A source has the same digest in each run, until its bytes or its metadata change."""

import os
from pathlib import Path

from briefing.reading.known import Known
from briefing.sources.identity import digest_of, in_unicode
from briefing.sources.mailboxes import open_mailboxes
from briefing.sources.records import Source
from tests.reading.mails import LEAD, box, numbered


def test_the_digest_depends_on_content_and_metadata_only(tmp_path: Path) -> None:
    path, other, altered = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    for file, text in ((path, LEAD), (other, LEAD), (altered, f"{LEAD}!")):
        file.write_text(text)
    digest = digest_of(Source("a.txt", path))
    assert digest_of(Source("b.txt", other, origin=3)) == digest
    changed = [
        Source("a.txt", altered),
        Source("a.txt", path, known=Known(outlet="Northern Wire")),
        Source("a.txt", path, excerpt=b"Dockers"),
    ]
    assert len({digest, *map(digest_of, changed)}) == 4


def test_a_message_keeps_its_digest_when_its_mailbox_grows(tmp_path: Path) -> None:
    digests = []
    for messages in ([numbered(1)], [numbered(2, LEAD), numbered(1)]):
        (tmp_path / "box").write_bytes(box(*messages))
        (*_, last), _ = open_mailboxes([Source("box", tmp_path / "box")])
        assert isinstance(last, Source)
        digests.append(digest_of(last))
    assert digests[0] == digests[1] is not None


def test_an_unreadable_source_has_no_digest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("nul\0")):
        assert digest_of(Source("it", path)) is None


def test_a_name_that_is_not_utf_8_becomes_printable() -> None:
    assert in_unicode(os.fsdecode(b"talks\xe9.txt")) == "talks\\udce9.txt"
    assert in_unicode("Tromsø.txt") == "Tromsø.txt"
