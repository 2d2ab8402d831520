"""The word lists of ``data/*.yaml``, read once each."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """Return the mapping in ``data/<name>.yaml``; list names map to lists of words, or to mappings."""
    source = files("briefing.language") / "data" / f"{name}.yaml"
    content: Mapping[str, Any] = yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - the safe loader, in C where there is one
    return content


@cache
def word_set(lexicon: str, key: str) -> frozenset[str]:
    """Return the list *key* of a lexicon as a set."""
    return frozenset(read_lexicon(lexicon)[key])
