"""The templates and style sheets that a user's folder may replace."""

from pathlib import Path

from briefing.errors import RenderingError, unknown_name
from briefing.rendering.templating.environment import templates_folder

PART_SUFFIXES = (".j2", ".css")


_ROOM = "room/"  # the pages of the reading room, which no user replaces


def part_names() -> tuple[str, ...]:
    """Return the names of all parts, relative to the folder, sorted: "brief.html.j2", "parts/quotes.html.j2"."""
    return tuple(name for name in own_part_names(templates_folder()) if not name.startswith(_ROOM))


def own_part_names(folder: str | Path) -> tuple[str, ...]:
    """Return the names of the templates and style sheets in a folder, sorted."""
    files = (path for path in Path(folder).rglob("*") if path.is_file() and path.name.endswith(PART_SUFFIXES))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))


def full_name(part: str) -> str:
    """Return the full name of a part: "parts/quotes.html.j2" for "quotes", "themes/plain.css" for "plain".

    Raises:
        RenderingError: The part is unknown.
    """
    names = part_names()
    for name in (part, f"parts/{part}.html.j2", f"{part}.html.j2", f"themes/{part}.css", f"css/{part}.css"):
        if name in names:
            return name
    raise RenderingError("a part of a page", unknown_name("part", part, (*short_names(names), *names)))


def short_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the short names of parts: "quotes", "brief", "plain"."""
    return tuple(dict.fromkeys(n.rpartition("/")[2].partition(".")[0] for n in names if not n.endswith(".md.j2")))


def read_part(name: str) -> bytes:
    """Return our own template or style sheet of this name."""
    return (templates_folder() / name).read_bytes()
