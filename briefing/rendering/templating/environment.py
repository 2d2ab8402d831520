"""Where templates are found, and what they can do."""

import re
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from briefing.errors import RenderingError

# A character that may begin or end markup wherever it stands: "*", "[", "|", "<", "&", "@" of a mention; not "." or
# "-", which mean something at the head of a line only.
_MARKUP = re.compile(r"([\\`*_\[\]<|~&@])")
# The head of a list item, of a heading, of a quotation or of a rule: "- ", "# ", "> ", "12. ", "==="; not "3.5".
_HEAD = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=#>]))")
PARTS = "briefing.parts"  # entry points: the name of a section, and the package that holds NAME.html.j2, NAME.md.j2


@cache
def our_environment() -> Environment:
    """Return the environment of our templates alone."""
    return environment_of(None)


def environment_of(folder: str | None) -> Environment:
    """Return a new environment of our templates and, before them, of those that now stand in a folder.

    HTML is escaped, an unknown name is an error, and nothing but the page can be reached.
    """
    loaders: list[BaseLoader] = [FileSystemLoader(templates_folder()), FunctionLoader(_part_of_others)]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader(loaders if folder is None else [FileSystemLoader(folder), *loaders]),
        autoescape=lambda name: name is None or name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["emphasise_md"] = emphasise_markdown
    return environment


def _part_of_others(name: str) -> str | None:
    """Return the part that an installed package has for a section of its own: "parts/NAME.html.j2" in its package."""
    section = name.removeprefix("parts/").partition(".")[0]
    for entry in entry_points(group=PARTS):
        if entry.name == section:
            part = files(entry.value) / name.removeprefix("parts/")
            return part.read_text(encoding="utf-8") if part.is_file() else None
    return None


@cache
def templates_folder() -> Path:
    """Return the folder of the templates: in the package, or beside it in an editable install.

    Raises:
        RenderingError: There is none.
    """
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise RenderingError("a page", f"the templates are missing from {package}; install briefing again")


def find_file(name: str, folder: str | None) -> Path:
    """Return the file of this name in a user's folder, else ours: "css/brief.css"."""
    own = Path(folder, name) if folder is not None else None
    return own if own is not None and own.is_file() else templates_folder() / name


def escape_markdown(text: str) -> str:
    """Return a text without line breaks such that Markdown shows its very characters."""
    return _HEAD.sub(r"\1\\", _MARKUP.sub(r"\\\1", text))


def emphasise_markdown(text: str) -> str:
    """Return a text in Markdown's emphasis, which takes no white space at its ends."""
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}*{escape_markdown(words)}*{after}"


def trusted(css: str) -> Markup:
    """Return a style sheet as it may stand within HTML: nothing of an article is in it."""
    return Markup(css.replace("</", "<\\/"))  # noqa: S704 - it cannot close its element
