"""The word lists of a module lie in the YAML file beside it; no other module reads them."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from briefing.runtime.yaml_text import read_data


def read_lexicon(module: str) -> Mapping[str, Any]:
    """Return the content of the YAML file beside a module: the name of each list to its words, or to a mapping.

    Args:
        module: The ``__name__`` of the caller.
    """
    package, _, name = module.rpartition(".")
    return read_data(package, name)


@cache
def word_set(module: str, *lists: str) -> frozenset[str]:
    """Return the words of a module's lists."""
    return frozenset(word for name in lists for word in read_lexicon(module)[name])


@cache
def ordered_words(module: str, name: str) -> tuple[str, ...]:
    """Return the words of a module's list in the order of the file."""
    return tuple(map(str, read_lexicon(module)[name]))


@cache
def word_pattern(module: str, *lists: str) -> str:
    """Return a regular expression for the words of a module's lists, long words first: "(?:June|Jun)"."""
    words = sorted(word_set(module, *lists), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"
