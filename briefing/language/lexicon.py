"""The word lists of ``data/*.yaml``, read once each."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})


class _WordLoader(_SafeLoader):  # type: ignore[misc]  # in C where there is one
    """Reads a plain scalar as a number or a word; "no", "off" and "yes" are words here."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as yaml has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag in _NUMBERS]
        for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """Return the mapping in ``data/<name>.yaml``; list names map to lists of words, or to mappings."""
    source = files("briefing.language") / "data" / f"{name}.yaml"
    content: Mapping[str, Any] = yaml.load(source.read_text(encoding="utf-8"), Loader=_WordLoader)  # noqa: S506 - a safe loader
    return content


@cache
def word_set(lexicon: str, key: str) -> frozenset[str]:
    """Return the list *key* of a lexicon as a set."""
    return frozenset(read_lexicon(lexicon)[key])


@cache
def first_words(lexicon: str, key: str) -> frozenset[str]:
    """Return the first words of the phrases in the list *key* of a lexicon."""
    return frozenset(phrase.partition(" ")[0] for phrase in word_set(lexicon, key))
