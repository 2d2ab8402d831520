"""Bytes to text."""

import pytest

from briefing.errors import ReadingError
from briefing.reading.decoding import MAX_BYTES, decode

SENTENCE = "The harbour’s “night shift” pay – cut by €3 – stays in dispute at the Café Müller."


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        SENTENCE.encode("utf-8-sig"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        b"\xff\xfe" + SENTENCE.encode("utf-16-le"),
        b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
        SENTENCE.encode("cp1252"),
    ],
)
def test_a_text_is_read_in_its_own_encoding(data):
    decoded = decode(data, "a.txt")
    assert decoded.text == SENTENCE
    assert decoded.notices == ()


def test_latin_1_is_read_as_its_windows_superset():
    assert decode("The café in Orléans closed.".encode("latin-1"), "a.txt").text == "The café in Orléans closed."


def test_other_encodings_are_detected():
    russian = "Министр иностранных дел заявил, что переговоры продолжатся на следующей неделе. " * 5
    assert decode(russian.encode("cp1251"), "a.txt").text == russian


@pytest.mark.parametrize("declared", ["windows-1251", '"windows-1251"', "'Windows-1251'"])
def test_a_page_may_declare_its_encoding(declared):
    page = f"<html><head><meta charset={declared}></head><body><p>Порт закрыт</p></body></html>"
    assert "Порт закрыт" in decode(page.encode("cp1251"), "a.html").text


def test_an_unknown_declared_encoding_is_ignored():
    assert "harbour" in decode(b"<html><meta charset=klingon><p>The harbour\xe9</p>", "a.html").text


def test_a_few_broken_characters_cost_a_notice():
    data = "The café in Orléans closed. ".encode() * 3 + b"The \xff end."
    decoded = decode(data, "a.txt")
    assert decoded.text.endswith("The \ufffd end.")
    assert [notice.code for notice in decoded.notices] == ["unreadable-characters"]


@pytest.mark.parametrize(
    ("data", "look"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\r\n%PDF-1.4 after a line end", "PDF"),
        (b"PK\x03\x04" + b"\x14\x00" * 40, "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 40, "ELF"),
        (b"RIFF\x00\x00\x00\x00WEBP", "picture"),
        (b"\x00\x00\x00\x20ftypisom", "film"),
        (b"{\\rtf1 The talks ended.}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        (b"The talks\x00\x00\x00\x00 ended" * 20, "NUL"),
        (b"The talks\x01\x02\x03 ended" * 20, "control"),
    ],
)
def test_a_binary_file_is_refused(data, look):
    with pytest.raises(ReadingError, match=look) as caught:
        decode(data, "a.bin")
    assert caught.value.source == "a.bin"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"a" * (MAX_BYTES + 1), "larger than 4 MB"), (b"\xff\xfe" + b"\xd8" * 60, "encoding")],
)
def test_an_empty_huge_or_unreadable_file_is_refused(data, reason):
    with pytest.raises(ReadingError, match=reason):
        decode(data, "a.txt")
