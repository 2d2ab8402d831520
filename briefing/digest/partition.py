"""Group things that are connected by pairs."""

from collections.abc import Iterable


def connected_components(keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the connected components of a graph; components and their keys are in the order of *keys*."""
    parents = {key: key for key in keys}
    for first, second in pairs:
        parents[_root(first, parents)] = _root(second, parents)
    groups: dict[str, list[str]] = {}
    for key in parents:
        groups.setdefault(_root(key, parents), []).append(key)
    return tuple(tuple(group) for group in groups.values())


def _root(key: str, parents: dict[str, str]) -> str:
    while parents[key] != key:
        parents[key] = parents[parents[key]]
        key = parents[key]
    return key
