"""Mailboxes: which messages they hold."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.reading.contents import MAX_DOCUMENT
from briefing.reading.mail.mbox import Stretch, find_messages, message_of, read_message
from briefing.reading.source import read_bytes
from tests.reading.mails import FROM, box, mail


def messages(content: bytes) -> list[bytes]:
    return [message_of(content, stretch) for stretch in find_messages(BytesIO(content), "box")]


def test_messages_come_in_the_order_of_the_mailbox():
    found = messages(box(*map(mail, ("The first one.", "The second one.", "The third one."))))
    assert [message.split(b"\n\n")[1] for message in found] == [
        b"The first one.",
        b"The second one.",
        b"The third one.",
    ]
    assert [stretch.number for stretch in find_messages(BytesIO(box(mail("a"), mail("b"))), "box")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They left.\n\nFrom the quay one could see the ships at 10:30 and later on, far out.", 1),
        ("They left.\nFrom anna@post.example Tue May 14 08:00:00 2024\nand so on", 1),  # no empty line above it
        ("They left.\n\nFrom - Tue May 14 08:00:00 2024\nSubject: x", 2),
        ("x" * 70_000 + "\nFrom - Tue May 14 08:00:00 2024", 1),
    ],
)
def test_only_a_line_that_a_program_writes_begins_a_message(text, count):
    content = FROM + b"Subject: x\n\n" + text.encode() + b"\n"
    assert len(messages(content)) == count


def test_escaped_lines_are_restored():
    (message,) = messages(FROM + b"Subject: x\n\n>From the quay.\n>>From the hill.\n> From afar.\n")
    assert message.endswith(b"\n\nFrom the quay.\n>From the hill.\n> From afar.\n")


def test_a_message_is_read_from_its_file_alone(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(box(mail("The first one."), mail("The second one.")))
    with path.open("rb") as file:
        stretches = list(find_messages(file, "box"))
    assert b"The second one." in read_message(path, stretches[1])
    with pytest.raises(ReadingError, match="box#2: the message is larger"):
        read_message(path, Stretch(2, 0, MAX_DOCUMENT + 1))
    with pytest.raises(ReadingError, match="none#1: its mailbox could not be opened"):
        read_message(tmp_path / "none", Stretch(1, 0, 5))


def test_a_mailbox_is_no_article():
    with pytest.raises(ReadingError, match="it is a mailbox"):
        read_bytes(box(mail("The first one.")), "a")


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r"), max_size=30), min_size=1, max_size=5))
def test_no_message_is_lost(texts):
    found = messages(b"".join(FROM + b"Subject: x\n\n" + text.encode() + b"\n\n" for text in texts))
    assert len(found) == len(texts)
