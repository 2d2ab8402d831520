import random
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from briefing.errors import ReadingError
from briefing.model.brief import Briefing, Edit, Statement
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.read_back.comparing import comparable, first_difference, is_made_of
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import briefs

BRIEFS: dict[str, Callable[[], Briefing]] = {
    "typical": briefs.typical,
    "empty": briefs.empty,
    "scripts": briefs.scripts,
    "twins": briefs.twins,
    "crowded": briefs.crowded,
    "hostile": briefs.hostile,
}
LAYOUT = Layout()


@cache
def pdf_of(name: str) -> bytes:
    return render_pdf(BRIEFS[name](), LAYOUT)


@pytest.mark.parametrize("name", BRIEFS)
def test_every_block_of_the_page_is_printed_and_nothing_else(name):
    page, pdf = lay_out(BRIEFS[name](), LAYOUT), printed(pdf_of(name))
    assert first_difference([block.text for block in page.blocks()], pdf.blocks) is None


@pytest.mark.parametrize("name", BRIEFS)
def test_headers_and_footers_are_those_of_the_page(name):
    page, pdf = lay_out(BRIEFS[name](), LAYOUT), printed(pdf_of(name))
    pages = len(pdf.furniture)
    for number, furniture in enumerate(pdf.furniture, start=1):
        assert first_difference(page.furniture(number, pages), furniture) is None


def test_a_block_within_a_page_is_one_element():
    page, pdf = lay_out(briefs.typical(), LAYOUT), printed(pdf_of("typical"))
    assert [comparable(block.text) for block in page.blocks()] == [comparable(block) for block in pdf.blocks]


def test_the_whole_article_is_printed_where_the_layout_says_so():
    layout = Layout(sections=(SectionLayout("summary"), SectionLayout("source", options={"show": "full"})))
    page, pdf = lay_out(briefs.typical(), layout), printed(render_pdf(briefs.typical(), layout))
    assert first_difference([block.text for block in page.blocks()], pdf.blocks) is None
    assert briefs.SENTENCES[6] in " ".join(block.text for block in page.article.blocks())


@pytest.mark.parametrize("name", ["typical", "scripts"])
def test_a_changed_character_is_found(name):
    blocks = [block.text for block in lay_out(BRIEFS[name](), LAYOUT).blocks()]
    pdf = printed(pdf_of(name))
    for number, block in enumerate(blocks):
        digits = list(re.finditer(r"\d", block))[:2]
        for digit in digits:
            other = block[: digit.start()] + str((int(digit[0]) + 1) % 10) + block[digit.end() :]
            difference = first_difference([*blocks[:number], other, *blocks[number + 1 :]], pdf.blocks)
            assert difference is not None
            assert difference.expected == other


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@settings(derandomize=True, deadline=None, max_examples=15, phases=[Phase.generate])
@given(st.lists(ANY_TEXT, min_size=20, max_size=40))
def test_any_text_is_printed_as_laid_out(texts):
    article = briefs.article_with("Any text", "It may be anything.")
    statements = tuple(Statement(text=text, evidence=briefs.evidence_of(article, 1)) for text in texts)
    brief = briefs.brief_of(article, summary=statements)
    pdf = printed(render_pdf(brief, LAYOUT))
    assert first_difference([block.text for block in lay_out(brief, LAYOUT).blocks()], pdf.blocks) is None


def test_text_drawn_over_a_page_is_furniture():
    with pikepdf.open(BytesIO(pdf_of("typical"))) as document:
        font = next(iter(document.pages[0].Resources.Font.keys()))
        document.pages[0].contents_add(b"BT %s 9 Tf <0003> Tj ET" % font.encode(), prepend=False)
        changed = BytesIO()
        document.save(changed)
    page, pdf = lay_out(briefs.typical(), LAYOUT), printed(changed.getvalue())
    assert first_difference(page.furniture(1, len(pdf.furniture)), pdf.furniture[0]) is not None


def test_a_note_put_on_a_page_is_furniture():
    with pikepdf.open(BytesIO(pdf_of("typical"))) as document:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Contents="False")
        document.pages[0].Annots.append(document.make_indirect(note))
        changed = BytesIO()
        document.save(changed)
    assert "annotation False" in printed(changed.getvalue()).furniture[0]


@pytest.mark.parametrize("name", BRIEFS)
def test_nothing_is_odd_about_a_page_of_ours(name):
    assert printed(pdf_of(name)).oddities == ()


def test_an_edited_brief_holds_nothing_odd():
    marked = briefs.typical().model_copy(update={"edits": (Edit(where="summary[0]", change="changed"),)})
    assert printed(render_pdf(marked, LAYOUT)).oddities == ()


def changed_page(change: Callable[[pikepdf.Pdf, pikepdf.Page], object]) -> bytes:
    changed = BytesIO()
    with pikepdf.open(BytesIO(pdf_of("typical"))) as document:
        change(document, document.pages[0])
        document.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("content", "oddity"),
    [
        (b"1 1 1 rg 50 50 500 700 re f", "painted over the text"),
        (b"1 1 1 RG 400 w 0 400 m 600 400 l S", "painted over the text"),
        (b"/X Do", "a picture is painted"),
        (b"BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI", "a picture is painted"),
        (b"BT 3 Tr ET", "text is shown in an unusual way"),
        (b"BT 1 1 1 rg /%s 9 Tf 1 0 0 1 90 90 Tm <0003> Tj ET", "text is as pale as the paper"),
        (b"BT /%s 1 Tf 1 0 0 1 90 90 Tm <0003> Tj ET", "text is too small to be read"),
        (b"BT /%s 9 Tf 1 0 0 1 -90 90 Tm <0003> Tj ET", "text is outside the paper"),
        (b"0 0 1 1 re W n BT /%s 9 Tf 1 0 0 1 90 90 Tm <0003> Tj ET", "text is cut off or transparent"),
        (b"/OC /Layer BDC EMC", "a part can be switched off"),
        (b"0 0 m 1 1 2 2 3 3 c S", "it is drawn with 'c'"),
    ],
)
def test_hidden_or_added_content_is_odd(content, oddity):
    def add(_, page):
        font = next(iter(page.Resources.Font.keys())).removeprefix("/").encode()
        page.contents_add(b"q " + content.replace(b"%s", font) + b" Q", prepend=False)

    assert [found for found in printed(changed_page(add)).oddities if oddity in found]


@pytest.mark.parametrize(
    ("change", "oddity"),
    [
        ({"AP": pikepdf.Dictionary()}, "annotation 1 has /AP"),
        ({"A": pikepdf.Dictionary(S=pikepdf.Name.Launch)}, "annotation 1: /A: /S is '/Launch'"),
        ({"BS": pikepdf.Dictionary(W=40)}, "annotation 1: /BS: /W is '40'"),
    ],
)
def test_a_link_that_does_more_than_lead_somewhere_is_odd(change, oddity):
    def spoil(_, page):
        for key, value in change.items():
            page.Annots[0][f"/{key}"] = value

    assert [found for found in printed(changed_page(spoil)).oddities if oddity in found]


def test_a_link_to_the_web_is_reported():
    def point(_, page):
        page.Annots[0].A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://elsewhere.example")

    assert "https://elsewhere.example" in printed(changed_page(point)).web_links
    assert set(printed(pdf_of("typical")).web_links) == {briefs.typical().article.url}


def test_a_locked_file_is_refused():
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf_of("empty"))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ReadingError, match="locked by a password"):
        printed(locked.getvalue())


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"no PDF", pdf_of("empty")[:2000]])
def test_other_files_are_refused(pdf):
    with pytest.raises(ReadingError):
        printed(pdf)


def test_a_damaged_file_is_read_or_refused():
    dice = random.Random(1)  # noqa: S311 - the same damage every time
    for _ in range(60):
        damaged = bytearray(pdf_of("typical"))
        for _ in range(dice.choice((1, 3, 30))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        with suppress(ReadingError):
            printed(bytes(damaged))


@pytest.mark.parametrize(
    ("text", "made"),
    [("abcab", True), ("ababc", True), ("cabab", True), ("abab", False), ("ababcc", False), ("bacab", False)],
)
def test_headers_and_footers_may_have_any_order(text, made):
    assert is_made_of(text, ["ab", "c", "ab"]) == made


def test_the_page_goes_on_after_what_was_expected():
    assert first_difference(["A b"], ["A", "b", "c"]) == ("", "c")
    assert first_difference(["A b", "c"], ["A", "b"]) == ("c", "")
