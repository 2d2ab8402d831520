"""Addresses of pages: their fields, and the place in a list at which the next page begins."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

_BETWEEN = "~"
_LARGEST = 2**62


def place(written: str, *kinds: type[int] | type[str]) -> tuple[int | str, ...] | None:
    """Return the place that an address names: "2026-12-01~3~117"; None if it names no place."""
    parts = written.split(_BETWEEN)
    if len(parts) != len(kinds):
        return None
    try:
        read = tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except ValueError:
        return None
    return read if all(abs(one) < _LARGEST for one in read if isinstance(one, int)) else None


def following(path: str, fields: Mapping[str, str], place: tuple[int | str, ...] | None) -> str | None:
    """Return the address of the next page of a list, or None."""
    if place is None:
        return None
    return address(path, {**fields, "after": _BETWEEN.join(map(str, place))})


def address(path: str, fields: Mapping[str, str]) -> str:
    """Return the address of a page with the fields that are not empty."""
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


def actor_address(name: str) -> str:
    """Return the address of an actor's page."""
    return f"/actors/{quote(name, safe='')}"
