"""The tables of facts and words of the digest, from ``digest/data/*.yaml``."""

from collections.abc import Mapping
from typing import Any

from briefing.runtime.yaml_text import read_data


def read_table(name: str) -> Mapping[str, Any]:
    """Return what ``data/<name>.yaml`` holds."""
    return read_data("briefing.digest", name)


def fold_name(name: str) -> str:
    """Return a name by which outlets and agencies are looked up: "The  Associated Press" is "associated press"."""
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ")
