"""Find themes: ours, and those of a user's folder of templates."""

from pathlib import Path

from briefing.rendering.templating.environment import templates_folder

_THEMES = "themes"
_BASE = "chancery"  # the theme that a user's new theme builds on


def theme_names(folder: str | None) -> tuple[str, ...]:
    """Return the names of our themes and of those in a user's folder of templates, sorted."""
    folders = (templates_folder(), *([Path(folder)] if folder is not None else []))
    return tuple(sorted({file.stem for own in folders for file in (own / _THEMES).glob("*.css") if file.is_file()}))


def our_theme(theme: str) -> str:
    """Return a theme if it is ours, else our theme that it builds on."""
    return theme if theme in theme_names(None) else _BASE


def theme_files(theme: str, folder: str | None) -> tuple[Path, ...]:
    """Return the style sheets of a theme in the order in which they apply: ours, then the user's."""
    ours = templates_folder() / _THEMES / f"{our_theme(theme)}.css"
    own = Path(folder, _THEMES, f"{theme}.css") if folder is not None else ours
    return (ours, own) if own != ours and own.is_file() else (ours,)
