"""What institutions ask of a PDF: PDF/UA-1, and PDF/A-3 on request; read with pikepdf from real files."""

import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from briefing.evidence.seal import seal
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import LINE_FIELDS
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT
from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.printable import page_of
from tests.digest.digests import sealed_digest
from tests.rendering import briefs, drawn_briefs

OPTIONS = {"events": {"timeline": True}, "agreements": {"matrix": True}, "source": {"show": "full"}}
SECTIONS = tuple(SectionLayout(name, options=OPTIONS.get(name, {})) for name in (*LINE_FIELDS, "source"))
LAYOUTS = {
    "english": Layout(sections=SECTIONS, marking="TLP:AMBER"),
    "french": Layout(sections=SECTIONS, locale="fr-FR", marking="DIFFUSION RESTREINTE", theme="newsroom"),
    "archival": Layout(sections=SECTIONS, archival=True, theme="plain", paper="Letter"),
    "german archival": Layout(sections=SECTIONS, archival=True, locale="de-DE"),
}
BRIEFS = {
    "typical": briefs.typical,
    "drawn": drawn_briefs.drawn,
    "crowded": briefs.crowded,
    "empty": briefs.empty,
    "digest": sealed_digest,
}
CASES = pytest.mark.parametrize(
    ("brief", "layout"), [(b, a) for b in BRIEFS for a in LAYOUTS if b == "typical" or "g" in a]
)
GROUPS = {"/Document", "/Part", "/Div", "/Sect", "/Art", "/NonStruct", "/Table", "/THead", "/TBody", "/TR"}
BLOCKS = {"/P", "/H1", "/H2", "/H3", "/TH", "/TD", "/Figure"}
INLINE = {"/Span", "/Link"}


@cache
def pdf_of(brief: str, layout: str) -> bytes:
    return render_pdf(seal(BRIEFS[brief]()), LAYOUTS[layout])


def opened(brief: str, layout: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf_of(brief, layout)))


def kids(element: Any) -> list[Any]:
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def elements(document: pikepdf.Pdf) -> list[Any]:
    """Return the elements of the tree in the order of reading."""

    def below(element: Any) -> list[Any]:
        inner = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        return [found for kid in inner for found in (kid, *below(kid))]

    return below(document.Root.StructTreeRoot)


@CASES
def test_the_tree_holds_the_elements_of_a_document(brief, layout):
    with opened(brief, layout) as document:
        found = elements(document)
        assert str(found[0].S) == "/Document"
        assert {str(element.S) for element in found} <= GROUPS | BLOCKS | INLINE
        for element in found[1:]:
            inner, outer = str(element.S), str(element.P.S)
            assert outer in {
                "/TR": {"/THead", "/TBody"},
                "/TH": {"/TR"},
                "/TD": {"/TR"},
                "/THead": {"/Table"},
                "/TBody": {"/Table"},
            }.get(inner, GROUPS | BLOCKS | INLINE), (inner, outer)


@CASES
def test_headings_leave_no_level_out(brief, layout):
    with opened(brief, layout) as document:
        levels = [int(str(element.S)[2:]) for element in elements(document) if re.fullmatch(r"/H\d", str(element.S))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@CASES
def test_each_header_of_a_table_says_what_it_heads(brief, layout):
    with opened(brief, layout) as document:
        for element in elements(document):
            if element.S == "/TH":
                scope = "/Column" if element.P.P.S == "/THead" else "/Row"
                assert str(element.A.Scope) == scope
            elif element.S == "/TR":
                assert any(cell.S == "/TH" for cell in element.K)


@CASES
def test_each_picture_has_an_alternative_and_a_box(brief, layout):
    with opened(brief, layout) as document:
        figures = [element for element in elements(document) if element.S == "/Figure"]
        pictures = page_of(BRIEFS[brief](), LAYOUTS[layout]).pictures
        assert [str(figure.Alt) for figure in figures] == [picture.alternative for picture in pictures]
        for figure, picture in zip(figures, pictures, strict=True):
            left, bottom, right, top = (float(side) for side in figure.A.BBox)
            paper = [float(side) for side in figure.Pg.MediaBox]
            assert (round(right - left), round(top - bottom)) == (round(picture.width), round(picture.height))
            assert left >= paper[0]
            assert bottom >= paper[1]
            assert right <= paper[2]
            assert top <= paper[3]


@CASES
def test_each_link_has_text_and_a_description(brief, layout):
    with opened(brief, layout) as document:
        page = page_of(BRIEFS[brief](), LAYOUTS[layout])
        links = [element for element in elements(document) if element.S == "/Link"]
        for link in links:
            reference = next(kid for kid in kids(link) if isinstance(kid, pikepdf.Dictionary))
            assert any(isinstance(kid, int) for kid in kids(link))
            assert str(reference.Type) == "/OBJR"
            said = str(reference.Obj.Contents)
            number = re.search(r"\d+$", str(reference.Obj.get("/Dest", "")))
            words = (
                page.links
                if number is None
                else {page.labels(f"link.{kind}", number=number[0]) for kind in ("evidence", "cited", "story")}
            )
            assert said in words
        assert len(links) == sum(len(one.get("/Annots", ())) for one in document.pages)


@CASES
def test_labels_and_article_have_their_own_languages(brief, layout):
    with opened(brief, layout) as document:
        page = page_of(BRIEFS[brief](), LAYOUTS[layout])
        assert str(document.Root.Lang) == page.labels.language
        found = {str(element.Lang) for element in elements(document) if "/Lang" in element}
        assert found == ({page.language} if page.language != page.labels.language else set())


def test_the_articles_words_are_in_its_language():
    with opened("typical", "french") as document:
        heading = next(element for element in elements(document) if element.S == "/H1")
        spans = [kid for kid in elements_below(heading) if any(isinstance(inner, int) for inner in kids(kid))]
        assert {str(span.Lang) for span in spans} == {"en"}
        section = next(element for element in elements(document) if element.S == "/H2")
        assert all("/Lang" not in kid for kid in elements_below(section))


def elements_below(element: Any) -> list[Any]:
    inner = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [found for kid in inner for found in (kid, *elements_below(kid))]


@CASES
def test_a_reader_shows_title_bookmarks_and_the_order_of_tabs(brief, layout):
    with opened(brief, layout) as document:
        page = page_of(BRIEFS[brief](), LAYOUTS[layout])
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]) == page.title
        assert document.Root.MarkInfo.Marked
        assert all(str(one.Tabs) == "/S" for one in document.pages)
        with document.open_outline() as outline:
            (root,) = outline.root
            labels = [section.label for band in page.bands for section in band.sections]
            ends = [end.label for end in page.appendices]
            assert root.title == f"{page.title} {page.title_mark}".strip()
            titles = [chapter.title for chapter in page.chapters]
            assert [item.title for item in root.children] == [*labels, *titles, *ends]


@CASES
def test_the_order_of_reading_is_that_of_the_page(brief, layout):
    page = page_of(BRIEFS[brief](), LAYOUTS[layout])
    expected = "".join(comparable(block.text) for block in page.blocks())
    assert "".join(map(comparable, printed(pdf_of(brief, layout)).blocks)) == expected


@CASES
def test_all_content_is_tagged_or_an_artifact(brief, layout):
    with opened(brief, layout) as document:
        held: dict[Any, set[int]] = {}
        for element in elements(document):
            numbers = [kid for kid in kids(element) if isinstance(kid, int)]
            held.setdefault(element.get("/Pg", document.Root).objgen, set()).update(numbers)
        for page in document.pages:
            marks: list[str] = []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "BDC" and "/MCID" in operands[1]:
                    assert int(operands[1]["/MCID"]) in held[page.objgen]
                    marks.append("tagged")
                elif name in ("BDC", "BMC"):
                    assert str(operands[0]) == "/Artifact"
                    marks.append("artifact")
                elif name == "EMC":
                    marks.pop()
                elif name in ("f", "f*", "S", "B", "Tj", "TJ"):
                    assert len(marks) == 1, name
            assert marks == []


@CASES
def test_the_parent_tree_leads_back_to_each_element(brief, layout):
    with opened(brief, layout) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for element in elements(document):
            for kid in kids(element):
                if isinstance(kid, int):
                    assert parents[int(element.Pg.StructParents)][kid].objgen == element.objgen
                elif kid.get("/Type") == "/OBJR":
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen


@CASES
def test_fonts_are_embedded_and_say_what_their_glyphs_read(brief, layout):
    with opened(brief, layout) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert "/ToUnicode" in font


@CASES
def test_no_stamp_is_of_the_clock(brief, layout):
    with opened(brief, layout) as document:
        day = page_of(BRIEFS[brief](), LAYOUTS[layout]).stamp
        written = day.replace("-", "")
        assert {str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate")} == {f"D:{written}"}
        assert re.findall(rb"Date>([^<]+)<", document.Root.Metadata.read_bytes()) == [day.encode()] * 2
        for name in document.attachments:
            file = document.attachments[name].get_file()
            assert {str(file.obj.Params[key]) for key in ("/CreationDate", "/ModDate")} == {f"D:{written}000000Z"}


@CASES
def test_the_metadata_name_the_standards_that_the_file_keeps(brief, layout):
    with opened(brief, layout) as document:
        xmp = document.Root.Metadata.read_bytes()
        assert b'pdfuaid:part="1"' in xmp
        archival = LAYOUTS[layout].archival
        assert (b'pdfaid:part="3"' in xmp and b'pdfaid:conformance="A"' in xmp) == archival
        with document.open_metadata() as read:
            assert read["dc:title"] == str(document.docinfo["/Title"])
            assert read["pdfuaid:part"] == "1"
            assert bool(read.pdfa_status) == archival


@pytest.mark.parametrize("layout", ["archival", "german archival"])
def test_a_pdf_a_has_a_profile_and_described_attachments(layout):
    with opened("typical", layout) as document:
        (intent,) = document.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert "/ID" in document.trailer
        files = list(document.Root.AF)
        assert {str(file.UF): str(file.AFRelationship) for file in files} == {
            BRIEF_ATTACHMENT: "/Source",
            LAYOUT_ATTACHMENT: "/Supplement",
        }
        assert len(files) == 2
        labels = LAYOUTS[layout].labels
        assert [str(file.Desc) for file in files] == [labels("attachment.brief"), labels("attachment.layout")]
        assert all(str(file.EF.F.Subtype) == "/application/json" for file in files)
        assert all(note.F == 4 for page in document.pages for note in page.get("/Annots", ()))
        assert "/Encrypt" not in document.trailer


@CASES
def test_each_of_them_is_verified(brief, layout):
    failures = verify_bytes(pdf_of(brief, layout), "a.pdf").failures
    assert [failure for failure in failures if not re.match(r"\w+\[", failure)] == []
