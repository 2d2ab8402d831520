"""What travels inside a PDF is what the profile lets travel."""

from pathlib import Path

import pytest

from briefing.evidence.seal import find_edits
from briefing.jobs.briefs import brief as make_brief
from briefing.jobs.verification import check_lines, verify_bytes
from briefing.model.brief import Briefing
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT, attachments, cited_only
from briefing.rendering.pdf.writer import render_pdf

ARTICLE = """Harbour deal signed

PORTVILLE, May 14 (Echo) - Arland and Belmora signed a treaty on the harbour on Tuesday, minister Ana Novak said.

The ministers will meet again in Portville on 6 June 2024.

The old lighthouse has a red door. Nobody mentions the keeper's cat.
"""


@pytest.fixture(scope="module")
def brief() -> Briefing:
    return make_brief(ARTICLE, date="2024-05-14")


def test_nothing_is_attached_if_the_profile_forbids_it(brief: Briefing) -> None:
    assert attachments(brief, Layout(attach="none")) == {}


def test_the_whole_article_is_attached_if_allowed(brief: Briefing) -> None:
    attached = attachments(brief, Layout(attach="full"))
    assert set(attached) == {BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT}
    assert Briefing.model_validate_json(attached[BRIEF_ATTACHMENT]) == brief


def test_only_cited_sentences_are_attached_with_the_brief(brief: Briefing) -> None:
    shown = Briefing.model_validate_json(attachments(brief, Layout(attach="brief"))[BRIEF_ATTACHMENT])
    assert shown.article.withheld
    assert "Harbour deal signed" in shown.article.text
    assert "keeper's cat" not in shown.article.text
    assert len(shown.article.text) == len(brief.article.text)
    assert [list(records) for _, records in shown.lines()] == [list(records) for _, records in brief.lines()]
    assert (find_edits(shown), list(check_lines(shown))) == ((), [])


def test_an_article_printed_in_full_is_attached_in_full(brief: Briefing) -> None:
    sections = (SectionLayout("summary"), SectionLayout("source", options={"show": "full"}))
    assert verify_bytes(render_pdf(brief, Layout(attach="brief", sections=sections)), "a.pdf").failures == ()


def test_a_changed_word_of_the_withheld_article_is_found(brief: Briefing) -> None:
    shown = cited_only(brief)
    article = shown.article.model_copy(update={"title": "Harbour deal broken"})
    assert [edit.where for edit in find_edits(shown.model_copy(update={"article": article}))] == ["article"]


def test_a_pdf_with_only_the_brief_verifies_with_its_source(brief: Briefing, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(ARTICLE)
    content = render_pdf(brief, Layout(attach="brief"))
    assert verify_bytes(content, "a.pdf", source).failures == ()
    source.write_text(ARTICLE.replace("Belmora signed", "Belmora broke"))
    assert "differs" in verify_bytes(content, "a.pdf", source).failures[0]


def test_a_pdf_without_attachments_says_why_it_cannot_be_checked(brief: Briefing) -> None:
    (failure,) = verify_bytes(render_pdf(brief, Layout(attach="none")), "a.pdf").failures
    assert "attach: none" in failure
