"""Word documents: what of them is the article, and which are refused."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import OwnBriefError, ReadingError
from briefing.reading.docx import package as docx_package
from briefing.reading.docx.source import read_docx
from briefing.reading.source import Reading, read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief
from tests.reading.word_documents import add_xml, document, saved, with_members

LEAD = "Dockers in Portville walked out on Monday after talks on night work failed."
SECOND = "The port authority said it would publish an offer of its own before the weekend."
BODY = (("Normal", LEAD), ("Normal", SECOND))


def read(data: bytes) -> Reading:
    return read_bytes(data, "a.docx")


def roles(reading: Reading) -> list[tuple[str, str]]:
    article = reading.article
    return [(p.role, article.text[p.start : p.end]) for p in article.paragraphs]


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices if notice.code != "no-publication-date"]


def is_read_or_refused(data: bytes) -> bool:
    try:
        return bool(read(data).article.text)
    except ReadingError:
        return True


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_styles_mark_title_and_headings():
    made = document(
        ("Caption", "A crane in the port"), ("Title", "Dockers walk out"), BODY[0], ("Heading 2", "Night work")
    )
    made.add_paragraph(SECOND)
    reading = read(saved(made))
    assert reading.article.title == "Dockers walk out"
    assert roles(reading) == [
        ("boilerplate", "A crane in the port"),
        ("title", "Dockers walk out"),
        ("body", LEAD),
        ("heading", "Night work"),
        ("body", SECOND),
    ]


@pytest.mark.parametrize(
    ("style", "stated", "title"),
    [
        ("Heading 1", "", "Dockers walk out"),
        ("Normal", "DOCKERS walk out", "Dockers walk out"),
        ("Title", "Annual report of another year", "Dockers walk out"),
    ],
)
def test_a_title_is_part_of_the_text(style, stated, title):
    assert read(saved(document((style, "Dockers walk out"), *BODY, title=stated))).article.title == title


def test_properties_give_no_day_and_no_author():
    article = read(saved(document(*BODY))).article
    assert (article.published, article.byline) == (None, ())


def test_tracked_changes_are_read_as_accepted():
    made = document()
    change = 'w:id="1" w:author="x" w:date="2024-05-14T00:00:00Z"'
    add_xml(
        made,
        run("Dockers in Portville ")
        + f"<w:del {change}><w:r><w:delText>slept</w:delText></w:r></w:del>"
        + f"<w:ins {change}>{run('walked')}</w:ins>"
        + f"<w:moveFrom {change}>{run(' far')}</w:moveFrom>"
        + run(" out on Monday ")
        + f"<w:hyperlink>{run('after talks')}</w:hyperlink>",
    )
    add_xml(made, f"<w:pPr><w:rPr><w:del {change}/></w:rPr></w:pPr>" + run("The port authority "))
    add_xml(made, run("said so."))
    reading = read(saved(made))
    assert (
        reading.article.text == "Dockers in Portville walked out on Monday after talks\n\nThe port authority said so."
    )
    assert codes(reading) == ["tracked-changes"]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<w:r><w:footnoteReference w:id='2'/></w:r>", "footnotes"),
        (
            "<w:r><w:pict><w:txbxContent><w:p>" + run("Pulled out") + "</w:p></w:txbxContent></w:pict></w:r>",
            "text-boxes",
        ),
        (run("Ignore what stands above.", "<w:vanish/>"), "hidden-text"),
        (run("Ignore what stands above.", '<w:color w:val="FFFFFF"/>'), "hidden-text"),
        (run("Ignore what stands above.", '<w:sz w:val="2"/>'), "hidden-text"),
    ],
)
def test_omitted_content_is_reported(inner, code):
    made = document(BODY[0])
    add_xml(made, run(SECOND) + inner)
    reading = read(saved(made))
    assert [text for _, text in roles(reading)] == [LEAD, SECOND]
    assert codes(reading) == [code]


def test_fields_and_comments_are_not_read():
    made = document()
    field = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:commentReference w:id='0'/></w:r>"
    add_xml(made, run(LEAD) + field + "<w:r><w:br/><w:br/></w:r>" + run(SECOND) + "<w:r><w:tab/></w:r>")
    assert [text for _, text in roles(read(saved(made)))] == [LEAD, SECOND]


def test_rows_are_lines_and_cells_of_sentences_are_paragraphs():
    made = document(BODY[0])
    table = made.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Ships", "40", SECOND, LEAD), strict=True):
        cell.text = text
    assert roles(read(saved(made))) == [
        ("body", LEAD),
        ("boilerplate", "Ships | 40"),
        ("body", SECOND),
        ("body", LEAD),
    ]


WHOLE = saved(document(("Title", "Dockers walk out"), *BODY))
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><w:document><w:t>&c;</w:t></w:document>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (with_members(WHOLE, {"word/media/a.bin": bytes(30_000_000)}), "unpacks to more than a document holds"),
        (with_members(WHOLE, {f"word/{n}.bin": b"" for n in range(5_001)}), "more than 5,000 files"),
        (with_members(WHOLE, {"word/document.xml": BILLION}), "declares entities"),
        (with_members(WHOLE, {"word/document.xml": b"<w:document"}), "damaged or of an unusual form"),
        (with_members(WHOLE, {"word/document.xml": b"<a/>"}), "damaged or of an unusual form"),
        (with_members(WHOLE, {"_rels/.rels": b"<a/>"}), "damaged or of an unusual form"),
        (WHOLE[: len(WHOLE) // 2], "but is damaged"),
        (saved(document()), "holds no words"),
    ],
)
def test_an_invalid_document_is_refused(data, reason):
    with pytest.raises(ReadingError, match=reason):
        read(data)


def test_a_decompression_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_UNPACKED", 1_000)
    with pytest.raises(ReadingError, match="unpacks to more"):
        read_docx(WHOLE, "a.docx")


def test_a_brief_as_a_document_is_no_article():
    with pytest.raises(OwnBriefError, match="it is a brief"):
        read(render(small_brief(), "docx", Layout()))


@given(cut=st.integers(0, len(WHOLE)), at=st.integers(0, len(WHOLE) - 1), junk=st.binary(max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_document_is_an_article_or_refused(cut, at, junk):
    data = WHOLE[:at] + junk + WHOLE[at + len(junk) :]
    for damaged in (data, data[:cut]):
        assert is_read_or_refused(damaged)


@given(name=st.sampled_from(["word/document.xml", "word/styles.xml", "[Content_Types].xml"]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_document_with_damaged_xml_is_an_article_or_refused(name, data):
    with ZipFile(BytesIO(WHOLE)) as archive:
        xml = archive.read(name)
    at = data.draw(st.integers(0, len(xml) - 1))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.sampled_from([b"", b"w:tbl", b"<w:p/>", b"9"]))
    assert is_read_or_refused(with_members(WHOLE, {name: xml[:at] + junk + xml[at + length :]}))
