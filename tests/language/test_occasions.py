"""Nouns for occasions."""

from collections import Counter

from briefing.digest.events import concepts
from briefing.language import occasions
from briefing.runtime.lexicon import read_lexicon, word_set


def test_each_noun_is_listed_once():
    lexicon = read_lexicon(occasions.__name__)
    listed = Counter([noun for group in (*lexicon["kinds"].values(), lexicon["others"]) for noun in group])
    assert listed.most_common(1)[0][1] == 1
    assert word_set("briefing.digest.events", "acts").isdisjoint(listed)


def test_every_occasion_is_a_kind_of_event_in_a_digest():
    for noun, kind in occasions.kinds_of_occasions().items():
        assert concepts(f"The {noun} will begin") >= {kind}, noun
