"""The kind of a source is recognised by its content."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.reading.kinds import kind_of, refuse_binary

LEAD = b"Dockers in Portville walked out on Monday after talks on night work failed."


def archive(**members: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()


def document() -> bytes:
    held = BytesIO()
    docx.Document().save(held)
    return held.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (LEAD, "text"),
        (b"", "text"),
        (b"From the quay, dockers saw the ships leave at 10:30 on Monday.\n\nThey had walked out.", "text"),
        (b"From Portville to Oslo it is 10:30 hours\nby sea, in May 2024.", "text"),
        (b"Subject: dockers walk out\n\n" + LEAD, "text"),
        (b"Portville: dockers walk out\nDate: Monday\n\n" + LEAD, "text"),
        (b"To: all media\nFrom: the port authority\nDate: 3 May 2024\nSubject: night work\n\n" + LEAD, "text"),
        (b"---\ntitle: Dockers walk out\n---\n" + LEAD, "text"),
        (b"Subject: Dockers\nFrom: Anna <anna@example.org>\n\n" + LEAD, "eml"),
        (b"Return-Path: <a@example.org>\r\nReceived: by mx;\r\n Mon\r\nSubject: x\r\n\r\n" + LEAD, "eml"),
        (b"\nMIME-Version: 1.0\nSubject: Dockers\n\n" + LEAD, "eml"),
        (b"From a@example.org Tue May 14 08:00:00 2024\nSubject: x\n\n" + LEAD, "mbox"),
        (b"From - Tue May 14 08:00:00 2024\r\nX-Mozilla-Status: 0001\r\n\r\n" + LEAD, "mbox"),
        (b"From 17@xxx Tue May 14 08:00:00 +0000 2024\nX-GM-THRID: 1\n\n" + LEAD, "mbox"),
        (b"<!DOCTYPE html><title>x</title>" + LEAD, "html"),
        ("\ufeff<html>".encode(), "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<p>" + LEAD + b"</p><p>" + LEAD + b"</p><div>", "html"),
        (b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'><channel><title>x</title></channel></rss>", "feed"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>', "feed"),
        (b"<!DOCTYPE rss [" + b"<!ELEMENT a ANY>" * 1_000 + b"]>\n<rss>", "feed"),
        (b"<!DOCTYPE rss [" + b"<!ELEMENT a ANY>" * 10_000 + b"]>\n<rss>", "feed"),  # its end is beyond the head
        (b"<!-- " + b"- " * 10_000 + b"--><feed>", "feed"),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", "opml"),
        (b'{"schema_version": "1"}', "json"),
        (b"{the talks} failed", "text"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (document(), "docx"),
        (archive(a="b"), "other"),
        (b"PK\x03\x04 damaged", "other"),
        (b"\x78\x9f\x3e\x22", "other"),
        (ole("WordDocument"), "other"),
        (b"\x89PNG\r\n\x1a\n", "other"),
    ],
)
def test_a_kind_is_recognised_by_content(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x78\x9f\x3e\x22\x01", "winmail.dat .* HTML or plain text"),
        (ole("WordDocument"), r"old Word document \(.doc\): save it as .docx"),
        (ole("EncryptedPackage"), "encrypted office document: .* remove its password"),
        (ole("__properties_version1.0"), r"Outlook message \(.msg\): save it as .eml"),
        (ole("Workbook"), r"spreadsheet \(.xls\): save its text as a .txt"),
        (ole("Other"), "old office document"),
        (archive(a="b"), "a ZIP archive, and no Word document: unpack it"),
        (archive(mimetype="x", content_xml="<a/>"), "OpenDocument .* save it as .docx"),
        (archive(xl__workbook_xml="<a/>"), "spreadsheet"),
        (b"PK\x03\x04 damaged", "ZIP archive or an office document, but is damaged"),
    ],
)
def test_an_unknown_kind_is_refused_with_a_remedy(data, reason):
    with pytest.raises(ReadingError, match=reason):
        refuse_binary(data, "a.docx")


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(data):
    assert isinstance(kind_of(data), str)
