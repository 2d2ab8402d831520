"""Completion of option values in the shell; slow imports are avoided."""

from pathlib import Path


def complete_profile(incomplete: str) -> list[str]:
    """Return the shipped profiles, YAML files and folders that start with the text."""
    from briefing.profile.yaml import shipped_profiles

    folder, _, _ = incomplete.rpartition("/")
    try:
        files = [path for path in Path(folder or ("/" if "/" in incomplete else ".")).iterdir() if _may_lead_to(path)]
    except OSError:
        files = []
    prefix = incomplete[: incomplete.rfind("/") + 1]
    named = [f"{prefix}{path.name}{'/' if path.is_dir() else ''}" for path in files]
    return _beginning(incomplete, [*shipped_profiles(), *sorted(named)])


def _may_lead_to(path: Path) -> bool:
    return not path.name.startswith(".") and (path.is_dir() or path.suffix in (".yaml", ".yml"))


def complete_formats(incomplete: str) -> list[str]:
    """Return the completions of the last format in a list separated by commas."""
    from briefing.model.formats import FORMATS

    before = incomplete[: incomplete.rfind(",") + 1]
    named = before.split(",")
    return _beginning(incomplete, [f"{before}{name}" for name in FORMATS if name not in named])


def complete_part(incomplete: str) -> list[str]:
    """Return the full and short names of templates that start with the text."""
    from briefing.rendering.templating.parts import part_names, short_names

    names = part_names()
    return _beginning(incomplete, [*short_names(names), *names])


def _beginning(incomplete: str, words: list[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
