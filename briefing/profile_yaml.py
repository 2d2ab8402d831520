"""Profiles as YAML files: read strictly, inheritance followed, every value known by the file and line that says it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from briefing.errors import ProfileError

Where = tuple[int | str, ...]  # keys and indexes from the top: ("look", "paper"), ("sections", 2)

_LARGEST = 1_000_000  # bytes of a profile
_LONGEST_CHAIN = 8  # profiles that extend one another
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Keys whose values name files; "*" is every item of a list.
_PATHS: tuple[tuple[str, ...], ...] = (
    ("look", "logo"),
    ("templates",),
    ("archive",),
    ("deliver", "*", "folder"),
    ("digest", "sources", "*", "folder"),
    ("digest", "sources", "*", "file"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a profile and those that it extends say together."""

    name: str
    values: dict[str, Any]
    places: Mapping[Where, str]  # "morning.yaml:4" for each value, those of keys that stand twice as well
    repeated: tuple[Where, ...]  # keys that stand twice in one mapping
    sha256: str  # of the files, the extended ones first

    def place_of(self, where: Where) -> str:
        """Return where a value is written; what is not, where the nearest that holds it is."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places[where]


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    place: str  # its path as it was asked for
    folder: Path | None  # None for a shipped one
    content: bytes


def read_written(name: str) -> Written:
    """Return what the shipped profile of this name, or the one in the file at this path, says.

    Raises:
        ProfileError: There is none, it is no valid YAML, or its chain of ``extends`` is broken, closed or too long.
    """
    chain = [_find(name, None, asked_by=None)]
    merged = [_parse(chain[0])]
    while (parent := merged[-1].values.pop("extends", None)) is not None:
        asked_by = merged[-1].place_of(("extends",))
        if not isinstance(parent, str):
            raise ProfileError(asked_by, f"extends names one profile, or the path of one; {parent!r} is neither")
        found = _find(parent, chain[-1].folder, asked_by)
        names = [file.place for file in chain]
        if (found.place, found.folder) in [(file.place, file.folder) for file in chain]:
            raise ProfileError(asked_by, f"extends goes round in a circle: {' -> '.join((*names, found.place))}")
        if len(chain) == _LONGEST_CHAIN:
            raise ProfileError(asked_by, f"more than {_LONGEST_CHAIN} profiles extend one another")
        chain.append(found)
        merged.append(_parse(found))
    digest = hashlib.sha256(b"\0".join(file.content for file in reversed(chain))).hexdigest()
    values: dict[str, Any] = {}
    places: dict[Where, str] = {}
    for written in reversed(merged):
        _merge(values, places, written, ())
    places[()] = chain[0].place
    repeated = tuple(where for written in merged for where in written.repeated)
    return Written(chain[0].name, values, places, repeated, digest)


def shipped_profiles() -> Iterator[str]:
    """Yield the names of the profiles that come with the program, sorted."""
    folder = files("briefing") / "profiles"
    yield from sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def _find(name: str, folder: Path | None, asked_by: str | None) -> _File:
    shipped = files("briefing") / "profiles" / f"{name}.yaml"
    if "/" not in name and shipped.is_file():
        return _File(name, f"{name}.yaml", None, shipped.read_bytes())
    path = folder / name if folder is not None else Path(name)
    try:
        if path.stat().st_size > _LARGEST:
            raise ProfileError(asked_by or name, f"{name} is larger than {_LARGEST:,} bytes; a profile is a few lines")
        return _File(path.stem, str(path), path.parent, path.read_bytes())
    except OSError as error:
        known = tuple(shipped_profiles())
        nearest = get_close_matches(name, known, n=1)
        hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
        cause = error.strerror or error
        reason = f"no such profile ({cause}){hint}; shipped are: {', '.join(known)}, or name a YAML file"
        raise ProfileError(asked_by or name, f"{name}: {reason}" if asked_by else reason) from error


def _parse(file: _File) -> Written:
    """Return what one file says, its paths made absolute."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(file.content, Loader=_LOADER)):
            raise ProfileError(file.place, "anchors and aliases are not allowed; write the value out")
        tree = yaml.compose(file.content, Loader=_LOADER)
        values = yaml.safe_load(file.content) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ProfileError(f"{file.place}:{line}", f"no valid YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ProfileError(file.place, f"no valid YAML: {error}") from error
    if not isinstance(values, dict):
        raise ProfileError(file.place, "a profile is a mapping of keys to values")
    places: dict[Where, str] = {(): file.place}
    repeated: list[Where] = []
    for where, line in _lines(tree, ()):
        if where in places:
            repeated.append(where)
        places[where] = f"{file.place}:{line}"
    for keys in _PATHS:
        _make_absolute(values, keys, file.folder)
    return Written(file.name, values, places, tuple(repeated), "")


def _lines(node: yaml.Node | None, where: Where) -> Iterator[tuple[Where, int]]:
    """Yield every value with its line, from 1; that of a mapping's value is its key's."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*where, str(key.value)), key.start_mark.line + 1
            yield from _lines(value, (*where, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*where, number), value.start_mark.line + 1
            yield from _lines(value, (*where, number))


def _make_absolute(values: Any, keys: tuple[str, ...], folder: Path | None) -> None:
    key, *rest = keys
    if key == "*" and isinstance(values, list):
        for item in values:
            _make_absolute(item, tuple(rest), folder)
    elif isinstance(values, dict) and rest:
        _make_absolute(values.get(key), tuple(rest), folder)
    elif isinstance(values, dict) and isinstance(values.get(key), str) and folder is not None:
        values[key] = str((folder / values[key]).absolute())


def _merge(values: dict[str, Any], places: dict[Where, str], written: Written, where: Where) -> None:
    """Lay what one file says over the rest: mappings key by key, anything else as a whole."""
    new: Any = written.values
    for step in where:
        new = new[step]
    for key, value in new.items():
        here = (*where, key)
        if isinstance(value, dict) and isinstance(values.get(key), dict):
            _merge(values[key], places, written, here)
            continue
        for old in [place for place in places if place[: len(here)] == here]:
            del places[old]
        values[key] = value
        places.update({place: line for place, line in written.places.items() if place[: len(here)] == here})
