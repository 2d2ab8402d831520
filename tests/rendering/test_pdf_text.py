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
from briefing.model import Briefing, Statement
from briefing.rendering.page import Layout, SectionLayout, lay_out
from briefing.rendering.pdf import render_pdf
from briefing.rendering.pdf_text import comparable, first_difference, printed
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


def test_a_block_is_one_element_where_no_page_break_divides_it():
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


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"no PDF", pdf_of("empty")[:2000]])
def test_what_is_no_pdf_is_refused(pdf):
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


def test_the_page_goes_on_after_what_was_expected():
    assert first_difference(["A b"], ["A", "b", "c"]) == ("", "c")
    assert first_difference(["A b", "c"], ["A", "b"]) == ("c", "")
