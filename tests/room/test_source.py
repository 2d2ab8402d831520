"""The source of a brief as segments: nothing is lost, and each line lights exactly what it rests on."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.brief import Article, Sentence
from briefing.room.source import Segment, SourceParagraph, Span, source_paragraphs
from tests.fakes.articles import article_of

# Emoji of several characters, Arabic with a mark of direction, a letter with a combining accent, markup, line breaks.
_WORDS = st.sampled_from(
    [
        "Harbour",
        "ferry \U0001f6a2",
        "\u200f\u0639\u062f\u0646",
        "e\u0301te",
        "\U0001f469\u200d\U0001f467",
        "<b>&amp;",
        "12.",
        "talks\nresumed",
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> Article:
    """Draw an article whose sentences need not fill its paragraphs."""
    paragraphs = draw(st.lists(st.lists(_WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4))
    article = article_of("\n\n".join(paragraphs))
    edges = sorted(draw(st.sets(st.integers(0, len(article.text)), max_size=8)))
    found = [Sentence(start=a, end=b, number=n) for n, (a, b) in enumerate(pairwise(edges), 1)]
    return article.model_copy(update={"sentences": tuple(found[:: draw(st.integers(1, 2))])})


@st.composite
def marked(draw: st.DrawFn) -> tuple[Article, list[Span]]:
    """Draw an article and spans that cross, nest, touch and are equal."""
    article = draw(texts())
    edge = st.integers(0, len(article.text))
    pairs = draw(st.lists(st.tuples(edge, edge).filter(lambda pair: pair[0] < pair[1]), max_size=12))
    return article, [Span(start, end, draw(st.integers(1, 5))) for start, end in pairs]


def flat(paragraphs: tuple[SourceParagraph, ...]) -> list[Segment]:
    return [segment for paragraph in paragraphs for segment in paragraph.segments]


@given(marked())
def test_the_joined_segments_are_the_text(drawn: tuple[Article, list[Span]]) -> None:
    article, spans = drawn
    segments = flat(source_paragraphs(article, spans))
    assert "".join(segment.text for segment in segments) == article.text
    assert all(article.text[segment.start : segment.end] == segment.text for segment in segments)


@given(marked())
def test_a_line_lights_exactly_what_it_rests_on(drawn: tuple[Article, list[Span]]) -> None:
    article, spans = drawn
    segments = flat(source_paragraphs(article, spans))
    for span in spans:
        lit = [one for one in segments if span.line in one.lines and span.start <= one.start < span.end]
        assert "".join(one.text for one in lit) == article.text[span.start : span.end]
        assert lit[0].opens
        assert span.line in lit[-1].closing
    for line in {span.line for span in spans}:
        lit_at = {at for one in segments if line in one.lines for at in range(one.start, one.end)}
        assert lit_at == {at for span in spans if span.line == line for at in range(span.start, span.end)}


@given(marked())
def test_segments_are_as_many_as_their_edges(drawn: tuple[Article, list[Span]]) -> None:
    article, spans = drawn
    edges = 2 * (len(spans) + len(article.sentences) + len(article.paragraphs)) + 2
    assert len(flat(source_paragraphs(article, spans))) < edges


@given(marked())
def test_segments_know_their_sentence_and_paragraph(drawn: tuple[Article, list[Span]]) -> None:
    article, spans = drawn
    paragraphs = source_paragraphs(article, spans)
    for paragraph in paragraphs:
        whole = "".join(segment.text for segment in paragraph.segments)
        assert (paragraph.role is None) == (not re.search(r"\S", whole))
    for segment in flat(paragraphs):
        holding = [one.number for one in article.sentences if one.start <= segment.start < one.end]
        assert segment.sentence == (holding[0] if holding else None)
        assert segment.first == any(one.start == segment.start for one in article.sentences)


def test_a_paragraph_that_nothing_rests_on_is_bare() -> None:
    article = article_of("The ferry sails.\n\nThe harbour is shut.")
    paragraphs = source_paragraphs(article, [Span(4, 9, 1)])
    assert [paragraph.is_bare for paragraph in paragraphs if paragraph.role] == [False, True]
