"""What is found out once, and about which article."""

import gc
from weakref import ref

from briefing.language.memory import once_per_analysis, once_per_token


def test_a_token_is_computed_once(analyse):
    asked = []
    length = once_per_token(lambda token: asked.append(token.i) or len(token))
    doc = analyse("The court ruled.").doc
    assert [length(doc[i]) for i in (1, 2, 1, 2, 0)] == [5, 5, 5, 5, 3]
    assert asked == [1, 2, 0]


def test_equal_tokens_of_two_articles_differ(analyse):
    first, second = analyse("The court ruled.").doc, analyse("Rain fell.").doc
    written = once_per_token(lambda token: token.text)
    assert [written(doc[1]) for doc in (first, second, first)] == ["court", "fell", "court"]


def test_an_analysis_is_computed_once(analyse):
    asked = []
    count = once_per_analysis(lambda analysis: asked.append(analysis) or len(analysis.sentences))
    first, second = analyse("The court ruled. The banks lost."), analyse("Rain fell on the town.")
    assert [count(a) for a in (first, first, second, second)] == [2, 2, 1, 1]
    assert asked == [first, second]


def test_the_cache_keeps_no_article_alive(analyse):
    analysis = analyse("The court ruled.")
    written, count = once_per_token(lambda token: token.text), once_per_analysis(lambda found: len(found.sentences))
    assert (written(analysis.doc[0]), count(analysis)) == ("The", 1)
    watched = [ref(analysis), ref(analysis.doc)]
    del analysis
    gc.collect()
    assert [reference() for reference in watched] == [None, None]
