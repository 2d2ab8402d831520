"""Read profiles from YAML: follow ``extends``, and remember the file and line of every value."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from briefing.errors import ProfileError
from briefing.runtime.yaml_text import Where, read_yaml, read_yaml_file

_LONGEST_CHAIN = 8  # profiles that extend one another
# Keys that hold paths; "*" is every item of a list.
_PATHS: tuple[tuple[str, ...], ...] = (
    ("look", "logo"),
    ("templates",),
    ("archive",),
    ("engine", "llm", "answers"),
    ("deliver", "*", "folder"),
    ("digest", "sources", "*", "folder"),
    ("digest", "sources", "*", "file"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """The values of a profile, merged with those of the profiles that it extends."""

    name: str
    values: dict[str, Any]
    places: Mapping[Where, str]  # "morning.yaml:4" for each value, also for keys that appear twice
    repeated: tuple[Where, ...]  # keys that appear twice in one mapping
    sha256: str  # of the files, the extended ones first

    def nearest(self, where: Where) -> Where:
        """Return the path of a value; for a missing one, the path of the nearest mapping or list that would hold it."""
        while where and where not in self.places:
            where = where[:-1]
        return where

    def without(self, values: Iterable[Where]) -> "Written":
        """Return a copy without some values; in a list, later items move up."""
        gone = sorted(set(values), reverse=True)
        items = [where for where in gone if isinstance(where[-1], int)]
        wholes = frozenset(gone)
        rest = deepcopy(self.values)
        for where in gone:
            holder: Any = rest
            for step in where[:-1]:
                holder = holder[step]
            del holder[where[-1]]
        places = {_moved(place, items): line for place, line in self.places.items() if not _is_within(place, wholes)}
        return replace(self, values=rest, places=places)

    def place_of(self, where: Where) -> str:
        """Return the file and line of a value, or of the nearest mapping or list that would hold it."""
        return self.places[self.nearest(where)]


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    place: str  # its path as the user gave it
    folder: Path | None  # None for a shipped profile
    content: bytes


def read_written(name: str | Path) -> Written:
    """Return the merged values of the shipped profile of this name, or of the file at this path.

    Raises:
        ProfileError: There is no such profile, it is not valid YAML, or its chain of ``extends`` is broken, circular
            or too long.
    """
    if not isinstance(name, str | Path):
        raise ProfileError(f"<{type(name).__name__}>", "a profile is a name, or the path of a file")
    chain = [_find(str(name), None, asked_by=None)]
    merged = [_parse(chain[0])]
    while (parent := merged[-1].values.pop("extends", None)) is not None:
        asked_by = merged[-1].place_of(("extends",))
        if not isinstance(parent, str):
            raise ProfileError(asked_by, f"extends names one profile, or the path of one; {parent!r} is neither")
        found = _find(parent, chain[-1].folder, asked_by)
        names = [file.place for file in chain]
        if (found.place, found.folder) in [(file.place, file.folder) for file in chain]:
            raise ProfileError(asked_by, f"extends forms a circle: {' -> '.join((*names, found.place))}")
        if len(chain) == _LONGEST_CHAIN:
            raise ProfileError(asked_by, f"more than {_LONGEST_CHAIN} profiles extend one another")
        chain.append(found)
        merged.append(_parse(found))
    digest = hashlib.sha256(b"\0".join(file.content for file in reversed(chain))).hexdigest()
    values: dict[str, Any] = {}
    places: dict[Where, str] = {}
    for written in reversed(merged):
        _merge(values, places, written)
    places[()] = chain[0].place
    repeated = tuple(where for written in merged for where in written.repeated)
    return Written(chain[0].name, values, places, repeated, digest)


def shipped_profiles() -> Iterator[str]:
    """Yield the names of the profiles that come with the program, sorted."""
    folder = files("briefing.profile") / "shipped"
    yield from sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def _moved(place: Where, gone: Sequence[Where]) -> Where:
    """Return the new path of a value after others were removed."""
    steps = list(place)
    for where in gone:
        *holders, last = where
        step = place[len(holders)] if len(place) > len(holders) else None
        if isinstance(step, int) and isinstance(last, int) and last < step and place[: len(holders)] == tuple(holders):
            steps[len(holders)] = int(steps[len(holders)]) - 1
    return tuple(steps)


def _find(name: str, folder: Path | None, asked_by: str | None) -> _File:
    if name in shipped_profiles():
        shipped = files("briefing.profile") / "shipped" / f"{name}.yaml"
        return _File(name, f"{name}.yaml", None, shipped.read_bytes())
    path = folder / name if folder is not None else Path(name)
    try:
        return _File(path.stem, str(path), path.parent, read_yaml_file(path))
    except OSError as error:
        known = tuple(shipped_profiles())
        nearest = get_close_matches(name, known, n=1)
        hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
        cause = error.strerror or error
        what = "no such profile" if isinstance(error, FileNotFoundError) else "the profile cannot be read"
        reason = f"{what} ({cause}){hint}; shipped are: {', '.join(known)}, or name a YAML file"
        raise ProfileError(asked_by or name, f"{name}: {reason}" if asked_by else reason) from error


def _parse(file: _File) -> Written:
    """Return the values of one file, with absolute paths."""
    document = read_yaml(file.content, file.place, ProfileError)
    values = {} if document.value is None else document.value
    if not isinstance(values, dict):
        raise ProfileError(file.place, "a profile is a mapping of keys to values")
    for keys in _PATHS:
        _make_absolute(values, keys, file.folder)
    places = {(): file.place} | {where: f"{file.place}:{line}" for where, line in document.lines.items()}
    return Written(file.name, values, places, document.repeated, "")


def _make_absolute(values: Any, keys: tuple[str, ...], folder: Path | None) -> None:
    key, *rest = keys
    if key == "*" and isinstance(values, list):
        for item in values:
            _make_absolute(item, tuple(rest), folder)
    elif isinstance(values, dict) and rest:
        _make_absolute(values.get(key), tuple(rest), folder)
    elif isinstance(values, dict) and isinstance(values.get(key), str) and folder is not None:
        values[key] = str((folder / values[key]).absolute())


def _merge(values: dict[str, Any], places: dict[Where, str], written: Written) -> None:
    """Merge the values of one file over the others: mappings key by key, anything else as a whole."""
    replaced = frozenset(_overlay(values, written.values, ()))
    for place in [place for place in places if _is_within(place, replaced)]:
        del places[place]
    places.update({place: line for place, line in written.places.items() if _is_within(place, replaced)})


def _overlay(values: dict[str, Any], new: dict[str, Any], where: Where) -> Iterator[Where]:
    """Merge new values into *values*; yield the path of each value that was replaced as a whole."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(values.get(key), dict):
            yield from _overlay(values[key], value, (*where, key))
        else:
            values[key] = value
            yield (*where, key)


def _is_within(place: Where, wholes: AbstractSet[Where]) -> bool:
    return any(place[:length] in wholes for length in range(1, len(place) + 1))
