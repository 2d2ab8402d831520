"""The tables of facts and words of the digest, from ``digest/data/*.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return what ``data/<name>.yaml`` holds; nobody may change it."""
    text = (files("briefing.digest") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, and our own file
    return table


def fold_name(name: str) -> str:
    """Return a name by which outlets and agencies are looked up: "The  Associated Press" is "associated press"."""
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ")
