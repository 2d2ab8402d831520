"""Where templates are found and how they are filled in."""

import re
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from briefing.errors import RenderingError

# A character that may begin or end markup wherever it stands: "*", "[", "|", "<", "&", "@" of a mention; not "." or
# "-", which mean something at the head of a line only.
_MARKUP = re.compile(r"([\\`*_\[\]<|~&@])")
# The head of a list item, of a heading, of a quotation or of a rule: "- ", "# ", "> ", "12. ", "==="; not "3.5".
_HEAD = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=#>]))")


@cache
def template_environment() -> SandboxedEnvironment:
    """Return the environment of our own templates; HTML is escaped, an unknown name is an error."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=lambda name: name is None or name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["emphasise_md"] = emphasise_markdown
    return environment


@cache
def templates_folder() -> Path:
    """Return the folder of the templates: in the package, or beside it in an editable install.

    Raises:
        RenderingError: There is none.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise RenderingError("a page", f"the templates are missing from {package}; install briefing again")


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
