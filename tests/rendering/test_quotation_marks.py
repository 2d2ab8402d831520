"""A page prints quotation marks and apostrophes of one kind, and the brief keeps the article's own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Insertion, Statement
from briefing.rendering.docx.document import render_docx
from briefing.rendering.formats import render
from briefing.rendering.json_text import to_json
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.page import lay_out
from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.quotation_marks import curled
from briefing.rendering.row_view import Fact
from tests.digest.digests import sealed_digest
from tests.fakes.briefs import small_brief
from tests.rendering import briefs

MARKS = "'\"`“”‘’"
LAYOUT = Layout()
FULL = Layout(
    title="The desk's brief",
    marking='"For you"',
    distribution=("The minister's office",),
    locale="fr-FR",
    sections=(*LAYOUT.sections[:-1], SectionLayout("source", options={"show": "full"})),
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"We agree," he said.', "“We agree,” he said."),
        ("Arland's plan and the workers' pay", "Arland’s plan and the workers’ pay"),
        ("\"'Never,' she said,\" he said", "“‘Never,’ she said,” he said"),
        ("'Go!' and 'stay'", "‘Go!’ and ‘stay’"),
        ('said:"Go." ("Stay.")—"Wait"', "said:“Go.” (“Stay.”)—“Wait”"),
        ('"...and more" "…and less"', "“...and more” “…and less”"),
        ("the '90s, rock 'n' roll, 'tis done", "the ’90s, rock ’n’ roll, ’tis done"),
        ("'90 per cent is enough,' he said", "‘90 per cent is enough,’ he said"),
        ('strait must stay open," she said', "strait must stay open,” she said"),
        ("“Arland's”", "“Arland’s”"),
        ('"', "”"),
        ("``Talks'' on", "“Talks” on"),
        ("said ``we will not,'' and ``a `bold' step''", "said “we will not,” and “a ‘bold’ step”"),
        ("''Talks'' of 6' 2'' and 12''", "“Talks” of 6’ 2’’ and 12’’"),
        ("``Go,'' the ``code`` of `` war ''", "“Go,” the “code” of “ war ”"),
        ("a ` b, `c", "a ` b, `c"),
    ],
)
def test_straight_marks_are_printed_curly_each_on_its_side(typed, printed):
    assert curled(typed) == printed


@given(st.text(alphabet=st.sampled_from("ab 9.,'\"`“”‘’()—"), max_size=40))
def test_nothing_but_the_marks_changes_and_once_is_enough(text):
    made = curled(text)
    assert not re.search("['\"]|``", made)
    assert [one for one in text if one not in MARKS] == [one for one in made if one not in MARKS]
    assert curled(made) == made
    assert comparable(made) == comparable(text)


@pytest.mark.parametrize("layout", [LAYOUT, FULL])
@pytest.mark.parametrize("make", [briefs.typical, briefs.crowded, briefs.hostile, briefs.scripts])
def test_no_page_has_a_straight_mark_in_it(make, layout):
    page = lay_out(make(), layout)
    texts = [*(block.text for block in page.blocks()), *page.furniture(2, 3), page.marking, page.running_title]
    assert not re.search("['\"]", "".join(texts))


def test_a_mark_after_words_of_ours_closes():
    text = "Mr Okoro [Belmora]'s plan"
    brief = briefs.typical()
    evidence = briefs.evidence_of(brief.article, 4)
    line = Statement(text=text, evidence=evidence, insertions=(Insertion(start=9, end=18),))
    brief = brief.model_copy(update={"summary": (line,)})
    (band, *_) = lay_out(brief, LAYOUT).bands
    (row,) = band.sections[0].rows
    assert isinstance(row, Fact)
    assert row.line.text == "Mr Okoro [Belmora]’s plan"


def test_the_json_keeps_the_marks_of_the_article():
    brief = briefs.typical()
    assert render(brief, "json", LAYOUT) == to_json(brief)
    assert "Arland's Foreign Ministry" in to_json(brief).decode()


def test_markdown_and_word_have_the_marks_of_the_page():
    brief = briefs.typical()
    assert "Arland’s Foreign Ministry" in render(brief, "md", LAYOUT).decode()
    assert "Arland’s Foreign Ministry".encode() in render_docx(brief, LAYOUT)


@pytest.mark.parametrize("make", [small_brief, sealed_digest])
def test_a_page_with_marks_of_one_kind_passes_verify(make):
    made = verify_bytes(render(make(), "pdf", LAYOUT), "a.pdf")
    assert made.failures == ()
