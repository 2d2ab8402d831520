"""The word lists of the reading layer, from ``reading/data/*.yaml``."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of ``data/<name>.yaml`` by their keys, each in the order of the file."""
    text = (files("briefing.reading") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lists: dict[str, list[object]] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, and our own file
    return {key: tuple(str(word) for word in words) for key, words in lists.items()}
