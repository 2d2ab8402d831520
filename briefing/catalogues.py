"""The words of ours that a page may bear: one catalogue for each language."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = files("briefing") / "rendering" / "catalogues"


@cache
def languages() -> frozenset[str]:
    """Return the languages that there is a catalogue of, as ISO 639 codes."""
    return frozenset(entry.name.removesuffix(".yaml") for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return what a language says, by dotted key: "sections.summary"."""
    content = (_FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {"language": language, **dict(_flat(yaml.load(content, Loader=loader)))}  # noqa: S506 - a safe loader


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
