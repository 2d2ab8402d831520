"""Word lists hold words and numbers, whatever YAML takes them for."""

from importlib.resources import files

import pytest

from briefing.language.lexicon import read_lexicon, word_set

NAMES = sorted(entry.name.removesuffix(".yaml") for entry in (files("briefing.language") / "data").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_lexicon_holds_words_and_numbers_only(name):
    kinds = set(_kinds(read_lexicon(name)))
    assert kinds <= {str, int, float}


def test_words_that_yaml_takes_for_truth_values_are_words():
    assert "off" in word_set("names", "place_prepositions")


def _kinds(value):
    if isinstance(value, dict):
        yield from map(type, value)
        for inner in value.values():
            yield from _kinds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _kinds(inner)
    else:
        yield type(value)
