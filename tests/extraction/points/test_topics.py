"""The noun phrase that names a point's matter."""

import pytest

from briefing.extraction.points.topics import noun_phrase


@pytest.mark.parametrize(
    ("text", "head", "topic"),
    [
        ('They opposed the "slow closure" of the harbour.', "closure", '"slow closure" of the harbour'),
        ("They opposed the “slow closure” of the harbour.", "closure", "“slow closure” of the harbour"),
        ('They opposed the "slow closure".', "closure", "slow closure"),
        ("They opposed the slow closure of the harbour.", "closure", "slow closure of the harbour"),
    ],
)
def test_quotation_marks_are_kept_or_dropped_in_pairs(nlp, text, head, topic):
    doc = nlp(text)
    found = noun_phrase(next(token for token in doc if token.text == head))
    assert text[found.start : found.end] == topic


def named(text: str, nlp, head: str) -> str:
    found = noun_phrase(next(token for token in nlp(text) if token.text == head))
    return text[found.start : found.end]


def test_a_topic_holds_words_with_hyphens_whole(nlp):
    assert named("The ministers agreed on not-for-profit rules.", nlp, "profit").startswith("not-for-profit")


def test_a_long_topic_ends_before_a_phrase_that_would_be_cut(nlp):
    text = (
        "The ministers welcomed a plan to widen the old road along the northern shore of the great lake between Odda"
        " and the border of the neighbouring state."
    )
    topic = named(text, nlp, "plan")
    assert len(topic.split()) <= 12
    assert topic.startswith("plan to widen the old road")
    assert not topic.endswith(("between Odda", "lake between", "of the", "great"))
