"""Whatever a header is made of, it is one header, and a reader sees that text."""

from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import compat32, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.runtime.mail_headers import HEADER_POLICY, header_addresses, header_text, one_line
from tests.fakes.hostile_lines import PAYLOADS

_TEXTS = st.text(max_size=1200) | st.sampled_from(PAYLOADS) | st.lists(st.sampled_from(PAYLOADS)).map("".join)


def written(name: str, value: str) -> bytes:
    message = EmailMessage(policy=HEADER_POLICY)
    message[name] = value
    message["X-Last"] = "last"
    return message.as_bytes()


def check_one_header(head: bytes) -> None:
    first, *others = head.rstrip(b"\r\n").split(b"\r\n")
    *more, last = others
    assert last == b"X-Last: last"
    assert all(line.startswith(b" ") for line in more)
    assert all(line.isascii() and len(line) <= 998 for line in (first, *others))
    assert head.count(b"\n") == head.count(b"\r") == head.count(b"\r\n")
    assert BytesParser(policy=default).parsebytes(head).keys()[1:] == ["X-Last"]


@given(_TEXTS)
def test_any_text_is_one_header_for_two_parsers(text: str) -> None:
    head = written("Subject", header_text(text))
    check_one_header(head)
    assert BytesParser(policy=default).parsebytes(head)["Subject"] == one_line(text)
    raw = BytesParser(policy=compat32).parsebytes(head)["Subject"].replace("\r\n", "")
    assert str(make_header(decode_header(raw))) == one_line(text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_payload_begins_a_header(text: str) -> None:
    head = written("Subject", header_text(text))
    check_one_header(head)
    assert BytesParser(policy=default).parsebytes(head)["Subject"] == one_line(text)


@given(st.lists(_TEXTS, min_size=1, max_size=30))
def test_names_do_not_change_the_recipients(names: list[str]) -> None:
    lines = [one_line(name) for name in names]
    addresses = [Address(name, addr_spec=f"desk{number}@example.org") for number, name in enumerate(lines)]
    head = written("To", header_addresses(addresses))
    check_one_header(head)
    read = BytesParser(policy=default).parsebytes(head)["To"].addresses
    assert [one.addr_spec for one in read] == [one.addr_spec for one in addresses]
    raw = BytesParser(policy=compat32).parsebytes(head)
    assert set(raw.keys()) == {"To", "X-Last"}


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_name_with_a_payload_stays_a_name(name: str) -> None:
    line = one_line(name)
    head = written("From", header_addresses([Address(line, addr_spec="desk@example.org")]))
    check_one_header(head)
    (read,) = BytesParser(policy=default).parsebytes(head)["From"].addresses
    # Python puts a space between encoded words of a name, where RFC 2047, section 6.2, has none.
    assert (read.display_name.replace(" ", ""), read.addr_spec) == (line.replace(" ", ""), "desk@example.org")
    raw = BytesParser(policy=compat32).parsebytes(head)["From"].replace("\r\n", "")
    unquoted = str(make_header(decode_header(raw))).replace("\\", "").replace('"', "")
    assert unquoted == f"{line} <desk@example.org>".replace('"', "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Talks \r\n\t resume ", "Talks resume"),
        ("Talks\u2028resume\x85on\x0bMonday\x0cat\x1cten", "Talks resume on Monday at ten"),
        ("Ta\u00adl\u200bks\x00 \ud800resume", "Talks resume"),
        ("Zdeňka – 日本 🙂", "Zdeňka – 日本 🙂"),
    ],
)
def test_a_line_is_text_and_single_spaces(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize("value", ["a\r\nBcc: b", "a\nBcc: b", "a\rBcc: b", "a\r\n", "a\r\n\r\n b"])
def test_a_value_that_would_begin_another_header_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="the header Subject would begin another one"):
        EmailMessage(policy=HEADER_POLICY)["Subject"] = value
