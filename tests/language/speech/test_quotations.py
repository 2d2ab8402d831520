"""Quotations: the text between quotation marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language.analysis import SentenceSpan
from briefing.language.speech.quotations import find_quotations
from tests.fakes.articles import article_of


def _find(text):
    article = article_of(text)
    sentences = [
        SentenceSpan(paragraph.start, paragraph.end, 0, 0, number + 1, "body", number)
        for number, paragraph in enumerate(article.paragraphs)
    ]
    return find_quotations(text, sentences)


def _quoted(text):
    return [text[quotation.start : quotation.end] for quotation in _find(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We agree," she said.', ["We agree,"]),
        ("“We agree,” she said. “Now we wait.”", ["We agree,", "Now we wait."]),
        ("«We agree», she said.", ["We agree"]),
        ("``We agree,'' she said.", ["We agree,"]),
        (",,We agree,'' she said, ,,we all do“.", ["We agree,", "we all do"]),
        ("Nets,,boats and ropes'' stood there.", []),
        ("'We agree,' she said.", ["We agree,"]),
        ("‘We don’t agree,’ she said.", ["We don’t agree,"]),
        ("She said: 'The ministers' plan is dead.'", ["The ministers' plan is dead."]),
        ("\"He told us: 'Go home.' So we went,\" she said.", ["He told us: 'Go home.' So we went,"]),
        ("“He used the word “plan” twice,” she said.", ["He used the word “plan” twice,"]),
        ('She said " we agree " and left.', ["we agree"]),
        ('She said"We agree,"and left.', ["We agree,"]),
        ("“We agree.» So she said.", ["We agree."]),
        ("In the '90s the ministers' plan wasn't Britain's.", []),
        ("He is 6'2\" tall.", []),
        ('""', []),
    ],
)
def test_marks_of_every_kind_hold_a_quotation(text, quoted):
    assert _quoted(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('A stray " mark. "We agree," she said.', ["We agree,"]),
        ('"We agree, she said.\n\n"Now we wait," she added.\n\nHe left.', ["We agree, she said.", "Now we wait,"]),
        ('"We agree, she said.\n\nHe left "at once", she said.', ["at once"]),
        ("He left” she said. “We agree.”", ["We agree."]),
        ('She said: "We agree.', ["We agree."]),
        ('She said: "We agree. "Now we wait," she added.', ["We agree.", "Now we wait,"]),
        ('She called it "odd and "wholly new" on Monday.', ["wholly new"]),
    ],
)
def test_a_stray_mark_costs_no_more_than_its_own_quotation(text, quoted):
    assert _quoted(text) == quoted


def test_a_quotation_continues_in_a_paragraph_that_reopens_it():
    first, second = _find('"We agree on the first part.\n\n"We agree on the second," she said.')
    assert first.goes_on
    assert not second.goes_on


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .,:\n\"'“”‘’«»`?s\u00a0", max_size=120))
def test_quotations_are_apart_in_order_and_within_their_paragraph(text):
    article = article_of(text) if text.strip() else None
    last = 0
    for quotation in _find(text) if article else ():
        paragraph = article.paragraphs[quotation.paragraph]
        assert last <= quotation.outer_start < quotation.start < quotation.end <= quotation.outer_end
        assert paragraph.start <= quotation.outer_start
        assert quotation.outer_end <= paragraph.end
        last = quotation.outer_end


def test_many_marks_cost_no_more_than_their_number():
    for mark in ('"', "“", "'", ' "a', " 'a", "“a” 'b "):
        assert len(_find(mark * 20_000)) <= 20_000
