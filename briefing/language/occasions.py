"""Nouns for occasions: which nouns name what happens, and which of them may name the same event."""

from collections.abc import Mapping
from functools import cache

from briefing.runtime.lexicon import read_lexicon, word_set


@cache
def kinds_of_occasions() -> Mapping[str, str]:
    """Return the kind of each noun for an occasion: "talks" and "meeting" are of one kind."""
    kinds = {noun: kind for kind, nouns in read_lexicon(__name__)["kinds"].items() for noun in nouns}
    return kinds | {noun: noun for noun in word_set(__name__, "others")}
