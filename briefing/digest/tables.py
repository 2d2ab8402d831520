"""Read the tables of facts and words in ``digest/data/*.yaml``."""

from collections.abc import Mapping
from typing import Any

from briefing.runtime.yaml_text import read_data


def read_table(name: str) -> Mapping[str, Any]:
    """Return the content of ``data/<name>.yaml``."""
    return read_data("briefing.digest", f"data/{name}")


def fold_name(name: str) -> str:
    """Return the lookup key of an outlet or agency: "The  Associated Press" becomes "associated press"."""
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ")
