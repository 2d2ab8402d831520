"""The word lists in ``data/*.yaml``; each file is read once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from briefing.runtime.yaml_text import read_data


def read_lexicon(name: str) -> Mapping[str, Any]:
    """Return the mapping in ``data/<name>.yaml``: the name of each list to its words, or to a mapping."""
    return read_data("briefing.language", name)


@cache
def word_set(lexicon: str, key: str) -> frozenset[str]:
    """Return the list *key* of a lexicon as a set."""
    return frozenset(read_lexicon(lexicon)[key])


@cache
def first_words(lexicon: str, key: str) -> frozenset[str]:
    """Return the first words of the phrases in the list *key* of a lexicon."""
    return frozenset(phrase.partition(" ")[0] for phrase in word_set(lexicon, key))
