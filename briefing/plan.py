"""What a profile asks of each stage, and whether the stages that are installed can do it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ExtractorError, ProfileError, RenderingError, unknown_name
from briefing.extractors import Extractor, extractor_kind, extractor_names, make_extractor
from briefing.profile import SECTIONS, Profile, Section
from briefing.rendering.layout import LAYOUT_OPTIONS, SOURCE, Layout, SectionLayout
from briefing.rendering.logo import read_logo
from briefing.rendering.own_templates import check_templates

if TYPE_CHECKING:
    from briefing.digest.building import DigestOptions


def check_profile(profile: Profile) -> None:
    """Raise what is wrong with a profile before any work is done.

    What its sections may say depends on the extractors that are installed.

    Raises:
        ProfileError: Its language pipeline is not installed; a section has no extractor, or does not take an option; or
            no page looks as it says.
    """
    unnamed = f"profile {profile.name}"
    model = profile.language.model
    if not _is_installed(model):
        reason = f"language.model: {model!r} is not installed; pip install {model.replace('_', '-')}"
        raise ProfileError(profile.places.get("language.model", unnamed), reason)
    for number, section in enumerate(profile.sections):
        place = section.place or unnamed
        if section.name in (earlier.name for earlier in profile.sections[:number]):
            raise ProfileError(place, f"the section {section.name} stands there twice")
        _check_section(section, place)
    with _written_at(profile.places.get("look.logo", unnamed), "logo: "):
        if profile.look.logo is not None:
            read_logo(profile.look.logo)
    with _written_at(profile.places.get("look.date_format", unnamed)):
        layout_of(profile)
    with _written_at(profile.places.get("templates", unnamed)):
        if profile.templates is not None:
            check_templates(profile.templates)


def _is_installed(model: str) -> bool:
    """Whether a language pipeline is a package that is installed, or a folder."""
    return find_spec(model) is not None if model.isidentifier() else bool(model) and Path(model).is_dir()


@contextmanager
def _written_at(place: str, key: str = "") -> Iterator[None]:
    """Say of what cannot be rendered where the profile asks for it."""
    try:
        yield
    except RenderingError as error:
        raise ProfileError(place, f"{key}{error.reason}") from error


def section_names() -> tuple[str, ...]:
    """Return the names of the sections that a page may have: ours, then those of other packages."""
    return (*SECTIONS, *(name for name in extractor_names() if name not in SECTIONS))


def _check_section(section: Section, place: str) -> None:
    known = section_names()
    if section.name not in known:
        raise ProfileError(place, unknown_name("section", section.name, known))
    page_options = LAYOUT_OPTIONS.get(section.name, {})
    for key, value in section.options.items():
        if key in page_options and (refusal := page_options[key].refusal(value)) is not None:
            raise ProfileError(place, f"{key} is {refusal}")
    known_options = ("label", *page_options, *_extractor_options(section.name))
    for key in section.options:
        if key not in known_options:
            raise ProfileError(place, unknown_name("option", key, known_options))
    if section.name == SOURCE:
        return
    try:
        extractor_of(section.name, section)
    except ExtractorError as error:
        raise ProfileError(place, str(error)) from error


def _extractor_options(name: str) -> tuple[str, ...]:
    if name == SOURCE:
        return ()
    kind = extractor_kind(name)
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def extractor_of(name: str, section: Section | None) -> Extractor:
    """Return the extractor of a field, with the options of its section where the profile has one.

    Raises:
        ExtractorError: There is none, or it does not know an option.
    """
    options = section.options if section is not None else {}
    page_options = LAYOUT_OPTIONS.get(name, {})
    return make_extractor(name, {key: value for key, value in options.items() if key not in page_options})


def layout_of(profile: Profile) -> Layout:
    """Return what rendering needs to know of a profile.

    Raises:
        RenderingError: No page can be laid out by it.
    """
    look, handling = profile.look, profile.handling
    return Layout(
        title=profile.title,
        theme=look.theme,
        paper=look.paper,
        accent=look.accent,
        logo=read_logo(look.logo) if look.logo is not None else None,
        locale=look.locale,
        date_format=look.date_format,
        marking=handling.marking,
        distribution=handling.distribution,
        archival=profile.pdf.archival,
        attach=profile.attach,
        templates=profile.templates,
        sections=tuple(
            SectionLayout(section.name, _label(section), _page_options(section)) for section in profile.sections
        ),
    )


def digest_options(profile: Profile) -> "DigestOptions":
    """Return what building a digest needs to know of a profile."""
    from briefing.digest.building import DigestOptions
    from briefing.digest.merging import MOST

    settings = profile.digest
    return DigestOptions(
        title=settings.title,
        actors=settings.watch.actors,
        topics=settings.watch.topics,
        group_by=settings.group_by,
        horizon=settings.agenda,
        stories=settings.stories,
        in_full=settings.in_full,
        most={**MOST, **settings.lines},
    )


def _label(section: Section) -> str | None:
    """Return the label that the profile gives a section, else the one that the extractor of a foreign one has."""
    if section.label is not None or section.name in SECTIONS:
        return section.label
    label = getattr(extractor_kind(section.name), "label", None)
    return label if isinstance(label, str) else section.name.replace("-", " ").replace("_", " ").capitalize()


def _page_options(section: Section) -> dict[str, Any]:
    allowed = LAYOUT_OPTIONS.get(section.name, {})
    return {key: value for key, value in section.options.items() if key in allowed}
