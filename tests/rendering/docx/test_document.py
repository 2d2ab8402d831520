"""A Word document says what the page says, in styles that an office can edit, and leads nowhere but to the article."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefing.errors import TemplateFillError
from briefing.model.brief import Edit, Statement
from briefing.rendering.docx.document import render_docx
from briefing.rendering.docx.runs import directions
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.themes import colours_of
from tests.rendering import briefs

LAYOUT = Layout()
FULL = Layout(
    theme="newsroom",
    locale="fr-FR",
    marking="TLP:AMBER",
    distribution=("Press section", "Ambassador"),
    sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "full"})),
)
ALL_BRIEFS = [briefs.typical, briefs.empty, briefs.scripts, briefs.twins, briefs.crowded, briefs.hostile]


def document_of(brief, layout=LAYOUT):
    return docx.Document(BytesIO(render_docx(brief, layout)))


def text_of(element):
    """Return the text of an element as a reader sees it, numbers of pages left out."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def styled(document, style):
    return [paragraph for paragraph in document.element.body.iter(qn("w:p")) if style_of(paragraph) == style]


def style_of(paragraph):
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if found is None else found.get(qn("w:val"))


@pytest.mark.parametrize("layout", [LAYOUT, FULL])
@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_the_document_says_what_the_page_says_in_its_order(make, layout):
    page = lay_out(make(), layout)
    assert comparable(text_of(document_of(make(), layout).element.body)) == comparable(
        "".join(block.text for block in page.blocks())
    )


def test_every_section_has_its_heading_and_its_style():
    document = document_of(briefs.typical(), FULL)
    page = lay_out(briefs.typical(), FULL)
    assert [text_of(p) for p in styled(document, "Title")] == [briefs.TITLE]
    labels = [section.label for band in page.bands for section in band.sections]
    appendices = [page.evidence.label, page.notes.label, page.article.label]
    assert [text_of(p) for p in styled(document, "Heading1")] == labels + appendices
    assert [text_of(p) for p in styled(document, "Heading2")] == [briefs.TITLE]
    assert len(styled(document, "BodyText")) == 3 + 1 + 3  # the summary, the actors without a role, and the article
    assert len(styled(document, "ListBullet")) == 2 + 1 + 1
    assert len(styled(document, "ListContinue")) == 2 + 1
    assert len(styled(document, "Quote")) == len(styled(document, "QuoteSource")) == 1
    assert len(styled(document, "Evidence")) == 8


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_every_style_that_is_used_is_there(make):
    document = document_of(make(), FULL)
    ids = {style.style_id for style in document.styles}
    parts = [document.element.body]
    section = document.sections[0]
    parts += [part._element for part in (section.header, section.first_page_header, section.footer)]
    used = {
        node.get(qn("w:val"))
        for part in parts
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for node in part.iter(qn(tag))
    }
    assert used <= ids


def test_a_header_row_is_marked_and_rows_do_not_break():
    actors, events = document_of(briefs.typical()).tables
    assert [cell.text for cell in actors.rows[0].cells] == ["Actor", "Role"]
    marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in actors.rows]
    assert marked == [True, *[False] * (len(marked) - 1)]
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in actors.rows)
    assert actors.style.name == events.style.name == "Brief Table"
    assert actors._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Key actors"
    assert [row.cells[0].text for row in events.rows] == ["12 June 2031", "By 2031", "“the week after the talks”"]


@pytest.mark.parametrize("make", ALL_BRIEFS)
def test_every_number_leads_to_the_evidence_and_back(make):
    body = document_of(make()).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))}
    starts = list(body.iter(qn("w:bookmarkStart")))
    names = [mark.get(qn("w:name")) for mark in starts]
    assert anchors == set(names)
    assert len(set(names)) == len(names)
    numbers = [mark.get(qn("w:id")) for mark in starts]
    assert len(set(numbers)) == len(numbers)
    assert numbers == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]


def test_without_evidence_there_are_no_numbers():
    layout = Layout(sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "none"})))
    assert list(document_of(briefs.typical(), layout).element.body.iter(qn("w:hyperlink"))) == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.org/b?c=d&e", "https://a.org/b?c=d&e"),
        ("https://a.org/ä|<b>", "https://a.org/%C3%A4%7C%3Cb%3E"),
        ("https://[bad", None),
        ("https://?x", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_only_the_articles_address_is_external(url, target):
    brief = briefs.typical()
    article = brief.article.model_copy(update={"url": url})
    document = document_of(brief.model_copy(update={"article": article}))
    external = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    assert external == ([target] if target else [])
    assert url in text_of(document.element.body)


def test_words_of_ours_and_edits_have_styles_of_their_own():
    brief = briefs.typical().model_copy(update={"edits": (Edit(where="summary[1]", change="changed"),)})
    runs = list(document_of(brief).element.body.iter(qn("w:r")))
    by_style = {
        style: [text_of(run) for run in runs if (run.style or "") == style] for style in ("AddedWords", "EditMark")
    }
    assert by_style == {"AddedWords": ["[Belmora]"], "EditMark": [" edited by hand"]}


def test_headers_and_footers_hold_title_marking_imprint_number():
    section = document_of(briefs.typical(), FULL).sections[0]
    page = lay_out(briefs.typical(), FULL)
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] == ["TLP:AMBER"]
    assert [p.text for p in section.header.paragraphs] == ["TLP:AMBER", briefs.TITLE]
    for footer in (section.footer, section.first_page_footer):
        marking, imprint = footer.paragraphs
        assert marking.text == "TLP:AMBER"
        assert text_of(imprint._p) == f"{page.imprint}Page 1 sur 1"
        fields = [field.get(qn("w:instr")) for field in imprint._p.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_without_a_marking_the_first_page_has_no_header():
    section = document_of(briefs.typical()).sections[0]
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert [p.text for p in section.header.paragraphs] == [briefs.TITLE]


def test_the_look_is_that_of_the_theme():
    def look(layout):
        styles = document_of(briefs.empty(), layout).styles
        defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        return defaults.find(qn("w:rFonts")).get(qn("w:ascii")), str(styles["Heading 1"].font.color.rgb)

    for theme, font in (
        ("chancery", "Source Serif Pro"),
        ("newsroom", "Source Sans Pro"),
        ("plain", "Source Serif Pro"),
    ):
        accent = colours_of(lay_out(briefs.empty(), Layout(theme=theme)))["accent"]
        assert look(Layout(theme=theme)) == (font, accent)
    assert look(Layout(theme="plain"))[1] == "000000"
    assert look(Layout(accent="#0a7b3c"))[1] == "0A7B3C"


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (215.9, 279.4)), ("legal", (215.9, 355.6))])
def test_the_paper_is_that_of_the_layout(paper, size):
    section = document_of(briefs.empty(), Layout(paper=paper)).sections[0]
    assert abs(section.page_width - Mm(size[0])) < Mm(0.1)
    assert abs(section.page_height - Mm(size[1])) < Mm(0.1)


@pytest.mark.parametrize(
    ("language", "locale", "text", "labels"),
    [("en", "en-GB", "en-GB", "en-GB"), ("en", "fr-FR", "en", "fr-FR"), ('x"><y', "ja-JP", "en", "en")],
)
def test_text_and_labels_say_their_language(language, locale, text, labels):
    brief = briefs.empty()
    article = brief.article.model_copy(update={"language": language})
    styles = document_of(brief.model_copy(update={"article": article}), Layout(locale=locale)).styles.element
    assert styles.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == text
    heading = next(style for style in styles if style.get(qn("w:styleId")) == "Heading1")
    assert heading.find(f".//{qn('w:lang')}").get(qn("w:val")) == labels


@pytest.mark.parametrize(
    ("published", "stamp"),
    [("2031-06-09", (2031, 6, 9)), (None, (1980, 1, 1)), ("0033-04-03", (1980, 1, 1))],
)
def test_the_properties_are_the_articles_and_never_the_clocks(published, stamp):
    brief = briefs.typical()
    changes = {"published": published, "published_basis": "given" if published else "unknown"}
    properties = document_of(
        brief.model_copy(update={"article": brief.article.model_copy(update=changes)})
    ).core_properties
    assert (properties.title, properties.author) == (briefs.TITLE, "Kell Courier")
    assert properties.created.replace(tzinfo=None) == properties.modified.replace(tzinfo=None) == datetime(*stamp)  # noqa: DTZ001
    assert properties.language == "en"


def test_properties_of_any_length_fit():
    article = briefs.article_with("Long " * 200, "Text.", outlet="Outlet " * 100)
    properties = document_of(briefs.brief_of(article)).core_properties
    assert len(properties.title) <= 255
    assert len(properties.author) <= 255


def test_the_archive_has_no_day_and_valid_files():
    with ZipFile(BytesIO(render_docx(briefs.hostile(), FULL))) as archive:
        assert archive.infolist()[0].filename == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def test_a_section_of_others_is_printed_too():
    brief = briefs.typical()
    fact = Statement(text="A sum of money.", evidence=briefs.evidence_of(brief.article, 1))
    layout = Layout(sections=(SectionLayout("sums", "Sums of money"), *LAYOUT.sections))
    document = document_of(brief.model_copy(update={"extensions": {"sums": (fact,)}}), layout)
    assert text_of(styled(document, "Heading1")[0]) == "Sums of money"
    assert text_of(styled(document, "ListBullet")[0]) == "A sum of money.\u00a0[1]"


def test_a_users_theme_gives_the_colours(tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "chancery.css").write_text(
        "/* :root { --accent: #000000 } */ :root { --accent: #abc; --text: var(--sans) }\n"
        "@media (prefers-color-scheme: dark) { :root { --accent: #fff; --text: var(--serif) } }"
    )
    styles = document_of(briefs.empty(), Layout(templates=str(tmp_path))).styles
    assert str(styles["Heading 1"].font.color.rgb) == "AABBCC"
    quiet = colours_of(lay_out(briefs.empty(), LAYOUT))["quiet"]
    assert str(styles["Details"].font.color.rgb) == quiet
    assert styles["Kicker"].font.name == "Source Sans Pro"


@pytest.mark.parametrize(
    ("styles", "said"),
    [
        ("<w:styles>", "its result is not XML"),
        ("<styles/>", "the root of its result is styles, not w:styles"),
        ("{{ colours.nobody }}", "nobody"),
    ],
)
def test_invalid_styles_of_a_user_are_refused(tmp_path, styles, said):
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx" / "styles.xml.j2").write_text(styles)
    with pytest.raises(TemplateFillError, match=rf"styles\.xml\.j2.*{said}"):
        render_docx(briefs.empty(), Layout(templates=str(tmp_path)))


def test_five_hundred_events_are_all_printed():
    document = document_of(briefs.crowded(500))
    assert len(document.tables[-1].rows) == 500


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(codec=None), min_size=1, max_size=80), st.text(max_size=40))
def test_no_text_breaks_a_document(title, words):
    article = briefs.article_with("Nothing doing", "Nothing happened.").model_copy(update={"title": title})
    summary = Statement(text=words or "x", evidence=briefs.evidence_of(article, 1))
    brief = briefs.brief_of(article, summary=(summary,))
    page = lay_out(brief, LAYOUT)
    printed = "".join(block.text for block in page.blocks())
    assert comparable(text_of(document_of(brief).element.body)) == comparable(printed)


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", []),
        ("plain 12", [("plain 12", False)]),
        ("Ωmega – ½", [("Ωmega – ½", False)]),
        ("“דוד בן” said", [("“", False), ("דוד בן", True), ("” said", False)]),
        ("for محمد 1234 سلمان (x)", [("for ", False), ("محمد 1234 سلمان", True), (" (x)", False)]),
    ],
)
def test_names_from_right_to_left_are_runs_of_their_own(text, stretches):
    assert directions(text) == stretches


def test_each_typeface_has_substitutes_and_a_kind():
    with ZipFile(BytesIO(render_docx(briefs.typical(), LAYOUT))) as archive:
        table = etree.fromstring(archive.read("word/fontTable.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    fonts = {font.get(qn("w:name")): font for font in table.iter(qn("w:font"))}
    named = {fonts.get(qn("w:ascii")) for fonts in styles.iter(qn("w:rFonts"))}
    assert named == set(fonts)
    for font in fonts.values():
        others = font.find(qn("w:altName")).get(qn("w:val")).split(",")
        assert len(others) > 3
        order = [qn(f"w:{name}") for name in ("altName", "panose1", "charset", "family", "pitch", "sig")]
        assert [child.tag for child in font] == order  # as the schema has them


def test_lines_are_as_high_in_one_typeface_as_in_another():
    with ZipFile(BytesIO(render_docx(briefs.typical(), LAYOUT))) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    default = int(styles.find(f".//{qn('w:rPrDefault')}//{qn('w:sz')}").get(qn("w:val")))
    spaced = [styles.find(qn("w:docDefaults")), *styles.iter(qn("w:style"))]
    for style in spaced:
        size, spacing = style.find(f".//{qn('w:sz')}"), style.find(f".//{qn('w:spacing')}")
        line = None if spacing is None else spacing.get(qn("w:line"))
        if line is None:  # that of the style that it is based on
            assert style.get(qn("w:type")) != "paragraph" or size is None or int(size.get(qn("w:val"))) == default
            continue
        assert spacing.get(qn("w:lineRule")) == "atLeast"
        assert int(line) >= 1.37 * 10 * int((size if size is not None else default).get(qn("w:val")))
