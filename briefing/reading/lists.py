"""The word lists of the reading layer, from ``reading/data/*.yaml``."""

from functools import cache

from briefing.runtime.yaml_text import read_data


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of ``data/<name>.yaml`` by their keys, each in the order of the file."""
    lists = read_data("briefing.reading", f"data/{name}")
    return {key: tuple(str(word) for word in words) for key, words in lists.items()}
