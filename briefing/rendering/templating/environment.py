"""Find templates and set up Jinja2 for them."""

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

# A character that may begin or end markup anywhere: "*", "[", "|", "<", "&", "@" of a mention; not "." or "-", which
# have a meaning only at the head of a line.
_MARKUP = re.compile(r"([\\`*_\[\]<|~&@])")
# The head of a list item, of a heading, of a quotation or of a rule: "- ", "# ", "> ", "12. ", "==="; not "3.5".
_HEAD = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=#>]))")
PARTS = "briefing.parts"  # entry points: the name of a section, and the package with NAME.html.j2 and NAME.md.j2


@cache
def our_environment() -> Environment:
    """Return the environment with only our templates."""
    return environment_of(None)


def environment_of(folder: str | None) -> Environment:
    """Return a new environment; templates in *folder* come before ours.

    HTML is escaped, an unknown name is an error, and templates can reach only the page.
    """
    loaders: list[BaseLoader] = [FileSystemLoader(templates_folder()), FunctionLoader(_extension_part)]
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


def _extension_part(name: str) -> str | None:
    """Return the template "parts/NAME.html.j2" of an installed package for its own section, or None."""
    section = name.removeprefix("parts/").partition(".")[0]
    for entry in entry_points(group=PARTS):
        if entry.name == section:
            part = files(entry.value) / name.removeprefix("parts/")
            return part.read_text(encoding="utf-8") if part.is_file() else None
    return None


@cache
def templates_folder() -> Path:
    """Return the folder of our templates: in the package, or beside it in an editable install.

    Raises:
        RenderingError: The folder is missing.
    """
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise RenderingError("a page", f"the templates are missing from {package}; install briefing again")


def find_file(name: str, folder: str | None) -> Path:
    """Return a file ("css/brief.css") from a user's folder if it is there, else ours."""
    own = Path(folder, name) if folder is not None else None
    return own if own is not None and own.is_file() else templates_folder() / name


def escape_markdown(text: str) -> str:
    """Return a text, which has no line breaks, with the markup characters of Markdown escaped."""
    return _HEAD.sub(r"\1\\", _MARKUP.sub(r"\\\1", text))


def emphasise_markdown(text: str) -> str:
    """Return a text as emphasis in Markdown, with white space at its ends outside of the marks."""
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}*{escape_markdown(words)}*{after}"


def trusted(css: str) -> Markup:
    """Return a style sheet as safe HTML; it must not contain text of an article."""
    return Markup(css.replace("</", "<\\/"))  # noqa: S704 - it cannot close its element
