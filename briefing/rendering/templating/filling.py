"""Fill in templates: ours in this process, a user's in a confined one."""

from typing import Any

from briefing.rendering.templating.confined import fill_in_apart
from briefing.rendering.templating.environment import our_environment


def fill_in(name: str, folder: str | None = None, **values: Any) -> str:
    """Fill in a template and return its text; a template of the same name in *folder* replaces ours.

    Templates of a folder are not trusted: a child process with limits fills them in.

    Raises:
        TemplateFillError: A template of the folder cannot be filled in, or takes too long or too much memory.
        RenderingError: Our templates are missing.
    """
    if folder is None:
        return our_environment().get_template(name).render(**values)
    return fill_in_apart(name, folder, values)
