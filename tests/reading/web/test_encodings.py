"""A server's word about an encoding counts where the text itself says nothing."""

import pytest

from briefing.reading.web.encodings import in_utf8


@pytest.mark.parametrize(
    ("content", "charset", "expected"),
    [
        ("Мара".encode("koi8-r"), "koi8-r", "Мара"),
        ("“Tromsø”".encode("cp1252"), "ISO-8859-1", "“Tromsø”"),
        ("“Tromsø”".encode("cp1252"), "us-ascii", "“Tromsø”"),
        ("Tromsø".encode(), "koi8-r", "Tromsø"),
    ],
)
def test_text_comes_in_utf8(content: bytes, charset: str, expected: str) -> None:
    assert in_utf8(content, charset).decode() == expected


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Tromsø".encode("utf-16"), "koi8-r"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "koi8-r"),
        (b"Troms\xf8", None),
        (b"Troms\xf8", "no-such-charset"),
        (b"Troms\xf8", "ascii\0"),
        (b"\xff\xff", "shift_jis"),
        (b"Troms\xf8", "rot13"),
        (b"Troms\xf8", "zip"),
    ],
)
def test_a_wrong_charset_leaves_the_body_unchanged(content: bytes, charset: str | None) -> None:
    assert in_utf8(content, charset) == content
