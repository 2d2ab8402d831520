"""Turn a profile into the options of each stage, and check that the installed stages support them."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ExtractorError, ProfileError, RenderingError, unknown_name
from briefing.extraction.extractors import Extractor, extractor_kind, extractor_names, make_extractor
from briefing.profile.profile import SECTIONS, Language, Look, Profile, Section
from briefing.rendering.layout import LAYOUT_OPTIONS, SOURCE, Layout, SectionLayout
from briefing.rendering.logo import read_logo
from briefing.rendering.templating.own_folder import template_flaws
from briefing.rendering.templating.theme_files import theme_names

if TYPE_CHECKING:
    from briefing.digest.building import DigestOptions


def check_profile(profile: Profile) -> None:
    """Raise the first flaw of a profile, before any work is done.

    Which sections and options are valid depends on the installed extractors.

    Raises:
        ProfileError: The language pipeline is not installed, a section or an option is unknown, or the look is not
            valid.
    """
    _, flaws = usable(profile)
    if flaws:
        raise flaws[0]


def usable(profile: Profile) -> tuple[Profile, tuple[ProfileError, ...]]:
    """Return a profile with its unusable settings reset, and a flaw for each of them."""
    flaws: list[ProfileError] = []
    model = profile.language.model
    if not _is_installed(model):
        reason = f"language.model: {model!r} is not installed; pip install {model.replace('_', '-')}"
        flaws.append(_flaw(profile, "language.model", reason))
        profile = profile.model_copy(update={"language": Language()})
    kept = []
    for number, section in enumerate(profile.sections):
        place = section.place or f"profile {profile.name}"
        found = [ProfileError(place, reason) for reason in _section_flaws(section, profile.sections[:number])]
        flaws += found
        kept += [section] * (not found)
    profile = profile.model_copy(update={"sections": tuple(kept) or Profile().sections})
    profile, look_flaws = _usable_look(profile)
    flaws += look_flaws
    if profile.templates is not None:
        found = [_flaw(profile, "templates", flaw) for flaw in template_flaws(profile.templates, section_names())]
        flaws += found
    return profile, tuple(flaws)


def _usable_look(profile: Profile) -> tuple[Profile, list[ProfileError]]:
    flaws: list[ProfileError] = []

    def without(key: str) -> Profile:
        standard = getattr(Look(), key)
        return profile.model_copy(update={"look": profile.look.model_copy(update={key: standard})})

    try:
        if profile.look.logo is not None:
            read_logo(profile.look.logo)
    except RenderingError as error:
        flaws.append(_flaw(profile, "look.logo", f"logo: {error.reason}"))
        profile = without("logo")
    themes = theme_names(profile.templates)
    if profile.look.theme not in themes:
        flaws.append(_flaw(profile, "look.theme", unknown_name("theme", profile.look.theme, themes)))
        profile = without("theme")
    try:
        layout_of(profile)
    except RenderingError as error:
        flaws.append(_flaw(profile, "look.date_format", error.reason))
        profile = without("date_format")
    return profile, flaws


def _flaw(profile: Profile, key: str, reason: str) -> ProfileError:
    return ProfileError(profile.places.get(key, f"profile {profile.name}"), reason)


def _is_installed(model: str) -> bool:
    """Return True if a language pipeline is an installed package or a folder."""
    return find_spec(model) is not None if model.isidentifier() else bool(model) and Path(model).is_dir()


def section_names() -> tuple[str, ...]:
    """Return the names of all sections that a page may have: ours, then those of plug-ins."""
    return (*SECTIONS, *(name for name in extractor_names() if name not in SECTIONS))


def _section_flaws(section: Section, earlier: Sequence[Section]) -> Iterator[str]:
    known = section_names()
    if section.name in (other.name for other in earlier):
        yield f"the section {section.name} is listed twice"
    if section.name not in known:
        yield unknown_name("section", section.name, known)
        return
    page_options = LAYOUT_OPTIONS.get(section.name, {})
    try:
        known_options = ("label", *page_options, *_extractor_options(section.name))
    except ExtractorError as error:
        yield str(error)
        return
    option_flaws = [
        flaw for option in section.options.items() for flaw in _option_flaws(section.name, *option, known_options)
    ]
    yield from option_flaws
    if not option_flaws and section.name != SOURCE:
        yield from _refusal(section)


def _option_flaws(name: str, key: str, value: object, known: tuple[str, ...]) -> Iterator[str]:
    page_options = LAYOUT_OPTIONS.get(name, {})
    if key not in known:
        yield unknown_name("option", key, known)
    elif key not in page_options:
        yield from _refusal(Section(name=name, options={key: value}))
    elif (refusal := page_options[key].refusal(value)) is not None:
        yield f"{key} is {refusal}"


def _refusal(section: Section) -> Iterator[str]:
    """Yield the reason if an extractor refuses the options of its section."""
    try:
        extractor_of(section.name, section)
    except ExtractorError as error:
        yield str(error)


def _extractor_options(name: str) -> tuple[str, ...]:
    if name == SOURCE:
        return ()
    kind = extractor_kind(name)
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def extractor_of(name: str, section: Section | None) -> Extractor:
    """Return the extractor of a field, with the options of its section if the profile has that section.

    Raises:
        ExtractorError: The extractor does not exist, or does not have an option.
    """
    options = section.options if section is not None else {}
    page_options = LAYOUT_OPTIONS.get(name, {})
    return make_extractor(name, {key: value for key, value in options.items() if key not in page_options})


def layout_of(profile: Profile) -> Layout:
    """Return the layout that a profile asks for.

    Raises:
        RenderingError: The logo cannot be read, or the look is not valid.
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
    """Return the options for digests that a profile asks for."""
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
    """Return the label of a section in the profile; the fallback for a plug-in's section is its extractor's label."""
    if section.label is not None or section.name in SECTIONS:
        return section.label
    label = getattr(extractor_kind(section.name), "label", None)
    return label if isinstance(label, str) else section.name.replace("-", " ").replace("_", " ").capitalize()


def _page_options(section: Section) -> dict[str, Any]:
    allowed = LAYOUT_OPTIONS.get(section.name, {})
    return {key: value for key, value in section.options.items() if key in allowed}
