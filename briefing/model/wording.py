"""The program's own words on a page: one catalogue for each language."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.runtime.yaml_text import read_data

_FOLDER = files("briefing.model") / "catalogues"


@cache
def languages() -> frozenset[str]:
    """Return the languages that have a catalogue, as ISO 639 codes."""
    return frozenset(entry.name.removesuffix(".yaml") for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the phrases of a language by dotted key: "sections.summary"."""
    return {"language": language, **dict(_flat(read_data("briefing.model", f"catalogues/{language}")))}


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
