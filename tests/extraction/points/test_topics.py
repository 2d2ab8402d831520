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
